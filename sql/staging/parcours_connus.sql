-- Grain: one parcours that can be mobilised, as last known; told by two émetteurs, as the first in alphabetical order
-- says.
-- Source: 2-formats § 2.3.
with

lignes_retenues as (
    select * from lignes_retenues
    where source = 'parcours_types'
),

parcours_types as (select * from entree_parcours_types)

select
    parcours_types.nom,
    parcours_types.duree_mois,
    parcours_types.contenu,
    parcours_types.modalites,
    parcours_types.public_cible,
    cast(parcours_types.cout_unitaire as decimal(18, 2)) as cout_unitaire,
    cast(parcours_types.places_financees as decimal(18, 2)) as places_financees
from lignes_retenues
inner join parcours_types
    on
        lignes_retenues.id_livraison = parcours_types.id_livraison
        and lignes_retenues.ligne = parcours_types.ligne
qualify row_number() over (partition by parcours_types.nom order by lignes_retenues.emetteur) = 1
