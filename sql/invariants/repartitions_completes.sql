-- Les modalités d'une répartition s'additionnent pour donner l'ensemble.
with

indicateurs as (select * from indicateurs),

repartitions as (
    select
        indicateurs.code,
        indicateurs.type_periode,
        indicateurs.periode,
        indicateurs.territoire,
        indicateurs.axe,
        indicateurs.mesure,
        sum(indicateurs.valeur) as somme
    from indicateurs
    inner join catalogue_axes
        on catalogue_axes.additif and indicateurs.axe = catalogue_axes.axe
    where indicateurs.valeur is not null
    group by all
)

select
    repartitions.code,
    repartitions.periode,
    repartitions.territoire,
    repartitions.axe
from repartitions
inner join indicateurs
    on
        indicateurs.axe = ''
        and repartitions.code = indicateurs.code
        and repartitions.mesure = indicateurs.mesure
        and repartitions.type_periode = indicateurs.type_periode
        and repartitions.periode = indicateurs.periode
        and repartitions.territoire = indicateurs.territoire
where repartitions.somme <> indicateurs.valeur
