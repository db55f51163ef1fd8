-- Un indicateur non disponible dit pourquoi, et un compte disponible n'est jamais vide.
select
    indicateurs.code,
    indicateurs.periode,
    indicateurs.territoire,
    indicateurs.mesure
from indicateurs
inner join mesures_publiees using (code, axe, modalite, mesure)
where
    (indicateurs.statut in ('ND', 'partiel') and indicateurs.motif_nd is null)
    or (indicateurs.statut in ('ND', 'partiel') and indicateurs.valeur is not null)
    or (
        indicateurs.statut in ('stabilise', 'provisoire')
        and mesures_publiees.nature in ('somme', 'stock', 'distincte')
        and indicateurs.valeur is null
    )
