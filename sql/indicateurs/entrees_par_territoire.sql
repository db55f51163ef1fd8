-- Grain: one nouvel entrant × territoire of publication: its own, and TOTAL.
-- Source: 4-interface § 4.3 (TOTAL).
with

entrees_publiees as (select * from entrees_publiees)

select * from entrees_publiees
union all
select * replace ('TOTAL' as territoire) from entrees_publiees
