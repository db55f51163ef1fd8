-- Grain: one (person, month) with its hours of prestations a week: the hours of each are spread evenly from date_debut
-- to date_fin, both included (without date_fin: on the first day).
-- Source: 6-catalogue (V3-M5: sum in the month ÷ weeks of the month). Rounded once, at the end: fifteen hours a week over
-- several months are fifteen, not 14.9999.
with

calendrier as (select * from calendrier),

prestations as (
    select
        p,
        date_debut,
        coalesce(date_fin, date_debut) as date_fin,
        cast(duree_heures as decimal(18, 2)) as heures,
        coalesce(date_fin, date_debut) - date_debut + 1 as jours
    from prestations_connues
    where p is not null and date_debut is not null and duree_heures is not null
),

parts as (
    select
        prestations.p,
        calendrier.im,
        calendrier.dernier_jour,
        prestations.heures,
        prestations.jours,
        least(prestations.date_fin, calendrier.dernier_jour)
        - greatest(prestations.date_debut, calendrier.mois) + 1 as jours_du_mois
    from prestations
    inner join calendrier
        on
            prestations.date_debut <= calendrier.dernier_jour
            and prestations.date_fin >= calendrier.mois
)

select
    p,
    im,
    cast(
        sum(cast(heures * jours_du_mois / jours as decimal(28, 12))) * 7 / day(any_value(dernier_jour))
        as decimal(18, 4)
    ) as heures_semaine
from parts
group by p, im
