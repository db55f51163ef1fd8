-- Grain: one (person, quoi): the day of the first rendez-vous d'accompagnement or of the first CER, as a service would
-- count them: of anybody, entrant or not.
-- Source: 6-catalogue (plausibility warnings).
with

rendez_vous_connus as (select * from rendez_vous_connus),

contrats_connus as (select * from contrats_connus)

select
    p,
    'premiers_rdv' as quoi,
    min(date_rdv) as jour
from rendez_vous_connus
where p is not null and type = 'accompagnement' and coalesce(presence <> 'annule', true)
group by p
union all
select
    p,
    'premiers_cer' as quoi,
    min(date_signature) as jour
from contrats_connus
where p is not null and type = 'CER'
group by p
