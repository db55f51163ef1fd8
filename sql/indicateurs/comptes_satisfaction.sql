-- Grain: one (month, public): satisfied answers (compte) among the answers (base); the surveys know no territoire.
-- Source: 6-catalogue (V3-M6).
with

enquetes as (
    select
        cast(date_trunc('month', date) as date) as mois,
        public,
        nombre_satisfaits,
        nombre_reponses
    from enquetes_connues
    where nombre_satisfaits is not null and nombre_reponses is not null
)

select
    'V3-M6' as code,
    mois,
    'TOTAL' as territoire,
    '' as axe,
    '' as modalite,
    'taux' as mesure,
    cast(sum(nombre_satisfaits) as bigint) as compte,
    cast(sum(nombre_reponses) as bigint) as base
from enquetes
group by mois
union all
select
    'V3-M6' as code,
    mois,
    'TOTAL' as territoire,
    'public' as axe,
    public as modalite,
    'taux' as mesure,
    cast(sum(nombre_satisfaits) as bigint) as compte,
    cast(sum(nombre_reponses) as bigint) as base
from enquetes
group by mois, public
