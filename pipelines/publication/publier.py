"""One publication: computed, checked, written beside, then made visible by one rename.

Nothing in the folder tells when or where it was made: its name comes from its inputs.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.calcul.calculer import calculer
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurPilotage, PublicationBloquee
from pipelines.publication import chiffres_publies, extraits
from pipelines.publication.catalogue import ecrire_catalogues
from pipelines.publication.empreinte import LONGUEUR, decrire_entrees, empreinte
from pipelines.publication.invariants import verifier_invariants
from pipelines.publication.marts import ecrire_marts
from pipelines.publication.rapport import page
from pipelines.publication.rapport.evolutions import confronter
from pipelines.publication.rapport.vue import Vue, composer
from pipelines.reception.verrou import Verrou

Suivi = Callable[[int, int, str], None]

ATTENTE_VERROU = 60.0
COURANTE = "courante"
PRECEDENTE = "precedente"
_PROVISOIRE = ".tmp-"
_ETAPES = ("calcul", "contrôles de cohérence", "écriture", "mise en place")


@dataclass(frozen=True)
class Publication:
    """What was published: its folder, and whether it had to be written."""

    dossier: Path
    arrete_au: date
    empreinte: str
    nouvelle: bool
    lignes: dict[str, int]


def publier(
    configuration: Configuration, arrete_au: date | None = None, suivi: Suivi | None = None
) -> Publication:
    """Publish what was delivered on or before ``arrete_au`` (default: the last CAF/MSA or orientations day).

    The same inputs give the same folder: it is then checked, not written again. Raises PublicationBloquee.
    """
    avancer = _avancement(suivi)
    with Verrou(configuration.entrepot, ATTENTE_VERROU):
        _oublier_les_inacheves(configuration.publications)
        avancer(0)
        with calculer(configuration, arrete_au) as calcul:
            avancer(1)
            verifier_invariants(calcul.connexion)
            avancer(2)
            entrees = decrire_entrees(configuration, calcul)
            publication = etablir(configuration, calcul.connexion, entrees)
        avancer(3)
        designer(configuration.publications, publication.dossier.name)
        avancer(4)
    return publication


def _avancement(suivi: Suivi | None) -> Callable[[int], None]:
    def avancer(fait: int) -> None:
        if suivi is not None:
            suivi(fait, len(_ETAPES), _ETAPES[fait] if fait < len(_ETAPES) else "")

    return avancer


def etablir(
    configuration: Configuration, connexion: duckdb.DuckDBPyConnection, entrees: dict[str, Any]
) -> Publication:
    """The folder of these inputs: the one that stands, or a new one."""
    sha256 = empreinte(entrees)
    dossier = configuration.publications / f"{entrees['arrete_au']}_{sha256[:LONGUEUR]}"
    nouvelle = not dossier.exists()
    if nouvelle:
        _ecrire(configuration, connexion, dossier, {"sha256": sha256, "entrees": entrees})
    manifeste = verifier_publication(dossier, sha256)
    return Publication(
        dossier=dossier,
        arrete_au=date.fromisoformat(entrees["arrete_au"]),
        empreinte=sha256[:LONGUEUR],
        nouvelle=nouvelle,
        lignes=manifeste["lignes"],
    )


def _ecrire(
    configuration: Configuration,
    connexion: duckdb.DuckDBPyConnection,
    dossier: Path,
    manifeste: dict[str, Any],
) -> None:
    """Write beside, sync, rename."""
    provisoire = dossier.with_name(f"{_PROVISOIRE}{dossier.name}")
    provisoire.mkdir(parents=True)
    try:
        _remplir(configuration, connexion, provisoire, manifeste)
        _synchroniser(provisoire)
        os.rename(provisoire, dossier)
        _synchroniser_dossier(dossier.parent)
    finally:
        shutil.rmtree(provisoire, ignore_errors=True)


def _remplir(
    configuration: Configuration,
    connexion: duckdb.DuckDBPyConnection,
    dossier: Path,
    manifeste: dict[str, Any],
) -> None:
    (dossier / "personnes").mkdir(mode=0o700)
    connexion.execute("update indicateurs set empreinte = ?", [manifeste["sha256"][:LONGUEUR]])
    lignes = ecrire_marts(connexion, dossier)
    ecrire_catalogues(connexion, dossier)
    publies = chiffres_publies.lire(connexion)
    masque, vue = composer(connexion, publies, configuration.seuil_secret)
    extraits.ecrire(masque, publies, dossier)
    precedente = _precedente(dossier)
    rapport = _rapporter(configuration, vue, dossier, precedente, manifeste["entrees"])
    _restreindre(dossier / "personnes")
    _restreindre(dossier / extraits.DDETS)
    complet = manifeste | {
        "lignes": lignes,
        "fichiers": _sommes(dossier),
        "rapport": {"sha256": _somme(rapport), "precedente": precedente.name if precedente else None},
    }
    texte = json.dumps(complet, ensure_ascii=False, sort_keys=True, indent=1, default=str)
    (dossier / "publication.json").write_text(f"{texte}\n", encoding="utf-8", newline="\n")


def _precedente(dossier: Path) -> Path | None:
    """The publication that readers have until this one is in its place (docs/adr/0010)."""
    with suppress(ErreurPilotage):
        courante = publication_courante(dossier.parent)
        return None if courante is None or courante.name == _nom(dossier) else courante
    return None


def _nom(dossier: Path) -> str:
    return dossier.name.removeprefix(_PROVISOIRE)


def _rapporter(
    configuration: Configuration,
    vue: Vue | None,
    dossier: Path,
    precedente: Path | None,
    entrees: dict[str, Any],
) -> Path:
    """The report, when all that it may quote is written."""
    edition = page.Edition(_nom(dossier), date.fromisoformat(entrees["arrete_au"]))
    changements = None
    if vue is not None and precedente is not None:
        changements = confronter(configuration, vue, precedente, dossier, edition.nom, entrees)
    return page.ecrire(configuration, vue, changements, edition, dossier)


def _sommes(dossier: Path) -> dict[str, str]:
    """SHA-256 of each file that is byte-identical for identical inputs (DuckDB's own files are not)."""
    fichiers = sorted((*dossier.rglob("*.parquet"), *dossier.rglob("*.csv"), *dossier.rglob("*.xlsx")))
    return {f.relative_to(dossier).as_posix(): _somme(f) for f in fichiers}


def _somme(fichier: Path) -> str:
    with fichier.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def verifier_publication(dossier: Path, sha256: str | None = None) -> dict[str, Any]:
    """The manifest of a publication whose files are what they were when it was made."""
    try:
        manifeste: dict[str, Any] = json.loads((dossier / "publication.json").read_text(encoding="utf-8"))
        intacte = (
            sha256 in (None, manifeste["sha256"])
            and manifeste["fichiers"] == _sommes(dossier)
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
    return "rapport" not in manifeste or manifeste["rapport"]["sha256"] == _somme(dossier / page.FICHIER)


def _restreindre(dossier: Path) -> None:
    """What names persons, or is not masked, is read by its owner alone."""
    for chemin in (dossier, *dossier.rglob("*")):
        chemin.chmod(0o700 if chemin.is_dir() else 0o600)


def _oublier_les_inacheves(publications: Path) -> None:
    """What a killed run left beside: nobody else writes while the lock is held."""
    publications.mkdir(parents=True, exist_ok=True)
    for reste in publications.glob(f"{_PROVISOIRE}*"):
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
    lien = publications / f"{_PROVISOIRE}{COURANTE}"
    with suppress(OSError):
        lien.symlink_to(nom, target_is_directory=True)
        os.replace(lien, publications / COURANTE)
    with suppress(OSError):
        lien.unlink(missing_ok=True)
    _synchroniser_dossier(publications)


def _noter(publications: Path, quoi: str, nom: str) -> None:
    provisoire = publications / f"{_PROVISOIRE}{quoi}.json"
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


def _synchroniser(dossier: Path) -> None:
    for chemin in (*dossier.rglob("*"), dossier):
        if chemin.is_dir():
            _synchroniser_dossier(chemin)
        else:
            _synchroniser_fichier(chemin)


def _synchroniser_fichier(fichier: Path) -> None:
    with fichier.open("rb+") as flux:
        os.fsync(flux.fileno())


def _synchroniser_dossier(dossier: Path) -> None:
    """So that the names survive a power cut; Windows has no such call."""
    if os.name != "posix":
        return
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
