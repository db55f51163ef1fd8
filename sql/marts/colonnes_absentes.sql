-- Grain: one (territoire, column of a table) that an émetteur serving it has delivered without ever giving.
-- Source: 2-formats § 2.3 (all else optional: what needs it is ND), 6-catalogue (colonne_absente).
with

territoires as (select * from territoires),

tables_recues as (select * from tables_recues),

colonnes_lues as (
    select distinct
        besoin,
        split_part(besoin, '.', 1) as source,
        split_part(besoin, '.', 2) as colonne
    from catalogue_besoins
    where sorte = 'colonne'
),

emetteurs as (
    select distinct
        territoires.territoire,
        config_emetteurs.source,
        config_emetteurs.emetteur
    from config_emetteurs
    inner join territoires
        on territoires.territoire in (config_emetteurs.territoire, 'HORS', 'TOTAL')
    semi join tables_recues
        on
            config_emetteurs.source = tables_recues.source
            and config_emetteurs.emetteur = tables_recues.emetteur
),

colonnes_recues as (
    select distinct
        tables_recues.source,
        tables_recues.emetteur,
        entree_colonnes.colonne
    from tables_recues
    inner join entree_colonnes
        on tables_recues.id_livraison = entree_colonnes.id_livraison
)

select distinct
    emetteurs.territoire,
    colonnes_lues.besoin
from emetteurs
inner join colonnes_lues on emetteurs.source = colonnes_lues.source
anti join colonnes_recues
    on
        emetteurs.source = colonnes_recues.source
        and emetteurs.emetteur = colonnes_recues.emetteur
        and colonnes_lues.colonne = colonnes_recues.colonne
