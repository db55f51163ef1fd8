-- Grain: one (code, axe, modalite, mesure, month, territoire, person) that a figure in distinct persons counts.
-- Source: 3-rules § 3.3 (personnes distinctes), 6-catalogue (F1-3, FA-4).
with

entrees as (select * from entrees),

evenements as (select * from evenements),

presences_actions as (select * from presences_actions),

premiers_rendez_vous as (
    select * from evenements
    where genre = 'rendez_vous_honore'
    qualify row_number() over (partition by p order by jour) = 1
),

comptees as (
    select
        'V2-1' as code,
        '' as axe,
        '' as modalite,
        'personnes_distinctes' as mesure,
        mois,
        territoire,
        p
    from entrees
    union all
    select
        'F1-3' as code,
        '' as axe,
        '' as modalite,
        'nombre' as mesure,
        mois,
        territoire,
        p
    from premiers_rendez_vous
    union all
    select
        'F1-3' as code,
        '' as axe,
        '' as modalite,
        'nombre' as mesure,
        mois,
        territoire,
        p
    from evenements
    where genre = 'orientation'
    union all
    select
        'FA-4' as code,
        '' as axe,
        '' as modalite,
        'nombre' as mesure,
        mois,
        territoire,
        p
    from presences_actions
    union all
    select
        'FA-4' as code,
        'code_action' as axe,
        code_action as modalite,
        'nombre' as mesure,
        mois,
        territoire,
        p
    from presences_actions
)

select distinct * from comptees
