-- Chaque indicateur du catalogue est publié pour chaque période et chaque territoire, et rien d'autre.
with

attendus as (
    select
        catalogue_mesures.code,
        catalogue_mesures.axe,
        catalogue_mesures.modalite,
        catalogue_mesures.mesure,
        periodes.type_periode,
        periodes.periode,
        territoires.territoire
    from catalogue_mesures
    cross join periodes
    cross join territoires
),

publies as (
    select
        code,
        axe,
        modalite,
        mesure,
        type_periode,
        periode,
        territoire
    from indicateurs
)

(select * from attendus
except all
select * from publies)
union all
(select * from publies
except all
select * from attendus)
