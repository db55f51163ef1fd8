-- Grain: one (mois, person) with a situation: one row answers « why ».
-- Source: 4-interface § 4.7. motif: of inclusion, of exclusion, else what keeps the person from being a
-- candidate.
with

situations as (select * from situations),

personnes as (select * from personnes),

completude as (select * from completude),

retours as (select * from retours),

comparaisons as (select * from comparaisons),

decisions as (select * from decisions),

issues as (
    select
        retours.p,
        retours.im,
        comparaisons.im_compare is null as indetermine,
        comparaisons.soumis_avant,
        decisions.nouvel_entrant,
        decisions.motif_inclusion,
        decisions.motif_exclusion
    from retours
    inner join comparaisons
        on retours.p = comparaisons.p and retours.im = comparaisons.im
    left join decisions
        on retours.p = decisions.p and retours.im = decisions.im
)

select
    situations.mois,
    situations.territoire,
    personnes.id_personne,
    situations.organisme,
    situations.role,
    situations.etat_dossier,
    situations.classe_etat,
    situations.top_droits_devoirs,
    situations.soumis,
    situations.inconnue,
    case
        when issues.nouvel_entrant then 'nouvel_entrant'
        when not issues.nouvel_entrant then 'ecarte'
        when issues.indetermine then 'indetermine'
        when not completude.calculable then 'non_calculable'
        when not situations.soumis then 'non_candidat'
        when issues.p is null or issues.soumis_avant then 'non_candidat'
        else 'non_calculable'
    end as decision,
    case decision
        when 'nouvel_entrant' then issues.motif_inclusion
        when 'ecarte' then issues.motif_exclusion
        when 'indetermine' then 'trois_mois_inconnus'
        when 'non_calculable'
            then coalesce(completude.motif_nd, completude.motif_nd_criteres)
        else
            case
                when situations.inconnue then 'inconnue'
                when not situations.soumis then 'non_soumis'
                else 'deja_soumis'
            end
    end as motif,
    situations.sexe,
    tranche_age(situations.mois_naissance, situations.mois) as tranche_age,
    cast(date_trunc('month', situations.date_demande) as date) as mois_demande,
    situations.id_livraison
from situations
inner join personnes on situations.p = personnes.p
inner join completude
    on
        situations.im = completude.im
        and situations.territoire = completude.territoire
left join issues on situations.p = issues.p and situations.im = issues.im
