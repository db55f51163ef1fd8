-- Grain: one row of one table of the CD about a person (other than orientations), as last known, and that person.
-- Source: 4-interface § 4.6 (the first of the keys that belongs to exactly one person).
with

lignes_retenues as (
    select * from lignes_retenues
    where nominative
),

cles_personnes as (select * from cles_personnes)

select
    lignes_retenues.source,
    lignes_retenues.emetteur,
    lignes_retenues.identifiant,
    lignes_retenues.id_livraison,
    lignes_retenues.ligne,
    coalesce(par_nir.p, par_dem.p, par_mat.p, par_ft.p) as p
from lignes_retenues
left join cles_personnes as par_nir
    on par_nir.sorte = 'nir' and lignes_retenues.cle_nir = par_nir.cle
left join cles_personnes as par_dem
    on par_dem.sorte = 'dem' and lignes_retenues.cle_dem = par_dem.cle
left join cles_personnes as par_mat
    on par_mat.sorte = 'mat' and lignes_retenues.cle_mat = par_mat.cle
left join cles_personnes as par_ft
    on par_ft.sorte = 'ft' and lignes_retenues.cle_ft = par_ft.cle
