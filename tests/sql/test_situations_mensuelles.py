"""One row answers « why »: decision and motif of each person and month (4-interface § 4.7)."""

from datetime import date
from typing import Any

from tests.sql.atelier import executer, im
from tests.sql.depot import Ligne, mois

M = im(2024, 3)
MARS = mois(2024, 3)


def ligne(
    retour: Ligne | None = None,
    decision: Ligne | None = None,
    completude: Ligne | None = None,
    **situation: Any,
) -> Ligne:
    """What is published of the person 1 in March; ``retour`` as compared, ``decision`` as taken."""
    soumise = {
        "p": 1,
        "im": M,
        "mois": MARS,
        "territoire": "67",
        "classe_etat": "versable",
        "soumis": True,
        "inconnue": False,
    }
    complete = {"mois": MARS, "im": M, "territoire": "67", "calculable": True, "criteres_verifiables": True}
    donnees = {
        "situations": [soumise | situation],
        "personnes": [{"p": 1, "id_personne": "n1"}],
        "completude": [complete | (completude or {})],
        "retours": [{"p": 1, "im": M}] if retour is not None else [],
        "comparaisons": [{"p": 1, "im": M} | retour] if retour is not None else [],
        "decisions": [{"p": 1, "im": M} | decision] if decision else [],
    }
    (unique,) = executer("situations_mensuelles", donnees)
    return unique


def pourquoi(*args: Any, **kwargs: Any) -> tuple[str, str]:
    publiee = ligne(*args, **kwargs)
    return publiee["decision"], publiee["motif"]


CANDIDAT = {"im_compare": M - 1, "soumis_avant": False}


def test_un_nouvel_entrant_dit_son_motif_d_inclusion() -> None:
    decision = {"nouvel_entrant": True, "motif_inclusion": "emmenagement"}
    assert pourquoi(CANDIDAT, decision) == ("nouvel_entrant", "emmenagement")


def test_un_ecarte_dit_son_motif_d_exclusion() -> None:
    decision = {
        "nouvel_entrant": False,
        "motif_inclusion": "autre_retour",
        "motif_exclusion": "absence_courte",
    }
    assert pourquoi(CANDIDAT, decision) == ("ecarte", "absence_courte")


def test_trois_mois_inconnus_font_un_indetermine() -> None:
    assert pourquoi({"im_compare": None, "soumis_avant": None})[0] == "indetermine"


def test_un_non_soumis_n_est_pas_candidat() -> None:
    assert pourquoi(soumis=False)[0] == "non_candidat"


def test_qui_etait_deja_soumis_n_est_pas_candidat() -> None:
    assert pourquoi()[0] == "non_candidat"
    assert pourquoi({"im_compare": M - 2, "soumis_avant": True})[0] == "non_candidat"


def test_un_mois_non_calculable_dit_sa_raison() -> None:
    premier = {"calculable": False, "motif_nd": "premier_mois"}
    assert pourquoi(completude=premier) == ("non_calculable", "premier_mois")


def test_un_candidat_dont_le_critere_3_n_est_pas_verifiable_est_non_calculable() -> None:
    sans = {"criteres_verifiables": False, "motif_nd_criteres": "source_absente: orientations"}
    assert pourquoi(CANDIDAT, completude=sans) == ("non_calculable", "source_absente: orientations")


def test_la_ligne_dit_l_age_et_le_mois_de_la_demande_mais_ni_naissance_ni_numero() -> None:
    publiee = ligne(
        mois_naissance=mois(1994, 3),
        date_demande=date(2023, 11, 20),
        numero_demande_rsa="12345678901",
        matricule="1234567",
        sexe="2",
    )
    assert (publiee["tranche_age"], publiee["mois_demande"], publiee["sexe"]) == (
        "30-39",
        mois(2023, 11),
        "2",
    )
    interdites = {"mois_naissance", "numero_demande_rsa", "matricule", "date_demande", "p"}
    assert not interdites & publiee.keys()
