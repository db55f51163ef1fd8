-- Grain: one (code, month M, territoire, type of contract): of the persons soumis at M−1 (base), how many begin a job
-- in M; '' : any; V3-R1: a durable one.
-- Source: 6-catalogue (V3-R1, V3-R2).
with

reprises_soumis as (select * from reprises_soumis),

bases as (
    select
        territoire,
        cast(mois + interval 1 month as date) as mois,
        count(*) as base
    from situations
    where soumis
    group by mois, territoire
),

types as (
    select null as type_contrat
    union all
    select modalite as type_contrat
    from catalogue_mesures
    where code = 'V3-R2' and axe = 'type_contrat'
),

emplois as (
    select
        mois,
        territoire,
        type_contrat,
        count(distinct p) as emplois,
        count(distinct p) filter (where durable) as durables
    from reprises_soumis
    group by grouping sets ((mois, territoire), (mois, territoire, type_contrat))
),

repartis as (
    select
        bases.mois,
        bases.territoire,
        bases.base,
        types.type_contrat,
        coalesce(emplois.emplois, 0) as emplois,
        coalesce(emplois.durables, 0) as durables
    from bases
    cross join types
    left join emplois
        on
            bases.mois = emplois.mois
            and bases.territoire = emplois.territoire
            and types.type_contrat is not distinct from emplois.type_contrat
)

select
    'V3-R1' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'taux' as mesure,
    durables as compte,
    base
from repartis
where type_contrat is null
union all
select
    'V3-R2' as code,
    mois,
    territoire,
    if(type_contrat is null, '', 'type_contrat') as axe,
    coalesce(type_contrat, '') as modalite,
    'taux' as mesure,
    emplois as compte,
    base
from repartis
