-- Grain: one warning of identity found when persons are resolved, with how many keys or rows it concerns.
-- Source: 4-interface § 4.6.
with

nirs_ambigus as (select * from nirs_ambigus),

etats_orientations as (select * from etats_orientations)

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
