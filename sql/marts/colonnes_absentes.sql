-- Grain: one (territoire, month of a published period, column of a table) that whoever delivers the table for it that
-- month does not give, or no longer gives. A need may name several columns (table.a|b): one of them is enough, until
-- one that was given is lost: half of the dates would be missing, in silence.
-- Source: 2-formats § 2.3 (all else optional: what needs it is ND), 6-catalogue (colonne_absente). A stock says in its last
-- relevé all that it knows; a flux tells a month in the first relevé that follows it (none yet: in the last).
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

temoins as (
    select
        emetteurs_tables.territoire,
        emetteurs_tables.source,
        emetteurs_tables.emetteur,
        periodes_mois.mois,
        coalesce(
            min(tables_recues.date_reception) filter (
                where
                tables_recues.mode = 'flux'
                and tables_recues.date_reception > last_day(periodes_mois.mois)
            ),
            max(tables_recues.date_reception)
        ) as date_reception
    from emetteurs_tables
    inner join periodes_mois
        on
            emetteurs_tables.debut <= last_day(periodes_mois.mois)
            and emetteurs_tables.fin >= periodes_mois.mois
    inner join tables_recues
        on
            emetteurs_tables.source = tables_recues.source
            and emetteurs_tables.emetteur = tables_recues.emetteur
    group by all
),

donnees as (
    select
        tables_recues.source,
        tables_recues.emetteur,
        entree_colonnes.colonne,
        min(tables_recues.date_reception) as donnee_des,
        list(tables_recues.date_reception) as jours
    from tables_recues
    inner join entree_colonnes on tables_recues.id_livraison = entree_colonnes.id_livraison
    group by all
),

confrontees as (
    select
        temoins.territoire,
        temoins.mois,
        temoins.emetteur,
        colonnes_lues.besoin,
        bool_or(list_contains(donnees.jours, temoins.date_reception)) as une_donnee,
        min(colonnes_lues.colonne) filter (
            where
            donnees.donnee_des < temoins.date_reception
            and not list_contains(donnees.jours, temoins.date_reception)
        ) as perdue
    from temoins
    inner join colonnes_lues on temoins.source = colonnes_lues.source
    left join donnees
        on
            temoins.source = donnees.source
            and temoins.emetteur = donnees.emetteur
            and colonnes_lues.colonne = donnees.colonne
    group by all
)

select
    territoire,
    mois,
    besoin,
    min(coalesce(split_part(besoin, '.', 1) || '.' || perdue, split_part(besoin, '|', 1))) as colonne
from confrontees
where perdue is not null or not coalesce(une_donnee, false)
group by territoire, mois, besoin
