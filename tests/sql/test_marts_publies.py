"""The columns of what is published, as 4-interface § 4.7 fixes them: other programs read them by name."""

import pytest

from tests.sql.atelier import colonnes

PUBLIES = {
    "entonnoir_mensuel": "mois territoire calculable motif_nd presents versables soumis candidats "
    "nouveaux_entrants ecartes indetermines",
    "indicateurs": "code libelle volet type_periode periode debut fin territoire axe modalite mesure valeur "
    "numerateur denominateur unite statut motif_nd valeur_partielle mois_calculables commentaire "
    "arrete_au empreinte",
    "variantes": "code variante type_periode periode territoire valeur ecart",
    "livraisons": "id_livraison source emetteur organisme mois type_flux date_reception date_enregistrement "
    "origine_date date_creation sha256 lignes rejets avertissements etat",
    "qualite": "regle gravite source mois territoire nombre message",
    "situations_mensuelles": "mois territoire id_personne organisme role etat_dossier classe_etat "
    "top_droits_devoirs soumis inconnue decision motif sexe tranche_age mois_demande id_livraison",
    "nouveaux_entrants": "mois territoire id_personne organisme role sexe tranche_age motif_inclusion "
    "debut_episode date_ouverture_droit date_reception_t0 source_t0 id_livraison_t0 date_orientation "
    "source_date_orientation delai_jours anticipee oriente_15_jours oriente_1_mois delai_echu "
    "statut_orientation decide_non_notifie type_parcours type_organisme organisme_referent "
    "accompagnement_global absent_rdv_orientation",
    "entrees_ecartees": "mois territoire id_personne motif_exclusion debut_episode date_debut_suivi "
    "statut_suivi",
    "suivis": "id_personne emetteur id_orientation version debut_suivi date_envoi_courrier "
    "date_designation_referent date_decision date_fin cause_fin organisme_referent type_organisme "
    "type_parcours accompagnement_global vu_du vu_au",
    "alias_personnes": "ancien_id id_personne cause",
}
PERSONNELLES = ("cle_", "matricule", "numero_demande", "naissance", "adresse", "prenom", "nir")


@pytest.mark.parametrize("table", PUBLIES)
def test_un_mart_a_les_colonnes_de_l_interface_dans_leur_ordre(table: str) -> None:
    assert list(colonnes(table)) == PUBLIES[table].split()


@pytest.mark.parametrize("table", PUBLIES)
def test_aucun_mart_ne_porte_ce_qui_designe_une_personne(table: str) -> None:
    assert not [c for c in colonnes(table) if any(mot in c for mot in PERSONNELLES)]


@pytest.mark.parametrize("table", PUBLIES)
def test_un_mois_une_date_et_un_drapeau_ont_toujours_le_meme_type(table: str) -> None:
    for colonne, type_ in colonnes(table).items():
        if colonne == "mois" or colonne.startswith("date_") or colonne in ("debut", "fin"):
            assert type_ == "DATE", colonne
        if colonne in ("valeur", "valeur_partielle", "ecart"):
            assert type_ == "DOUBLE", colonne
        if colonne.startswith(("oriente_", "soumis_")) or colonne in ("calculable", "inconnue", "anticipee"):
            assert type_ == "BOOLEAN", colonne
