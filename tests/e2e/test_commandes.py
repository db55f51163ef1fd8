"""A chargé de données' month, through the command: exit codes of 4.2, what is said, what is never said."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from flux_fictif import Personne, departement, deposer, flux_caf, orientations

from pipelines import cli
from pipelines.configuration import Configuration

RACINE = Path(__file__).parents[2]
PERSONNES = [Personne(rang) for rang in range(1, 61)]


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    """Two months delivered, orientations received."""
    configuration = departement(tmp_path)
    _mensuel(configuration, "janvier.xml", PERSONNES, date(2024, 1, 31), "2024-02-05")
    _mensuel(configuration, "fevrier.xml", [*PERSONNES, Personne(61)], date(2024, 2, 29), "2024-03-05")
    deposer(configuration, "orientations.csv", orientations((61, "2024-03-12")), "2024-04-20")
    return configuration


def _mensuel(
    configuration: Configuration, nom: str, personnes: list[Personne], mois: date, recu_le: str
) -> None:
    creation = date.fromisoformat(recu_le)
    deposer(configuration, nom, flux_caf(personnes, mois, creation), recu_le)


def _pilotage(configuration: Configuration, *arguments: str) -> int:
    return cli.main([*arguments, "--config", str(configuration.fichier)])


def _courante(configuration: Configuration) -> str:
    chemin = configuration.publications / "courante.json"
    return chemin.read_text(encoding="utf-8") if chemin.exists() else ""


def test_le_mois_est_recu_publie_et_raconte(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _pilotage(configuration, "executer", "--direct") == 0
    dit = capsys.readouterr().out
    assert "3 fichiers (3 reçus)" in dit
    assert "2024-02  1 dont 1 (100 %)" in dit
    assert "ND : premier_mois" in dit
    assert "Publication arrêtée au 20/04/2024" in dit


def test_relance_il_ne_recoit_rien_et_retrouve_la_meme_publication(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _pilotage(configuration, "executer", "--direct") == 0
    avant = _courante(configuration)
    capsys.readouterr()
    assert _pilotage(configuration, "executer", "--direct") == 0
    dit = capsys.readouterr().out
    assert "3 fichiers (3 déjà reçus)" in dit
    assert "déjà faite" in dit
    assert _courante(configuration) == avant


def test_un_fichier_refuse_n_empeche_pas_de_publier_et_finit_en_3(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    entier = flux_caf(PERSONNES, date(2024, 3, 31), date(2024, 4, 5))
    deposer(configuration, "mars.xml", entier[: len(entier) // 2], "2024-04-05")
    assert _pilotage(configuration, "executer", "--direct") == 3
    dit = capsys.readouterr().out
    assert "1 refusé" in dit
    assert "mars.xml" in dit
    assert "[FIC-003]" in dit
    assert "→" in dit
    assert "2024-02  1 dont 1" in dit
    assert not any(personne.nir in dit or personne.nom in dit for personne in PERSONNES)


def test_une_livraison_suspecte_bloque_en_4_jusqu_a_ce_qu_on_l_accepte(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _pilotage(configuration, "executer", "--direct") == 0
    avant = _courante(configuration)
    _mensuel(configuration, "mars.xml", PERSONNES[:40], date(2024, 3, 31), "2024-04-05")
    assert _pilotage(configuration, "executer", "--direct") == 4
    assert _courante(configuration) == avant
    assert "pilotage accepter" in capsys.readouterr().err

    assert _pilotage(configuration, "etat") == 0
    etat = capsys.readouterr().out
    assert "05/04/2024 suspecte" in etat
    identifiant = etat.split("pilotage accepter ")[1].split()[0]

    assert _pilotage(configuration, "accepter", identifiant, "--motif", "confirmé par la CAF") == 0
    assert _pilotage(configuration, "publier") == 0
    assert _courante(configuration) != avant
    capsys.readouterr()
    assert _pilotage(configuration, "etat") == 0
    assert "suspecte" not in capsys.readouterr().out.lower()


def test_deux_lancements_a_la_fois_ne_font_qu_une_publication(configuration: Configuration) -> None:
    commande = [
        sys.executable,
        "-m",
        "pipelines",
        "executer",
        "--direct",
        "--config",
        str(configuration.fichier),
    ]
    environnement = {**os.environ, "PYTHONPATH": str(RACINE), "PYTHONIOENCODING": "utf-8"}
    lances = [
        subprocess.Popen(commande, env=environnement, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    dits = [lance.communicate(timeout=300) for lance in lances]
    assert [lance.returncode for lance in lances] == [0, 0], dits
    assert [erreur for _, erreur in dits] == [b"", b""]
    publications = [chemin for chemin in configuration.publications.iterdir() if chemin.name[0].isdigit()]
    assert len(publications) == 1
    assert sum("déjà faite".encode() in dit for dit, _ in dits) == 1
    assert len(list((configuration.entrepot / "livraisons").glob("*/*"))) == 3


def test_sans_aucune_livraison_rien_n_est_publie(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vide = departement(tmp_path)
    for arguments in (["executer", "--direct"], ["publier"], ["publier", "--arrete-au", "2024-12-31"]):
        assert _pilotage(vide, *arguments) == 4
        assert "rien à publier" in capsys.readouterr().err
    assert not vide.publications.exists() or not list(vide.publications.iterdir())


def test_verifier_ne_garde_rien(configuration: Configuration, capsys: pytest.CaptureFixture[str]) -> None:
    assert _pilotage(configuration, "verifier", str(configuration.depot)) == 0
    assert "Rien n'a été enregistré" in capsys.readouterr().out
    assert not configuration.entrepot.exists()


def test_accepter_un_identifiant_inconnu_finit_en_2(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _pilotage(configuration, "accepter", "0123456789abcdef", "--motif", "x") == 2
    assert "pilotage etat" in capsys.readouterr().err


def test_accepter_une_livraison_qui_n_attendait_rien_le_dit(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    _mensuel(configuration, "avril.xml", PERSONNES, date(2024, 4, 30), "2024-05-05")
    assert _pilotage(configuration, "recevoir", str(configuration.depot)) == 0
    livraison = min(
        p.parent.name for p in configuration.entrepot.glob("livraisons/beneficiaires/*/livraison.json")
    )
    capsys.readouterr()
    assert _pilotage(configuration, "accepter", livraison, "--motif", "par erreur") == 0
    assert "n'attendait pas de décision" in capsys.readouterr().out


def test_etat_dit_ce_qui_manque_ce_qui_est_refuse_et_ce_qui_tarde(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    _mensuel(configuration, "avril.xml", [*PERSONNES, Personne(61)], date(2024, 4, 30), "2024-05-05")
    deposer(configuration, "illisible.csv", b"a;b\r\n1;2\r\n", "2024-05-05")
    assert _pilotage(configuration, "recevoir", str(configuration.depot)) == 3
    capsys.readouterr()
    assert _pilotage(configuration, "etat") == 0
    etat = capsys.readouterr().out
    assert "2024-03  manque" in etat
    assert "2024-04  05/05/2024" in etat
    assert "illisible.csv : REC-001" in etat
    assert "CAF671 : 2024-05, attendu vers le" in etat
    assert "orientations principal : rien depuis le 30/04/2024, 2024-04 reste provisoire" in etat


def test_verifier_situe_chaque_personne_ecartee_d_un_flux(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = departement(tmp_path)
    fautives = [Personne(rang, etat="8") for rang in range(1, 9)]
    deposer(configuration, "flux.xml", flux_caf([*fautives, *PERSONNES[8:]]), "2024-03-05")
    assert _pilotage(configuration, "verifier", str(configuration.depot)) == 3
    dit = capsys.readouterr().out
    assert "personnes de rang 1 à 8 : CAF-002 (etat_dossier)" in dit


def test_sans_fichier_mensuel_le_tableau_vide_est_explique(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = departement(tmp_path)
    deposer(configuration, "orientations.csv", orientations((61, "2024-03-12")), "2024-04-20")
    assert _pilotage(configuration, "executer", "--direct") == 0
    assert "aucun fichier mensuel de CAF ou de MSA" in capsys.readouterr().out


def test_une_fiche_abimee_de_l_entrepot_est_nommee(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _pilotage(configuration, "recevoir", str(configuration.depot)) == 0
    fiche = next(configuration.entrepot.glob("livraisons/orientations/*/livraison.json"))
    fiche.write_text('{"id": ', encoding="utf-8")
    assert _pilotage(configuration, "publier") == 1
    dit = capsys.readouterr().err
    assert f"{fiche.parent.name}/livraison.json" in dit
    assert "Restaurez l'entrepôt" in dit
