-- Le total d'un indicateur est la somme des territoires.
with

indicateurs as (
    select * from indicateurs
    where code in ('V2-1', 'V2-2', 'V2-2N') and mesure not in ('taux', 'personnes_distinctes')
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
