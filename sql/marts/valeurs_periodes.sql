-- Grain: one (indicator, axe, modalite, mesure, period, territoire): its value over the available months.
-- Source: 3-rules § 3.4. Counts stay integers up to here; a ratio is one division. effectif: over how many people or
-- gaps a median or a mean is.
with

comptes_periodes as (select * from comptes_periodes),

valeurs_distinctes as (select * from valeurs_distinctes),

valeurs_durees as (select * from valeurs_durees),

valeurs_transmissions as (select * from valeurs_transmissions),

declarees as (
    select * from valeurs_moyens
    union all
    select * from valeurs_parcours
)

select
    code,
    axe,
    modalite,
    mesure,
    type_periode,
    periode,
    territoire,
    if(base is null, cast(compte as double), cast(compte as double) / nullif(base, 0)) as valeur,
    if(base is null, null, compte) as numerateur,
    base as denominateur
from comptes_periodes
union all
select
    code,
    axe,
    modalite,
    mesure,
    type_periode,
    periode,
    territoire,
    cast(compte as double) as valeur,
    null as numerateur,
    null as denominateur
from valeurs_distinctes
union all
select
    code,
    '' as axe,
    '' as modalite,
    mesure,
    type_periode,
    periode,
    territoire,
    valeur,
    null as numerateur,
    effectif as denominateur
from valeurs_durees
union all
select
    code,
    '' as axe,
    '' as modalite,
    mesure,
    type_periode,
    periode,
    territoire,
    valeur,
    null as numerateur,
    effectif as denominateur
from valeurs_transmissions
union all
select
    code,
    axe,
    modalite,
    mesure,
    type_periode,
    periode,
    'TOTAL' as territoire,
    valeur,
    null as numerateur,
    null as denominateur
from declarees
