-- Grain: one candidate and the first reason of annexe 4 for which it would be a nouvel entrant.
-- Source: 3-rules § 3.3 (motif_inclusion 1 to 8), annexe 4 § 4 (« Inclut »).
with

candidats as (select * from candidats),

situations as (
    select situations.*
    from situations
    semi join candidats on situations.p = candidats.p
),

ruptures as (select * from ruptures),

lignes_en_vigueur as (select * from lignes_en_vigueur),

premiers_mois as (select * from premiers_mois),

passes as (
    select
        candidats.p,
        candidats.im,
        min(situations.im) as im_premier_vu,
        max(situations.im) filter (where situations.soumis) as im_dernier_soumis
    from candidats
    inner join situations
        on candidats.p = situations.p and candidats.im > situations.im
    group by candidats.p, candidats.im
),

premieres_vues_dossiers as (
    select
        numero_demande_rsa,
        min(im) as im_premier_vu
    from lignes_en_vigueur
    where numero_demande_rsa is not null
    group by numero_demande_rsa
),

reperes as (
    select
        candidats.*,
        passes.im_premier_vu,
        passes.im_dernier_soumis,
        coalesce(passes.im_dernier_soumis, passes.im_premier_vu) as im_repere,
        cast(
            12 * year(candidats.date_arrivee_mutation)
            + month(candidats.date_arrivee_mutation) as integer
        ) as im_arrivee,
        veille.classe_etat as classe_veille,
        veille.top_droits_devoirs as top_veille,
        premieres_vues_dossiers.im_premier_vu as im_dossier_vu,
        premiers_mois.premier_mois
    from candidats
    cross join (select premier_mois from premiers_mois where organisme = '') as premiers_mois
    left join passes
        on candidats.p = passes.p and candidats.im = passes.im
    left join situations as veille
        on
            not veille.inconnue
            and candidats.p = veille.p
            and candidats.im - 1 = veille.im
    left join premieres_vues_dossiers
        on candidats.numero_demande_rsa = premieres_vues_dossiers.numero_demande_rsa
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
            and reperes.im_dossier_vu < reperes.im
            then 'entree_dans_foyer'
        when
            reperes.im_dernier_soumis is null
            and reperes.numero_demande_precedente is null
            and reperes.date_demande >= reperes.premier_mois
            then 'primo_demandeur'
        when reperes.im_premier_vu is null then 'retour_hors_historique'
        else 'autre_retour'
    end as motif_inclusion,
    case
        when
            reperes.classe_veille = 'versable'
            and not reperes.top_veille
            then 'aller_retour_revenus'
        when reperes.classe_veille = 'suspendu' then 'suspension_moins_12_mois'
        when
            reperes.classe_veille is null
            and reperes.im_premier_vu is not null
            and reperes.im_compare = reperes.im - 1
            then 'absence_courte'
        else 'suivi_en_cours'
    end as motif_exclusion
from reperes
left join radies on reperes.p = radies.p and reperes.im = radies.im
left join suspendus on reperes.p = suspendus.p and reperes.im = suspendus.im
