-- Grain: one (month, territoire, action) with its number of entries concerned; action '' : any.
-- Source: 6-catalogue (FA-3): a participation begun in the episode of the entry, before the next one.
with

entrees as (
    select
        p,
        im,
        mois,
        territoire,
        debut_episode,
        coalesce(
            lead(debut_episode) over (partition by p order by im), date '9999-12-31'
        ) as debut_suivant
    from entrees
),

participations_connues as (select * from participations_connues),

concernees as (
    select distinct
        entrees.p,
        entrees.mois,
        entrees.territoire,
        participations_connues.code_action
    from entrees
    inner join participations_connues
        on
            entrees.p = participations_connues.p
            and entrees.debut_episode <= participations_connues.date_entree
            and entrees.debut_suivant > participations_connues.date_entree
)

select
    'FA-3' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    count(distinct p) as compte
from concernees
group by mois, territoire
union all
select
    'FA-3' as code,
    mois,
    territoire,
    'code_action' as axe,
    coalesce(code_action, 'inconnu') as modalite,
    'nombre' as mesure,
    count(*) as compte
from concernees
group by mois, territoire, code_action
