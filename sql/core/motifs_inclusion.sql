-- Grain: one candidate and the first reason of annexe 4 for which it would be a nouvel entrant.
-- Source: 3-rules § 3.3 (motif_inclusion 1 to 8), annexe 4 § 4 (« Inclut »).
with

candidats as (select * from candidats),

antecedents as (select * from antecedents),

ruptures as (select * from ruptures),

premiers_mois as (select * from premiers_mois),

reperes as (
    select
        candidats.*,
        antecedents.* exclude (p, im),
        coalesce(
            antecedents.im_dernier_soumis, antecedents.im_premier_vu
        ) as im_repere,
        cast(
            12 * year(candidats.date_arrivee_mutation)
            + month(candidats.date_arrivee_mutation) as integer
        ) as im_arrivee
    from candidats
    inner join antecedents
        on candidats.p = antecedents.p and candidats.im = antecedents.im
),

radies as (
    select distinct
        reperes.p,
        reperes.im
    from reperes
    inner join ruptures
        on
            ruptures.nature in ('radiation', 'sortie')
            and reperes.p = ruptures.p
            and reperes.im >= ruptures.im_fin
            and reperes.mois > ruptures.date_rupture
            and reperes.im_repere < greatest(
                ruptures.im_vue,
                12 * year(ruptures.date_rupture) + month(ruptures.date_rupture)
            )
),

suspendus as (
    select distinct
        p,
        im_fin as im
    from ruptures
    where nature = 'suspension_longue'
)

select
    reperes.p,
    reperes.im,
    case
        when
            reperes.im_arrivee between reperes.im - 2 and reperes.im
            and reperes.organisme_cedant not in (
                select organisme from config_organismes
            )
            and coalesce(reperes.im_dernier_soumis < reperes.im_arrivee, true)
            then 'emmenagement'
        when radies.p is not null then 'retour_apres_radiation'
        when suspendus.p is not null then 'retour_suspension_plus_12_mois'
        when
            reperes.classe_veille = 'versable'
            and not reperes.top_veille
            then 'passage_sous_500'
        when
            reperes.im_premier_vu is null
            and reperes.dossier_deja_vu
            then 'entree_dans_foyer'
        when
            reperes.im_dernier_soumis is null
            and reperes.numero_demande_precedente is null
            and reperes.date_demande >= (
                select premier_mois from premiers_mois where organisme = ''
            )
            then 'primo_demandeur'
        when reperes.im_premier_vu is null then 'retour_hors_historique'
        else 'autre_retour'
    end as motif_inclusion
from reperes
left join radies on reperes.p = radies.p and reperes.im = radies.im
left join suspendus on reperes.p = suspendus.p and reperes.im = suspendus.im
