"""``pilotage planifier``: a Prefect server if there is none, and the monthly deployment served on it."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import reglages_prefect
from pipelines.affichage import dire
from pipelines.erreurs import ErreurPilotage

ADRESSE = "127.0.0.1"
PORT = 4200
ATTENTE = 120  # seconds: the first start creates Prefect's database


def planifier(config: Path) -> None:
    """Serve the schedule until told to stop (Ctrl-C); it stays on when this is started again."""
    reglages_prefect.appliquer()
    with _serveur():
        from pipelines.flows import PLANIFICATION
        from pipelines.flows import planifier as servir

        dire(f"Planifié : « {PLANIFICATION.cron} », heure de {PLANIFICATION.timezone}.")
        dire(f"Suivi des exécutions : {os.environ['PREFECT_API_URL'].removesuffix('/api')}")
        dire("Laissez cette fenêtre ouverte (ou confiez la commande au système) ; Ctrl-C pour arrêter.")
        servir(config)


@contextmanager
def _serveur() -> Iterator[None]:
    """The server that PREFECT_API_URL names, else one on this machine: only a lasting one has a scheduler."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    os.environ["PREFECT_API_URL"] = f"http://{ADRESSE}:{PORT}/api"
    if _repond():
        yield
        return
    commande = [sys.executable, "-m", "prefect", "server", "start", "--host", ADRESSE, "--port", str(PORT)]
    dire("Démarrage du serveur Prefect…")
    with subprocess.Popen(commande, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as serveur:
        try:
            _attendre(serveur)
            yield
        finally:
            serveur.terminate()


def _attendre(serveur: "subprocess.Popen[bytes]") -> None:
    limite = time.monotonic() + ATTENTE
    while not _repond():
        if serveur.poll() is not None or time.monotonic() > limite:
            raise ErreurPilotage(
                "Le serveur Prefect ne démarre pas.",
                f"Vérifiez que le port {PORT} est libre, ou donnez un serveur dans PREFECT_API_URL.",
            )
        time.sleep(0.5)


def _repond() -> bool:
    try:
        with urllib.request.urlopen(f"{os.environ['PREFECT_API_URL']}/health", timeout=2) as reponse:  # noqa: S310
            return bool(reponse.status == 200)
    except (urllib.error.URLError, OSError):
        return False
