-- Grain: one (territoire, organisme that must deliver for it); HORS and TOTAL need every organisme.
-- Source: 4-interface § 4.3.
with

territoires as (select * from territoires)

select
    territoire,
    organisme,
    indispensable
from config_organismes
union
select
    territoires.territoire,
    config_organismes.organisme,
    config_organismes.indispensable
from config_organismes
cross join territoires
where territoires.territoire in ('HORS', 'TOTAL')
