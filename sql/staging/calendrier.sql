-- Grain: one month, from the first to the last delivered, gaps included.
-- Source: 4-interface § 4.7 (entonnoir_mensuel).
with

en_vigueur as (select * from en_vigueur),

bornes as (
    select
        min(mois) as premier,
        max(mois) as dernier
    from en_vigueur
),

mois as (
    select cast(unnest(generate_series(premier, dernier, interval 1 month)) as date) as mois
    from bornes
    where premier is not null
)

select
    mois,
    last_day(mois) as dernier_jour,
    cast(12 * year(mois) + month(mois) as integer) as im
from mois
