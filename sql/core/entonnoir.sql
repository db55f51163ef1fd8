-- Grain: one (mois, territoire of a person): how many at each step of the funnel.
-- Source: 3-rules § 3.3 (entonnoir).
with

situations as (select * from situations),

candidats as (select * from candidats),

comparaisons as (select * from comparaisons),

retours as (select * from retours),

decisions as (select * from decisions),

presences as (
    select
        im,
        territoire,
        count(*) filter (where etat_dossier in ('0', '2', '3', '4')) as presents,
        count(*) filter (where classe_etat = 'versable') as versables,
        count(*) filter (where soumis) as soumis
    from situations
    group by im, territoire
),

candidatures as (
    select
        im,
        territoire,
        count(*) as candidats
    from candidats
    group by im, territoire
),

indetermines as (
    select
        retours.im,
        retours.territoire,
        count(*) as indetermines
    from retours
    inner join comparaisons
        on
            comparaisons.im_compare is null
            and retours.p = comparaisons.p
            and retours.im = comparaisons.im
    group by retours.im, retours.territoire
),

issues as (
    select
        im,
        territoire,
        count(*) filter (where nouvel_entrant) as nouveaux_entrants,
        count(*) filter (where not nouvel_entrant) as ecartes
    from decisions
    group by im, territoire
)

select
    presences.*,
    coalesce(candidatures.candidats, 0) as candidats,
    coalesce(issues.nouveaux_entrants, 0) as nouveaux_entrants,
    coalesce(issues.ecartes, 0) as ecartes,
    coalesce(indetermines.indetermines, 0) as indetermines
from presences
left join candidatures
    on
        presences.im = candidatures.im
        and presences.territoire = candidatures.territoire
left join issues
    on presences.im = issues.im and presences.territoire = issues.territoire
left join indetermines
    on
        presences.im = indetermines.im
        and presences.territoire = indetermines.territoire
