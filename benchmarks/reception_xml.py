"""X · the whole reception of a CAF flux of 390 MB, against an empty lxml pass over the same file."""

from pathlib import Path

from benchmarks.flux_fictif import ecrire
from benchmarks.mesure import Cout, Resultat, le_meilleur, mesurer, pilotage, python
from benchmarks.reception_table import CONFIGURATION

DOSSIERS = 60_000  # 90 000 persons
TAILLES = {"100 Mo": 15_000, "500 Mo": 75_000}
CIBLE = 1.0
CIBLE_LECTURE = 0.5
MIO = 400
BASE = """
import sys
from lxml import etree
for _, dossier in etree.iterparse(sys.argv[1], tag="InfosFoyerRSA"):
    dossier.clear()
"""
LECTURE = """
import sys
from pipelines.reception import flux_caf
with open(sys.argv[1], "rb") as flux:
    for lot in flux_caf.lire(flux, "flux.xml").lots:
        pass
"""


def resultats(dossier: Path) -> list[Resultat]:
    fichier = _flux(dossier, "mensuel", DOSSIERS)
    base = le_meilleur(python(BASE, str(fichier)))
    lecture = le_meilleur(python(LECTURE, str(fichier)))
    cout = min((_recevoir(dossier, fichier, passe) for passe in range(3)), key=lambda c: c.secondes)
    detail = f"{fichier.stat().st_size / 1e6:.0f} Mo, {cout.secondes:.1f} s contre {base.secondes:.1f} s"
    return [
        Resultat("X", "réception d'un flux CAF", cout.secondes / base.secondes, CIBLE, "× base", detail),
        Resultat(
            "X", "dont lecture du XML en lots", lecture.secondes / base.secondes, CIBLE_LECTURE, "× base",
            f"{lecture.secondes:.1f} s, {lecture.mio:.0f} Mio",
        ),
        Resultat("X", "mémoire de la réception", cout.mio, MIO, "Mio"),
        *(_memoire(dossier, nom, nombre) for nom, nombre in TAILLES.items()),
    ]  # fmt: skip


def _memoire(dossier: Path, nom: str, nombre: int) -> Resultat:
    cout = _recevoir(dossier, _flux(dossier, nom, nombre), nombre)
    return Resultat("X", f"mémoire de la réception, {nom}", cout.mio, MIO, "Mio", f"{cout.secondes:.1f} s")


def _flux(dossier: Path, nom: str, nombre: int) -> Path:
    dossier.mkdir(parents=True, exist_ok=True)
    fichier = dossier / f"{nom.replace(' ', '-')}.xml"
    ecrire(fichier, nombre)
    return fichier


def _recevoir(dossier: Path, fichier: Path, passe: int) -> Cout:
    """Into an entrepot of its own: the same content received twice would do nothing."""
    ici = dossier / f"{fichier.stem}-{passe}"
    (ici / "depot").mkdir(parents=True)
    (ici / "pilotage.toml").write_text(CONFIGURATION, encoding="utf-8")
    cle = ici / "cle.txt"
    cle.write_text("0123456789abcdef" * 4, encoding="ascii")
    cle.chmod(0o600)
    return mesurer(
        pilotage("recevoir", str(fichier), "--recu-le", "2024-03-06", "--config", str(ici / "pilotage.toml"))
    )
