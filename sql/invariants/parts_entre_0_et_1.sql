-- Un taux est le rapport d'une partie à son tout.
select
    code,
    periode,
    territoire,
    mesure
from indicateurs
where
    unite = 'part'
    and (
        numerateur > denominateur
        or coalesce(valeur, valeur_partielle) not between 0 and 1
        or (statut <> 'ND' and (numerateur is null or denominateur is null))
    )
