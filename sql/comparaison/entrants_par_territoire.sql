-- Grain: one entry of one of the two publications × territoire of publication: its own, and TOTAL.
-- Source: 4-interface § 4.7.
with

entrants as (select * from entrants)

select * from entrants
union all
select * replace ('TOTAL' as territoire) from entrants
