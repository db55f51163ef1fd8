-- Grain: one émetteur of a table about persons: the rows (orientations: the ids) that are tied to no known person, as
-- last known.
-- Source: 4-interface § 4.6 (counted, never dropped in silence).
with

versions_orientations as (select * from versions_orientations),

lignes_connues as (select * from lignes_connues),

inscriptions_connues as (select * from inscriptions_connues)

select
    'orientations' as source,
    emetteur,
    count(distinct id_orientation) filter (where p is null) as nombre,
    count(distinct id_orientation) as total
from versions_orientations
group by emetteur
union all
select
    source,
    emetteur,
    count(*) filter (where p is null) as nombre,
    count(*) as total
from lignes_connues
group by source, emetteur
union all
select
    'france_travail' as source,
    'France Travail' as emetteur,
    count(*) filter (where p is null) as nombre,
    count(*) as total
from inscriptions_connues
having count(*) > 0
