-- Grain: one dated fact of a known person (genre, detail), in the territoire of the nearest month known before it (else
-- after).
-- Source: 6-catalogue.
with

faits as (
    select
        *,
        cast(date_trunc('month', jour) as date) as mois,
        cast(12 * year(jour) + month(jour) as integer) as im
    from faits
    where p is not null and jour is not null
),

situations as (select * from situations),

premieres_situations as (
    select
        p,
        arg_min(territoire, im) as territoire
    from situations
    group by p
)

select
    faits.*,
    coalesce(situations.territoire, premieres_situations.territoire) as territoire
from faits
inner join premieres_situations on faits.p = premieres_situations.p
asof left join situations
    on faits.p = situations.p and faits.im >= situations.im
