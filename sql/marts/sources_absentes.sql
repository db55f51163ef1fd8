-- Grain: one (territoire, month, table of the CD) that an émetteur in service has never delivered.
-- Source: 3-rules § 3.3 (an émetteur in service that never delivered counts as an absence), 6-catalogue.
with

periodes_mois as (select distinct mois from periodes_mois),

territoires as (select * from territoires),

fichiers_retenus as (select * from fichiers_retenus),

tables_lues as (select unnest(['orientations', 'rendez_vous']) as table_lue),

services as (
    select
        territoires.territoire,
        tables_lues.table_lue,
        periodes_mois.mois,
        config_emetteurs.emetteur
    from territoires
    cross join tables_lues
    cross join periodes_mois
    left join config_emetteurs
        on
            tables_lues.table_lue = config_emetteurs.source
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
    anti join fichiers_retenus
        on
            services.table_lue = fichiers_retenus.source
            and services.emetteur = fichiers_retenus.emetteur
)

select * from absentes
union
select * replace ('TOTAL' as territoire)
from absentes
where territoire <> 'HORS'
