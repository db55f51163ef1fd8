-- Grain: one row of France Travail as received, tied to a person (p null: to none that we know).
-- Source: 2-formats § 2.2, 4-interface § 4.6.
with

livraisons_recues as (select * from livraisons_recues),

france_travail as (select * from entree_france_travail),

cles_personnes as (select * from cles_personnes)

select
    france_travail.*,
    livraisons_recues.date_reception,
    livraisons_recues.creee_le,
    coalesce(par_nir.p, par_dem.p, par_mat.p, par_ft.p) as p
from france_travail
inner join livraisons_recues
    on france_travail.id_livraison = livraisons_recues.id_livraison
left join cles_personnes as par_nir
    on par_nir.sorte = 'nir' and france_travail.cle_nir = par_nir.cle
left join cles_personnes as par_dem
    on par_dem.sorte = 'dem' and france_travail.cle_dem = par_dem.cle
left join cles_personnes as par_mat
    on par_mat.sorte = 'mat' and france_travail.cle_mat = par_mat.cle
left join cles_personnes as par_ft
    on par_ft.sorte = 'ft' and france_travail.cle_ft = par_ft.cle
