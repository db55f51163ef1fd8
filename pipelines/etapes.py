"""The steps of the monthly job, as plain functions: the command and the Prefect flow run the same ones."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import TYPE_CHECKING

from pipelines import compte_rendu
from pipelines.affichage import dire, progression
from pipelines.configuration import Configuration

if TYPE_CHECKING:
    from pipelines.publication.publier import Publication
    from pipelines.reception.bilan import BilanReception

ATTENTE = 600.0  # seconds that the monthly job waits for another one to end


def executer(configuration: Configuration, arrete_au: date | None) -> "BilanReception":
    """The monthly job without Prefect: receive, publish, tell."""
    with seul(configuration):
        bilan = recevoir_depot(configuration)
        compte_rendu.reception(bilan)
        compte_rendu.publication(publier(configuration, arrete_au))
    return bilan


@contextmanager
def seul(configuration: Configuration) -> Iterator[None]:
    """Nobody else writes in the entrepot from the reception to the publication."""
    from pipelines.verrou import EntrepotOccupe, Verrou

    with ExitStack() as pile:
        try:
            pile.enter_context(Verrou(configuration.entrepot))
        except EntrepotOccupe as occupe:
            dire(f"{occupe.message}\nAttente de la fin de ce traitement…")
            pile.enter_context(Verrou(configuration.entrepot, ATTENTE))
        yield


def recevoir_depot(configuration: Configuration) -> "BilanReception":
    """Receive what is new in the depot."""
    from pipelines.reception.recevoir import recevoir

    with progression("Réception") as suivi:
        return recevoir([configuration.depot], configuration, suivi=suivi)


def publier(configuration: Configuration, arrete_au: date | None) -> "Publication":
    """Publish what is in force."""
    from pipelines.publication.publier import publier as publier_une

    dire("Calcul et publication…")
    with progression("Publication") as suivi:
        return publier_une(configuration, arrete_au, suivi)
