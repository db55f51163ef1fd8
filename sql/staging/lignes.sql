-- Grain: one row of one CAF/MSA delivery received on or before arrete_au, with its person and territoire.
-- Source: 3-rules § 3.2 (personne), 4-interface § 4.3 and 4.6.
with

beneficiaires as (select * from entree_beneficiaires),

livraisons_recues as (select * from livraisons_recues),

noeuds_personnes as (select * from noeuds_personnes),

nirs_ambigus as (select * from nirs_ambigus),

communes as (select * from communes)

select
    beneficiaires.id_livraison,
    cast(beneficiaires.ligne as integer) as ligne,
    noeuds_personnes.p,
    beneficiaires.mois,
    cast(12 * year(beneficiaires.mois) + month(beneficiaires.mois) as integer) as im,
    beneficiaires.organisme,
    coalesce(communes.territoire, 'HORS') as territoire,
    beneficiaires.anomalie,
    beneficiaires.numero_demande_rsa,
    beneficiaires.matricule,
    beneficiaires.numero_demande_precedente,
    beneficiaires.mois_naissance,
    beneficiaires.sexe,
    beneficiaires.role,
    beneficiaires.date_demande,
    beneficiaires.date_arrivee_mutation,
    beneficiaires.organisme_cedant,
    beneficiaires.date_rattachement,
    beneficiaires.date_fin_rattachement,
    beneficiaires.top_droits_devoirs,
    beneficiaires.top_entrant,
    beneficiaires.etat_dossier,
    beneficiaires.motifs_suspension,
    beneficiaires.date_suspension,
    beneficiaires.motif_cloture,
    beneficiaires.date_cloture,
    beneficiaires.situation_famille,
    beneficiaires.nombre_enfants,
    beneficiaires.date_ouverture_droit
from beneficiaires
semi join livraisons_recues
    on beneficiaires.id_livraison = livraisons_recues.id_livraison
left join nirs_ambigus on beneficiaires.cle_nir = nirs_ambigus.cle_nir
inner join noeuds_personnes
    on noeud_de(
        beneficiaires.cle_dem,
        case when nirs_ambigus.cle_nir is null then beneficiaires.cle_nir end,
        beneficiaires.cle_mat,
        beneficiaires.cle_ft,
        beneficiaires.cle_nir,
        beneficiaires.cle_naissance
    ) = noeuds_personnes.noeud
left join communes on beneficiaires.code_commune = communes.code_commune
