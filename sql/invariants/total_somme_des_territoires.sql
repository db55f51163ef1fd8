-- Le total d'un indicateur est la somme des territoires.
with

indicateurs as (
    select indicateurs.*
    from indicateurs
    semi join catalogue_mesures
        on
            catalogue_mesures.nature in ('somme', 'stock')
            and indicateurs.code = catalogue_mesures.code
            and indicateurs.mesure = catalogue_mesures.mesure
    where indicateurs.code <> 'Q-1'  -- an organisme may serve two territoires
),

sommes as (
    select
        code,
        type_periode,
        periode,
        axe,
        modalite,
        mesure,
        sum(valeur) as somme,
        count(valeur) = count(*) as tous
    from indicateurs
    where territoire <> 'TOTAL'
    group by all
)

select
    sommes.code,
    sommes.periode,
    sommes.mesure
from sommes
inner join indicateurs using (code, type_periode, periode, axe, modalite, mesure)
where indicateurs.territoire = 'TOTAL' and sommes.tous and sommes.somme <> indicateurs.valeur
