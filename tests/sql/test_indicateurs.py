"""The published figures, from given entries: what is summed, what is not available, and how that is said."""

from datetime import date
from typing import Any

import duckdb
import pytest

from contracts.catalogue import catalogue, publies
from contracts.marts import STATUTS, TYPES_PERIODE
from tests.sql.monde import Monde, mois

MARS = mois(2024, 3)


def _un(connexion: duckdb.DuckDBPyConnection, colonnes: str, **cle: str) -> Any:
    """The only row of ``indicateurs`` with these values (axe and modalite '' unless said)."""
    voulues = {"axe": "", "modalite": "", "territoire": "67", "mesure": "nombre"} | cle
    condition = " and ".join(f"{colonne} = ?" for colonne in voulues)
    lignes = connexion.execute(
        f"select {colonnes} from indicateurs where {condition}", list(voulues.values())
    ).fetchall()
    assert len(lignes) == 1, voulues
    return lignes[0] if "," in colonnes else lignes[0][0]


# ---------------------------------------------------------------- what is published


def test_chaque_code_de_ce_lot_est_publie_et_rien_hors_du_catalogue() -> None:
    connexion = Monde().connexion()
    codes = {ligne[0] for ligne in connexion.execute("select distinct code from indicateurs").fetchall()}
    assert codes == {i.code for i in publies()}
    assert codes <= set(catalogue())


def test_le_catalogue_nomme_tous_les_indicateurs_des_documents_avec_leur_libelle() -> None:
    attendus = "V1-1 V1-2 V1-3 V2-1 V2-2 V2-2N V2-A V2-3 FA-1 FA-2 FA-3 FA-4 F1-1 F1-2 F1-3 V3-M1 V3-M1a"
    attendus += " V3-M1b V3-M1c V3-M2 V3-M3 V3-M4 V3-M5 V3-M6 V3-R1 V3-R2 V3-R3 C-1 C-2 C-3 C-4 S-1 S-2"
    attendus += " Q-1 Q-2 Q-3 Q-4 Q-5"
    assert set(catalogue()) == set(attendus.split())
    assert all(i.libelle and i.volet and i.unite and i.periodes for i in catalogue().values())
    assert {p for i in catalogue().values() for p in i.periodes} <= set(TYPES_PERIODE)


def test_une_ligne_par_periode_qui_touche_les_mois_livres_et_par_territoire() -> None:
    monde = Monde(jalons=[("T0", date(2024, 5, 1), date(2024, 8, 31), "Résultat au 31.08.2024")])
    lignes = (
        monde.connexion()
        .execute(
            "select type_periode, count(distinct periode), count(distinct territoire) from indicateurs "
            "where code = 'V2-1' group by 1 order by 1"
        )
        .fetchall()
    )
    assert lignes == [
        ("annee", 1, 3),
        ("jalon", 1, 3),
        ("mois", 6, 3),
        ("semestre", 1, 3),
        ("trimestre", 2, 3),
    ]


def test_un_jalon_qui_ne_touche_aucun_mois_livre_n_a_pas_de_ligne() -> None:
    connexion = Monde(jalons=[("T9", date(2026, 1, 1), date(2026, 3, 31), "Plus tard")]).connexion()
    assert not connexion.execute("select * from indicateurs where type_periode = 'jalon'").fetchall()


def test_un_mois_sans_entree_donne_zero_et_non_un_vide() -> None:
    assert _un(Monde().connexion(), "valeur, statut", code="V2-1", periode="2024-03") == (0.0, "stabilise")


def test_les_statuts_sont_ceux_du_contrat() -> None:
    monde = Monde(
        manquants={("CAF681", mois(2024, 4))}, hors={MARS: "MSA680 (9 personnes au dernier mois reçu)"}
    )
    statuts = monde.connexion().execute("select distinct statut from indicateurs").fetchall()
    assert {ligne[0] for ligne in statuts} == set(STATUTS)


# ---------------------------------------------------------------- V2-1


def test_les_entrees_se_comptent_par_mois_territoire_et_total() -> None:
    monde = Monde()
    for territoire in ("67", "67", "68"):
        monde.entree(MARS, territoire)
    connexion = monde.connexion()
    valeurs = [
        _un(connexion, "valeur", code="V2-1", periode="2024-03", territoire=t) for t in ("67", "68", "TOTAL")
    ]
    assert valeurs == [2, 1, 3]


def test_les_repartitions_s_additionnent_et_disent_ce_qui_n_est_pas_renseigne() -> None:
    monde = Monde()
    monde.entree(MARS, sexe="1", tranche_age="25-29")
    monde.entree(MARS, sexe="2", tranche_age=None)
    monde.entree(MARS, sexe="2", tranche_age="60+", motif_inclusion="emmenagement")
    connexion = monde.connexion()
    lignes = connexion.execute(
        "select axe, modalite, valeur from indicateurs where code = 'V2-1' and periode = '2024-03' "
        "and territoire = '67' and axe <> '' and valeur > 0 order by all"
    ).fetchall()
    assert lignes == [
        ("motif_inclusion", "emmenagement", 1),
        ("motif_inclusion", "primo_demandeur", 2),
        ("sexe", "1", 1),
        ("sexe", "2", 2),
        ("tranche_age", "25-29", 1),
        ("tranche_age", "60+", 1),
        ("tranche_age", "inconnu", 1),
    ]


def test_une_personne_entree_deux_fois_compte_deux_entrees_et_une_personne() -> None:
    monde = Monde(premier=mois(2023, 12), dernier=mois(2024, 12))
    monde.entree(MARS, id_personne="p")
    monde.entree(mois(2024, 11), id_personne="p")
    connexion = monde.connexion()
    assert _un(connexion, "valeur", code="V2-1", periode="2024") == 2
    assert _un(connexion, "valeur", code="V2-1", periode="2024", mesure="personnes_distinctes") == 1


# ---------------------------------------------------------------- not available, partial


def test_le_premier_mois_du_stock_est_nd_premier_mois() -> None:
    ligne = _un(Monde().connexion(), "valeur, statut, motif_nd", code="V2-1", periode="2024-01")
    assert ligne == (None, "ND", "premier_mois")


def test_une_annee_entamee_est_partielle_et_donne_la_somme_de_ses_mois_calculables() -> None:
    monde = Monde(premier=mois(2023, 12), dernier=MARS)
    monde.entree(mois(2024, 1))
    monde.entree(MARS)
    ligne = _un(
        monde.connexion(),
        "valeur, statut, motif_nd, valeur_partielle, mois_calculables",
        code="V2-1",
        periode="2024",
    )
    assert ligne == (None, "partiel", "livraison_manquante: CAF671 2024-04", 2, 3)


def test_une_livraison_manquante_rend_nd_son_mois_et_le_suivant_pour_son_territoire_et_le_total() -> None:
    connexion = Monde(manquants={("CAF681", mois(2024, 4))}).connexion()
    for periode in ("2024-04", "2024-05"):
        for territoire in ("68", "TOTAL"):
            ligne = _un(connexion, "statut, motif_nd", code="V2-2", periode=periode, territoire=territoire)
            assert ligne == ("ND", "livraison_manquante: CAF681 2024-04")
        assert _un(connexion, "statut", code="V2-2", periode=periode) == "stabilise"


def test_le_premier_mois_nd_donne_le_motif_de_la_periode() -> None:
    monde = Monde(premier=mois(2023, 12), dernier=mois(2024, 12), manquants={("CAF671", mois(2024, 5))})
    ligne = _un(monde.connexion(), "statut, motif_nd, mois_calculables", code="V2-1", periode="2024")
    assert ligne == ("partiel", "livraison_manquante: CAF671 2024-05", 10)


def test_une_periode_dont_aucun_mois_n_est_calculable_est_nd() -> None:
    monde = Monde(premier=mois(2023, 12), dernier=MARS)
    ligne = _un(monde.connexion(), "statut, motif_nd, valeur_partielle", code="V2-1", periode="2023")
    assert ligne == ("ND", "livraison_manquante: CAF671 2022-12", None)


def test_le_dernier_mois_livre_incomplet_explique_les_mois_qui_suivent() -> None:
    connexion = Monde(dernier=mois(2024, 5), manquants={("CAF671", mois(2024, 5))}).connexion()
    assert _un(connexion, "motif_nd", code="V2-1", periode="2024-T2") == "livraison_manquante: CAF671 2024-05"


def test_sans_aucune_orientation_v2_1_et_v2_2_sont_nd_et_la_variante_sans_critere_3_reste() -> None:
    monde = Monde(orientations=False)
    monde.entree_variante("sans_critere_3", MARS)
    connexion = monde.connexion()
    for code in ("V2-1", "V2-2", "V2-2N"):
        ligne = _un(connexion, "valeur, statut, motif_nd", code=code, periode="2024-03")
        assert ligne == (None, "ND", "source_absente: orientations")
    assert _variante(connexion, "V2-1", "sans_critere_3") == (1, None)
    assert _variante(connexion, "V2-2", "sans_critere_3") == (None, None)


def test_sans_le_critere_3_ni_orientations_v2_1_se_calcule_mais_v2_2_reste_nd() -> None:
    monde = Monde(orientations=False, critere_3=False)
    monde.entree(MARS)
    connexion = monde.connexion()
    assert _un(connexion, "valeur", code="V2-1", periode="2024-03") == 1
    for code in ("V2-2", "V2-2N"):
        ligne = _un(connexion, "valeur, motif_nd", code=code, periode="2024-03")
        assert ligne == (None, "source_absente: orientations")


def test_sans_rendez_vous_le_nombre_d_absents_est_nd_et_non_zero() -> None:
    monde = Monde(rendez_vous=False)
    monde.entree(MARS, delai_jours=3)
    connexion = monde.connexion()
    assert _un(connexion, "valeur, motif_nd", code="V2-2N", periode="2024-03") == (
        None,
        "source_absente: rendez_vous",
    )
    assert "rendez-vous d'orientation : ND (source_absente: rendez_vous)." in _un(
        connexion, "commentaire", code="V2-2", periode="2024-03"
    )


def test_une_colonne_jamais_livree_rend_nd_la_seule_repartition_qui_la_demande() -> None:
    monde = Monde(colonnes=("date_envoi_courrier", "type_parcours", "type_organisme"))
    monde.entree(MARS, delai_jours=3, type_parcours="social")
    connexion = monde.connexion()
    cle = {"code": "V2-2", "periode": "2024-03", "axe": "accompagnement_global", "modalite": "O"}
    assert _un(connexion, "valeur, motif_nd", **cle) == (
        None,
        "colonne_absente: orientations.accompagnement_global",
    )
    assert _un(connexion, "valeur", **cle | {"axe": "type_parcours", "modalite": "social"}) == 1
    assert _un(connexion, "valeur", code="V2-2", periode="2024-03") == 1


# ---------------------------------------------------------------- V2-2


def test_les_mesures_de_v2_2_pour_des_delais_connus() -> None:
    monde = Monde()
    for delai in (-40, 0, 1, 14, 15, 16, 29, 60, None):
        monde.entree(MARS, delai_jours=delai)
    connexion = monde.connexion()
    attendues = {
        "nombre": 4,
        "exactement_15_jours": 1,
        "un_jour": 3,
        "un_mois": 7,
        "deja_orientes": 0,
        "en_attente": 0,
        "anticipees": 1,
    }
    for mesure, valeur in attendues.items():
        assert _un(connexion, "valeur", code="V2-2", periode="2024-03", mesure=mesure) == valeur, mesure


def test_le_taux_ne_compte_que_les_entrees_dont_le_delai_est_echu() -> None:
    monde = Monde(observation=date(2024, 4, 10))
    monde.entree(MARS, delai_jours=3, delai_echu=False)
    monde.entree(MARS, delai_jours=3, delai_echu=True)
    monde.entree(MARS, delai_jours=40, delai_echu=True)
    monde.entree(MARS, delai_echu=False)
    connexion = monde.connexion()
    ligne = _un(connexion, "valeur, numerateur, denominateur", code="V2-2", periode="2024-03", mesure="taux")
    assert ligne == (0.5, 1, 2)
    assert _un(connexion, "valeur", code="V2-2", periode="2024-03", mesure="deja_orientes") == 1
    assert _un(connexion, "valeur", code="V2-2", periode="2024-03", mesure="en_attente") == 1


def test_le_taux_est_vide_quand_aucun_delai_n_est_echu() -> None:
    monde = Monde(observation=date(2024, 4, 6))
    monde.entree(MARS, delai_jours=1, delai_echu=False)
    ligne = _un(
        monde.connexion(), "valeur, denominateur, statut", code="V2-2", periode="2024-03", mesure="taux"
    )
    assert ligne == (None, 0, "provisoire")


def test_le_taux_d_un_trimestre_est_celui_de_ses_entrees_et_non_la_moyenne_des_mois() -> None:
    monde = Monde()
    monde.entree(mois(2024, 4), delai_jours=1)
    for _ in range(3):
        monde.entree(mois(2024, 5), delai_jours=50)
    ligne = _un(monde.connexion(), "valeur, denominateur", code="V2-2", periode="2024-T2", mesure="taux")
    assert ligne == (0.25, 4)


def test_le_seuil_choisit_ce_que_v2_2_met_en_avant() -> None:
    monde = Monde(regles={"seuil": "1_mois"})
    for delai in (3, 20, 45):
        monde.entree(MARS, delai_jours=delai)
    connexion = monde.connexion()
    assert _un(connexion, "valeur", code="V2-2", periode="2024-03") == 2
    assert _un(connexion, "numerateur", code="V2-2", periode="2024-03", mesure="taux") == 2
    assert _variante(connexion, "V2-2", "seuil_1_mois") == (2, 0)
    assert _variante(connexion, "V2-2", "seuil_15_jours") == (1, -1)


def test_un_libelle_de_15_jours_sur_un_compte_d_un_mois_le_dit() -> None:
    """The official wording does not change with the rule: under it, the reader must find what was counted."""
    for seuil, dit in (("1_mois", True), ("15_jours", False)):
        connexion = Monde(regles={"seuil": seuil}).connexion()
        for code, periode in (("V2-2", "2024-03"), ("FA-2", "2024-T1")):
            commentaire = _un(connexion, "commentaire", code=code, periode=periode, territoire="TOTAL")
            assert ("Compté à un mois et moins, et non à 15 jours" in (commentaire or "")) == dit


def test_seuls_les_orientes_absents_au_rendez_vous_comptent_en_v2_2n() -> None:
    monde = Monde()
    monde.entree(MARS, delai_jours=3, absent_rdv_orientation=True)
    monde.entree(MARS, delai_jours=3)
    monde.entree(MARS, absent_rdv_orientation=True)
    assert _un(monde.connexion(), "valeur", code="V2-2N", periode="2024-03") == 1


# ---------------------------------------------------------------- provisional or stable


@pytest.mark.parametrize(
    ("observation", "statut"), [(date(2024, 5, 19), "provisoire"), (date(2024, 5, 20), "stabilise")]
)
def test_un_chiffre_est_stabilise_45_jours_apres_son_dernier_t0(observation: date, statut: str) -> None:
    monde = Monde(observation=observation)
    monde.entree(MARS)
    assert _un(monde.connexion(), "statut", code="V2-1", periode="2024-03") == statut


@pytest.mark.parametrize(
    ("observation", "statut"), [(date(2024, 5, 14), "provisoire"), (date(2024, 5, 15), "stabilise")]
)
def test_un_mois_sans_entree_est_stabilise_45_jours_apres_son_dernier_jour(
    observation: date, statut: str
) -> None:
    connexion = Monde(observation=observation).connexion()
    assert _un(connexion, "statut", code="V2-1", periode="2024-03") == statut


def test_un_organisme_facultatif_manquant_rend_provisoire_et_le_commentaire_dit_combien_de_personnes() -> (
    None
):
    connexion = Monde(hors={MARS: "MSA680 (12 personnes au dernier mois reçu)"}).connexion()
    assert _un(connexion, "statut", code="V2-1", periode="2024-T2") == "stabilise"
    statut, commentaire = _un(connexion, "statut, commentaire", code="V2-1", periode="2024-03")
    assert statut == "provisoire"
    assert "Hors MSA680 (12 personnes au dernier mois reçu) : 2024-03." in commentaire


# ---------------------------------------------------------------- comments


def test_les_commentaires_que_demande_l_annexe_4() -> None:
    monde = Monde(indetermines={(MARS, "67"): 6})
    monde.entree(MARS, delai_jours=3, accompagnement_global=True, absent_rdv_orientation=True)
    monde.entree(MARS, delai_jours=0, accompagnement_global=False)
    monde.entree(MARS, delai_jours=5)
    connexion = monde.connexion()
    commentaire = _un(connexion, "commentaire", code="V2-2", periode="2024-03")
    for phrase in (
        "dates de réception : CAF671 1 transmission, une tous les 31 jours (médiane).",
        "en accompagnement global : 1.",
        "Autres orientations dans le délai : 1.",
        "Accompagnement global non renseigné : 1.",
        "ne se sont pas présentés au rendez-vous d'orientation : 1.",
        "Objectif : 100 % en 15 jours et moins ; l'annexe 4 écrit « en moins de 1 jour »",
        "Orientés en 1 jour ou moins : 1.",
    ):
        assert phrase in commentaire
    assert "Indéterminés, ni comptés ni écartés : 6." in _un(
        connexion, "commentaire", code="V2-1", periode="2024-03"
    )


def test_un_chiffre_partiel_dit_combien_de_mois_il_compte_et_pourquoi() -> None:
    commentaire = _un(Monde().connexion(), "commentaire", code="V2-1", periode="2024")
    assert "Partiel : 5 mois sur 12 (premier_mois)." in commentaire


# ----------------------------------------------------------------


def test_la_frequence_de_transmission_se_mesure_sur_les_jours_de_reception() -> None:
    connexion = Monde().connexion()
    assert _un(connexion, "valeur", code="Q-1", periode="2024-T2") == 3
    assert _un(connexion, "valeur", code="Q-1", periode="2024-T2", territoire="TOTAL") == 6
    assert _un(connexion, "valeur", code="Q-1", periode="2024-T2", mesure="mediane") == 30
    assert _un(connexion, "valeur", code="Q-1", periode="2024-01") == 1  # no need of the month before


def test_un_mois_que_l_organisme_n_a_pas_livre_n_a_pas_zero_transmission_mais_nd() -> None:
    connexion = Monde(manquants={("CAF671", mois(2024, 4))}).connexion()
    assert _un(connexion, "valeur, statut", code="Q-1", periode="2024-04") == (None, "ND")
    assert _un(connexion, "valeur, statut", code="Q-1", periode="2024-05") == (1, "stabilise")


# ---------------------------------------------------------------- variantes


def _variante(
    connexion: duckdb.DuckDBPyConnection, code: str, variante: str, periode: str = "2024-03"
) -> Any:
    lignes = connexion.execute(
        "select valeur, ecart from variantes "
        "where code = ? and variante = ? and periode = ? and territoire = '67'",
        [code, variante, periode],
    ).fetchall()
    assert len(lignes) == 1
    return lignes[0]


def test_chaque_variante_donne_sa_valeur_et_son_ecart() -> None:
    monde = Monde()
    for delai in (3, 15, 20, None):
        monde.entree(MARS, delai_jours=delai, id_personne="p")
    for _ in range(6):
        monde.entree_variante("sans_critere_3", MARS, delai_jours=2)
    monde.entree_variante("etats_2_3_4", MARS, delai_jours=2)
    for delai in (3, 4, None, None, None):
        monde.entree_variante("reentrees_comptees", MARS, delai_jours=delai)
    for delai in (3, 9, 15):
        monde.entree_variante("date_fin_courrier", MARS, delai_jours=delai)
    monde.situations = [(MARS, "67", True, True), (MARS, "67", True, False), (MARS, "67", False, True)]
    connexion = monde.connexion()
    attendues = {
        ("V2-1", "sans_critere_3"): (6, 2),
        ("V2-2", "sans_critere_3"): (6, 5),
        ("V2-1", "etats_2_3_4"): (1, -3),
        ("V2-1", "reentrees_comptees"): (5, 1),
        ("V2-2", "reentrees_comptees"): (2, 1),
        ("V2-1", "personnes_distinctes"): (1, -3),
        ("V2-2", "personnes_distinctes"): (1, 0),
        ("V2-2", "date_fin_courrier"): (2, 1),
        ("V2-2", "date_fin_referent"): (0, -1),
        ("V2-2", "borne_inclusive"): (2, 1),
        ("V2-2", "seuil_1_mois"): (3, 2),
        ("V2-1", "entrants_selon_caf"): (1, -3),
    }
    for (code, variante), valeurs in attendues.items():
        assert _variante(connexion, code, variante) == valeurs, variante


def test_une_variante_est_vide_pour_une_periode_incomplete() -> None:
    monde = Monde()
    monde.entree(MARS, delai_jours=3)
    connexion = monde.connexion()
    assert _variante(connexion, "V2-2", "borne_inclusive", "2024") == (None, None)
    assert _variante(connexion, "V2-1", "personnes_distinctes", "2024") == (None, None)


def test_une_date_que_personne_n_a_jamais_donnee_ne_fait_pas_un_zero() -> None:
    monde = Monde(notifications=("date_envoi_courrier",))
    monde.entree_variante("date_fin_courrier", MARS, delai_jours=3)
    connexion = monde.connexion()
    assert _variante(connexion, "V2-2", "date_fin_courrier") == (1, 1)
    assert _variante(connexion, "V2-2", "date_fin_referent") == (None, None)


def test_entrants_selon_caf_est_vide_quand_le_top_entrant_n_est_jamais_livre() -> None:
    monde = Monde(situations=[(MARS, "67", True, None)])
    assert _variante(monde.connexion(), "V2-1", "entrants_selon_caf") == (None, None)
