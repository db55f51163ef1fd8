-- Grain: one version of one orientation of one émetteur, whose values are those of its last state.
-- Source: 3-rules § 3.6. clos without date_fin: it ended when we were first told so.
with

orientations_datees as (select * from orientations_datees),

numerotees as (
    select
        *,
        statut = 'clos' and date_fin is null as dit_clos,
        count(*) filter (where ouvre_version) over (
            partition by emetteur, id_orientation order by rang
        ) as version
    from orientations_datees
),

annonces as (
    select
        *,
        max(rang) filter (where not coalesce(dit_clos, false)) over (
            partition by emetteur, id_orientation, version
        ) as dernier_rang_ouvert
    from numerotees
),

resumes as (
    select
        emetteur,
        id_orientation,
        version,
        max(rang) as rang,
        min(vu_du) as vu_du,
        max(vu_au) as vu_au,
        min(vu_du) filter (where organisme_referent is not null)
            as premiere_vue_referent,
        min(vu_du) filter (
            where dit_clos and rang > coalesce(dernier_rang_ouvert, 0)
        ) as premiere_vue_clos
    from annonces
    group by emetteur, id_orientation, version
),

titulaires as (
    select
        emetteur,
        id_orientation,
        arg_max(p, rang) as p
    from numerotees
    where p is not null
    group by emetteur, id_orientation
),

dernieres as (
    select
        numerotees.* exclude (vu_du, vu_au, p),
        resumes.vu_du,
        resumes.vu_au,
        resumes.premiere_vue_clos,
        coalesce(
            least(
                numerotees.date_envoi_courrier,
                numerotees.date_designation_referent,
                numerotees.date_decision
            ),
            resumes.premiere_vue_referent
        ) as debut_suivi
    from numerotees
    inner join resumes
        on
            numerotees.emetteur = resumes.emetteur
            and numerotees.id_orientation = resumes.id_orientation
            and numerotees.rang = resumes.rang
)

select
    titulaires.p,
    dernieres.emetteur,
    dernieres.id_orientation,
    cast(dernieres.version as integer) as version,
    dernieres.debut_suivi,
    dernieres.date_envoi_courrier,
    dernieres.date_designation_referent,
    dernieres.date_decision,
    coalesce(dernieres.date_fin, dernieres.premiere_vue_clos) as fin_declaree,
    dernieres.premiere_vue_clos is not null as clos_sans_date,
    cast(
        lead(dernieres.debut_suivi) over (
            partition by dernieres.emetteur, dernieres.id_orientation
            order by dernieres.version
        ) - 1 as date
    ) as veille_version_suivante,
    dernieres.organisme_referent,
    dernieres.type_organisme,
    dernieres.type_parcours,
    dernieres.accompagnement_global,
    dernieres.statut,
    dernieres.vu_du,
    dernieres.vu_au
from dernieres
left join titulaires
    on
        dernieres.emetteur = titulaires.emetteur
        and dernieres.id_orientation = titulaires.id_orientation
