-- Grain: one cle_nir that two persons bear: it joins nothing and is nobody's id (warning IDE-003).
-- Source: 4-interface § 4.6: two cle_naissance under one NIR, unless the two were never delivered
-- together under one numero_demande_rsa (then the second corrects the first). Together = in one delivery:
-- a re-sent file that corrects a birth date is a correction too.
with

cles_livrees as (select * from cles_livrees),

beneficiaires as (select * from entree_beneficiaires),

livraisons_recues as (select * from livraisons_recues),

nirs_a_deux_naissances as (
    select cle_nir
    from cles_livrees
    where cle_nir is not null
    group by cle_nir
    having count(distinct cle_naissance) > 1
)

select distinct beneficiaires.cle_nir
from beneficiaires
inner join livraisons_recues
    on beneficiaires.id_livraison = livraisons_recues.id_livraison
semi join nirs_a_deux_naissances
    on beneficiaires.cle_nir = nirs_a_deux_naissances.cle_nir
where beneficiaires.numero_demande_rsa is not null
group by
    beneficiaires.cle_nir,
    beneficiaires.id_livraison,
    beneficiaires.numero_demande_rsa
having count(distinct beneficiaires.cle_naissance) > 1
