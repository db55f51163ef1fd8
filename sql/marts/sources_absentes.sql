-- Grain: one (territoire, month, table) that an émetteur in service has never delivered.
-- Source: 3-rules § 3.3 (an émetteur in service that never delivered counts as an absence), 6-catalogue.
with

periodes_mois as (select distinct mois from periodes_mois),

territoires as (select * from territoires),

emetteurs_tables as (select * from emetteurs_tables),

tables_recues as (select * from tables_recues),

catalogue_besoins as (
    select distinct besoin as table_lue
    from catalogue_besoins
    where sorte = 'table'
),

services as (
    select
        territoires.territoire,
        catalogue_besoins.table_lue,
        periodes_mois.mois,
        emetteurs_tables.emetteur
    from territoires
    cross join catalogue_besoins
    cross join periodes_mois
    left join emetteurs_tables
        on
            catalogue_besoins.table_lue = emetteurs_tables.source
            and territoires.territoire = emetteurs_tables.territoire
            and last_day(periodes_mois.mois) >= emetteurs_tables.debut
            and periodes_mois.mois <= emetteurs_tables.fin
),

absentes as (
    select distinct
        services.territoire,
        services.mois,
        services.table_lue
    from services
    anti join tables_recues
        on
            services.table_lue = tables_recues.source
            and services.emetteur = tables_recues.emetteur
)

select * from absentes
union
select * replace ('TOTAL' as territoire)
from absentes
where territoire <> 'HORS'
