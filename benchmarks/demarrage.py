"""S · what a user waits before anything shows: the help, then the first line of work of ``--direct``."""

import os
import subprocess
import time
from pathlib import Path

from benchmarks.mesure import RACINE, Resultat, le_meilleur, mesurer, pilotage

LIGNE_DE_TRAVAIL = b"\xc3\xa0 examiner"  # « Réception : n fichiers à examiner… »


def resultats(dossier: Path) -> list[Resultat]:
    aide = le_meilleur(pilotage("--help"), 5)
    mesurer(pilotage("simuler", str(dossier), "--dossiers", "50", "--mois", "2"))
    premiere = min(_premiere_ligne(dossier) for _ in range(3))
    return [
        Resultat("S", "pilotage --help", aide.secondes, 0.3, "s"),
        Resultat("S", "executer --direct jusqu'à la première ligne de travail", premiere, 1.0, "s"),
    ]


def _premiere_ligne(dossier: Path) -> float:
    commande = pilotage("executer", "--direct", "--config", str(dossier / "pilotage.toml"))
    debut = time.perf_counter()
    with subprocess.Popen(
        commande, cwd=RACINE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(RACINE)}
    ) as processus:
        assert processus.stdout is not None
        for ligne in processus.stdout:
            if LIGNE_DE_TRAVAIL in ligne:
                duree = time.perf_counter() - debut
                processus.stdout.read()
                return duree
    raise RuntimeError("la première ligne de travail n'est jamais venue")
