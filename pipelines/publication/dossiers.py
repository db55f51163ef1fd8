"""The folders of publications: which is current, what proves that one is whole, what makes it last."""

import hashlib
import json
import os
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.erreurs import ErreurPilotage, PublicationBloquee

COURANTE = "courante"
PRECEDENTE = "precedente"
PROVISOIRE = ".tmp-"
RAPPORT = "rapport.html"


def sommes(dossier: Path) -> dict[str, str]:
    """SHA-256 of each file that is byte-identical for identical inputs (DuckDB's own files are not)."""
    fichiers = sorted((*dossier.rglob("*.parquet"), *dossier.rglob("*.csv"), *dossier.rglob("*.xlsx")))
    return {f.relative_to(dossier).as_posix(): somme(f) for f in fichiers}


def somme(fichier: Path) -> str:
    with fichier.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def verifier_publication(dossier: Path, sha256: str | None = None) -> dict[str, Any]:
    """The manifest of a publication whose files are what they were when it was made."""
    try:
        manifeste: dict[str, Any] = json.loads((dossier / "publication.json").read_text(encoding="utf-8"))
        intacte = (
            sha256 in (None, manifeste["sha256"])
            and manifeste["fichiers"] == sommes(dossier)
            and _rapport_intact(dossier, manifeste)
        )
    except (OSError, ValueError, KeyError, TypeError):
        intacte = False
    if not intacte:
        raise PublicationBloquee(
            f"La publication {dossier.name} a été modifiée ou abîmée après coup.",
            "Mettez ce dossier de côté, puis relancez « pilotage publier » : il sera refait à l'identique.",
        )
    return manifeste


def _rapport_intact(dossier: Path, manifeste: dict[str, Any]) -> bool:
    """Publications of the first versions have no report."""
    return "rapport" not in manifeste or manifeste["rapport"]["sha256"] == somme(dossier / RAPPORT)


def restreindre(dossier: Path) -> None:
    """What names persons, or is not masked, is read by its owner alone."""
    for chemin in (dossier, *dossier.rglob("*")):
        chemin.chmod(0o700 if chemin.is_dir() else 0o600)


def oublier_les_inacheves(publications: Path) -> None:
    """What a killed run left beside: nobody else writes while the lock is held."""
    publications.mkdir(parents=True, exist_ok=True)
    for reste in publications.glob(f"{PROVISOIRE}*"):
        if reste.is_dir() and not reste.is_symlink():
            shutil.rmtree(reste, ignore_errors=True)
        else:
            reste.unlink(missing_ok=True)


def designer(publications: Path, nom: str) -> None:
    """Switch the current publication: courante.json, then the link where the system allows links.

    The one that readers saw until now becomes ``precedente``: what the new one is compared to.
    """
    ancienne = None
    with suppress(ErreurPilotage):
        ancienne = publication_courante(publications)
    if ancienne is not None and ancienne.name != nom:
        _noter(publications, PRECEDENTE, ancienne.name)
    _noter(publications, COURANTE, nom)
    lien = publications / f"{PROVISOIRE}{COURANTE}"
    with suppress(OSError):
        lien.symlink_to(nom, target_is_directory=True)
        os.replace(lien, publications / COURANTE)
    with suppress(OSError):
        lien.unlink(missing_ok=True)
    synchroniser_dossier(publications)


def _noter(publications: Path, quoi: str, nom: str) -> None:
    provisoire = publications / f"{PROVISOIRE}{quoi}.json"
    provisoire.write_text(json.dumps({"publication": nom}) + "\n", encoding="utf-8", newline="\n")
    _synchroniser_fichier(provisoire)
    os.replace(provisoire, publications / f"{quoi}.json")


def publication_courante(publications: Path) -> Path | None:
    """The folder of the current publication; None before the first one."""
    return publication_designee(publications, COURANTE)


def publication_designee(publications: Path, quoi: str) -> Path | None:
    """The folder of the ``courante`` or of the ``precedente`` publication; None before there is one."""
    fichier = publications / f"{quoi}.json"
    if not fichier.exists():
        return None
    try:
        nom = str(json.loads(fichier.read_text(encoding="utf-8"))["publication"])
        date.fromisoformat(nom.partition("_")[0])
    except (ValueError, KeyError, TypeError):
        raise ErreurPilotage(
            f"Fichier illisible : {fichier.name}.", "Relancez « pilotage publier » : il sera refait."
        ) from None
    return publications / nom


def synchroniser(dossier: Path) -> None:
    for chemin in (*dossier.rglob("*"), dossier):
        if chemin.is_dir():
            synchroniser_dossier(chemin)
        else:
            _synchroniser_fichier(chemin)


def _synchroniser_fichier(fichier: Path) -> None:
    with fichier.open("rb+") as flux:
        os.fsync(flux.fileno())


def synchroniser_dossier(dossier: Path) -> None:
    """So that the names survive a power cut; Windows has no such call."""
    if os.name != "posix":
        return
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
