"""A table that leaves the service: laid out once, written as CSV and as a sheet of the workbook."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

_FORMULE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Case:
    """One cell as it is read; ``nombre``: what a spreadsheet computes with, when there is such a thing."""

    texte: str
    nombre: float | None = None
    part: bool = False


@dataclass(frozen=True)
class Tableau:
    """``fichier``: its name, without the extension; ``titre``: that of its sheet; ``figees``: columns that
    stay in sight; ``textes``: columns of sentences, which are wide."""

    fichier: str
    titre: str
    entetes: Sequence[str]
    lignes: Sequence[Sequence[Case]]
    figees: int = 1
    textes: Collection[int] = (0,)


def jour(iso: str) -> str:
    """2024-12-31 → 31/12/2024."""
    annee, mois, quantieme = iso.split("-")
    return f"{quantieme}/{mois}/{annee}"


def texte_sur(texte: str) -> str:
    """A text that a spreadsheet will not run as a formula."""
    return f"'{texte}" if texte.startswith(_FORMULE) else texte


def ecrire_csv(tableau: Tableau, dossier: Path, *avant: Sequence[str]) -> Path:
    """``avant``: lines above the headers."""
    dossier.mkdir(parents=True, exist_ok=True)
    chemin = dossier / f"{tableau.fichier}.csv"
    with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
        ecrivain = csv.writer(fichier, delimiter=";", lineterminator="\r\n")
        lignes = [*avant, tableau.entetes, *([case.texte for case in ligne] for ligne in tableau.lignes)]
        ecrivain.writerows([[texte_sur(texte) for texte in ligne] for ligne in lignes])
    return chemin
