"""What a content is, and which émetteur sent it: never from the file's name.

The folder ``depot/<table>/<emetteur>/`` says whose export a table is, not what it is.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from contracts.tables import TABLES
from pipelines.configuration import Configuration, Source
from pipelines.reception import flux_caf, flux_pecg
from pipelines.reception.fichiers import Contenu, Fichier, refus

Forme = Literal["xml-caf", "xml-pecg", "table"]

_MAGIE_ZIP = b"PK\x03\x04"
_BLANCS = b" \t\r\n"
_MARQUES = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Binary formats that a département may drop by mistake: old .xls, PDF, gzip in gzip, 7z, Parquet, images.
_BINAIRES = (
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"PAR1",
    b"\x89PNG",
    b"PK",
    b"\xff\xd8\xff",
)
_ENTREES_MAX = 10_000
_OCTETS_CLASSEUR_MAX = 2 << 30
_RAPPORT_CLASSEUR_MAX = 200
_OCTETS_SANS_RAPPORT = 64 << 20
SANS_EMETTEUR = ("beneficiaires", "france_travail")


@dataclass(frozen=True)
class Emetteur:
    """The émetteur that an option or a folder names, and the table whose folder it is (None: any)."""

    nom: str
    table: str | None = None


def reconnaitre(fichier: Fichier, lu: Contenu) -> Forme:
    """The form of a content, from its first bytes."""
    if flux_caf.reconnaitre(lu.debut):
        return "xml-caf"
    if flux_pecg.reconnaitre(lu.debut):
        return "xml-pecg"
    if lu.debut.startswith(_MAGIE_ZIP):
        _verifier_classeur(fichier, lu.chemin)
        return "table"
    if _sans_marque(lu.debut).startswith(b"<") or lu.debut.startswith(_BINAIRES):
        raise refus("FIC-001", fichier.nom)
    if not lu.debut.strip(_BLANCS + b"\x00"):
        raise refus("FIC-008", fichier.nom)
    return "table"


def _sans_marque(debut: bytes) -> bytes:
    for marque in _MARQUES:
        debut = debut.removeprefix(marque)
    return debut.lstrip(_BLANCS + b"\x00")


def _verifier_classeur(fichier: Fichier, chemin: Path) -> None:
    """A workbook, and of a size that its file can hold."""
    try:
        with zipfile.ZipFile(chemin) as archive:
            entrees = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise refus("FIC-011", fichier.nom) from None
    if not any(entree.filename.lower() == "xl/workbook.xml" for entree in entrees):
        raise refus("FIC-001", fichier.nom)
    octets = sum(entree.file_size for entree in entrees)
    compresses = sum(entree.compress_size for entree in entrees)
    demesure = octets > _OCTETS_SANS_RAPPORT and octets > _RAPPORT_CLASSEUR_MAX * compresses
    if len(entrees) > _ENTREES_MAX or octets > _OCTETS_CLASSEUR_MAX or demesure:
        raise refus("FIC-010", fichier.nom)


def emetteur_nomme(fichier: Fichier, option: str | None, configuration: Configuration) -> Emetteur | None:
    """The émetteur that ``--emetteur`` or the folder names, if any."""
    if option is not None:
        return Emetteur(option)
    for racine in (configuration.depot, fichier.racine):
        if fichier.chemin.is_relative_to(racine):
            dossiers = fichier.chemin.parent.relative_to(racine).parts
            if len(dossiers) >= 2 and dossiers[0] in TABLES:
                return Emetteur(dossiers[1], dossiers[0])
    return None


def sources_possibles(configuration: Configuration, nomme: Emetteur | None) -> list[Source]:
    """The mappings worth trying on a table: all, or those of the émetteur that is named."""
    toutes = [source for table in TABLES for source in configuration.emetteurs(table)]
    if nomme is None:
        return toutes
    choisies = [s for s in toutes if s.emetteur == nomme.nom and nomme.table in (None, s.table)]
    tables = {source.table for source in choisies}
    return choisies + [source for source in toutes if source.table not in tables]


def emetteur(
    fichier: Fichier, table: str, nomme: Emetteur | None, configuration: Configuration
) -> str | None:
    """The émetteur of a table now recognised; None for the CAF/MSA and France Travail."""
    if table in SANS_EMETTEUR:
        return None
    noms = [source.emetteur for source in configuration.emetteurs(table)]
    if nomme is not None and nomme.table in (None, table):
        return _parmi(fichier, table, nomme, noms)
    if len(noms) > 1:
        raise refus("REC-007", fichier.nom, émetteurs=_liste(noms))
    return noms[0]


def _parmi(fichier: Fichier, table: str, nomme: Emetteur, noms: Sequence[str]) -> str:
    if nomme.nom in noms:
        return nomme.nom
    if nomme.table is not None and len(noms) == 1:
        return noms[0]  # a folder by year or by month: it only names an émetteur when there are several
    raise refus("REC-008", fichier.nom, émetteurs=_liste(noms))


def _liste(noms: Sequence[str]) -> str:
    return ", ".join(sorted(noms))
