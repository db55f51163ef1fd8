-- Grain: one (profil of needs, month of a published period, territoire) that lacks a table or a column: the first one,
-- tables before columns.
-- Source: 6-catalogue (source_absente, colonne_absente).
with

periodes_mois as (select distinct mois from periodes_mois),

sources_absentes as (select * from sources_absentes),

colonnes_absentes as (select * from colonnes_absentes),

absents as (
    select
        catalogue_besoins.profil,
        catalogue_besoins.rang,
        catalogue_besoins.besoin,
        'source_absente: ' as nature,
        sources_absentes.mois,
        sources_absentes.territoire
    from catalogue_besoins
    inner join sources_absentes on catalogue_besoins.besoin = sources_absentes.table_lue
    union all
    select
        catalogue_besoins.profil,
        catalogue_besoins.rang,
        catalogue_besoins.besoin,
        'colonne_absente: ' as nature,
        periodes_mois.mois,
        colonnes_absentes.territoire
    from catalogue_besoins
    inner join colonnes_absentes on catalogue_besoins.besoin = colonnes_absentes.besoin
    cross join periodes_mois
)

select
    profil,
    mois,
    territoire,
    arg_min(nature || besoin, (nature = 'colonne_absente: ', rang)) as motif_nd
from absents
group by profil, mois, territoire
