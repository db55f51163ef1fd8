-- Grain: one (code, month, territoire, mesure): registered at France Travail at the month's end: of the persons soumis
-- (V3-M1), of the month's entries (V3-M1a).
-- Source: 6-catalogue (V3-M1, V3-M1a).
with

situations as (
    select
        p,
        im,
        mois,
        territoire
    from situations
    where soumis
),

entrees as (select * from entrees),

inscrits_du_mois as (select * from inscrits_du_mois),

totaux as (
    select
        situations.mois,
        situations.territoire,
        count(*) as soumis,
        count(inscrits_du_mois.p) as nombre
    from situations
    left join inscrits_du_mois
        on situations.p = inscrits_du_mois.p and situations.im = inscrits_du_mois.im
    group by situations.mois, situations.territoire
)

select
    'V3-M1' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    unnest(['nombre', 'taux']) as mesure,
    nombre as compte,
    unnest([null, soumis]) as base
from totaux
union all
select
    'V3-M1a' as code,
    entrees.mois,
    entrees.territoire,
    '' as axe,
    '' as modalite,
    'inscrits' as mesure,
    count(*) as compte,
    null as base
from entrees
inner join inscrits_du_mois
    on entrees.p = inscrits_du_mois.p and entrees.im = inscrits_du_mois.im
group by entrees.mois, entrees.territoire
