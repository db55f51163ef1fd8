-- Grain: one territoire for which figures are given: those configured, HORS when someone is there, TOTAL.
-- Source: 4-interface § 4.3.
with

lignes_en_vigueur as (select * from lignes_en_vigueur)

select
    code as territoire,
    libelle,
    ordre
from config_territoires
union all
select
    'HORS' as territoire,
    'Hors territoire' as libelle,
    1000 as ordre
where exists (select 1 from lignes_en_vigueur where territoire = 'HORS')
union all
select
    'TOTAL' as territoire,
    'Total' as libelle,
    1001 as ordre
