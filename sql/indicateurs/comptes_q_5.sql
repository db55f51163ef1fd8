-- Grain: one (month, territoire): versable rights without top (compte) among the versable rights (base).
-- Source: 6-catalogue (Q-5).
with

situations as (select * from situations)

select
    'Q-5' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'taux' as mesure,
    count(*) filter (where top_droits_devoirs is null) as compte,
    count(*) as base
from situations
where classe_etat = 'versable'
group by mois, territoire
