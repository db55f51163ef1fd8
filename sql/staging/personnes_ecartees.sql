-- Grain: one (person, month) of which a row was set aside by the contract in a delivery in force, with
-- the first of these rows.
-- Source: 3-rules § 3.2 (inconnue).
with

rejets as (select * from entree_rejets),

en_vigueur as (select * from en_vigueur),

cles_personnes as (select * from cles_personnes),

rejets_en_vigueur as (
    select rejets.*
    from rejets
    semi join en_vigueur
        on
            rejets.id_livraison = en_vigueur.id_livraison
            and rejets.organisme = en_vigueur.organisme
            and rejets.mois = en_vigueur.mois
)

select
    coalesce(par_nir.p, par_dem.p, par_mat.p, par_ft.p) as p,
    cast(
        12 * year(rejets_en_vigueur.mois) + month(rejets_en_vigueur.mois) as integer
    ) as im,
    min(rejets_en_vigueur.id_livraison) as id_livraison,
    arg_min(
        rejets_en_vigueur.ligne,
        (rejets_en_vigueur.id_livraison, rejets_en_vigueur.ligne)
    ) as ligne
from rejets_en_vigueur
left join cles_personnes as par_nir
    on par_nir.sorte = 'nir' and rejets_en_vigueur.cle_nir = par_nir.cle
left join cles_personnes as par_dem
    on par_dem.sorte = 'dem' and rejets_en_vigueur.cle_dem = par_dem.cle
left join cles_personnes as par_mat
    on par_mat.sorte = 'mat' and rejets_en_vigueur.cle_mat = par_mat.cle
left join cles_personnes as par_ft
    on par_ft.sorte = 'ft' and rejets_en_vigueur.cle_ft = par_ft.cle
where coalesce(par_nir.p, par_dem.p, par_mat.p, par_ft.p) is not null
group by all
