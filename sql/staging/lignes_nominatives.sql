-- Grain: one row of one table of the CD about a person, as received: its id, a digest of what it says, whose it is.
-- Source: 2-formats § 2.3. Orientations are remembered otherwise (3-rules § 3.6): contenus_orientations.
select
    'rendez_vous' as source,
    id_livraison,
    ligne,
    id_rdv as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu,
    cle_nir,
    cle_dem,
    cle_mat,
    cle_ft
from entree_rendez_vous
union all
select
    'contrats' as source,
    id_livraison,
    ligne,
    id_contrat as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu,
    cle_nir,
    cle_dem,
    cle_mat,
    cle_ft
from entree_contrats
union all
select
    'diagnostics' as source,
    id_livraison,
    ligne,
    id_diagnostic as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu,
    cle_nir,
    cle_dem,
    cle_mat,
    cle_ft
from entree_diagnostics
union all
select
    'prestations' as source,
    id_livraison,
    ligne,
    id_prestation as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu,
    cle_nir,
    cle_dem,
    cle_mat,
    cle_ft
from entree_prestations
union all
select
    'participations' as source,
    id_livraison,
    ligne,
    id_participation as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu,
    cle_nir,
    cle_dem,
    cle_mat,
    cle_ft
from entree_participations
union all
select
    'reprises_emploi' as source,
    id_livraison,
    ligne,
    id_reprise as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu,
    cle_nir,
    cle_dem,
    cle_mat,
    cle_ft
from entree_reprises_emploi
