"""Which publication is meant: ``courante``, ``precedente``, the name of its folder or the start of that
name."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurUsage
from pipelines.publication.dossiers import COURANTE, PRECEDENTE, publication_designee, verifier_publication
from pipelines.publication.empreinte import json_canonique

DERNIERES = 5  # folders named in a message


@dataclass(frozen=True)
class Publiee:
    """A publication: its folder, and what it was computed from (``entrees`` of publication.json)."""

    nom: str
    dossier: Path
    entrees: dict[str, Any]

    @property
    def arrete_au(self) -> date:
        """Nothing received later counts."""
        return date.fromisoformat(self.entrees["arrete_au"])

    @property
    def methode(self) -> tuple[Any, ...]:
        """What the figures were computed with."""
        return self.entrees["regles"], self.entrees["empreintes"]

    @property
    def fichiers(self) -> tuple[Any, ...]:
        """What they were computed from."""
        sans_jour = [
            {cle: valeur for cle, valeur in livraison.items() if cle != "date_enregistrement"}
            for livraison in self.entrees["livraisons"]
        ]
        return self.arrete_au, sans_jour


def a_paraitre(nom: str, dossier: Path, entrees: dict[str, Any]) -> Publiee:
    """A publication being written in ``dossier``: its marts are there, publication.json not yet."""
    return Publiee(nom, dossier, json.loads(json_canonique(entrees)))


def retrouver(configuration: Configuration, designation: str) -> Publiee:
    """The publication so designated, checked whole. Raises ErreurUsage (none, or several), PublicationBloquee
    (its files are no longer what they were)."""
    nom = _nom(configuration.publications, designation)
    dossier = configuration.publications / nom
    return Publiee(nom, dossier, verifier_publication(dossier)["entrees"])


def _nom(publications: Path, designation: str) -> str:
    if designation in (COURANTE, PRECEDENTE):
        return _designee(publications, designation)
    noms = sorted(
        p.parent.name for p in publications.glob("[!.]*/publication.json") if not p.parent.is_symlink()
    )
    trouves = [nom for nom in noms if designation and nom.startswith(designation)]
    if designation in noms or len(trouves) == 1:
        return designation if designation in noms else trouves[0]
    if trouves:
        raise ErreurUsage(
            f"« {designation} » désigne {len(trouves)} publications : {', '.join(trouves[-DERNIERES:])}.",
            "Donnez quelques caractères de plus.",
        )
    raise ErreurUsage(
        f"Aucune publication ne s'appelle « {designation} ».",
        f"Les dernières : {', '.join(noms[-DERNIERES:])}." if noms else "Lancez « pilotage publier ».",
    )


def _designee(publications: Path, designation: str) -> str:
    dossier = publication_designee(publications, designation)
    if dossier is None or not (dossier / "publication.json").is_file():
        raise ErreurUsage(
            f"Il n'y a pas de publication {'précédente' if designation == PRECEDENTE else 'courante'}.",
            "Donnez le nom d'un dossier de publications/, ou lancez « pilotage publier ».",
        )
    return dossier.name
