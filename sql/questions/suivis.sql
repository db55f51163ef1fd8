-- Grain: one suivi of the person p as examined for its candidature of the month im; the rupture that closes
-- it, if any; the last row that says it.
with

fermetures as (
    select
        emetteur,
        id_orientation,
        version,
        min(date_rupture) as date_fermeture,
        arg_min(nature, (date_rupture, nature)) as nature_fermeture
    from ruptures_suivis
    where p = getvariable('p') and im = getvariable('im') and ferme
    group by emetteur, id_orientation, version
),

releves as (
    select
        fichiers_retenus.emetteur,
        fichiers_retenus.date_reception,
        orientations.id_orientation,
        min(orientations.id_livraison) as id_livraison,
        arg_min(
            orientations.ligne, (orientations.id_livraison, orientations.ligne)
        ) as ligne
    from fichiers_retenus
    inner join entree_orientations as orientations
        on fichiers_retenus.id_livraison = orientations.id_livraison
    where
        fichiers_retenus.source = 'orientations'
        and (fichiers_retenus.emetteur, orientations.id_orientation) in (
            select (emetteur, id_orientation) from suivis_personnes where p = getvariable('p')
        )
    group by all
)

select
    suivis_examines.commence,
    suivis_examines.termine,
    suivis_personnes.* exclude (p),
    fermetures.date_fermeture,
    fermetures.nature_fermeture,
    releves.id_livraison,
    releves.ligne,
    entree_livraisons.fichier,
    entree_livraisons.format,
    suivis_personnes.vu_au as date_reception
from suivis_examines
inner join suivis_personnes
    on
        suivis_examines.p = suivis_personnes.p
        and suivis_examines.emetteur = suivis_personnes.emetteur
        and suivis_examines.id_orientation = suivis_personnes.id_orientation
        and suivis_examines.version = suivis_personnes.version
left join fermetures
    on
        suivis_examines.emetteur = fermetures.emetteur
        and suivis_examines.id_orientation = fermetures.id_orientation
        and suivis_examines.version = fermetures.version
left join releves
    on
        suivis_personnes.emetteur = releves.emetteur
        and suivis_personnes.id_orientation = releves.id_orientation
        and suivis_personnes.vu_au = releves.date_reception
left join entree_livraisons on releves.id_livraison = entree_livraisons.id
where suivis_examines.p = getvariable('p') and suivis_examines.im = getvariable('im')
order by
    suivis_examines.debut_suivi,
    suivis_examines.emetteur,
    suivis_examines.id_orientation,
    suivis_examines.version
