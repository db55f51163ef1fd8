-- Grain: one reason why a person's entry of a month changed, in one of its aspects. The smallest rang is the decisive
-- one. What changed the person's history (presence) may have moved its T0, its orientation or its rendez-vous too.
-- Source: 4-interface § 4.2 (comparer).
with

indices_situations as (select * from indices_situations),

indices_absences as (select * from indices_absences),

indices_identites as (select * from indices_identites),

indices_orientations as (select * from indices_orientations),

indices_entrees as (select * from indices_entrees),

histoires as (
    select * from indices_situations
    union all
    select * from indices_absences
    union all
    select * from indices_identites
)

select
    personne,
    mois,
    unnest(['presence', 't0', 'orientation', 'rendez_vous']) as aspect,
    rang,
    cause,
    id_livraison
from histoires
union all
select
    personne,
    mois,
    aspect,
    rang,
    cause,
    id_livraison
from indices_orientations
union all
select
    personne,
    mois,
    aspect,
    rang,
    cause,
    id_livraison
from indices_entrees
