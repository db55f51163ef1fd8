-- Grain: one registration (person, date_inscription) at France Travail, as the last delivery that speaks of it says.
-- Source: 2-formats § 2.2. Each delivery adds to the earlier ones: a registration ends by its own dates only.
with

livraisons_recues as (select * from livraisons_recues),

france_travail as (select * from entree_france_travail),

cles_personnes as (select * from cles_personnes),

rattachees as (
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
)

select
    p,
    coalesce(cle_ft, cle_nir, cle_dem, cle_mat) as cle,
    id_livraison,
    ligne,
    date_inscription,
    least(date_cessation, date_radiation) as date_sortie,
    date_signature_ppae,
    code_parcours,
    structure
from rattachees
qualify row_number() over (
    partition by coalesce(cast(p as varchar), cle_ft, cle_nir, cle_dem, cle_mat), date_inscription
    order by date_reception desc, creee_le desc, id_livraison desc, ligne desc
) = 1
