-- Grain: one content that one orientation of one émetteur had, with the relevés that say so.
-- Source: 3-rules § 3.6. Most orientations say the same in every relevé: what follows reads them once.
with

fichiers_retenus as (select * from fichiers_retenus),

orientations as (select * from entree_orientations)

select
    fichiers_retenus.emetteur,
    orientations.* exclude (ligne, id_livraison),
    list(distinct fichiers_retenus.rang) as rangs
from fichiers_retenus
inner join orientations
    on fichiers_retenus.id_livraison = orientations.id_livraison
where fichiers_retenus.source = 'orientations'
group by all
