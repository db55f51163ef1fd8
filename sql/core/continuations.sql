-- Grain: one candidate who continues an entry already counted: nobody has oriented this person since.
-- Source: 3-rules § 3.3 (continuation).
with

reentrees as (select * from reentrees)

select
    p,
    im
from reentrees
where
    getvariable('reentree_non_orientee') = 'continuation'
    and list_contains(getvariable('criteres'), 3)
    and suivi_depuis is null
    and rupture_depuis is null
