-- Grain: one version of one orientation of one émetteur, whose values are those of its last relevé.
-- Source: 3-rules § 3.6. clos without date_fin: it ended when we were first told so.
with

orientations_datees as (select * from orientations_datees),

numerotees as (
    select
        *,
        sum(cast(ouvre_version as integer)) over (
            partition by emetteur, id_orientation order by rang
        ) as version
    from orientations_datees
),

annonces_clos as (
    select
        *,
        statut = 'clos' and date_fin is null as clos_sans_date,
        max(rang) filter (where not coalesce(clos_sans_date, false)) over (
            partition by emetteur, id_orientation, version
        ) as dernier_autre
    from numerotees
),

resumes as (
    select
        emetteur,
        id_orientation,
        version,
        min(date_reception) as vu_du,
        max(date_reception) as vu_au,
        max(rang) as rang,
        min(date_reception) filter (where organisme_referent is not null)
            as premiere_vue_referent,
        min(date_reception) filter (
            where clos_sans_date and rang > coalesce(dernier_autre, 0)
        ) as premiere_vue_clos
    from annonces_clos
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
        numerotees.*,
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
