-- Grain: one territoire and the day up to which its orientations are known.
-- Source: 3-rules § 3.4 (date_observation).
with

territoires as (select * from territoires),

emetteurs_orientations as (select * from emetteurs_orientations),

dernieres as (
    select
        territoire,
        min(dernier_releve) as dernier_releve
    from emetteurs_orientations
    where getvariable('arrete_au') between debut and fin
    group by territoire
)

select
    territoires.territoire,
    least(
        getvariable('arrete_au'), dernieres.dernier_releve
    ) as date_observation
from territoires
left join dernieres on territoires.territoire = dernieres.territoire
