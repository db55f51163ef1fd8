"""How anything is measured here: a child process, its duration and its peak memory."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cout:
    """What one child process cost."""

    secondes: float
    mio: float


@dataclass(frozen=True)
class Resultat:
    """One line of the report: a figure, its target, how it was obtained."""

    code: str
    quoi: str
    valeur: float
    cible: float
    unite: str
    detail: str = ""

    @property
    def tenu(self) -> bool:
        return self.valeur <= self.cible

    def __str__(self) -> str:
        signe = "≤" if self.tenu else ">"
        chiffre = f"{self.valeur:>9.2f} {signe} {self.cible:g} {self.unite}"
        return f"{self.code}  {self.quoi:<55} {chiffre}  {self.detail}"


def mesurer(commande: Sequence[str], codes: Sequence[int] = (0,)) -> Cout:
    """Run a command to its end; its output is kept aside and shown only if it fails."""
    debut = time.perf_counter()
    with subprocess.Popen(
        commande,
        cwd=RACINE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(RACINE)},
    ) as processus:
        assert processus.stdout is not None
        sortie = processus.stdout.read()
        _, etat, usage = os.wait4(processus.pid, 0)
        processus.returncode = os.waitstatus_to_exitcode(etat)
    if processus.returncode not in codes:
        raise RuntimeError(f"{commande}\n{sortie.decode(errors='replace')}")
    return Cout(time.perf_counter() - debut, usage.ru_maxrss / 1024)


def le_meilleur(commande: Sequence[str], fois: int = 3) -> Cout:
    """The quickest of several runs: what the machine can do when nothing else disturbs it."""
    return min((mesurer(commande) for _ in range(fois)), key=lambda cout: cout.secondes)


def pilotage(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pipelines", *arguments]


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]
