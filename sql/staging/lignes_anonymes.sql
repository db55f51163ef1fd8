-- Grain: one row of one table of the CD that names nobody, as received: its id, a digest of what it says.
-- Source: 2-formats § 2.3.
select
    'parcours_types' as source,
    id_livraison,
    ligne,
    nom as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu
from entree_parcours_types
union all
select
    'volet1' as source,
    id_livraison,
    ligne,
    annee as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu
from entree_volet1
union all
select
    'satisfaction' as source,
    id_livraison,
    ligne,
    id_enquete as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu
from entree_satisfaction
union all
select
    'valeurs_declarees' as source,
    id_livraison,
    ligne,
    id_valeur as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu
from entree_valeurs_declarees
union all
select
    'commentaires' as source,
    id_livraison,
    ligne,
    id_commentaire as identifiant,
    hash(*columns(* exclude (id_livraison, ligne))) as contenu
from entree_commentaires
