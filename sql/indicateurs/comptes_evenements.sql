-- Grain: one (code, month, territoire, axe, modalite, mesure) with its number of events of known persons.
-- Source: 6-catalogue: V3-M1c (contracts signed), V3-R3 (immersions, formations, contrats courts, levées de freins).
with

evenements as (select * from evenements),

nommes as (
    select
        mois,
        territoire,
        'V3-M1c' as code,
        if(genre = 'contrat', 'nombre', 'ppae_france_travail') as mesure,
        if(genre = 'contrat', coalesce(detail, 'inconnu'), null) as modalite
    from evenements
    where genre in ('contrat', 'ppae')
    union all
    select
        mois,
        territoire,
        'V3-R3' as code,
        case
            when genre = 'emploi_court' then 'contrats_courts'
            when detail = 'immersion' then 'immersions'
            when detail = 'formation' then 'formations'
            else 'levees_de_freins'
        end as mesure,
        null as modalite
    from evenements
    where
        genre = 'emploi_court'
        or (genre = 'prestation' and detail in ('immersion', 'formation', 'levee_frein'))
)

select
    code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    mesure,
    count(*) as compte
from nommes
group by code, mois, territoire, mesure
union all
select
    code,
    mois,
    territoire,
    'type_contrat_signe' as axe,
    modalite,
    mesure,
    count(*) as compte
from nommes
where modalite is not null
group by code, mois, territoire, modalite, mesure
union all
select
    code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    count(*) as compte
from nommes
where code = 'V3-R3'
group by code, mois, territoire
