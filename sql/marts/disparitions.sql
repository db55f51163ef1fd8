-- Grain: one émetteur of orientations that gives its stock: the ids it no longer shows, whose last values stay.
-- Source: 3-rules § 3.6 (an id that vanished keeps its last values, flagged).
with

fichiers_retenus as (select * from fichiers_retenus),

contenus_orientations as (select * from contenus_orientations),

derniers as (
    select
        emetteur,
        max(rang) as rang,
        max(date_reception) as date_reception
    from fichiers_retenus
    where source = 'orientations' and mode = 'stock'
    group by emetteur
),

vus as (
    select
        emetteur,
        id_orientation,
        max(list_max(rangs)) as rang
    from contenus_orientations
    group by emetteur, id_orientation
)

select
    derniers.emetteur,
    derniers.date_reception,
    count(*) as nombre
from derniers
inner join vus on derniers.emetteur = vus.emetteur and derniers.rang > vus.rang
group by derniers.emetteur, derniers.date_reception
