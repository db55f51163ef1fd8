-- Grain: one (profil of needs, territoire): the day up to which what it reads is known.
-- Source: 3-rules § 3.4 (date_observation), extended to the other tables: the last reception of each émetteur in
-- service. What has no territoire is declared once: known up to arrete_au.
with

territoires as (select * from territoires),

observation as (select * from observation),

tables_recues as (select * from tables_recues),

derniers as (
    select
        territoires.territoire,
        tables_recues.source,
        tables_recues.emetteur,
        max(tables_recues.date_reception) as dernier
    from tables_recues
    inner join config_emetteurs
        on
            tables_recues.source = config_emetteurs.source
            and tables_recues.emetteur = config_emetteurs.emetteur
            and getvariable('arrete_au') between coalesce(config_emetteurs.debut, date '0001-01-01')
            and coalesce(config_emetteurs.fin, date '9999-12-31')
    inner join territoires
        on territoires.territoire in (config_emetteurs.territoire, 'HORS', 'TOTAL')
    where tables_recues.source <> 'orientations'
    group by territoires.territoire, tables_recues.source, tables_recues.emetteur
),

connues as (
    select
        territoire,
        source as besoin,
        min(dernier) as jour
    from derniers
    group by territoire, source
    union all
    select
        territoire,
        unnest(['entrants', 'orientations']) as besoin,
        date_observation as jour
    from observation
),

declares as (
    select distinct profil
    from catalogue_besoins
    where besoin = 'total_seulement'
)

select
    catalogue_besoins.profil,
    territoires.territoire,
    if(
        bool_or(declares.profil is not null),
        getvariable('arrete_au'),
        least(getvariable('arrete_au'), min(connues.jour))
    ) as date_observation
from catalogue_besoins
cross join territoires
left join connues
    on
        catalogue_besoins.besoin = connues.besoin
        and territoires.territoire = connues.territoire
left join declares on catalogue_besoins.profil = declares.profil
group by catalogue_besoins.profil, territoires.territoire
