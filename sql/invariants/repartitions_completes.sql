-- Les modalités d'une répartition s'additionnent pour donner l'ensemble.
with

indicateurs as (
    select * from indicateurs
    where mesure = 'nombre'
),

repartitions as (
    select
        code,
        type_periode,
        periode,
        territoire,
        axe,
        sum(valeur) as somme
    from indicateurs
    where axe <> ''
    group by code, type_periode, periode, territoire, axe
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
        and repartitions.type_periode = indicateurs.type_periode
        and repartitions.periode = indicateurs.periode
        and repartitions.territoire = indicateurs.territoire
where repartitions.somme <> indicateurs.valeur
