-- Grain: one émetteur of a CD table: the orientations and rendez-vous that are tied to no known person, as last
-- known.
-- Source: 4-interface § 4.6 (counted, never dropped in silence).
with

versions_orientations as (select * from versions_orientations),

rendez_vous_connus as (select * from rendez_vous_connus)

select
    'orientations' as source,
    emetteur,
    count(distinct id_orientation) filter (where p is null) as nombre,
    count(distinct id_orientation) as total
from versions_orientations
group by emetteur
union all
select
    'rendez_vous' as source,
    emetteur,
    count(*) filter (where p is null) as nombre,
    count(*) as total
from rendez_vous_connus
group by emetteur
