-- Le total de l'entonnoir est la somme des territoires.
with

entonnoir_mensuel as (select * from entonnoir_mensuel),

sommes as (
    select
        mois,
        sum(soumis) as soumis,
        sum(candidats) as candidats,
        sum(nouveaux_entrants) as nouveaux_entrants,
        sum(ecartes) as ecartes
    from entonnoir_mensuel
    where territoire <> 'TOTAL'
    group by mois
)

select entonnoir_mensuel.mois
from entonnoir_mensuel
inner join sommes on entonnoir_mensuel.mois = sommes.mois
where
    entonnoir_mensuel.territoire = 'TOTAL'
    and (
        entonnoir_mensuel.soumis <> sommes.soumis
        or entonnoir_mensuel.candidats <> sommes.candidats
        or entonnoir_mensuel.nouveaux_entrants <> sommes.nouveaux_entrants
        or entonnoir_mensuel.ecartes <> sommes.ecartes
    )
