-- Grain: one (territoire, month of a published period, column of a table) that whoever delivers the table for it that
-- month has never given. A need may name several columns (table.a|b): one of them is enough.
-- Source: 2-formats § 2.3 (all else optional: what needs it is ND), 6-catalogue (colonne_absente).
with

periodes_mois as (select distinct mois from periodes_mois),

emetteurs_tables as (select * from emetteurs_tables),

tables_recues as (select * from tables_recues),

colonnes_lues as (
    select distinct
        besoin,
        split_part(besoin, '.', 1) as source,
        unnest(string_split(split_part(besoin, '.', 2), '|')) as colonne
    from catalogue_besoins
    where sorte = 'colonne'
),

a_donner as (
    select distinct
        emetteurs_tables.*,
        colonnes_lues.besoin
    from emetteurs_tables
    inner join colonnes_lues on emetteurs_tables.source = colonnes_lues.source
    semi join tables_recues
        on
            emetteurs_tables.source = tables_recues.source
            and emetteurs_tables.emetteur = tables_recues.emetteur
),

donnees as (
    select distinct
        tables_recues.source,
        tables_recues.emetteur,
        colonnes_lues.besoin
    from tables_recues
    inner join entree_colonnes on tables_recues.id_livraison = entree_colonnes.id_livraison
    inner join colonnes_lues
        on
            tables_recues.source = colonnes_lues.source
            and entree_colonnes.colonne = colonnes_lues.colonne
)

select distinct
    a_donner.territoire,
    periodes_mois.mois,
    a_donner.besoin
from a_donner
anti join donnees
    on
        a_donner.source = donnees.source
        and a_donner.emetteur = donnees.emetteur
        and a_donner.besoin = donnees.besoin
inner join periodes_mois
    on
        a_donner.debut <= last_day(periodes_mois.mois)
        and a_donner.fin >= periodes_mois.mois
