-- Grain: one (month, territoire, mesure): entries oriented towards a job (compte), among those whose parcours is known
-- (base).
-- Source: 6-catalogue (F1-1, objectif 70 % des nouveaux entrants); taux_elargi adds the parcours socio-professionnel.
with

entrees as (select * from entrees),

totaux as (
    select
        mois,
        territoire,
        count(*) as base,
        count(*) filter (where type_parcours = 'professionnel') as taux,
        count(*) filter (
            where type_parcours in ('professionnel', 'socio_professionnel')
        ) as taux_elargi
    from entrees
    where date_orientation is not null and type_parcours is not null
    group by mois, territoire
)

select
    'F1-1' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    mesure,
    compte,
    base
from totaux unpivot (compte for mesure in (taux, taux_elargi))
