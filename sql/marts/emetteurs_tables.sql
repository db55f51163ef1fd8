-- Grain: one (territoire, table, who delivers it: an émetteur; of beneficiaires, an indispensable organisme), with the days
-- of its service. HORS and TOTAL are served by all.
-- Source: 2-formats § 2.3 (émetteur), 4-interface § 4.3.
with

territoires as (select * from territoires),

attendus as (select * from attendus)

select
    territoires.territoire,
    config_emetteurs.source,
    config_emetteurs.emetteur,
    coalesce(config_emetteurs.debut, date '0001-01-01') as debut,
    coalesce(config_emetteurs.fin, date '9999-12-31') as fin
from config_emetteurs
inner join territoires
    on territoires.territoire in (config_emetteurs.territoire, 'HORS', 'TOTAL')
where config_emetteurs.source <> 'beneficiaires'
union
select
    territoire,
    'beneficiaires' as source,
    organisme as emetteur,
    date '0001-01-01' as debut,
    date '9999-12-31' as fin
from attendus
where indispensable
