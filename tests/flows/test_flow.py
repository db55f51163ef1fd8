"""The monthly flow on a small fictional département, with the one Prefect server of the suite."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.configuration import charger
from pipelines.erreurs import ErreurPilotage, PublicationBloquee
from pipelines.simulation import simuler

RACINE = Path(__file__).parents[2]
pytestmark = pytest.mark.prefect


@pytest.fixture(scope="session")
def serveur() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture(scope="session")
def departement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("departement")
    simuler(dossier, dossiers=60, mois=4, graine=3)
    return dossier / "pilotage.toml"


@pytest.fixture(scope="session")
def bilan(serveur: None, departement: Path) -> Any:
    from pipelines.flows import pilotage_mensuel

    return pilotage_mensuel(str(departement))


def _lire(objets: str) -> list[dict[str, Any]]:
    """What Prefect's server holds, as its interface would ask for it."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        reponse = client.request("POST", f"/{objets}/filter", json={"limit": 200})
    lus: list[dict[str, Any]] = reponse.json()
    return lus


def test_le_flow_recoit_et_publie_comme_les_etapes(bilan: Any, departement: Path) -> None:
    configuration = charger(departement)
    assert bilan.code == 0
    assert len(bilan.de_statut("recue")) > 4
    courante = configuration.publications / "courante.json"
    assert courante.is_file()


def test_les_taches_portent_leur_nom(bilan: Any) -> None:
    taches = _lire("task_runs")
    assert {tache["name"].rsplit("-", 1)[0] for tache in taches} == {"Recevoir le dépôt", "Publier"}
    assert {tache["state_type"] for tache in taches} == {"COMPLETED"}


def test_l_artefact_donne_les_deux_chiffres_et_aucun_refus(bilan: Any) -> None:
    artefacts = {artefact["key"]: artefact for artefact in _lire("artifacts")}
    assert "Nouveaux entrants" in artefacts["chiffres-du-mois"]["data"]
    assert "TOTAL" in artefacts["chiffres-du-mois"]["data"]
    assert (artefacts["fichiers-refuses"]["type"], artefacts["fichiers-refuses"]["data"]) == ("table", "[]")


def test_prefect_ne_garde_que_des_chemins_et_des_dates(bilan: Any, departement: Path) -> None:
    executions = [e for e in _lire("flow_runs") if e["parameters"].get("config") == str(departement)]
    assert [set(e["parameters"]) for e in executions] == [{"config", "arrete_au"}]
    assert not any("artifact" in (e["state"]["data"] or {}) for e in executions)


def test_une_publication_bloquee_remonte_telle_quelle(serveur: None, tmp_path: Path) -> None:
    from pipelines.flows import pilotage_mensuel

    simuler(tmp_path, dossiers=20, mois=2, graine=4)
    for fichier in (tmp_path / "depot").rglob("*"):
        if fichier.is_file():
            fichier.unlink()
    with pytest.raises(PublicationBloquee):
        pilotage_mensuel(str(tmp_path / "pilotage.toml"), date(2024, 12, 31))


def test_seule_une_erreur_d_entree_sortie_est_reprise_et_aucune_valeur_ne_passe(serveur: None) -> None:
    from prefect import flow, task

    from pipelines import flows

    essais = {"disque": 0, "contenu": 0}

    def lire_le_disque() -> int:
        essais["disque"] += 1
        if essais["disque"] < 3:
            raise OSError(5, "le disque ne répond pas")
        return essais["disque"]

    def lire_le_contenu() -> None:
        essais["contenu"] += 1
        raise ValueError("2850167000001")

    @flow(name="essai-reprises")
    def essayer() -> int:
        reglages = {**flows.ETAPE, "retry_delay_seconds": 0}
        lu: int = task(name="disque", **reglages)(flows.sans_valeur(lire_le_disque))()
        with pytest.raises(ErreurPilotage) as erreur:
            task(name="contenu", **reglages)(flows.sans_valeur(lire_le_contenu))()
        assert "2850167000001" not in erreur.value.message
        return lu

    assert essayer() == 3
    assert essais == {"disque": 3, "contenu": 1}
    assert "2850167000001" not in str(_lire("task_runs"))


def test_le_deploiement_est_mensuel_a_l_heure_de_paris_et_seul() -> None:
    from pipelines.flows import deploiement

    un = deploiement(Path("pilotage.toml"))
    horaire: Any = un.schedules[0].schedule  # type: ignore[index]
    assert (horaire.cron, horaire.timezone) == ("0 7 10 * *", "Europe/Paris")
    assert un.concurrency_limit == 1
    assert un.concurrency_options is not None


def test_prefect_yaml_dit_la_meme_chose_que_flows() -> None:
    import yaml

    from pipelines.flows import NOM_DEPLOIEMENT, PLANIFICATION

    ecrit = yaml.safe_load((RACINE / "prefect.yaml").read_text(encoding="utf-8"))["deployments"][0]
    assert ecrit["name"] == NOM_DEPLOIEMENT
    assert ecrit["schedules"][0]["cron"] == PLANIFICATION.cron
    assert ecrit["schedules"][0]["timezone"] == PLANIFICATION.timezone
    assert ecrit["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


def test_la_telemetrie_est_coupee_des_l_import() -> None:
    code = (
        "import os; os.environ.pop('DO_NOT_TRACK', None); import pipelines.flows; "
        "from prefect.settings import PREFECT_SERVER_ANALYTICS_ENABLED as a; "
        "assert os.environ['DO_NOT_TRACK'] == '1' and a.value() is False"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=RACINE, check=False).returncode == 0
