-- Grain: one row of orientations in one relevé that counts, with its person where exactly one is tied.
-- Source: 4-interface § 4.6: the first of cle_nir, cle_dem, cle_mat, cle_ft that belongs to one person.
with

fichiers_retenus as (select * from fichiers_retenus),

orientations as (select * from entree_orientations),

cles_personnes as (select * from cles_personnes)

select
    fichiers_retenus.emetteur,
    fichiers_retenus.rang,
    fichiers_retenus.date_reception,
    orientations.* exclude (
        ligne, id_livraison, cle_nir, cle_dem, cle_mat, cle_ft, cle_naissance
    ),
    coalesce(par_nir.p, par_dem.p, par_mat.p, par_ft.p) as p,
    list_unique(
        list_filter(
            [par_nir.p, par_dem.p, par_mat.p, par_ft.p],
            lambda x: x is not null
        )
    ) > 1 as cles_contradictoires
from fichiers_retenus
inner join orientations
    on fichiers_retenus.id_livraison = orientations.id_livraison
left join cles_personnes as par_nir
    on par_nir.sorte = 'nir' and orientations.cle_nir = par_nir.cle
left join cles_personnes as par_dem
    on par_dem.sorte = 'dem' and orientations.cle_dem = par_dem.cle
left join cles_personnes as par_mat
    on par_mat.sorte = 'mat' and orientations.cle_mat = par_mat.cle
left join cles_personnes as par_ft
    on par_ft.sorte = 'ft' and orientations.cle_ft = par_ft.cle
where fichiers_retenus.source = 'orientations'
