-- Grain: one (indicator, axe, modalite, mesure, period, territoire): the sum of its available months.
-- Source: 3-rules § 3.4 (a figure over several months is their sum).
with

periodes_mois as (select * from periodes_mois),

comptes_mois as (select * from comptes_mois)

select
    comptes_mois.code,
    comptes_mois.axe,
    comptes_mois.modalite,
    comptes_mois.mesure,
    periodes_mois.type_periode,
    periodes_mois.periode,
    comptes_mois.territoire,
    cast(sum(comptes_mois.compte) as bigint) as compte,
    cast(sum(comptes_mois.base) as bigint) as base
from periodes_mois
inner join comptes_mois on periodes_mois.mois = comptes_mois.mois
group by all
