-- Grain: one (territoire, month, table) that an émetteur in service has never delivered.
-- Source: 3-rules § 3.3 (an émetteur in service that never delivered counts as an absence), 6-catalogue.
with

periodes_mois as (select distinct mois from periodes_mois),

territoires as (select * from territoires),

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
        config_emetteurs.emetteur
    from territoires
    cross join catalogue_besoins
    cross join periodes_mois
    left join config_emetteurs
        on
            catalogue_besoins.table_lue = config_emetteurs.source
            and territoires.territoire in (config_emetteurs.territoire, 'HORS', 'TOTAL')
            and last_day(periodes_mois.mois) >= coalesce(config_emetteurs.debut, date '0001-01-01')
            and periodes_mois.mois <= coalesce(config_emetteurs.fin, date '9999-12-31')
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
