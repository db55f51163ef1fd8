-- Grain: one set of person keys as delivered; noeud is the key that its rows are joined by.
-- Source: 4-interface § 4.6: the same cle_dem is one person whatever the NIR; a row without demande
-- number is joined by its NIR, else by its matricule or France Travail key.
with

cles_livrees as (select * from cles_livrees),

nirs_ambigus as (select * from nirs_ambigus),

nir_utile as (
    select
        cles_livrees.*,
        case when nirs_ambigus.cle_nir is null then cles_livrees.cle_nir end as nir
    from cles_livrees
    left join nirs_ambigus on cles_livrees.cle_nir = nirs_ambigus.cle_nir
)

select
    cle_dem,
    nir as cle_nir,
    cle_nir as cle_nir_livree,
    cle_naissance,
    cle_dem_precedente,
    cle_mat,
    cle_ft,
    premiere_reception,
    noeud_de(cle_dem, nir, cle_mat, cle_ft, cle_nir, cle_naissance) as noeud
from nir_utile
