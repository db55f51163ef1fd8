"""The journal of individual look-ups (4-interface, 4.8): who asked for whom, when, by which command.

A look-up that cannot be written down is not answered: callers note first, and answer after.
"""

import csv
import getpass
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.erreurs import ErreurPilotage
from pipelines.reception.livraisons import maintenant
from pipelines.verrou import Verrou

NOM = "acces.csv"
COLONNES = ("date_heure", "utilisateur", "commande", "id_personne", "mois")
ATTENTE_VERROU = 10.0  # its own lock, held for the time of one line


@dataclass(frozen=True)
class Consultation:
    """One look-up; ``id_personne`` is empty for a list, ``mois`` when none was given. Never a NIR."""

    commande: str
    id_personne: str = ""
    mois: date | None = None


def noter(entrepot: Path, consultation: Consultation) -> None:
    """Append one line to ``restreint/acces.csv``, on the disk when this returns.

    Raises ErreurPilotage when it cannot be written.
    """
    ligne = (
        maintenant(),
        utilisateur(),
        consultation.commande,
        consultation.id_personne,
        f"{consultation.mois:%Y-%m}" if consultation.mois else "",
    )
    restreint = entrepot / "restreint"
    try:
        restreint.mkdir(mode=0o700, parents=True, exist_ok=True)
        with Verrou(restreint, ATTENTE_VERROU):
            _ajouter(restreint / NOM, ligne)
    except (OSError, ErreurPilotage):
        raise ErreurPilotage(
            f"La consultation n'a pas pu être notée dans restreint/{NOM} : rien n'est montré.",
            "Rétablissez les droits et la place sur ce dossier, puis relancez.",
        ) from None


def _ajouter(chemin: Path, ligne: tuple[str, ...]) -> None:
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descripteur, "a", encoding="utf-8", newline="") as journal:
        lignes = [ligne] if os.fstat(descripteur).st_size else [COLONNES, ligne]
        csv.writer(journal, delimiter=";", lineterminator="\n").writerows(lignes)
        journal.flush()
        os.fsync(descripteur)


def utilisateur() -> str:
    """The system's user, as the system knows it: environment variables say what they are told to."""
    if os.name == "posix":
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return f"uid {os.getuid()}"
    return getpass.getuser()
