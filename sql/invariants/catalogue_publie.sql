-- Chaque indicateur du catalogue est publié pour chaque période et chaque territoire, et rien d'autre.
with

attendus as (
    select
        mesures_publiees.code,
        mesures_publiees.axe,
        mesures_publiees.modalite,
        mesures_publiees.mesure,
        periodes.type_periode,
        periodes.periode,
        territoires.territoire
    from mesures_publiees
    cross join periodes
    cross join territoires
    left join catalogue_periodes
        on
            mesures_publiees.code = catalogue_periodes.code
            and periodes.type_periode = catalogue_periodes.type_periode
    where mesures_publiees.axe = '' or catalogue_periodes.code is not null
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
