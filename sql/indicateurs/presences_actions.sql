-- Grain: one (person, action, month) in which the person is in the action, in the territoire of that month (the nearest
-- month known before, else after).
-- Source: 6-catalogue (FA-4).
with

participations_connues as (
    select * from participations_connues
    where p is not null and date_entree is not null
),

calendrier as (select * from calendrier),

situations as (select * from situations),

premieres_situations as (
    select
        p,
        arg_min(territoire, im) as territoire
    from situations
    group by p
),

presences as (
    select distinct
        participations_connues.p,
        coalesce(participations_connues.code_action, 'inconnu') as code_action,
        calendrier.mois,
        calendrier.im
    from participations_connues
    inner join calendrier
        on
            participations_connues.date_entree <= calendrier.dernier_jour
            and coalesce(participations_connues.date_sortie, date '9999-12-31') >= calendrier.mois
)

select
    presences.*,
    coalesce(situations.territoire, premieres_situations.territoire) as territoire
from presences
inner join premieres_situations on presences.p = premieres_situations.p
asof left join situations
    on presences.p = situations.p and presences.im >= situations.im
