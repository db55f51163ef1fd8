-- Grain: one (month, territoire, classe_sortie) with its number of exits; '' : all.
-- Source: 6-catalogue (V3-M1b).
with

sortants as (select * from sortants)

select
    'V3-M1b' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    count(*) as compte
from sortants
group by mois, territoire
union all
select
    'V3-M1b' as code,
    mois,
    territoire,
    'classe_sortie' as axe,
    classe_sortie as modalite,
    'nombre' as mesure,
    count(*) as compte
from sortants
group by mois, territoire, classe_sortie
