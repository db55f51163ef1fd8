-- Grain: one id that the files of one relevé tell differently, with how many contents.
-- Source: 4-interface § 4.5: files of one émetteur and one day are one delivery, and the same id with different
-- content is set aside; within one file, reception has done so.
with

contenus_orientations as (select * from contenus_orientations),

fichiers_retenus as (select * from fichiers_retenus),

lignes_nominatives as (select * from lignes_nominatives),

lignes_anonymes as (select * from lignes_anonymes),

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
        source,
        emetteur,
        rang,
        id_livraison
    from fichiers_retenus
    qualify count(*) over (partition by source, emetteur, rang) > 1
),

lignes as (
    select
        id_livraison,
        identifiant,
        contenu
    from lignes_nominatives
    union all
    select
        id_livraison,
        identifiant,
        contenu
    from lignes_anonymes
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
    plusieurs_fichiers.source,
    plusieurs_fichiers.emetteur,
    plusieurs_fichiers.rang,
    lignes.identifiant,
    count(distinct lignes.contenu) as nombre
from plusieurs_fichiers
inner join lignes on plusieurs_fichiers.id_livraison = lignes.id_livraison
group by
    plusieurs_fichiers.source, plusieurs_fichiers.emetteur, plusieurs_fichiers.rang, lignes.identifiant
having count(distinct lignes.contenu) > 1
