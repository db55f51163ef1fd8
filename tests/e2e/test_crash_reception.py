"""Whatever kills a reception, nothing is half visible, and the next run ends where it would have ended."""

import json
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from flux_fictif import Personne, departement, deposer, flux_caf, orientations

from pipelines.configuration import Configuration
from pipelines.reception import livraisons

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")

RECEVOIR = """
import resource, sys
from datetime import date
from pathlib import Path
from pipelines.configuration import charger
from pipelines.erreurs import ErreurPilotage
from pipelines.reception.recevoir import recevoir
limite = int(sys.argv[2])
configuration = charger(Path(sys.argv[1]))
if limite:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limite, resource.RLIM_INFINITY))
print("prêt", flush=True)
try:
    bilan = recevoir([configuration.depot], configuration, aujourd_hui=date(2024, 12, 1), attente_verrou=60)
except ErreurPilotage as erreur:
    print(erreur.message)
    sys.exit(erreur.code)
sys.exit(bilan.code)
"""


def _depot(dossier: Path) -> Configuration:
    """Six months of a small CAF, a correction, a stock confirmed each month and one file that is refused."""
    cd = departement(dossier, "[qualite]\ntaux_rejet_max = 0.1\n")
    mois = date(2024, 1, 31)
    for rang in range(6):
        jour = mois + timedelta(days=5)
        personnes = [Personne(r) for r in range(1, 400 + rang)] + [Personne(9000 + rang, etat="8")]
        deposer(cd, f"caf-{rang}.xml", flux_caf(personnes, mois, mois + timedelta(days=1)), jour.isoformat())
        deposer(cd, f"stock-{rang}.csv", orientations((1, "2024-01-20"), (2, "2024-01-21")), jour.isoformat())
        mois = (mois + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    deposer(cd, "tronque.xml", flux_caf([Personne(1)])[:-40], "2024-07-01")
    return cd


def _lancer(cd: Configuration, limite: int = 0) -> subprocess.Popen[str]:
    commande = [sys.executable, "-c", RECEVOIR, str(cd.fichier), str(limite)]
    processus = subprocess.Popen(commande, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert processus.stdout is not None
    assert processus.stdout.readline() == "prêt\n"
    return processus


def _etat(cd: Configuration) -> dict[str, object]:
    """Every file of the entrepot but its journal; of the JSON files, all but the clock."""
    etat: dict[str, object] = {}
    for chemin in sorted(cd.entrepot.rglob("*")):
        nom = chemin.relative_to(cd.entrepot).as_posix()
        if chemin.parent.name == "journal":
            continue
        if chemin.suffix == ".json":
            fiche = json.loads(chemin.read_text())
            etat[nom] = {cle: v for cle, v in fiche.items() if cle not in ("date_enregistrement", "date")}
        elif chemin.is_file() and chemin.name != ".verrou":
            etat[nom] = chemin.read_bytes()
    return etat


def _rien_a_moitie(cd: Configuration) -> None:
    """What a reader sees meanwhile: whole livraisons only, with their bytes and their identities."""
    restreint = cd.entrepot / "restreint"
    for inscrite in livraisons.registre(cd.entrepot):
        lues = pq.read_metadata(inscrite.dossier / "lectures" / "1" / "lignes.parquet").num_rows
        assert lues == inscrite.lecture.lignes
        assert (restreint / "bruts" / f"{inscrite.livraison.sha256}.zst").exists()
        assert pq.read_metadata(restreint / "identites" / f"{inscrite.livraison.id}.parquet").num_rows == lues


@pytest.fixture(scope="module")
def attendu(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], float]:
    """What an uninterrupted reception gives, and how long it takes."""
    cd = _depot(tmp_path_factory.mktemp("reference"))
    processus = _lancer(cd)
    debut = time.monotonic()
    processus.communicate()
    assert processus.returncode == 3  # the truncated file
    _rien_a_moitie(cd)
    etat = _etat(cd)
    assert sum(nom.endswith("livraison.json") for nom in etat) == 7
    assert sum("confirmations" in nom for nom in etat) == 5
    return etat, time.monotonic() - debut


@pytest.mark.parametrize("graine", range(2))
def test_tuee_a_n_importe_quel_moment_la_reception_se_termine_comme_si_de_rien_n_etait(
    tmp_path: Path, attendu: tuple[dict[str, object], float], graine: int
) -> None:
    hasard = random.Random(graine)
    cd = _depot(tmp_path)
    for _ in range(2):
        processus = _lancer(cd)
        time.sleep(hasard.uniform(0, attendu[1]))
        processus.send_signal(signal.SIGKILL)
        processus.communicate()
        _rien_a_moitie(cd)
    processus = _lancer(cd)
    processus.communicate()
    assert processus.returncode == 3
    assert _etat(cd) == attendu[0]


def test_un_disque_plein_arrete_la_reception_sans_rien_laisser_de_visible(
    tmp_path: Path, attendu: tuple[dict[str, object], float]
) -> None:
    cd = _depot(tmp_path)
    processus = _lancer(cd, limite=4096)
    sortie, erreurs = processus.communicate()
    assert processus.returncode == 1, erreurs
    assert "Écriture impossible" in sortie
    assert livraisons.registre(cd.entrepot) == []
    assert not [nom for nom in _etat(cd) if nom.startswith("restreint/")]
    processus = _lancer(cd)
    processus.communicate()
    assert _etat(cd) == attendu[0]


def test_deux_receptions_a_la_fois_donnent_le_meme_entrepot_qu_une(
    tmp_path: Path, attendu: tuple[dict[str, object], float]
) -> None:
    cd = _depot(tmp_path)
    deux = [_lancer(cd), _lancer(cd)]
    for processus in deux:
        processus.communicate()
    assert [processus.returncode for processus in deux] == [3, 3]
    assert _etat(cd) == attendu[0]
