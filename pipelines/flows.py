"""The monthly job as a Prefect flow: names, retries, artifacts and a schedule around the steps; no rule here.

Only paths and dates are parameters, and nothing is persisted: Prefect's database never holds a row.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from pipelines import compte_rendu, etapes, reglages_prefect
from pipelines.configuration import charger
from pipelines.erreurs import ErreurPilotage

reglages_prefect.appliquer()

from prefect import flow, serve, task  # noqa: E402 - its settings must stand before it is imported
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy  # noqa: E402
from prefect.deployments.runner import EntrypointType, RunnerDeployment  # noqa: E402
from prefect.schedules import Cron  # noqa: E402

if TYPE_CHECKING:
    from pipelines.publication.publier import Publication
    from pipelines.reception.bilan import BilanReception

# The month's files arrive in the first days of the next month. prefect.yaml says the same: a test proves it.
NOM_DEPLOIEMENT = "mensuel"
PLANIFICATION = Cron("0 7 10 * *", timezone="Europe/Paris")
UN_SEUL_A_LA_FOIS = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)

P = ParamSpec("P")
R = TypeVar("R")


def _entree_sortie(_tache: Any, _execution: Any, etat: Any) -> bool:
    """Only a disk or a network folder deserves a second try: a refusal would be the same."""
    return isinstance(etat.result(raise_on_failure=False), OSError)


def sans_valeur(etape: Callable[P, R]) -> Callable[P, R]:
    """Prefect keeps the text of errors: a library's may hold a row, so only its kind goes through."""

    @wraps(etape)
    def protegee(*positionnels: P.args, **nommes: P.kwargs) -> R:
        try:
            return etape(*positionnels, **nommes)
        except (ErreurPilotage, OSError):
            raise
        except Exception as erreur:
            raise ErreurPilotage(
                f"Erreur inattendue ({type(erreur).__name__}) à l'étape « {etape.__name__} ».",
                "Relancez avec --direct --debug et transmettez le détail à l'équipe technique.",
            ) from None

    return protegee


ETAPE: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": 10,
    "retry_condition_fn": _entree_sortie,
    "persist_result": False,
    "log_prints": False,
}


@task(name="Recevoir le dépôt", **ETAPE)
@sans_valeur
def recevoir_depot(config: str) -> "BilanReception":
    bilan = etapes.recevoir_depot(charger(Path(config)))
    compte_rendu.reception(bilan)
    return bilan


@task(name="Publier", **ETAPE)
@sans_valeur
def publier(config: str, arrete_au: date | None) -> "Publication":
    publication = etapes.publier(charger(Path(config)), arrete_au)
    compte_rendu.publication(publication)
    return publication


def _nom_execution() -> str:
    return f"pilotage-{date.today().isoformat()}"  # noqa: DTZ011 - a label on the user's own clock


@flow(name="pilotage-mensuel", flow_run_name=_nom_execution, persist_result=False)
def pilotage_mensuel(config: str, arrete_au: date | None = None) -> "BilanReception":
    """Réception du dépôt, contrôle, calcul et publication des indicateurs V2-1 et V2-2."""
    with etapes.seul(charger(Path(config))):
        bilan = recevoir_depot(config)
        create_table_artifact(
            table=compte_rendu.table_refus(bilan), key="fichiers-refuses", description="Fichiers refusés"
        )
        publication = publier(config, arrete_au)
    create_markdown_artifact(
        markdown=compte_rendu.chiffres_markdown(publication.dossier),
        key="chiffres-du-mois",
        description="Nouveaux entrants et orientés en 15 jours",
    )
    return bilan


def deploiement(config: Path) -> RunnerDeployment:
    """The scheduled deployment, as data."""
    return pilotage_mensuel.to_deployment(  # type: ignore[return-value]
        name=NOM_DEPLOIEMENT,
        schedule=PLANIFICATION,
        parameters={"config": str(config)},
        concurrency_limit=UN_SEUL_A_LA_FOIS,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def planifier(config: Path) -> None:
    """Serve the deployment until told to stop; the schedule stays on when the service restarts."""
    serve(deploiement(config), pause_on_shutdown=False, print_starting_message=False, limit=1)
