-- Grain: one organisme and its first month in store; the row '' holds the first of all.
-- Source: 3-rules § 3.3 (debut_episode, primo_demandeur).
with

en_vigueur as (select * from en_vigueur)

select
    organisme,
    min(mois) as premier_mois
from en_vigueur
group by organisme
union all
select
    '' as organisme,
    min(mois) as premier_mois
from en_vigueur
