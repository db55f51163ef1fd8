"""One process writes in the entrepot at a time; readers never wait.

The lock is the operating system's, so that it falls with the process that held it, however it died. What the
lock file says (machine, process, hour) is only there to be read by the person who meets it.
"""

import json
import os
import socket
import time
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from pipelines.erreurs import ErreurPilotage

NOM = ".verrou"
PAUSE = 0.2  # seconds between two tries
_OCTET_VERROUILLE = 1 << 30  # Windows forbids reading a locked byte: lock one beyond the text

# The locks that the current run holds already: `executer` takes it once around the steps that take it too.
_tenus: ContextVar[frozenset[Path]] = ContextVar("verrous_tenus", default=frozenset())


class EntrepotOccupe(ErreurPilotage):
    """Another process is writing in the entrepot."""


class Verrou(AbstractContextManager["Verrou"]):
    """``with Verrou(entrepot, attente=60):`` holds the lock, or raises EntrepotOccupe after that long."""

    def __init__(self, entrepot: Path, attente: float = 0.0) -> None:
        self.chemin = entrepot / NOM
        self.attente = attente
        self._descripteur: int | None = None

    def __enter__(self) -> "Verrou":
        cle = self.chemin.absolute()
        if cle not in _tenus.get():
            self._prendre()
            _tenus.set(_tenus.get() | {cle})
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descripteur is not None:
            _tenus.set(_tenus.get() - {self.chemin.absolute()})
            _deverrouiller(self._descripteur)
            os.close(self._descripteur)
            self._descripteur = None

    def _prendre(self) -> None:
        self.chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descripteur = os.open(self.chemin, os.O_RDWR | os.O_CREAT, 0o600)
        limite = time.monotonic() + self.attente
        while not _essayer(descripteur):
            if time.monotonic() >= limite:
                os.close(descripteur)
                raise _occupe(self.chemin)
            time.sleep(PAUSE)
        _signer(descripteur)
        self._descripteur = descripteur


def _signer(descripteur: int) -> None:
    fiche = {
        "machine": socket.gethostname(),
        "processus": os.getpid(),
        "debut": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    os.ftruncate(descripteur, 0)
    os.lseek(descripteur, 0, os.SEEK_SET)
    os.write(descripteur, json.dumps(fiche).encode())


def _occupe(chemin: Path) -> EntrepotOccupe:
    try:
        fiche = json.loads(chemin.read_text(encoding="utf-8"))
        qui = f" (machine {fiche['machine']}, processus {fiche['processus']}, depuis {fiche['debut']})"
    except (OSError, ValueError, KeyError, TypeError):
        qui = ""
    return EntrepotOccupe(
        f"L'entrepôt est déjà utilisé par un autre traitement{qui}.",
        "Attendez qu'il se termine puis relancez la commande ; rien n'a été modifié.",
    )


if os.name == "nt":  # pragma: no cover - the other system's branch
    import msvcrt

    def _essayer(descripteur: int) -> bool:
        os.lseek(descripteur, _OCTET_VERROUILLE, os.SEEK_SET)
        try:
            msvcrt.locking(descripteur, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True

    def _deverrouiller(descripteur: int) -> None:
        os.lseek(descripteur, _OCTET_VERROUILLE, os.SEEK_SET)
        msvcrt.locking(descripteur, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _essayer(descripteur: int) -> bool:
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _deverrouiller(descripteur: int) -> None:
        fcntl.flock(descripteur, fcntl.LOCK_UN)
