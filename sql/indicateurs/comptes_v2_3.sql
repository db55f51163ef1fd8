-- Grain: one (December, territoire, axe, modalite) with its number of persons oriented and soumis on the 31st.
-- Source: 6-catalogue (V2-3): by type of organisme, then crossed with each characteristic.
with

stock_oarsa as (select * from stock_oarsa),

croisements as (
    select
        mois,
        territoire,
        type_organisme,
        'type_organisme × ' || caracteristique as axe,
        type_organisme || ' × ' || valeur as modalite
    from stock_oarsa unpivot (
        valeur for caracteristique in (tranche_age, sexe, situation_familiale, anciennete)
    )
),

modalites as (
    select
        mois,
        territoire,
        axe,
        modalite
    from croisements
    union all
    select
        mois,
        territoire,
        'type_organisme' as axe,
        type_organisme as modalite
    from stock_oarsa
    union all
    select
        mois,
        territoire,
        '' as axe,
        '' as modalite
    from stock_oarsa
)

select
    'V2-3' as code,
    mois,
    territoire,
    axe,
    modalite,
    'nombre' as mesure,
    count(*) as compte
from modalites
group by mois, territoire, axe, modalite
