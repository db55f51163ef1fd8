-- Grain: one figure of the catalogue (code, axe, modalite, mesure); where the data give the modalités, one for each.
-- Source: 6-catalogue.
with

participations_connues as (select * from participations_connues),

parcours_connus as (select * from parcours_connus),

relevees as (
    select distinct
        'code_action' as axe,
        coalesce(code_action, 'inconnu') as modalite
    from participations_connues
    union
    select
        'parcours' as axe,
        nom as modalite
    from parcours_connus
)

select *
from catalogue_mesures
where modalite <> '*'
union all
select catalogue_mesures.* replace (relevees.modalite as modalite)
from catalogue_mesures
inner join relevees on catalogue_mesures.axe = relevees.axe
where catalogue_mesures.modalite = '*'
