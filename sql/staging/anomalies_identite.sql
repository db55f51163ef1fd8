-- Grain: one warning of identity found when persons are resolved or files put together, with how many keys or
-- rows it concerns.
-- Source: 4-interface § 4.5 and 4.6.
with

nirs_ambigus as (select * from nirs_ambigus),

etats_orientations as (select * from etats_orientations),

identifiants_contradictoires as (select * from identifiants_contradictoires)

select
    'IDE-003' as regle,
    'beneficiaires' as source,
    count(*) as nombre
from nirs_ambigus
union all
select
    'IDE-004' as regle,
    'orientations' as source,
    count(distinct (emetteur, id_orientation)) filter (
        where cles_contradictoires
    ) as nombre
from etats_orientations
union all
select
    'TAB-004' as regle,
    source,
    cast(sum(nombre) as bigint) as nombre
from identifiants_contradictoires
group by source
