-- Grain: one person soumis in the month im: its situation.
select *
from situations
where soumis and im = getvariable('im')
