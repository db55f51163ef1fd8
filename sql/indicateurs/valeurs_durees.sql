-- Grain: one (code, mesure, period, territoire): median, mean or Kaplan–Meier median of its durations, and over how many.
-- Source: 3-rules § 3.5: the Kaplan–Meier median is the first day after which at most half still wait; null when more
-- than half of them still do.
with

durees_periodes as (select * from durees_periodes),

survie as (select * from survie),

simples as (
    select
        code,
        serie,
        type_periode,
        periode,
        territoire,
        median(jours) filter (where observee) as mediane,
        avg(jours) filter (where observee) as moyenne,
        count(*) filter (where observee) as observees,
        count(*) as effectif
    from durees_periodes
    group by all
),

medianes_km as (
    select
        code,
        serie,
        type_periode,
        periode,
        territoire,
        min(jours) filter (where survie <= 0.5 + 1e-9) as mediane_km  -- exactly half, whatever the rounding
    from survie
    group by all
)

select
    simples.code,
    simples.type_periode,
    simples.periode,
    simples.territoire,
    unnest(['mediane', 'moyenne', 'mediane_km'])
    || if(simples.serie = '', '', '_' || simples.serie) as mesure,
    unnest([simples.mediane, simples.moyenne, cast(medianes_km.mediane_km as double)]) as valeur,
    unnest([simples.observees, simples.observees, simples.effectif]) as effectif
from simples
left join medianes_km using (code, serie, type_periode, periode, territoire)
