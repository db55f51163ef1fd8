-- L'entonnoir compte les nouveaux entrants et les écartés que listent les marts de personnes.
with

entonnoir_mensuel as (select * from entonnoir_mensuel),

entrants as (
    select
        mois,
        territoire,
        count(*) as nombre
    from nouveaux_entrants
    group by mois, territoire
),

ecartes as (
    select
        mois,
        territoire,
        count(*) as nombre
    from entrees_ecartees
    group by mois, territoire
)

select
    entonnoir_mensuel.mois,
    entonnoir_mensuel.territoire
from entonnoir_mensuel
left join entrants
    on
        entonnoir_mensuel.mois = entrants.mois
        and entonnoir_mensuel.territoire = entrants.territoire
left join ecartes
    on
        entonnoir_mensuel.mois = ecartes.mois
        and entonnoir_mensuel.territoire = ecartes.territoire
where
    entonnoir_mensuel.territoire <> 'TOTAL'
    and (
        entonnoir_mensuel.nouveaux_entrants <> coalesce(entrants.nombre, 0)
        or entonnoir_mensuel.ecartes <> coalesce(ecartes.nombre, 0)
    )
