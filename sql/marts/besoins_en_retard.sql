-- Grain: one (profil of needs, month of a published period, territoire) that reads a table of which an émetteur stopped
-- delivering before the end of the month, or of its service: what it had to tell is not known, whatever the day.
-- Source: 3-rules § 3.3 (last relevé received before the last day of M: provisoire), extended to the other tables. What
-- never came is an absence (sources_absentes).
with

periodes_mois as (select distinct mois from periodes_mois),

emetteurs_tables as (select * from emetteurs_tables),

tables_recues as (select * from tables_recues),

derniers as (
    select
        source,
        emetteur,
        max(date_reception) as dernier
    from tables_recues
    group by source, emetteur
)

select distinct
    catalogue_besoins.profil,
    periodes_mois.mois,
    emetteurs_tables.territoire
from emetteurs_tables
inner join catalogue_besoins on emetteurs_tables.source = catalogue_besoins.besoin
inner join derniers
    on
        emetteurs_tables.source = derniers.source
        and emetteurs_tables.emetteur = derniers.emetteur
inner join periodes_mois
    on
        emetteurs_tables.debut <= last_day(periodes_mois.mois)
        and emetteurs_tables.fin >= periodes_mois.mois
where
    emetteurs_tables.source not in ('beneficiaires', 'volet1', 'parcours_types')
    and derniers.dernier < least(last_day(periodes_mois.mois), emetteurs_tables.fin)
