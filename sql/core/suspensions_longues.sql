-- Grain: one suspension longue, dated the day it began, with the month in which it ended.
-- Source: 3-rules § 3.3 (suspension longue). The date the file gives counts when every month since it, or
-- since the first month that shows it, is suspended; a file without date: the first day of the first month.
with

periodes_suspension as (select * from periodes_suspension),

parcours as (select * from parcours),

premieres_mentions as (
    select
        p,
        date_suspension,
        min(im) as im_mention
    from parcours
    where date_suspension is not null
    group by p, date_suspension
),

datees as (
    select
        periodes_suspension.p,
        periodes_suspension.im_debut,
        periodes_suspension.im_fin,
        coalesce(
            periodes_suspension.date_suspension, periodes_suspension.premier_mois
        ) as date_rupture,
        make_date(
            cast((periodes_suspension.im_fin - 1) // 12 as bigint),
            cast((periodes_suspension.im_fin - 1) % 12 + 1 as bigint),
            1
        ) as mois_fin,
        periodes_suspension.date_suspension is null
        or premieres_mentions.im_mention >= periodes_suspension.im_debut
        or 12 * year(periodes_suspension.date_suspension)
        + month(periodes_suspension.date_suspension)
        >= periodes_suspension.im_debut as sans_interruption
    from periodes_suspension
    left join premieres_mentions
        on
            periodes_suspension.p = premieres_mentions.p
            and periodes_suspension.date_suspension
            = premieres_mentions.date_suspension
)

select
    p,
    date_rupture,
    im_fin
from datees
where
    sans_interruption
    and date_rupture + to_months(getvariable('suspension_mois')) < mois_fin
