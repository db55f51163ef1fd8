-- Grain: one (month, territoire, axe, modalite, mesure) with its number of entries. The rate needs two counts:
-- taux (numerator) and taux_base (denominator), both over entries whose delay has elapsed.
-- Source: annexe 4, § 4, « nombre de nouveaux entrants orientés en 15 jours et moins »; 3-rules § 3.4.
with

entrees_publiees as (select * from entrees_publiees),

totaux as (
    select
        mois,
        territoire,
        count(*) filter (where dans_delai) as nombre,
        count(*) filter (where dans_delai and delai_echu) as taux,
        count(*) filter (where delai_echu) as taux_base,
        count(*) filter (where delai_jours = 15) as exactement_15_jours,
        count(*) filter (where delai_jours <= 1) as un_jour,
        count(*) filter (where oriente_1_mois) as un_mois,
        count(*) filter (where dans_delai and not delai_echu) as deja_orientes,
        count(*) filter (where statut_orientation = 'en_attente') as en_attente,
        count(*) filter (where anticipee) as anticipees
    from entrees_publiees
    group by mois, territoire
),

mesures as (
    select
        mois,
        territoire,
        mesure,
        compte
    from totaux unpivot (
        compte for mesure in (
            nombre,
            taux,
            taux_base,
            exactement_15_jours,
            un_jour,
            un_mois,
            deja_orientes,
            en_attente,
            anticipees
        )
    )
),

orientes as (
    select * from entrees_publiees
    where dans_delai
),

repartitions as (
    select
        mois,
        territoire,
        axe,
        coalesce(modalite, 'inconnu') as modalite
    from orientes unpivot include nulls (
        modalite for axe in (accompagnement_global, type_parcours, type_organisme)
    )
)

select
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    mesure,
    compte
from mesures
union all
select
    mois,
    territoire,
    axe,
    modalite,
    'nombre' as mesure,
    count(*) as compte
from repartitions
group by mois, territoire, axe, modalite
