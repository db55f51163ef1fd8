-- Grain: one id that the files of one relevé tell differently, with how many contents.
-- Source: 4-interface § 4.5: files of one émetteur and one day are one delivery, and the same id with different
-- content is set aside; within one file, reception has done so.
with

contenus_orientations as (select * from contenus_orientations),

fichiers_retenus as (select * from fichiers_retenus),

rendez_vous as (select * from entree_rendez_vous),

plusieurs_contenus as (
    select
        emetteur,
        id_orientation,
        unnest(rangs) as rang
    from contenus_orientations
    qualify count(*) over (partition by emetteur, id_orientation) > 1
),

plusieurs_fichiers as (
    select
        emetteur,
        rang,
        id_livraison
    from fichiers_retenus
    where source = 'rendez_vous'
    qualify count(*) over (partition by emetteur, rang) > 1
),

contenus_rendez_vous as (
    select distinct
        plusieurs_fichiers.emetteur,
        plusieurs_fichiers.rang,
        rendez_vous.* exclude (ligne, id_livraison)
    from plusieurs_fichiers
    inner join rendez_vous
        on plusieurs_fichiers.id_livraison = rendez_vous.id_livraison
)

select
    'orientations' as source,
    emetteur,
    rang,
    id_orientation as identifiant,
    count(*) as nombre
from plusieurs_contenus
group by emetteur, rang, id_orientation
having count(*) > 1
union all
select
    'rendez_vous' as source,
    emetteur,
    rang,
    id_rdv as identifiant,
    count(*) as nombre
from contenus_rendez_vous
group by emetteur, rang, id_rdv
having count(*) > 1
