-- Grain: one (month, table): rows tied to a known person (compte) among the rows of the month (base).
-- Source: 6-catalogue (Q-4). A row tied to nobody has no territoire: TOTAL only.
with

rapprochements as (select * from rapprochements),

decomptes as (
    select
        source,
        mois,
        count(*) filter (where rapprochee) as compte,
        count(*) as base
    from rapprochements
    group by source, mois
)

select
    'Q-4' as code,
    mois,
    'TOTAL' as territoire,
    'source' as axe,
    source as modalite,
    'taux' as mesure,
    compte,
    base
from decomptes
union all
select
    'Q-4' as code,
    mois,
    'TOTAL' as territoire,
    '' as axe,
    '' as modalite,
    if(source = 'orientations', 'taux', 'taux_france_travail') as mesure,
    compte,
    base
from decomptes
where source in ('orientations', 'france_travail')
