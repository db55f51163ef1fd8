-- Grain: one (profil of needs, territoire): the day up to which what it reads is known.
-- Source: 3-rules § 3.4 (date_observation), extended to the other tables: the last reception of each émetteur in
-- service. What is declared once (volet1, parcours_types) is known up to arrete_au.
with

territoires as (select * from territoires),

observation as (select * from observation),

emetteurs_tables as (select * from emetteurs_tables),

tables_recues as (select * from tables_recues),

derniers as (
    select
        emetteurs_tables.territoire,
        emetteurs_tables.source,
        emetteurs_tables.emetteur,
        max(tables_recues.date_reception) as dernier
    from emetteurs_tables
    inner join tables_recues
        on
            emetteurs_tables.source = tables_recues.source
            and emetteurs_tables.emetteur = tables_recues.emetteur
    where
        emetteurs_tables.source not in ('orientations', 'beneficiaires', 'volet1', 'parcours_types')
        and getvariable('arrete_au') between emetteurs_tables.debut and emetteurs_tables.fin
    group by emetteurs_tables.territoire, emetteurs_tables.source, emetteurs_tables.emetteur
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
)

select
    catalogue_besoins.profil,
    territoires.territoire,
    least(getvariable('arrete_au'), min(connues.jour)) as date_observation
from catalogue_besoins
cross join territoires
left join connues
    on
        catalogue_besoins.besoin = connues.besoin
        and territoires.territoire = connues.territoire
group by catalogue_besoins.profil, territoires.territoire
