-- Grain: one organisme without a delivery in force for the month im.
select organisme
from calendrier_organismes
where im = getvariable('im') and not livre
order by organisme
