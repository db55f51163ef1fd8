-- Grain: one (indicator, axe, modalite, mesure, period, territoire): its value over the available months.
-- Source: 3-rules § 3.4. Counts stay integers up to here; a ratio is one division.
with

comptes_periodes as (select * from comptes_periodes),

personnes_distinctes as (
    select * from personnes_distinctes
    where code = 'V2-1'
),

ecarts_transmissions as (select * from ecarts_transmissions)

select
    code,
    axe,
    modalite,
    mesure,
    type_periode,
    periode,
    territoire,
    if(mesure = 'taux', cast(compte as double) / nullif(base, 0), cast(compte as double)) as valeur,
    if(mesure = 'taux', compte, null) as numerateur,
    base as denominateur
from comptes_periodes
union all
select
    code,
    '' as axe,
    '' as modalite,
    'personnes_distinctes' as mesure,
    type_periode,
    periode,
    territoire,
    cast(personnes as double) as valeur,
    null as numerateur,
    null as denominateur
from personnes_distinctes
union all
select
    'Q-1' as code,
    '' as axe,
    '' as modalite,
    'mediane' as mesure,
    type_periode,
    periode,
    territoire,
    ecart_median as valeur,
    null as numerateur,
    null as denominateur
from ecarts_transmissions
