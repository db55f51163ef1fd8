"""Every line of 4.5: each file of data/sample/fautes is seen by its rule, and told without personal data."""

import re
from pathlib import Path

import pytest

from pipelines.calcul.suspectes import suspectes
from pipelines.configuration import charger
from pipelines.reception.bilan import BilanReception, ResultatFichier
from pipelines.reception.recevoir import recevoir, verifier
from pipelines.simulation import simuler
from pipelines.simulation.exemple import EXEMPLE
from pipelines.simulation.fautes import FAUTES
from pipelines.simulation.identites import NOMS, PRENOMS

STATUTS = {"refus": "refusee", "suspecte": "recue", "rejet": "recue", "avertissement": "recue"}
# What each of these files gathers, the rule it is named after included.
TOUTES = {
    "lignes_ecartees": {"IDE-002", "ORI-001", "ORI-002", "TAB-004"},
    "valeurs_illisibles": {"IDE-001", "TAB-101", "TAB-102", "TAB-104", "TAB-106", "TAB-108", "ORI-101"},
    "codes_inconnus": {"CAF-101", "CAF-102", "CAF-103"},
    "heures_illisibles": {"TAB-103"},
    "trop_de_satisfaits": {"SAT-101"},
}


@pytest.fixture(scope="module")
def bilan() -> BilanReception:
    return verifier([EXEMPLE / "fautes"], charger(EXEMPLE / "pilotage.toml"))


def _resultat(bilan: BilanReception, faute: str) -> ResultatFichier:
    (resultat,) = [r for r in bilan.resultats if Path(r.fichier).name.split(".")[0] == faute]
    return resultat


def test_each_file_of_the_folder_is_a_fault_and_has_a_result(bilan: BilanReception) -> None:
    assert {Path(r.fichier).name.split(".")[0] for r in bilan.resultats} == set(FAUTES)
    assert bilan.code == 3


@pytest.mark.parametrize("faute", sorted(FAUTES))
def test_the_fault_has_the_gravity_of_its_rule(faute: str, bilan: BilanReception) -> None:
    resultat = _resultat(bilan, faute)
    assert resultat.statut == STATUTS[FAUTES[faute].gravite]
    if FAUTES[faute].gravite == "refus":
        assert resultat.regles[0] == FAUTES[faute].regle
        assert all(conseil for _, conseil in resultat.messages)


@pytest.mark.parametrize("faute", sorted(TOUTES))
def test_rows_set_aside_and_values_read_as_missing_name_their_rules(
    faute: str, bilan: BilanReception
) -> None:
    resultat = _resultat(bilan, faute)
    assert set(resultat.regles) == TOUTES[faute]
    assert resultat.rejets == (5 if faute == "lignes_ecartees" else 0)


def test_no_message_holds_a_person(bilan: BilanReception) -> None:
    texte = " ".join(" ".join(m) for r in bilan.resultats for m in r.messages).upper()
    assert not re.search(r"\d{7}", texte)
    assert not [nom for noms in (NOMS, *PRENOMS.values()) for nom in noms if re.search(rf"\b{nom}\b", texte)]


@pytest.mark.parametrize("faute", [nom for nom, f in FAUTES.items() if f.gravite == "suspecte"])
def test_a_suspecte_delivery_waits_for_a_decision(faute: str, tmp_path: Path) -> None:
    simuler(tmp_path, dossiers=400, mois=2, graine=1, format="xml", fautes=(faute,))
    configuration = charger(tmp_path / "pilotage.toml")
    assert recevoir([configuration.depot], configuration).code == 0
    attendues = suspectes(configuration)
    assert len(attendues) == 1
    assert FAUTES[faute].regle in attendues[0][3].split(", ")


def test_a_simulated_depot_without_fault_has_nothing_suspecte(tmp_path: Path) -> None:
    simuler(tmp_path, dossiers=400, mois=2, graine=1, format="xml")
    configuration = charger(tmp_path / "pilotage.toml")
    assert recevoir([configuration.depot], configuration).code == 0
    assert suspectes(configuration) == []
