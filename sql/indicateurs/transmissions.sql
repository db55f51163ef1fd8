-- Grain: one (territoire, organisme, month that the files describe, day of reception): one transmission, with
-- the days since the organisme's previous one.
-- Source: annexe 4, § 4 (« préciser la fréquence avec laquelle la CAF transmet les données »): measured.
with

receptions_caf as (select * from receptions_caf),

attendus as (select * from attendus),

jours as (
    select
        organisme,
        date_reception,
        min(mois) as mois
    from receptions_caf
    group by organisme, date_reception
),

ecarts as (
    select
        *,
        date_reception - lag(date_reception) over (
            partition by organisme
            order by date_reception
        ) as ecart_jours
    from jours
)

select
    attendus.territoire,
    ecarts.organisme,
    ecarts.mois,
    ecarts.date_reception,
    ecarts.ecart_jours
from ecarts
inner join attendus on ecarts.organisme = attendus.organisme
