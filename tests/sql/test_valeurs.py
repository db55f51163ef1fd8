"""From monthly counts to figures of a period: totals, sums, stocks, distinct persons, medians (3-rules §
3.4, 3.5)."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from tests.sql.atelier import choisir, executer
from tests.sql.depot import Ligne, mois

TRIMESTRE = {
    "type_periode": "trimestre",
    "periode": "2024-T1",
    "debut": date(2024, 1, 1),
    "fin": date(2024, 3, 31),
}
MOIS = [TRIMESTRE | {"mois": mois(2024, r)} for r in (1, 2, 3)]


def disponibles(*rangs: int, territoires: tuple[str, ...] = ("67", "TOTAL")) -> list[Ligne]:
    """The months of the quarter that are available, for the profil « besoin »."""
    return [
        {
            "profil": "besoin",
            "mois": mois(2024, r),
            "territoire": t,
            "motif_nd": None if r in rangs else "absent",
        }
        for r in (1, 2, 3)
        for t in territoires
    ]


# comptes_mensuels


def test_le_total_ajoute_les_territoires_hors_compris_et_ce_qui_n_est_dit_qu_au_total() -> None:
    vus = executer(
        "comptes_mensuels",
        {
            "comptes_q_5": [
                {
                    "code": "Q-5",
                    "mois": mois(2024, 1),
                    "territoire": t,
                    "mesure": "taux",
                    "compte": c,
                    "base": b,
                }
                for t, c, b in (("67", 1, 10), ("HORS", 2, 5))
            ],
            "comptes_q_3": [
                {
                    "code": "Q-3",
                    "mois": mois(2024, 1),
                    "territoire": t,
                    "mesure": "taux",
                    "compte": c,
                    "base": 10,
                }
                for t, c in (("68", 1), ("TOTAL", 3))
            ],
        },
    )
    assert choisir(vus, "code", "territoire", "compte", "base") == [
        ("Q-3", "68", 1, 10),
        ("Q-3", "TOTAL", 4, 20),
        ("Q-5", "67", 1, 10),
        ("Q-5", "HORS", 2, 5),
        ("Q-5", "TOTAL", 3, 15),
    ]


def test_un_organisme_de_deux_territoires_ne_transmet_qu_une_fois_au_total() -> None:
    lignes = [
        {"territoire": t, "organisme": "MSA680", "mois": mois(2024, 1), "date_reception": date(2024, 2, 5)}
        for t in ("67", "68", "TOTAL")
    ]
    vus = executer("comptes_mensuels", {"transmissions": lignes})
    assert choisir(vus, "code", "territoire", "compte") == [("Q-1", t, 1) for t in ("67", "68", "TOTAL")]


# comptes_periodes


def periode(dernier_mois: bool, *rangs_disponibles: int, base: int | None = None) -> list[tuple[Any, ...]]:
    """The quarter's figure, of 1, 2 and 4 counted in its months."""
    cle = {"code": "X", "axe": "", "modalite": "", "mesure": "nombre"}
    donnees = {
        "periodes_mois": MOIS,
        "comptes_mensuels": [
            cle | {"mois": mois(2024, r), "territoire": "67", "compte": c, "base": base}
            for r, c in ((1, 1), (2, 2), (3, 4))
        ],
        "mesures_publiees": [cle | {"profil": "besoin"}],
        "catalogue_profils": [{"profil": "besoin", "dernier_mois": dernier_mois}],
        "motifs_nd": disponibles(*rangs_disponibles),
    }
    return choisir(executer("comptes_periodes", donnees), "compte", "base")


def test_un_flux_est_la_somme_de_ses_mois_disponibles() -> None:
    assert periode(False, 1, 2, 3, base=10) == [(7, 30)]
    assert periode(False, 1, 3, base=10) == [(5, 20)]
    assert periode(False) == []


def test_un_stock_est_celui_du_dernier_mois_et_d_aucun_autre() -> None:
    assert periode(True, 1, 2, 3, base=10) == [(4, 10)]
    assert periode(True, 1, 2) == []


def test_un_jalon_qui_commence_ou_finit_en_cours_de_mois_prend_ces_mois_entiers() -> None:
    jalon = {"type_periode": "jalon", "periode": "T0", "debut": date(2024, 1, 20), "fin": date(2024, 3, 10)}
    vus = executer("periodes_mois", {"periodes": [jalon]})
    assert choisir(vus, "mois") == [(mois(2024, r),) for r in (1, 2, 3)]


# valeurs_distinctes, durees_periodes


def test_une_personne_comptee_deux_mois_est_une_personne_et_un_mois_indisponible_ne_la_compte_pas() -> None:
    cle = {"code": "FA-4", "axe": "", "modalite": "", "mesure": "nombre"}
    donnees = {
        "periodes_mois": MOIS,
        "personnes_comptees": [
            cle | {"mois": mois(2024, r), "territoire": t, "p": p}
            for r, t, p in ((1, "67", 1), (2, "67", 1), (2, "68", 1), (3, "67", 2))
        ],
        "mesures_publiees": [cle | {"nature": "distincte", "profil": "besoin"}],
        "motifs_nd": disponibles(1, 2, territoires=("67", "68", "TOTAL")),
    }
    vus = executer("valeurs_distinctes", donnees)
    assert choisir(vus, "territoire", "compte") == [("67", 1), ("68", 1), ("TOTAL", 1)]


def test_une_duree_compte_dans_les_periodes_de_son_mois_s_il_est_disponible_et_au_total() -> None:
    duree = {"code": "F1-2", "serie": "", "territoire": "67", "jours": 3, "observee": True}
    donnees = {
        "durees": [duree | {"mois": mois(2024, r)} for r in (1, 2)],
        "periodes_mois": [*MOIS, {"type_periode": "mois", "periode": "2024-01", "mois": mois(2024, 1)}],
        "catalogue_mesures": [
            {"code": "F1-2", "mesure": m, "nature": "directe", "profil": "besoin"}
            for m in ("mediane", "mediane_km")
        ],
        "motifs_nd": disponibles(1),
    }
    vus = executer("durees_periodes", donnees)
    assert choisir(vus, "periode", "territoire") == [
        (p, t) for p in ("2024-01", "2024-T1") for t in ("67", "TOTAL")
    ]


# survie, valeurs_durees


def mesures(observees: list[int], censurees: list[int], code: str = "F1-2") -> dict[str, float | None]:
    """Median, mean and Kaplan–Meier median of durations."""
    cle = {"code": code, "serie": "", "type_periode": "annee", "periode": "2024", "territoire": "67"}
    lignes = [cle | {"jours": j, "observee": True} for j in observees]
    lignes += [cle | {"jours": j, "observee": False} for j in censurees]
    survie = executer("survie", {"durees_periodes": lignes})
    vus = executer("valeurs_durees", {"durees_periodes": lignes, "survie": survie})
    return {v["mesure"]: v["valeur"] for v in vus}


@pytest.mark.parametrize(
    ("observees", "censurees", "mediane_km"),
    [
        ([5, 10], [], 5),  # exactly one half still waits
        ([5, 5, 5, 10], [], 5),
        ([5, 10, 15], [], 10),
        ([5], [5], 5),  # oriented and censored the same day: the second was still waiting
        ([5], [3], 5),
        ([5], [9, 9], None),  # two thirds still wait
        ([], [3, 9], None),
        ([-12, 3], [8], 3),
        ([2], [-4], 2),  # censored before T0: no longer waiting on day 2
    ],
)
def test_la_mediane_de_kaplan_meier_de_cas_ecrits_a_la_main(
    observees: list[int], censurees: list[int], mediane_km: int | None
) -> None:
    assert mesures(observees, censurees)["mediane_km"] == mediane_km


def test_une_mediane_sans_observation_est_vide_et_dit_sur_combien_d_attentes() -> None:
    cle = {
        "code": "F1-2",
        "serie": "ouverture",
        "type_periode": "annee",
        "periode": "2024",
        "territoire": "67",
    }
    lignes = [cle | {"jours": 3, "observee": False}]
    survie = executer("survie", {"durees_periodes": lignes})
    vus = executer("valeurs_durees", {"durees_periodes": lignes, "survie": survie})
    assert choisir(vus, "mesure", "valeur", "effectif") == [
        ("mediane_km_ouverture", None, 1),
        ("mediane_ouverture", None, 0),
        ("moyenne_ouverture", None, 0),
    ]


JOURS = st.lists(st.integers(-40, 60), max_size=25)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(JOURS, JOURS)
def test_medianes_moyennes_et_kaplan_meier_sont_ceux_de_numpy_et_de_scipy(
    observees: list[int], censurees: list[int]
) -> None:
    if not observees + censurees:
        return
    vus = mesures(observees, censurees)
    if observees:
        assert vus["mediane"] == np.median(observees)
        assert vus["moyenne"] == pytest.approx(np.mean(observees), abs=1e-9)
    attente = ecdf(CensoredData(uncensored=observees, right=censurees)).sf
    atteints = attente.quantiles[attente.probabilities <= 0.5 + 1e-9]
    assert vus["mediane_km"] == (atteints.min() if len(atteints) else None)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(JOURS, JOURS)
def test_la_courbe_est_celle_de_scipy(observees: list[int], censurees: list[int]) -> None:
    if not observees + censurees:
        return
    cle = {"code": "F1-2", "serie": "", "type_periode": "annee", "periode": "2024", "territoire": "67"}
    lignes = [
        cle | {"jours": j, "observee": o} for o, js in ((True, observees), (False, censurees)) for j in js
    ]
    vus = sorted(executer("survie", {"durees_periodes": lignes}), key=lambda v: v["jours"])
    attente = ecdf(CensoredData(uncensored=observees, right=censurees)).sf
    assert [v["jours"] for v in vus] == list(attente.quantiles)
    assert [v["survie"] for v in vus] == pytest.approx(list(attente.probabilities), abs=1e-12)


# valeurs_periodes


def test_un_taux_est_une_seule_division_et_vide_sans_denominateur() -> None:
    cle = {"axe": "", "modalite": "", "mesure": "taux", "territoire": "67"}
    comptes = [
        cle | {"code": c, "compte": n, "base": b} for c, n, b in (("a", 1, 3), ("b", 0, 0), ("c", 5, None))
    ]
    vus = executer("valeurs_periodes", {"comptes_periodes": comptes})
    assert choisir(vus, "code", "valeur", "numerateur", "denominateur") == [
        ("a", 1 / 3, 1, 3),
        ("b", None, 0, 0),
        ("c", 5, None, None),
    ]
