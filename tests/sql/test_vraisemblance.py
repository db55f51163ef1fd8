"""Figures that contradict one another are told, ours and those declared elsewhere (6-catalogue, plausibility
warnings: the report of 2023 has each of these)."""

from datetime import date
from typing import Any

import pytest

from contracts.regles import REGLES
from pipelines.configuration import Qualite
from tests.sql.atelier import choisir, enchainer, executer, references
from tests.sql.depot import Ligne, mois

TRIMESTRE = {
    "type_periode": "trimestre",
    "periode": "2024-T1",
    "debut": date(2024, 1, 1),
    "fin": date(2024, 3, 31),
}


# premiers_faits: counted as a service would, of anybody


def premiers(**tables: list[Ligne]) -> list[tuple[Any, ...]]:
    return choisir(executer("premiers_faits", tables), "p", "quoi", "jour")


def test_le_premier_cer_et_le_premier_rendez_vous_d_accompagnement_de_chacun_entrant_ou_non() -> None:
    contrats = [
        {"p": p, "type": t, "date_signature": date(2024, m, 1)}
        for p, t, m in ((1, "CER", 5), (1, "CER", 2), (2, "PPAE", 1), (None, "CER", 1))
    ]
    rdv = [
        {"p": 1, "type": t, "presence": presence, "date_rdv": date(2024, m, 1)}
        for t, presence, m in (
            ("orientation", "honore", 1),
            ("accompagnement", "annule", 2),
            ("accompagnement", None, 3),
        )
    ]
    assert premiers(contrats_connus=contrats, rendez_vous_connus=rdv) == [
        (1, "premiers_cer", date(2024, 2, 1)),
        (1, "premiers_rdv", date(2024, 3, 1)),
    ]


# grandeurs_comparees


def grandeurs(**donnees: list[Ligne]) -> dict[tuple[bool, str], float]:
    vus = executer("grandeurs_comparees", {"periodes": [TRIMESTRE]} | donnees)
    return {(v["declaree"], v["quoi"]): v["nombre"] for v in vus}


def test_les_grandeurs_se_lisent_dans_les_indicateurs_du_trimestre_et_dans_les_premiers_faits() -> None:
    cle = TRIMESTRE | {"territoire": "TOTAL", "axe": "", "modalite": "", "statut": "stabilise"}
    indicateurs = [
        cle | {"code": "V2-1", "mesure": "nombre", "valeur": 40},
        cle | {"code": "V2-1", "mesure": "personnes_distinctes", "valeur": 39},
        cle | {"code": "V3-M1c", "mesure": "nombre", "valeur": None, "statut": "partiel"},
        cle | {"code": "S-2", "mesure": "taux", "numerateur": 55, "denominateur": 400},
    ]
    faits = [{"p": p, "quoi": "premiers_rdv", "jour": jour} for p, jour in
             ((1, date(2024, 1, 1)), (2, date(2024, 3, 31)), (3, date(2024, 4, 1)))]  # fmt: skip
    assert grandeurs(indicateurs=indicateurs, premiers_faits=faits) == {
        (False, "entrants"): 40,
        (False, "contrats_en_vigueur"): 55,
        (False, "soumis"): 400,
        (False, "premiers_rdv"): 2,
    }


def test_une_valeur_declaree_d_une_periode_que_nous_ne_publions_pas_est_comparee_aussi() -> None:
    declaree = {"type_periode": "annee", "periode": "2019", "territoire": "67"}
    declarees = [declaree | {"code": c, "valeur": v} for c, v in (("C-2", 120), ("V2-1", 100), ("V1-1", 2))]
    assert grandeurs(declarations_connues=declarees) == {(True, "premiers_rdv"): 120, (True, "entrants"): 100}


# invraisemblances


def invraisemblances(**nombres: float) -> list[tuple[Any, ...]]:
    """(rule, count) for the magnitudes of one period."""
    cle = {"declaree": False, "type_periode": "trimestre", "periode": "2024-T1", "territoire": "TOTAL"}
    lignes = [cle | {"quoi": quoi, "nombre": n, "debut": mois(2024, 1)} for quoi, n in nombres.items()]
    vus = executer("invraisemblances", {"grandeurs_comparees": lignes})
    return choisir(vus, "regle", "nombre")


MINIMUM = Qualite().suspecte_minimum


@pytest.mark.parametrize(
    ("nombres", "attendues"),
    [
        ({"premiers_rdv": 100, "entrants": 80}, [("PUB-005", 20)]),
        ({"premiers_rdv": 80, "entrants": 80}, []),
        ({"premiers_rdv": MINIMUM - 1, "entrants": 2}, []),  # a handful is chance
        ({"premiers_cer": 90, "premiers_rdv": 80}, [("PUB-009", 10)]),
        ({"entrants": 500, "soumis": 500}, [("PUB-010", 500)]),
        ({"contrats_signes": 60, "contrats_en_vigueur": 60}, [("PUB-010", 60)]),
        ({"contrats_signes": 61, "contrats_en_vigueur": 60}, []),
        ({"premiers_rdv": 100}, []),
        ({}, []),
    ],
)
def test_ce_qui_se_contredit_est_signale(nombres: dict[str, float], attendues: list[Any]) -> None:
    assert invraisemblances(**nombres) == attendues


def test_un_chiffre_declare_ne_se_compare_qu_a_un_chiffre_declare_de_la_meme_periode() -> None:
    cle = {"type_periode": "annee", "periode": "2019", "territoire": "67"}
    rdv = cle | {"quoi": "premiers_rdv", "nombre": 120, "declaree": True}
    entrants = cle | {"quoi": "entrants", "nombre": 100, "declaree": True}
    for autre in ({"declaree": False}, {"periode": "2020"}, {"territoire": "68"}):
        assert executer("invraisemblances", {"grandeurs_comparees": [rdv, entrants | autre]}) == []
    (vu,) = executer("invraisemblances", {"grandeurs_comparees": [rdv, entrants]})
    assert (vu["regle"], vu["mois"], vu["territoire"], vu["sujet"]) == (
        "PUB-005",
        None,
        "67",
        "2019, déclaré",
    )


def test_une_invraisemblance_et_un_saut_se_lisent_dans_qualite() -> None:
    cle = {"declaree": True, "type_periode": "annee", "periode": "2019", "territoire": "67"}
    donnees = {
        "grandeurs_comparees": [
            cle | {"quoi": q, "nombre": n} for q, n in (("premiers_rdv", 120), ("entrants", 90))
        ],
        "sauts": [{"code": "V2-1", "mois": mois(2024, 3), "territoire": "68", "nombre": 60}],
    }
    vus = enchainer("qualite", references("catalogue_regles") | donnees)
    assert choisir(vus, "regle", "source", "mois", "nombre", "message") == [
        ("PUB-004", "indicateurs", mois(2024, 3), 60, f"{REGLES['PUB-004'].texte} (V2-1)"),
        ("PUB-005", "indicateurs", None, 30, f"{REGLES['PUB-005'].texte} (2019, déclaré)"),
    ]


# sauts


def sauts(*valeurs: float | None) -> list[tuple[Any, ...]]:
    """(month of 2024, by how many) of a figure whose monthly values are given."""
    cle = {"code": "V2-1", "type_periode": "mois", "territoire": "67", "axe": "", "mesure": "nombre"}
    lignes = [cle | {"debut": mois(2024, r), "valeur": v} for r, v in enumerate(valeurs, start=1)]
    return [(m.month, n) for m, n in choisir(executer("sauts", {"indicateurs": lignes}), "mois", "nombre")]


def test_un_saut_de_plus_de_la_moitie_est_signale_au_dessus_du_minimum() -> None:
    assert sauts(100, 151, 75, 112) == [(2, 51), (3, 76)]
    assert sauts(100, 150, 75) == []
    assert sauts(2, 20, 3) == []
    assert sauts(100, None, 20) == []
