"""A list on the disk: CSV for a French Excel, which only its owner reads, whole or not at all."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipelines.publication.extraits import texte_sur
from pipelines.reception.fichiers import ouvrir_prive

Cellule = str | int


def ecrire_liste(chemin: Path, colonnes: Sequence[str], lignes: Iterable[Sequence[Cellule]]) -> None:
    """``;``, UTF-8 with BOM, CRLF; no text is ever taken for a formula."""
    chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = chemin.with_name(f".tmp-{os.getpid()}-{chemin.name}")
    try:
        with (
            ouvrir_prive(provisoire) as octets,
            io.TextIOWrapper(octets, encoding="utf-8-sig", newline="") as texte,
        ):
            ecrivain = csv.writer(texte, delimiter=";", lineterminator="\r\n")
            ecrivain.writerow(colonnes)
            ecrivain.writerows([_sure(cellule) for cellule in ligne] for ligne in lignes)
        os.replace(provisoire, chemin)
    finally:
        provisoire.unlink(missing_ok=True)


def _sure(cellule: Cellule) -> Cellule:
    return texte_sur(cellule) if isinstance(cellule, str) else cellule


def oui_non(vrai: bool) -> str:
    return "O" if vrai else "N"
