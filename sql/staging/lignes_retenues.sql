-- Grain: one row of one table of the CD (other than orientations) as last known: of a stock the last relevé, of a
-- flux the last row of each id. An id that the files of one day tell differently is left out.
-- Source: 2-formats § 2.3 (mode), 4-interface § 4.5.
with

fichiers_retenus as (select * from fichiers_retenus),

lignes_nominatives as (select * from lignes_nominatives),

lignes_anonymes as (select * from lignes_anonymes),

identifiants_contradictoires as (select * from identifiants_contradictoires),

lignes as (
    select
        *,
        true as nominative
    from lignes_nominatives
    union all by name
    select
        *,
        false as nominative
    from lignes_anonymes
)

select
    lignes.source,
    fichiers_retenus.emetteur,
    lignes.identifiant,
    lignes.nominative,
    lignes.id_livraison,
    lignes.ligne,
    lignes.cle_nir,
    lignes.cle_dem,
    lignes.cle_mat,
    lignes.cle_ft
from fichiers_retenus
inner join lignes
    on
        fichiers_retenus.source = lignes.source
        and fichiers_retenus.id_livraison = lignes.id_livraison
anti join identifiants_contradictoires
    on
        fichiers_retenus.source = identifiants_contradictoires.source
        and fichiers_retenus.emetteur = identifiants_contradictoires.emetteur
        and fichiers_retenus.rang = identifiants_contradictoires.rang
        and lignes.identifiant = identifiants_contradictoires.identifiant
where fichiers_retenus.mode = 'flux' or fichiers_retenus.dernier
qualify row_number() over (
    partition by lignes.source, fichiers_retenus.emetteur, lignes.identifiant
    order by fichiers_retenus.rang desc, lignes.id_livraison, lignes.ligne
) = 1
