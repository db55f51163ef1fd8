"""What was run, when, for how long and with what outcome: one JSON line a run, in ``entrepot/journal``.

Publications hold no clock (4-interface, 4.7): it is here. No value of a file is written.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@contextmanager
def passage(entrepot: Path, commande: str) -> Iterator[dict[str, Any]]:
    """Note a run when it ends, however it ends; the caller adds its own facts to what is yielded.

    A journal that cannot be written stops nothing: it is no input of any figure.
    """
    faits: dict[str, Any] = {}
    debut, horloge = datetime.now(UTC), time.monotonic()
    issue = "interrompu"
    try:
        yield faits
        issue = "fait"
    except Exception as erreur:
        issue = type(erreur).__name__
        raise
    finally:
        ligne = {
            "debut": debut.isoformat(timespec="seconds"),
            "commande": commande,
            "secondes": round(time.monotonic() - horloge, 1),
            "issue": issue,
            **faits,
        }
        with suppress(OSError):
            _ajouter(entrepot / "journal" / f"{debut:%Y-%m}.jsonl", ligne)


def _ajouter(chemin: Path, ligne: dict[str, Any]) -> None:
    chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descripteur, "a", encoding="utf-8", newline="\n") as journal:
        journal.write(json.dumps(ligne, ensure_ascii=False) + "\n")
