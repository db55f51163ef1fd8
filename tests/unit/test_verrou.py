"""One writer at a time, whoever dies and however."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipelines.verrou import EntrepotOccupe, Verrou

TENIR = """
import sys, time
from pathlib import Path
from pipelines.verrou import Verrou
with Verrou(Path(sys.argv[1])):
    print("tenu", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def _tenir(entrepot: Path, duree: float) -> subprocess.Popen[str]:
    processus = subprocess.Popen(
        [sys.executable, "-c", TENIR, str(entrepot), str(duree)], stdout=subprocess.PIPE, text=True
    )
    assert processus.stdout is not None
    assert processus.stdout.readline().strip() == "tenu"
    return processus


def test_un_second_processus_est_refuse_en_disant_qui_occupe(tmp_path: Path) -> None:
    processus = _tenir(tmp_path, 30)
    try:
        with pytest.raises(EntrepotOccupe) as refus, Verrou(tmp_path):
            pass
        assert str(processus.pid) in refus.value.message
        assert "déjà utilisé" in refus.value.message
        assert refus.value.conseil
    finally:
        processus.kill()
        processus.wait()


def test_le_verrou_tombe_avec_le_processus_tue(tmp_path: Path) -> None:
    processus = _tenir(tmp_path, 30)
    processus.send_signal(signal.SIGKILL)
    processus.wait()
    with Verrou(tmp_path):
        assert json.loads((tmp_path / ".verrou").read_text())["processus"] == os.getpid()


def test_attendre_obtient_le_verrou_quand_l_autre_finit(tmp_path: Path) -> None:
    processus = _tenir(tmp_path, 0.5)
    debut = time.monotonic()
    with Verrou(tmp_path, attente=10):
        assert time.monotonic() - debut < 8
    processus.wait()


def test_le_meme_traitement_peut_le_reprendre_et_il_reste_tenu_jusqu_au_bout(tmp_path: Path) -> None:
    issue: list[str] = []

    def concurrent() -> None:
        try:
            with Verrou(tmp_path):
                issue.append("obtenu")
        except EntrepotOccupe:
            issue.append("refusé")

    with Verrou(tmp_path):
        with Verrou(tmp_path):
            pass
        fil = threading.Thread(target=concurrent)
        fil.start()
        fil.join()
    fil = threading.Thread(target=concurrent)
    fil.start()
    fil.join()
    assert issue == ["refusé", "obtenu"]
