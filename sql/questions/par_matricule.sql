-- Grain: one person of whom a row bears matricule (seven digits), at any organisme.
select distinct p
from lignes
where matricule = getvariable('matricule')
order by all
