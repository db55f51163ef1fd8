-- Grain: one (month, territoire, axe, modalite, mesure) with its number of entries; base: those whose delay elapsed.
-- Source: annexe 4, § 4, « orientés en 15 jours et moins »; 3-rules § 3.4. FA-2 repeats it; C-1 is that of one month.
with

entrees_publiees as (select * from entrees_publiees),

totaux as (
    select
        mois,
        territoire,
        count(*) filter (where dans_delai) as nombre,
        count(*) filter (where dans_delai and delai_echu) as taux,
        count(*) filter (where delai_echu) as echus,
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
        compte,
        if(mesure = 'taux', echus, null) as base
    from totaux unpivot (
        compte for mesure in (
            nombre,
            taux,
            exactement_15_jours,
            un_jour,
            un_mois,
            deja_orientes,
            en_attente,
            anticipees
        )
    )
),

repartitions as (
    select
        mois,
        territoire,
        axe,
        coalesce(modalite, 'inconnu') as modalite
    from entrees_publiees unpivot include nulls (
        modalite for axe in (accompagnement_global, type_parcours, type_organisme)
    )
    where dans_delai
)

select
    'V2-2' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    mesure,
    compte,
    base
from mesures
union all
select
    'V2-2' as code,
    mois,
    territoire,
    axe,
    modalite,
    'nombre' as mesure,
    count(*) as compte,
    null as base
from repartitions
group by mois, territoire, axe, modalite
union all
select
    if(mesure = 'nombre', 'FA-2', 'C-1') as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    compte,
    null as base
from mesures
where mesure in ('nombre', 'un_mois')
