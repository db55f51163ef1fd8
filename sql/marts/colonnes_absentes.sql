-- Grain: one (territoire, column of orientations) that one of its émetteurs has delivered without ever giving.
-- Source: 2-formats § 2.3 (all else optional: what needs it is ND), 6-catalogue (colonne_absente).
with

emetteurs_orientations as (select * from emetteurs_orientations),

fichiers_retenus as (select * from fichiers_retenus),

catalogue_mesures as (select * from catalogue_mesures),

axes as (
    select distinct axe
    from catalogue_mesures
    where code = 'V2-2' and axe <> ''
),

colonnes_recues as (
    select distinct
        fichiers_retenus.emetteur,
        entree_colonnes.colonne
    from fichiers_retenus
    inner join entree_colonnes
        on fichiers_retenus.id_livraison = entree_colonnes.id_livraison
    where fichiers_retenus.source = 'orientations'
)

select distinct
    emetteurs_orientations.territoire,
    axes.axe
from emetteurs_orientations
cross join axes
anti join colonnes_recues
    on
        emetteurs_orientations.emetteur = colonnes_recues.emetteur
        and axes.axe = colonnes_recues.colonne
where emetteurs_orientations.dernier_releve is not null
