-- Grain: one (code, month, territoire, mesure) with its number of observed durations.
-- Source: 3-rules § 3.5 (with n).
with

durees as (select * from durees)

select
    code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    if(serie = '', 'nombre', 'nombre_' || serie) as mesure,
    count(*) as compte
from durees
where observee
group by code, mois, territoire, serie
