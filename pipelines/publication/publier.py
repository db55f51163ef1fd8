"""One publication: computed, checked, written beside, then made visible by one rename.

Nothing in the folder tells when or where it was made: its name comes from its inputs.
"""

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

from pipelines import journal
from pipelines.calcul.calculer import calculer
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurPilotage
from pipelines.publication import chiffres_publies, dossiers, extraits
from pipelines.publication.catalogue import ecrire_catalogues
from pipelines.publication.empreinte import LONGUEUR, decrire_entrees, empreinte
from pipelines.publication.invariants import verifier_invariants
from pipelines.publication.marts import ecrire_marts
from pipelines.publication.rapport import page
from pipelines.publication.rapport.evolutions import confronter
from pipelines.publication.rapport.vue import Vue, composer
from pipelines.verrou import Verrou

Suivi = Callable[[int, int, str], None]

ATTENTE_VERROU = 60.0
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
    with (
        Verrou(configuration.entrepot, ATTENTE_VERROU),
        journal.passage(configuration.entrepot, "publier") as faits,
    ):
        dossiers.oublier_les_inacheves(configuration.publications)
        avancer(0)
        with calculer(configuration, arrete_au) as calcul:
            avancer(1)
            verifier_invariants(calcul.connexion)
            avancer(2)
            entrees = decrire_entrees(configuration, calcul)
            publication = etablir(configuration, calcul.connexion, entrees)
        avancer(3)
        dossiers.designer(configuration.publications, publication.dossier.name)
        avancer(4)
        faits |= {"publication": publication.dossier.name, "nouvelle": publication.nouvelle}
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
    manifeste = dossiers.verifier_publication(dossier, sha256)
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
    provisoire = dossier.with_name(f"{dossiers.PROVISOIRE}{dossier.name}")
    provisoire.mkdir(parents=True)
    try:
        _remplir(configuration, connexion, provisoire, manifeste)
        dossiers.synchroniser(provisoire)
        os.rename(provisoire, dossier)
        dossiers.synchroniser_dossier(dossier.parent)
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
    dossiers.restreindre(dossier / "personnes")
    dossiers.restreindre(dossier / extraits.DDETS)
    complet = manifeste | {
        "lignes": lignes,
        "fichiers": dossiers.sommes(dossier),
        "rapport": {"sha256": dossiers.somme(rapport), "precedente": precedente.name if precedente else None},
    }
    texte = json.dumps(complet, ensure_ascii=False, sort_keys=True, indent=1, default=str)
    (dossier / "publication.json").write_text(f"{texte}\n", encoding="utf-8", newline="\n")


def _precedente(dossier: Path) -> Path | None:
    """The publication that readers have until this one is in its place (docs/adr/0010)."""
    with suppress(ErreurPilotage):
        courante = dossiers.publication_courante(dossier.parent)
        return None if courante is None or courante.name == _nom(dossier) else courante
    return None


def _nom(dossier: Path) -> str:
    return dossier.name.removeprefix(dossiers.PROVISOIRE)


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
