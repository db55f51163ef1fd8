-- Un taux va de 0 à 1, et ses orientés sont parmi ceux que compte l'indicateur.
with

indicateurs as (
    select * from indicateurs
    where code = 'V2-2' and axe = ''
),

mesures as (
    select
        type_periode,
        periode,
        territoire,
        max(numerateur) filter (where mesure = 'taux') as numerateur,
        max(denominateur) filter (where mesure = 'taux') as denominateur,
        max(coalesce(valeur, valeur_partielle)) filter (where mesure = 'nombre') as nombre,
        max(coalesce(valeur, valeur_partielle)) filter (where mesure = 'deja_orientes') as deja_orientes
    from indicateurs
    group by type_periode, periode, territoire
)

select
    type_periode,
    periode,
    territoire
from mesures
where numerateur > denominateur or numerateur + deja_orientes <> nombre
