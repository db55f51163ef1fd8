-- Grain: one (profil of needs, period, territoire): how many of its months are available, why the first that is not
-- is not, and the statut of its figures. A stock has one month: the period's last.
-- Source: 3-rules § 3.4 (statut). A month that the store does not reach is a month not available.
with

periodes_mois as (select * from periodes_mois),

motifs_nd as (select * from motifs_nd),

fraicheurs as (select * from fraicheurs),

entrees_par_territoire as (select * from entrees_par_territoire),

derniers_t0 as (
    select
        periodes_mois.type_periode,
        periodes_mois.periode,
        entrees_par_territoire.territoire,
        max(entrees_par_territoire.date_reception_t0) as dernier_t0
    from periodes_mois
    inner join entrees_par_territoire on periodes_mois.mois = entrees_par_territoire.mois
    group by
        periodes_mois.type_periode, periodes_mois.periode, entrees_par_territoire.territoire
),

profils as (
    select
        catalogue_profils.profil,
        catalogue_profils.dernier_mois,
        catalogue_profils.recul_jours,
        bool_or(catalogue_besoins.besoin = 'entrants') as entrants
    from catalogue_profils
    inner join catalogue_besoins on catalogue_profils.profil = catalogue_besoins.profil
    group by all
),

mois_comptes as (
    select
        profils.profil,
        profils.recul_jours,
        profils.entrants,
        periodes_mois.type_periode,
        periodes_mois.periode,
        periodes_mois.debut,
        periodes_mois.fin,
        motifs_nd.territoire,
        count(*) as mois_total,
        count(*) filter (where motifs_nd.motif_nd is null) as mois_calculables,
        arg_min(motifs_nd.motif_nd, motifs_nd.mois) as motif_nd,
        bool_or(motifs_nd.provisoire) as provisoire
    from profils
    inner join motifs_nd on profils.profil = motifs_nd.profil
    inner join periodes_mois
        on
            motifs_nd.mois = periodes_mois.mois
            and (
                not profils.dernier_mois
                or periodes_mois.mois = date_trunc('month', periodes_mois.fin)
            )
    group by all
)

select
    mois_comptes.* exclude (recul_jours, entrants),
    case
        when mois_comptes.mois_calculables = 0 then 'ND'
        when mois_comptes.mois_calculables < mois_comptes.mois_total then 'partiel'
        when mois_comptes.provisoire then 'provisoire'
        when
            fraicheurs.date_observation
            < coalesce(if(mois_comptes.entrants, derniers_t0.dernier_t0, null), mois_comptes.fin)
            + cast(
                15 + mois_comptes.recul_jours + getvariable('delai_saisie_jours') as integer
            )
            then 'provisoire'
        else 'stabilise'
    end as statut
from mois_comptes
left join derniers_t0
    on
        mois_comptes.type_periode = derniers_t0.type_periode
        and mois_comptes.periode = derniers_t0.periode
        and mois_comptes.territoire = derniers_t0.territoire
left join fraicheurs
    on
        mois_comptes.profil = fraicheurs.profil
        and mois_comptes.territoire = fraicheurs.territoire
