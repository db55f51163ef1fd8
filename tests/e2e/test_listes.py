"""``a-orienter``: who must still be oriented, for the service alone."""

import csv
from datetime import date
from pathlib import Path

import pytest

from pipelines import cli
from pipelines.calcul.calculer import Calcul
from pipelines.configuration import Configuration
from pipelines.simulation.cas import CAS
from tests.e2e.cas import departement_du_cas


def pilotage(configuration: Configuration, *arguments: str) -> int:
    return cli.main([*arguments, "--config", str(configuration.fichier)])


def lire(chemin: Path) -> list[dict[str, str]]:
    with chemin.open(encoding="utf-8-sig", newline="") as liste:
        return list(csv.DictReader(liste, delimiter=";"))


def acces(configuration: Configuration) -> list[list[str]]:
    """The look-ups noted: command, id_personne, month."""
    with (configuration.entrepot / "restreint" / "acces.csv").open(encoding="utf-8", newline="") as journal:
        return [ligne[2:] for ligne in csv.reader(journal, delimiter=";")]


# a-orienter


@pytest.mark.parametrize(
    ("au", "jours", "situation"),
    [
        ("2024-03-10", "6", "en attente"),
        ("2024-03-15", "1", "en attente"),
        ("2024-03-16", "0", "hors délai"),
        ("2024-04-01", "-16", "hors délai"),
    ],
)
def test_les_jours_restants_se_comptent_jusqu_a_l_echeance(
    au: str, jours: str, situation: str, cas_14: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    """Case 14: T0 on 01/03, the 15th of March is the last day in time."""
    _, dossier = CAS[14].personnes["p"]
    assert pilotage(cas_14, "a-orienter", "--au", au) == 0
    (chemin,) = (cas_14.entrepot / "restreint" / "a_orienter").iterdir()
    (ligne,) = lire(chemin)
    assert list(ligne.values()) == [
        dossier.numero_demande,
        dossier.matricule[:7],
        "67",
        "2024-02",
        "01/03/2024",
        "16/03/2024",
        jours,
        situation,
        "N",
        "O",
    ]
    dit = capsys.readouterr().out
    assert "1 entrant à orienter" in dit
    assert chemin.name in dit
    assert dossier.matricule[:7] not in dit
    assert acces(cas_14)[-1] == ["a-orienter", "", ""]


@pytest.fixture(scope="module")
def cas_14(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return departement_du_cas(14, tmp_path_factory.mktemp("cas_14"))


def test_la_liste_est_celle_des_dernieres_entrees_sans_orientation(
    exemple: Configuration, calcul_exemple: Calcul, capsys: pytest.CaptureFixture[str]
) -> None:
    avant = len(acces(exemple)) if (exemple.entrepot / "restreint" / "acces.csv").exists() else 1
    assert pilotage(exemple, "a-orienter", "--au", "2025-01-18") == 0
    lignes = lire(exemple.entrepot / "restreint" / "a_orienter" / f"{calcul_exemple.arrete_au}.csv")
    attendues = calcul_exemple.connexion.execute(
        "select strftime(mois, '%Y-%m'), strftime(date_reception_t0, '%d/%m/%Y'), decide_non_notifie"
        " from (select *, max(mois) over (partition by id_personne) as derniere from nouveaux_entrants)"
        " where date_orientation is null and mois = derniere"
    ).fetchall()
    obtenues = [(li["mois d'entrée"], li["T0"], li["décision sans notification"] == "O") for li in lignes]
    assert sorted(obtenues) == sorted(attendues)
    echeances = [date(*map(int, reversed(li["échéance"].split("/")))) for li in lignes]
    assert echeances == sorted(echeances)
    assert {li["toujours soumise"] for li in lignes} == {"O", "N"}
    assert f"{len(lignes)} entrants à orienter au 18/01/2025" in capsys.readouterr().out
    assert acces(exemple)[avant:] == [["a-orienter", "", ""]]
