-- Grain: one (period, month of it), whether or not anything was delivered for that month: a year of which
-- only two months have come is known for two months out of twelve.
-- Source: 3-rules § 3.4 (a figure over several months).
with

periodes as (select * from periodes)

select
    type_periode,
    periode,
    debut,
    fin,
    cast(
        unnest(generate_series(date_trunc('month', debut), fin, interval 1 month)) as date
    ) as mois
from periodes
