-- Grain: one nouvel entrant, with the orientation that ends its delay, if any.
-- Source: 3-rules § 3.4 (fin): the earliest notification among the suivis that start in its episode and
-- before its next entry; the letter wins a tie; the same day: accompagnement global, then France Travail,
-- then the smallest id.
with

decisions as (select * from decisions),

suivis_personnes as (select * from suivis_personnes),

episodes as (
    select
        p,
        im,
        debut_episode,
        lead(debut_episode) over (
            partition by p order by im
        ) as debut_suivant
    from decisions
    where nouvel_entrant
),

suivis_entrees as (
    select
        episodes.p,
        episodes.im,
        suivis_personnes.* exclude (p),
        case
            when getvariable('regle_date_fin') <> 'referent'
                then suivis_personnes.date_envoi_courrier
        end as date_courrier,
        case
            when getvariable('regle_date_fin') <> 'courrier'
                then suivis_personnes.date_designation_referent
        end as date_referent,
        least(date_courrier, date_referent) as date_orientation
    from episodes
    inner join suivis_personnes
        on
            episodes.p = suivis_personnes.p
            and episodes.debut_episode <= suivis_personnes.debut_suivi
            and coalesce(episodes.debut_suivant, date '9999-12-31')
            > suivis_personnes.debut_suivi
)

select
    p,
    im,
    emetteur,
    id_orientation,
    version,
    date_orientation,
    case
        when date_orientation is null then null
        when date_courrier = date_orientation then 'courrier'
        else 'referent'
    end as source_date_orientation,
    date_orientation is null
    and bool_or(date_decision is not null) over (
        partition by p, im
    ) as decide_non_notifie,
    case when date_orientation is not null then type_parcours end as type_parcours,
    case when date_orientation is not null then type_organisme end as type_organisme,
    case
        when date_orientation is not null then organisme_referent
    end as organisme_referent,
    case
        when date_orientation is not null then accompagnement_global
    end as accompagnement_global
from suivis_entrees
qualify row_number() over (
    partition by p, im
    order by
        date_orientation nulls last,
        coalesce(accompagnement_global, false) desc,
        coalesce(type_organisme = 'ft', false) desc,
        id_orientation,
        emetteur,
        version
) = 1
