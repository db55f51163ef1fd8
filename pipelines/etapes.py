"""The steps of the monthly job, as plain functions: the command and the Prefect flow run the same ones."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import compte_rendu
from pipelines.affichage import progression
from pipelines.chiffres import lire_chiffres
from pipelines.configuration import Configuration

if TYPE_CHECKING:
    from pipelines.reception.bilan import BilanReception


def executer(configuration: Configuration, arrete_au: date | None) -> "BilanReception":
    """The monthly job without Prefect: receive, publish, tell."""
    bilan = recevoir_depot(configuration)
    compte_rendu.reception(bilan)
    dossier = publier(configuration, arrete_au)
    compte_rendu.publication(dossier, lire_chiffres(dossier))
    return bilan


def recevoir_depot(configuration: Configuration) -> "BilanReception":
    """Receive what is new in the depot."""
    from pipelines.reception.recevoir import recevoir

    with progression("Réception") as suivi:
        return recevoir([configuration.depot], configuration, suivi=suivi)


def publier(configuration: Configuration, arrete_au: date | None) -> Path:
    """Publish what is in force; gives the publication's folder."""
    from pipelines.publication import publier as publier_une

    return publier_une(configuration, arrete_au)
