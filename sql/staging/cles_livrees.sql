-- Grain: one set of person keys as delivered by CAF/MSA, with the first day it was received.
-- Source: 4-interface § 4.6.
with

livraisons_recues as (select * from livraisons_recues),

beneficiaires as (select * from entree_beneficiaires)

select
    beneficiaires.cle_dem,
    beneficiaires.cle_nir,
    beneficiaires.cle_naissance,
    beneficiaires.cle_dem_precedente,
    beneficiaires.cle_mat,
    beneficiaires.cle_ft,
    min(livraisons_recues.date_reception) as premiere_reception
from beneficiaires
inner join livraisons_recues
    on beneficiaires.id_livraison = livraisons_recues.id_livraison
group by all
