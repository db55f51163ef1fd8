"""The README's commands, run as they are printed, in an empty folder; its facts about the project hold."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from pipelines.cli import COMMANDES

RACINE = Path(__file__).parents[2]
README = (RACINE / "README.md").read_text(encoding="utf-8")


def commandes_de_l_exemple() -> list[list[str]]:
    bloc = re.search(r"tests/e2e/test_readme\.py\. -->\n```sh\n(.*?)```", README, re.S)
    assert bloc is not None
    return [shlex.split(ligne) for ligne in bloc[1].splitlines()]


def test_les_commandes_du_readme_marchent_telles_quelles(tmp_path: Path) -> None:
    environnement = {**os.environ, "PYTHONPATH": str(RACINE), "PYTHONIOENCODING": "utf-8"}
    dits = {}
    for commande in commandes_de_l_exemple():
        assert commande[0] == "pilotage"
        resultat = subprocess.run(
            [sys.executable, "-m", "pipelines", *commande[1:]],
            cwd=tmp_path,
            env=environnement,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert resultat.returncode == 0, (commande, resultat.stdout, resultat.stderr)
        assert resultat.stderr == ""
        dits[commande[1]] = resultat.stdout
    assert "Nouveaux entrants" in dits["executer"]
    assert "Rien n'a été enregistré" in dits["verifier"]
    assert "CAF671" in dits["etat"]
    assert (tmp_path / "essai" / "publications" / "courante.json").is_file()


def test_le_readme_nomme_toutes_les_commandes() -> None:
    assert all(f"`pilotage {commande}" in README for commande in COMMANDES)


def test_les_liens_et_les_dossiers_du_readme_existent() -> None:
    for lien in re.findall(r"\]\(([^)h][^)]*)\)", README):
        assert (RACINE / lien).exists(), lien
    for dossier in ("pipelines", "contracts", "sql", "data/sample", "tests", "docs", "benchmarks"):
        assert (RACINE / dossier).is_dir(), dossier


def test_le_readme_finit_par_un_resume_en_anglais() -> None:
    assert README.rstrip().split("\n## ")[-1].startswith("In English")
