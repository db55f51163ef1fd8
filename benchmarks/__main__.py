"""``make bench``: each figure with its target. ``BENCH="S T"`` chooses; ``BENCH=G`` is the long one."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import demarrage, publication, reception_table, reception_xml
from benchmarks.mesure import Resultat

BANCS: dict[str, Callable[[Path], list[Resultat]]] = {
    "S": demarrage.resultats,
    "X": reception_xml.resultats,
    "T": reception_table.resultats,
    "P": publication.resultats,
    "G": lambda dossier: publication.resultats(dossier, croissance=True),
}
PAR_DEFAUT = ("S", "X", "T", "P")


def main() -> int:
    voulus = sys.argv[1:] or list(PAR_DEFAUT)
    mesures: list[Resultat] = []
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as dossier:
        for code in voulus:
            for resultat in BANCS[code](Path(dossier) / code):
                print(resultat, flush=True)
                mesures.append(resultat)
    return 0 if all(resultat.tenu for resultat in mesures) else 1


if __name__ == "__main__":
    sys.exit(main())
