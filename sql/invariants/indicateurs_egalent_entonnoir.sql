-- Le nombre mensuel de nouveaux entrants publié est celui de l'entonnoir.
with

entonnoir_mensuel as (select * from entonnoir_mensuel),

indicateurs as (
    select
        debut as mois,
        territoire,
        valeur
    from indicateurs
    where code = 'V2-1' and type_periode = 'mois' and axe = '' and mesure = 'nombre'
)

select
    entonnoir_mensuel.mois,
    entonnoir_mensuel.territoire
from entonnoir_mensuel
inner join indicateurs
    on
        entonnoir_mensuel.mois = indicateurs.mois
        and entonnoir_mensuel.territoire = indicateurs.territoire
where cast(entonnoir_mensuel.nouveaux_entrants as double) is distinct from indicateurs.valeur
