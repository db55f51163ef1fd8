-- Grain: one version of one orientation of one émetteur, whose values are those of its last state.
-- Source: 3-rules § 3.6. clos without date_fin: it ended when we were first told so.
with

etats_versions as (select * from etats_versions),

annonces as (
    select
        *,
        coalesce(statut = 'clos' and date_fin is null, false) as dit_clos,
        max(rang) filter (where not dit_clos) over (
            partition by emetteur, id_orientation, version
        ) as dernier_rang_ouvert
    from etats_versions
),

resumes as (
    select
        emetteur,
        id_orientation,
        version,
        max(rang) as rang,
        min(vu_du) as vu_du,
        max(vu_au) as vu_au,
        arg_max(p, rang) as p,
        min(vu_du) filter (
            where dit_clos and rang > coalesce(dernier_rang_ouvert, 0)
        ) as premiere_vue_clos
    from annonces
    group by emetteur, id_orientation, version
)

select
    resumes.p,
    etats_versions.emetteur,
    etats_versions.id_orientation,
    etats_versions.version,
    etats_versions.debut as debut_suivi,
    etats_versions.date_envoi_courrier,
    etats_versions.date_designation_referent,
    etats_versions.date_decision,
    coalesce(etats_versions.date_fin, resumes.premiere_vue_clos) as fin_declaree,
    resumes.premiere_vue_clos is not null as clos_sans_date,
    cast(
        lead(etats_versions.debut) over (
            partition by etats_versions.emetteur, etats_versions.id_orientation
            order by etats_versions.version
        ) - 1 as date
    ) as veille_version_suivante,
    etats_versions.organisme_referent,
    etats_versions.type_organisme,
    etats_versions.type_parcours,
    etats_versions.accompagnement_global,
    etats_versions.date_entree_flux,
    etats_versions.statut,
    resumes.vu_du,
    resumes.vu_au
from etats_versions
inner join resumes
    on
        etats_versions.emetteur = resumes.emetteur
        and etats_versions.id_orientation = resumes.id_orientation
        and etats_versions.rang = resumes.rang
