-- Un indicateur non disponible ne laisse voir aucun nombre, et aucun compte n'est négatif.
select
    indicateurs.code,
    indicateurs.periode,
    indicateurs.territoire,
    indicateurs.mesure
from indicateurs
inner join mesures_publiees using (code, axe, modalite, mesure)
where
    (
        indicateurs.statut = 'ND'
        and coalesce(
            indicateurs.valeur,
            indicateurs.valeur_partielle,
            indicateurs.numerateur,
            indicateurs.denominateur
        ) is not null
    )
    or (indicateurs.statut = 'ND' and indicateurs.mois_calculables <> 0)
    or (indicateurs.statut = 'partiel' and indicateurs.valeur_partielle is null and mesures_publiees.nature = 'somme')
    or (indicateurs.statut <> 'partiel' and indicateurs.valeur_partielle is not null)
    or (
        mesures_publiees.nature not in ('directe', 'declaree')
        and coalesce(indicateurs.valeur, indicateurs.valeur_partielle) < 0
    )
