-- Grain: one (person, month) soumis, in a month calculable for its territoire, that was not soumis the month
-- before: who may be a candidate.
-- Source: 3-rules § 3.3 (candidate).
with

situations as (select * from situations),

completude as (select * from completude),

soumis as (
    select *
    from situations
    where soumis
)

select soumis.*
from soumis
semi join completude
    on
        completude.calculable
        and soumis.territoire = completude.territoire
        and soumis.im = completude.im
anti join soumis as precedents
    on soumis.p = precedents.p and soumis.im = precedents.im + 1
