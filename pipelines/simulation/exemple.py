"""``python -m pipelines.simulation.exemple``: makes data/sample again, byte for byte."""

import shutil
from hashlib import sha256
from pathlib import Path

from pipelines.simulation.atelier import Atelier, Plan
from pipelines.simulation.generateur import histoires, mois_simules

DOSSIERS, MOIS, GRAINE = 260, 25, 2024
EXEMPLE = Path(__file__).parents[2] / "data" / "sample"
CLE_PUBLIQUE = sha256(b"pilotage-rsa : exemple public").hexdigest()
PLAN = Plan(mois=mois_simules(MOIS), compresse=True, graine=GRAINE, cle=CLE_PUBLIQUE)


def ecrire_exemple(dossier: Path) -> None:
    """The simulated département of the sample."""
    shutil.rmtree(dossier / "depot", ignore_errors=True)
    with Atelier(dossier, PLAN) as atelier:
        for une in histoires(DOSSIERS, PLAN.mois, GRAINE):
            atelier.ajouter(une)


if __name__ == "__main__":
    ecrire_exemple(EXEMPLE)
