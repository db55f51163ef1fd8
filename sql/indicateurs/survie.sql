-- Grain: one (code, serie, period, territoire, number of days): how many are still waiting just before (a_risque), how
-- many are oriented that day, and the share that waits longer (Kaplan–Meier).
-- Source: 3-rules § 3.5 (not yet oriented: censored at date_observation).
with

durees_periodes as (
    select * from durees_periodes
    where code = 'F1-2'
),

jours as (
    select
        code,
        serie,
        type_periode,
        periode,
        territoire,
        jours,
        count(*) as sorties,
        count(*) filter (where observee) as evenements
    from durees_periodes
    group by all
),

risques as (
    select
        *,
        cast(sum(sorties) over (
            partition by code, serie, type_periode, periode, territoire
            order by jours desc
        ) as bigint) as a_risque
    from jours
)

select
    *,
    product(1 - evenements / a_risque) over (
        partition by code, serie, type_periode, periode, territoire
        order by jours
    ) as survie
from risques
