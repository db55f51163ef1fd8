"""Dated facts of the persons that we know, wherever they live that month: contracts signed, actions begun,
jobs, persons taken in charge (6-catalogue: F1-3, FA-4, V3-M1c, V3-R1 to V3-R3)."""

from datetime import date
from typing import Any

import pytest

from tests.sql.atelier import choisir, executer, im, references
from tests.sql.depot import Ligne, mois


def situation(annee: int, rang: int, **valeurs: Any) -> Ligne:
    """The person 1 that month, soumise in the territoire 67."""
    defaut = {"p": 1, "im": im(annee, rang), "mois": mois(annee, rang), "territoire": "67", "soumis": True}
    return defaut | valeurs


# faits


def faits(**tables: list[Ligne]) -> list[tuple[Any, ...]]:
    """(genre, detail, jour) of the person 1."""
    donnees = {nom: [{"p": 1} | ligne for ligne in lignes] for nom, lignes in tables.items()}
    return choisir(executer("faits", donnees), "genre", "detail", "jour")


def test_seul_un_rendez_vous_honore_est_un_fait() -> None:
    jour = {"type": "orientation", "date_rdv": date(2024, 3, 4)}
    rdv = [jour | {"presence": p} for p in ("prevu", "honore", "absent", "excuse", "annule", None)]
    assert faits(rendez_vous_connus=rdv) == [("rendez_vous_honore", "orientation", date(2024, 3, 4))]


def test_une_orientation_est_datee_de_sa_notification_et_une_decision_seule_n_a_pas_de_jour() -> None:
    suivi = {"date_decision": date(2024, 3, 1), "date_designation_referent": date(2024, 3, 9)}
    assert faits(suivis_personnes=[suivi | {"date_envoi_courrier": date(2024, 3, 12)}]) == [
        ("orientation", None, date(2024, 3, 9))
    ]
    assert faits(suivis_personnes=[{"date_decision": date(2024, 3, 1)}]) == [("orientation", None, None)]


@pytest.mark.parametrize(
    ("emploi", "genre"),
    [
        ({"type_contrat": "CDI"}, "emploi_durable"),
        ({"type_contrat": "CDI", "date_fin": date(2024, 2, 1)}, "emploi_durable"),
        ({"type_contrat": "CDD", "duree_mois": 6}, "emploi_durable"),
        ({"type_contrat": "CDD", "duree_mois": 5}, "emploi_court"),
        ({"type_contrat": "CDD", "date_fin": date(2024, 6, 30)}, "emploi_durable"),  # six months exactly
        ({"type_contrat": "CDD", "date_fin": date(2024, 6, 29)}, "emploi_court"),
        ({"type_contrat": None, "duree_mois": 12}, "emploi_durable"),
        ({"type_contrat": "interim"}, "emploi_sans_duree"),  # neither long nor short: nobody said
        ({"type_contrat": None}, "emploi_sans_duree"),
    ],
)
def test_un_emploi_durable_est_un_cdi_ou_dure_six_mois(emploi: Ligne, genre: str) -> None:
    vus = faits(reprises_connues=[{"date_debut": date(2024, 1, 1)} | emploi])
    assert vus == [(genre, emploi["type_contrat"], date(2024, 1, 1))]


def test_six_mois_depuis_le_31_aout_finissent_avec_fevrier() -> None:
    for fin, genre in ((date(2024, 2, 28), "emploi_durable"), (date(2024, 2, 27), "emploi_court")):
        emploi = {"type_contrat": "CDD", "date_debut": date(2023, 8, 31), "date_fin": fin}
        assert faits(reprises_connues=[emploi])[0][0] == genre


def test_un_ppae_renouvele_ne_retire_pas_le_precedent_que_le_fichier_ne_montre_plus() -> None:
    """A file shows the last PPAE only: each that was told happened, once."""
    jours = (date(2023, 5, 2), date(2023, 5, 2), date(2024, 5, 6), None)
    vus = faits(inscriptions_recues=[{"date_signature_ppae": jour} for jour in jours])
    assert {v[2] for v in vus if v[2]} == {date(2023, 5, 2), date(2024, 5, 6)}
    assert len(vus) == 3


# evenements


def evenements(jour: date, *situations: Ligne, p: int | None = 1) -> list[str]:
    """The territoire of a fact of that day, if it is counted."""
    donnees = {
        "faits": [{"p": p, "genre": "contrat", "detail": "CER", "jour": jour}],
        "situations": list(situations),
    }
    return [e["territoire"] for e in executer("evenements", donnees)]


def test_un_fait_compte_la_ou_la_personne_vivait_au_dernier_mois_connu() -> None:
    demenage = (situation(2024, 1), situation(2024, 4, territoire="68"))
    assert evenements(date(2024, 1, 1), *demenage) == ["67"]
    assert evenements(date(2024, 3, 31), *demenage) == ["67"]
    assert evenements(date(2024, 4, 1), *demenage) == ["68"]
    assert evenements(date(2024, 9, 1), *demenage) == ["68"]


def test_un_fait_anterieur_a_la_premiere_situation_compte_la_ou_elle_est_vue_ensuite() -> None:
    assert evenements(date(2023, 10, 5), situation(2024, 1, territoire="HORS"), situation(2024, 2)) == [
        "HORS"
    ]


def test_un_fait_de_personne_ou_d_une_personne_sans_situation_n_a_pas_de_territoire() -> None:
    assert evenements(date(2024, 1, 5), situation(2024, 1), p=None) == []
    assert evenements(date(2024, 1, 5), situation(2024, 1), p=2) == []


# V3-M1c, V3-R3


def comptes(*faits: tuple[str, str | None]) -> dict[tuple[str, str, str], int]:
    """(code, mesure, modalite) → count, for facts of March 2024."""
    lignes = [{"genre": g, "detail": d, "mois": mois(2024, 3), "territoire": "67", "p": 1} for g, d in faits]
    vus = executer("comptes_evenements", {"evenements": lignes})
    return {(c["code"], c["mesure"], c["modalite"]): c["compte"] for c in vus}


def test_v3_m1c_compte_les_contrats_par_type_et_les_ppae_de_france_travail_a_part() -> None:
    vus = comptes(("contrat", "CER"), ("contrat", "CER"), ("contrat", None), ("ppae", None))
    assert vus == {
        ("V3-M1c", "nombre", ""): 3,
        ("V3-M1c", "nombre", "CER"): 2,
        ("V3-M1c", "nombre", "inconnu"): 1,
        ("V3-M1c", "ppae_france_travail", ""): 1,
    }


def test_v3_r3_compte_immersions_formations_levees_de_freins_et_contrats_courts() -> None:
    prestations = (
        "immersion",
        "formation",
        "formation",
        "levee_frein",
        "atelier",
        "accompagnement",
        "autre",
        None,
    )
    emplois = ("emploi_court", "emploi_durable", "emploi_sans_duree")
    vus = comptes(*(("prestation", t) for t in prestations), *((e, "CDD") for e in emplois))
    assert vus == {
        ("V3-R3", "immersions", ""): 1,
        ("V3-R3", "formations", ""): 2,
        ("V3-R3", "levees_de_freins", ""): 1,
        ("V3-R3", "contrats_courts", ""): 1,
        ("V3-R3", "nombre", ""): 5,
    }


# V3-R1, V3-R2


def reprises(genre: str, rang: int, *situations: Ligne) -> list[tuple[Any, ...]]:
    emploi = {"p": 1, "genre": genre, "detail": "CDD", "im": im(2024, rang), "mois": mois(2024, rang)}
    donnees = {"evenements": [emploi | {"territoire": "68"}], "situations": list(situations)}
    return choisir(executer("reprises_soumis", donnees), "mois", "territoire", "durable", "type_contrat")


def test_un_emploi_compte_le_mois_qui_suit_une_soumission_et_dans_son_territoire() -> None:
    assert reprises("emploi_durable", 3, situation(2024, 2)) == [(mois(2024, 3), "67", True, "CDD")]
    assert reprises("emploi_sans_duree", 3, situation(2024, 2)) == [(mois(2024, 3), "67", False, "CDD")]


def test_un_emploi_pris_sans_avoir_ete_soumise_le_mois_precedent_ne_compte_pas() -> None:
    assert reprises("emploi_court", 3, situation(2024, 3)) == []
    assert reprises("emploi_court", 3, situation(2024, 2, soumis=False)) == []


def test_une_signature_de_contrat_n_est_pas_un_emploi() -> None:
    assert reprises("contrat", 3, situation(2024, 2)) == []


def test_v3_r2_donne_chaque_type_de_contrat_meme_celui_que_personne_n_a_signe() -> None:
    def reprise(p: int, type_contrat: str, durable: bool = False) -> Ligne:
        du_mois = {"p": p, "mois": mois(2024, 3), "territoire": "67"}
        return du_mois | {"type_contrat": type_contrat, "durable": durable}

    donnees = {
        "situations": [situation(2024, 2, p=p) for p in range(4)] + [situation(2024, 2, p=9, soumis=False)],
        "reprises_soumis": [reprise(0, "CDD"), reprise(0, "CDD"), reprise(0, "CDI", True), reprise(1, "CDD")],
    }
    vus = executer("comptes_emploi", donnees | references("catalogue_mesures"))
    taux = {(v["code"], v["modalite"]): (v["compte"], v["base"]) for v in vus}
    attendus = {
        ("V3-R1", ""): (1, 4),
        ("V3-R2", ""): (2, 4),
        ("V3-R2", "CDD"): (2, 4),
        ("V3-R2", "CDI"): (1, 4),
    }
    sans_reprise = {
        ("V3-R2", t): (0, 4) for t in ("CDDI", "interim", "apprentissage", "independant", "autre")
    }
    assert taux == attendus | sans_reprise | {("V3-R2", "inconnu"): (0, 4)}
    assert {v["mois"] for v in vus} == {mois(2024, 3)}


# FA-4


def presences(entree: date | None, sortie: date | None, *situations: Ligne) -> list[tuple[Any, ...]]:
    """(month of early 2024, territoire) in which the person 1 is in the action."""
    participation = {"p": 1, "code_action": "A1", "date_entree": entree, "date_sortie": sortie}
    calendrier = [
        {"mois": mois(2024, r), "im": im(2024, r), "dernier_jour": date(2024, r, dernier)}
        for r, dernier in ((1, 31), (2, 29), (3, 31))
    ]
    donnees = {
        "participations_connues": [participation],
        "calendrier": calendrier,
        "situations": list(situations) or [situation(2023, 12)],
    }
    return sorted((p["im"] - im(2024, 0), p["territoire"]) for p in executer("presences_actions", donnees))


@pytest.mark.parametrize(
    ("entree", "sortie", "attendus"),
    [
        (date(2024, 1, 31), date(2024, 2, 1), [1, 2]),
        (date(2024, 2, 29), None, [2, 3]),
        (date(2020, 1, 1), date(2024, 1, 1), [1]),
        (date(2020, 1, 1), date(2023, 12, 31), []),
        (date(2024, 4, 1), None, []),
        (None, date(2024, 2, 1), []),
    ],
)
def test_fa_4_on_est_dans_l_action_chaque_mois_de_l_entree_a_la_sortie(
    entree: date | None, sortie: date | None, attendus: list[int]
) -> None:
    assert [m for m, _ in presences(entree, sortie)] == attendus


def test_fa_4_la_presence_suit_la_personne_d_un_territoire_a_l_autre() -> None:
    vus = presences(date(2024, 1, 1), None, situation(2024, 2, territoire="68"), situation(2024, 3))
    assert vus == [(1, "68"), (2, "68"), (3, "67")]


# personnes_comptees


def comptees(code: str, **donnees: list[Ligne]) -> list[tuple[Any, ...]]:
    vus = [v for v in executer("personnes_comptees", donnees) if v["code"] == code]
    return choisir(vus, "modalite", "mois", "p")


def test_f1_3_seul_le_premier_rendez_vous_honore_prend_en_charge_chaque_orientation_aussi() -> None:
    def fait(genre: str, annee: int, rang: int) -> Ligne:
        du_mois = {"mois": mois(annee, rang), "im": im(annee, rang), "territoire": "67"}
        return {"p": 1, "genre": genre, "jour": date(annee, rang, 9)} | du_mois

    vus = comptees(
        "F1-3",
        evenements=[
            fait("rendez_vous_honore", 2024, 5),
            fait("rendez_vous_honore", 2024, 2),
            fait("orientation", 2024, 2),
            fait("orientation", 2024, 7),
            fait("contrat", 2024, 8),
        ],
    )
    assert vus == [("", mois(2024, 2), 1), ("", mois(2024, 7), 1)]


def test_fa_4_deux_actions_le_meme_mois_font_une_personne_et_une_par_action() -> None:
    presence = {"p": 1, "im": im(2024, 2), "mois": mois(2024, 2), "territoire": "67"}
    vus = comptees("FA-4", presences_actions=[presence | {"code_action": a} for a in ("A1", "A2")])
    assert vus == [("", mois(2024, 2), 1), ("A1", mois(2024, 2), 1), ("A2", mois(2024, 2), 1)]


def test_v2_1_une_personne_par_mois_d_entree() -> None:
    entrees = [{"p": 1, "im": im(2024, r), "mois": mois(2024, r), "territoire": "67"} for r in (2, 9)]
    assert comptees("V2-1", entrees=entrees) == [("", mois(2024, 2), 1), ("", mois(2024, 9), 1)]
