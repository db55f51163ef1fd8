-- Grain: one territoire and the day up to which its orientations are known.
-- Source: 3-rules § 3.4 (date_observation). An émetteur in service that has delivered nothing yet has not moved
-- that day: it stays at the territoire's last relevé, and so it does when no émetteur is in service any more.
with

territoires as (select * from territoires),

emetteurs_orientations as (select * from emetteurs_orientations),

derniers as (
    select
        territoire,
        max(dernier_releve) as dernier_releve
    from emetteurs_orientations
    group by territoire
),

en_service as (
    select
        territoire,
        dernier_releve
    from emetteurs_orientations
    where getvariable('arrete_au') between debut and fin
),

observes as (
    select
        derniers.territoire,
        min(coalesce(en_service.dernier_releve, derniers.dernier_releve))
            as dernier_releve
    from derniers
    left join en_service on derniers.territoire = en_service.territoire
    where derniers.territoire not in ('HORS', 'TOTAL')
    group by derniers.territoire
)

select
    territoires.territoire,
    least(
        getvariable('arrete_au'), min(observes.dernier_releve)
    ) as date_observation
from territoires
left join observes
    on territoires.territoire in (observes.territoire, 'HORS', 'TOTAL')
group by territoires.territoire
