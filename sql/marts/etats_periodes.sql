-- Grain: one (indicator, axe, period, territoire): how many of its months are available, why the first that is
-- not is not, and the statut of its figures.
-- Source: 3-rules § 3.4 (statut). A month that the store does not reach is a month not available.
with

periodes_mois as (select * from periodes_mois),

motifs_nd as (select * from motifs_nd),

entrees_publiees as (select * from entrees_publiees),

observation as (select * from observation),

derniers_t0 as (
    select
        periodes_mois.type_periode,
        periodes_mois.periode,
        entrees_publiees.territoire,
        max(entrees_publiees.date_reception_t0) as dernier_t0
    from periodes_mois
    inner join entrees_publiees on periodes_mois.mois = entrees_publiees.mois
    group by
        periodes_mois.type_periode, periodes_mois.periode, entrees_publiees.territoire
),

mois_comptes as (
    select
        motifs_nd.code,
        motifs_nd.axe,
        periodes_mois.type_periode,
        periodes_mois.periode,
        periodes_mois.debut,
        periodes_mois.fin,
        motifs_nd.territoire,
        count(*) as mois_total,
        count(*) filter (where motifs_nd.motif_nd is null) as mois_calculables,
        arg_min(motifs_nd.motif_nd, motifs_nd.mois) as motif_nd,
        bool_or(motifs_nd.provisoire) as provisoire
    from periodes_mois
    inner join motifs_nd on periodes_mois.mois = motifs_nd.mois
    group by all
)

select
    mois_comptes.*,
    case
        when mois_comptes.mois_calculables = 0 then 'ND'
        when mois_comptes.mois_calculables < mois_comptes.mois_total then 'partiel'
        when mois_comptes.provisoire then 'provisoire'
        when
            coalesce(observation.date_observation, getvariable('arrete_au'))
            < coalesce(derniers_t0.dernier_t0, mois_comptes.fin)
            + cast(15 + getvariable('delai_saisie_jours') as integer)
            then 'provisoire'
        else 'stabilise'
    end as statut
from mois_comptes
left join derniers_t0
    on
        mois_comptes.type_periode = derniers_t0.type_periode
        and mois_comptes.periode = derniers_t0.periode
        and mois_comptes.territoire = derniers_t0.territoire
left join observation on mois_comptes.territoire = observation.territoire
