-- Grain: one (profil of needs, month of a published period, territoire) that lacks a table or a column: the first one,
-- tables before columns.
-- Source: 6-catalogue (source_absente, colonne_absente).
with

sources_absentes as (select * from sources_absentes),

colonnes_absentes as (select * from colonnes_absentes),

absents as (
    select
        catalogue_besoins.profil,
        catalogue_besoins.rang,
        1 as ordre,
        'source_absente: ' || catalogue_besoins.besoin as motif_nd,
        sources_absentes.mois,
        sources_absentes.territoire
    from catalogue_besoins
    inner join sources_absentes on catalogue_besoins.besoin = sources_absentes.table_lue
    union all
    select
        catalogue_besoins.profil,
        catalogue_besoins.rang,
        2 as ordre,
        'colonne_absente: ' || colonnes_absentes.colonne as motif_nd,
        colonnes_absentes.mois,
        colonnes_absentes.territoire
    from catalogue_besoins
    inner join colonnes_absentes on catalogue_besoins.besoin = colonnes_absentes.besoin
)

select
    profil,
    mois,
    territoire,
    arg_min(motif_nd, (ordre, rang)) as motif_nd
from absents
group by profil, mois, territoire
