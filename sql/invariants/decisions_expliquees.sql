-- Les décisions des situations mensuelles sont celles des marts d'entrées.
with

decisions as (
    select
        mois,
        territoire,
        count(*) filter (where decision = 'nouvel_entrant') as entrants,
        count(*) filter (where decision = 'ecarte') as ecartes
    from situations_mensuelles
    group by mois, territoire
),

entonnoir_mensuel as (select * from entonnoir_mensuel)

select
    decisions.mois,
    decisions.territoire
from decisions
inner join entonnoir_mensuel
    on
        decisions.mois = entonnoir_mensuel.mois
        and decisions.territoire = entonnoir_mensuel.territoire
where
    decisions.entrants <> coalesce(entonnoir_mensuel.nouveaux_entrants, 0)
    or decisions.ecartes <> coalesce(entonnoir_mensuel.ecartes, 0)
