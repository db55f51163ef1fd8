"""``python -m pipelines.simulation.exemple``: makes data/sample again, byte for byte."""

import shutil
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipelines.simulation.atelier import Atelier, Envoi, Plan
from pipelines.simulation.cas import CAS
from pipelines.simulation.ecriture_caf import EnteteFlux
from pipelines.simulation.generateur import histoires, mois_simules
from pipelines.simulation.histoires import Histoire
from pipelines.simulation.recits import Cas

DOSSIERS, MOIS, GRAINE = 260, 25, 2024
EXEMPLE = Path(__file__).parents[2] / "data" / "sample"
CLE_PUBLIQUE = sha256(b"pilotage-rsa : exemple public").hexdigest()
# Case 11 needs a MSA that is indispensable; here, where it is not, a month of the same MSA is missing.
MSA_MANQUANTE = ("MSA680", date(2023, 8, 1))
FINANCIER = Envoi(
    "CAF671_RSAFIN_2024-05",
    date(2024, 6, 5),
    EnteteFlux(date(2024, 6, 4), date(2024, 5, 31), nature="F"),
)


def cas_plantes() -> list[Cas]:
    """Those that share one configuration."""
    return [cas for cas in CAS.values() if cas.numero != 11]


def plan_exemple() -> Plan:
    """The months of the sample, received when the cases say so."""
    cas = cas_plantes()
    return Plan(
        mois=mois_simules(MOIS),
        compresse=True,
        graine=GRAINE,
        cle=CLE_PUBLIQUE,
        receptions={pair: recu for un in cas for pair, recu in un.receptions.items()},
        manquantes=frozenset({MSA_MANQUANTE}),
        envois=(*(envoi for un in cas for envoi in un.envois), FINANCIER),
    )


def _histoires(plan: Plan) -> Iterator[Histoire]:
    yield from histoires(DOSSIERS, plan.mois, GRAINE)
    for cas in cas_plantes():
        yield from cas.histoires


def ecrire_exemple(dossier: Path) -> None:
    """The simulated département of the sample, with the worked cases in it."""
    shutil.rmtree(dossier / "depot", ignore_errors=True)
    plan = plan_exemple()
    with Atelier(dossier, plan) as atelier:
        for une in _histoires(plan):
            atelier.ajouter(une)


if __name__ == "__main__":
    ecrire_exemple(EXEMPLE)
