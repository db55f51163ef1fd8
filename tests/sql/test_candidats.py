"""Candidates: soumis in M and not in the latest known of M−1, M−2, M−3; debut_episode (3-rules § 3.3)."""

from datetime import date
from typing import Any

import pytest

from tests.sql.atelier import choisir, executer, im
from tests.sql.depot import Ligne, mois

M = im(2024, 6)
LIVRES_TOUS = tuple(range(M - 12, M + 1))


def situation(du_mois: int, **valeurs: Any) -> Ligne:
    """The person 1, soumis at CAF671 unless said."""
    defaut = {
        "p": 1,
        "im": du_mois,
        "mois": mois(0, du_mois),
        "organisme": "CAF671",
        "territoire": "67",
        "etat_dossier": "2",
        "top_droits_devoirs": True,
        "soumis": True,
        "inconnue": False,
    }
    return defaut | valeurs


def non_soumis(du_mois: int, **valeurs: Any) -> Ligne:
    return situation(du_mois, soumis=False, top_droits_devoirs=False) | valeurs


def inconnue(du_mois: int) -> Ligne:
    return non_soumis(du_mois, top_droits_devoirs=None, inconnue=True)


# retours: soumis in a calculable month, not soumis the month before


def retours(situations: list[Ligne], calculables: tuple[int, ...] = LIVRES_TOUS) -> list[int]:
    completude = [{"territoire": "67", "im": m, "calculable": m in calculables} for m in LIVRES_TOUS]
    vus = executer("retours", {"situations": situations, "completude": completude})
    return [r["im"] - M for r in vus]


def test_soumis_deux_mois_de_suite_n_est_pas_un_retour() -> None:
    assert retours([situation(M - 1), situation(M)]) == [-1]


def test_soumis_apres_un_mois_non_soumis_ou_absent_est_un_retour() -> None:
    assert retours([situation(M - 2), non_soumis(M - 1), situation(M)]) == [-2, 0]
    assert retours([situation(M - 2), situation(M)]) == [-2, 0]


def test_un_mois_non_calculable_n_a_pas_de_candidat() -> None:
    assert retours([situation(M)], calculables=(M - 1,)) == []


# mois_precedents and comparaisons: « the latest of M−1, M−2, M−3 in which p is not inconnue »


def compare(
    situations: list[Ligne],
    livres: dict[str, tuple[int, ...]] | None = None,
    ecartes: tuple[int, ...] = (),
    organisme: str = "CAF671",
) -> tuple[int | None, bool | None]:
    """(month compared, as M−k; was it soumis) of the person 1, seen from M at ``organisme``."""
    livres = livres or {"CAF671": LIVRES_TOUS}
    donnees = {
        "retours": [{"p": 1, "im": M, "organisme": organisme}],
        "situations": [*situations, situation(M, organisme=organisme)],
        "personnes_ecartees": [{"p": 1, "im": m} for m in ecartes],
        "calendrier_organismes": [
            {"organisme": o, "im": m, "livre": True} for o, mois_livres in livres.items() for m in mois_livres
        ],
    }
    precedents = executer("mois_precedents", donnees)
    assert [m["im_avant"] - M for m in precedents] == [-3, -2, -1]
    (comparee,) = executer("comparaisons", {"mois_precedents": precedents})
    return comparee["im_compare"] and comparee["im_compare"] - M, comparee["soumis_avant"]


def test_connu_le_mois_d_avant_c_est_lui_qu_on_compare() -> None:
    assert compare([situation(M - 2), non_soumis(M - 1)]) == (-1, False)
    assert compare([situation(M - 1)]) == (-1, True)


def test_absent_le_mois_d_avant_est_connu_et_non_soumis() -> None:
    assert compare([situation(M - 2)]) == (-1, False)


def test_soumis_puis_top_manquant_puis_soumis_n_est_pas_candidat() -> None:
    assert compare([situation(M - 2), inconnue(M - 1)]) == (-2, True)


def test_deux_mois_inconnus_renvoient_au_troisieme() -> None:
    assert compare([non_soumis(M - 3), inconnue(M - 2), inconnue(M - 1)]) == (-3, False)


def test_trois_mois_inconnus_ne_disent_rien() -> None:
    assert compare([situation(M - 4), inconnue(M - 3), inconnue(M - 2), inconnue(M - 1)]) == (None, None)


def test_une_ligne_ecartee_rend_le_mois_inconnu() -> None:
    assert compare([situation(M - 2)], ecartes=(M - 1,)) == (-2, True)


def test_un_mois_sans_fichier_de_son_organisme_est_inconnu() -> None:
    livres = {"CAF671": tuple(m for m in LIVRES_TOUS if m != M - 1)}
    assert compare([situation(M - 2)], livres) == (-2, True)


def test_un_organisme_qui_demarre_ne_fait_pas_de_son_stock_des_nouveaux() -> None:
    assert compare([], {"MSA680": (M,), "CAF671": LIVRES_TOUS}, organisme="MSA680") == (None, None)


def test_un_organisme_qui_revient_apres_un_trou_non_plus() -> None:
    livres = {"MSA680": (M - 4, M), "CAF671": LIVRES_TOUS}
    assert compare([situation(M - 4, organisme="MSA680")], livres, organisme="MSA680") == (None, None)


def test_l_organisme_de_la_derniere_ligne_qui_manque_rend_inconnu_meme_si_celui_d_arrivee_livre() -> None:
    livres = {"MSA680": (M - 3, M - 2), "CAF671": LIVRES_TOUS}
    assert compare([situation(M - 2, organisme="MSA680")], livres) == (-2, True)


def test_jamais_vu_d_un_organisme_qui_livre_est_absent() -> None:
    assert compare([]) == (-1, False)


@pytest.mark.parametrize(
    ("livrent", "manquant"),
    [({"MSA680": M - 2}, "CAF671"), ({"CAF671": M - 1}, "MSA680"), ({}, "CAF671")],
)
def test_un_mois_sans_fichier_dit_de_quel_organisme(livrent: dict[str, int], manquant: str) -> None:
    """Seen at the MSA in M−2, at the CAF in M: both tell of M−1."""
    donnees = {
        "retours": [{"p": 1, "im": M, "organisme": "CAF671"}],
        "situations": [situation(M - 2, organisme="MSA680")],
        "calendrier_organismes": [{"organisme": o, "im": m, "livre": True} for o, m in livrent.items()],
    }
    veille = executer("mois_precedents", donnees)[-1]
    assert (veille["inconnue"], veille["organisme_manquant"]) == (True, manquant)


# candidats: debut_episode


def candidat(
    lignes: tuple[Ligne, ...] = (),
    soumis_avant: bool | None = False,
    ouverture: date = date(2023, 1, 1),
    **dates: Any,
) -> list[tuple[Any, ...]]:
    """(debut_episode, depuis_declencheur) of the person 1, candidate in June 2024."""
    donnees = {
        "retours": [situation(M, **dates)],
        "comparaisons": [{"p": 1, "im": M, "im_compare": M - 1, "soumis_avant": soumis_avant}],
        "premiers_mois": [
            {"organisme": "CAF671", "premier_mois": ouverture},
            {"organisme": "", "premier_mois": date(2010, 1, 1)},
        ],
        "lignes_en_vigueur": list(lignes),
    }
    return choisir(executer("candidats", donnees), "debut_episode", "depuis_declencheur")


PREMIER = (date(2024, 6, 1), False)


def test_qui_etait_soumis_au_mois_compare_n_est_pas_candidat() -> None:
    assert candidat(soumis_avant=True) == []


def test_qui_est_indetermine_n_est_pas_candidat() -> None:
    assert candidat(soumis_avant=None) == []


def test_l_episode_commence_le_premier_du_mois() -> None:
    assert candidat() == [PREMIER]


@pytest.mark.parametrize("colonne", ["date_demande", "date_rattachement", "date_arrivee_mutation"])
def test_il_commence_au_declencheur_anterieur_au_mois(colonne: str) -> None:
    assert candidat(**{colonne: date(2024, 5, 20)}) == [(date(2024, 5, 20), True)]


def test_le_declencheur_est_la_plus_recente_des_dates_connues() -> None:
    dates = {"date_demande": date(2024, 3, 1), "date_arrivee_mutation": date(2024, 4, 9)}
    assert candidat(**dates) == [(date(2024, 4, 9), True)]


def test_un_declencheur_dans_le_mois_ne_change_rien() -> None:
    assert candidat(date_demande=date(2024, 6, 8)) == [PREMIER]


def test_un_declencheur_le_premier_du_mois_ne_change_rien() -> None:
    assert candidat(date_demande=date(2024, 6, 1)) == [PREMIER]


@pytest.mark.parametrize(
    ("declencheur", "attendu"),
    [(date(2023, 12, 31), PREMIER), (date(2024, 1, 1), (date(2024, 1, 1), True))],
)
def test_un_declencheur_anterieur_au_premier_mois_de_l_organisme_ne_compte_pas(
    declencheur: date, attendu: tuple[date, bool]
) -> None:
    assert candidat(ouverture=date(2024, 1, 1), date_demande=declencheur) == [attendu]


@pytest.mark.parametrize("etat", ["2", "3", "4"])
def test_un_droit_entre_le_declencheur_et_le_mois_ramene_au_premier_du_mois(etat: str) -> None:
    droit = {"p": 1, "im": M - 1, "etat_dossier": etat, "numero_demande_rsa": "un autre dossier"}
    assert candidat((droit,), date_demande=date(2024, 4, 20)) == [PREMIER]


def test_un_droit_des_le_mois_du_declencheur_compte_aussi() -> None:
    droit = {"p": 1, "im": M - 2, "etat_dossier": "2"}
    assert candidat((droit,), date_demande=date(2024, 4, 20)) == [PREMIER]


@pytest.mark.parametrize(
    "ligne",
    [
        {"p": 1, "im": M - 1, "etat_dossier": "0"},
        {"p": 1, "im": M - 1, "etat_dossier": "6"},
        {"p": 1, "im": M - 3, "etat_dossier": "2"},
        {"p": 2, "im": M - 1, "etat_dossier": "2"},
    ],
)
def test_une_demande_en_attente_un_droit_anterieur_ou_celui_d_autrui_n_y_font_rien(ligne: Ligne) -> None:
    assert candidat((ligne,), date_demande=date(2024, 4, 20)) == [(date(2024, 4, 20), True)]


def test_le_premier_mois_se_dit_par_organisme_et_pour_tous() -> None:
    livres = [
        {"organisme": "CAF671", "mois": mois(2024, 2)},
        {"organisme": "CAF671", "mois": mois(2024, 3)},
        {"organisme": "MSA680", "mois": mois(2024, 4)},
    ]
    premiers = executer("premiers_mois", {"en_vigueur": livres})
    assert sorted(choisir(premiers, "organisme", "premier_mois")) == [
        ("", mois(2024, 2)),
        ("CAF671", mois(2024, 2)),
        ("MSA680", mois(2024, 4)),
    ]
