-- Grain: one (person, month) registered at France Travail on the month's last day.
-- Source: 6-catalogue (V3-M1): date_inscription ≤ d and no cessation or radiation ≤ d.
with

calendrier as (select * from calendrier),

inscriptions_connues as (
    select * from inscriptions_connues
    where p is not null and date_inscription is not null
)

select distinct
    inscriptions_connues.p,
    calendrier.im
from inscriptions_connues
inner join calendrier
    on
        inscriptions_connues.date_inscription <= calendrier.dernier_jour
        and coalesce(inscriptions_connues.date_sortie, date '9999-12-31')
        > calendrier.dernier_jour
