-- Grain: one event that ends the suivis of a person: radiation, sortie or suspension longue.
-- Source: 3-rules § 3.3. im_vue: the month from which the event is known to hold.
with

radiations as (select * from radiations),

sorties as (select * from sorties),

suspensions_longues as (select * from suspensions_longues)

select
    p,
    'radiation' as nature,
    date_rupture,
    im_vue,
    0 as im_fin
from radiations
union all
select
    p,
    'sortie' as nature,
    date_rupture,
    12 * year(date_rupture) + month(date_rupture) as im_vue,
    im_apres as im_fin
from sorties
union all
select
    p,
    'suspension_longue' as nature,
    date_rupture,
    12 * year(date_rupture) + month(date_rupture) as im_vue,
    im_fin
from suspensions_longues
