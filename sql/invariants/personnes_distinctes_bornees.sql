-- Des personnes distinctes sont au total au plus la somme des territoires, et au moins le plus grand d'entre eux.
with

indicateurs as (
    select indicateurs.*
    from indicateurs
    semi join mesures_publiees
        on
            mesures_publiees.nature = 'distincte'
            and indicateurs.code = mesures_publiees.code
            and indicateurs.axe = mesures_publiees.axe
            and indicateurs.modalite = mesures_publiees.modalite
            and indicateurs.mesure = mesures_publiees.mesure
),

territoires_reunis as (
    select
        code,
        axe,
        modalite,
        mesure,
        type_periode,
        periode,
        sum(valeur) as somme,
        max(valeur) as plus_grand
    from indicateurs
    where territoire <> 'TOTAL'
    group by all
    having count(valeur) = count(*)
)

select
    indicateurs.code,
    indicateurs.periode,
    indicateurs.mesure
from indicateurs
inner join territoires_reunis using (code, axe, modalite, mesure, type_periode, periode)
where
    indicateurs.territoire = 'TOTAL'
    and indicateurs.valeur not between territoires_reunis.plus_grand and territoires_reunis.somme
