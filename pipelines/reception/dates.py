"""The reception date (4.4): the day the file became available to the département, never the day of the run.

It is stamped once. What the user said prevails; the clock is only believed for a file created a few days ago.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.reception.fichiers import NOM_RECEPTIONS, Fichier, refus

FUSEAU = ZoneInfo("Europe/Paris")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FRANCAISE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_COLONNES = ("fichier", "date_reception")


@dataclass(frozen=True)
class DateReception:
    """A reception date and where it comes from: option, receptions or implicite."""

    jour: date
    origine: str


def aujourd_hui() -> date:
    """Today in France, wherever the machine is."""
    return datetime.now(FUSEAU).date()


def lire_date(texte: str) -> date | None:
    """AAAA-MM-JJ, or JJ/MM/AAAA as a spreadsheet rewrites it; None when it is neither."""
    iso, francaise = _ISO.fullmatch(texte.strip()), _FRANCAISE.fullmatch(texte.strip())
    if not (iso or francaise):
        return None
    annee, mois, jour = iso.groups() if iso else reversed(francaise.groups())  # type: ignore[union-attr]
    try:
        return date(int(annee), int(mois), int(jour))
    except ValueError:
        return None


@dataclass
class Receptions:
    """The receptions.csv of the folders above the files, each read once.

    ``limite`` is the folder of pilotage.toml: no receptions.csv above it is believed. For a file that lies
    elsewhere, the folder that the user gave takes its place.
    """

    limite: Path
    _lus: dict[Path, dict[str, set[date | None]] | None] = field(default_factory=dict)

    def chercher(self, fichier: Fichier) -> date | None:
        """The date that the nearest receptions.csv naming this file gives; None when none names it."""
        for dossier in self._dossiers(fichier):
            if (dossier / NOM_RECEPTIONS).is_file():
                dates = self._dates(dossier, fichier)
                if dates:
                    return _seule(dates, fichier)
        return None

    def _dossiers(self, fichier: Fichier) -> Iterator[Path]:
        limite = self.limite.resolve()
        limite = limite if fichier.chemin.is_relative_to(limite) else fichier.racine
        for dossier in fichier.chemin.parents:
            yield dossier
            if dossier == limite:
                return

    def _dates(self, dossier: Path, fichier: Fichier) -> set[date | None]:
        if dossier not in self._lus:
            self._lus[dossier] = _lire_receptions(dossier / NOM_RECEPTIONS)
        lues = self._lus[dossier]
        if lues is None:
            raise refus("REC-009", fichier.nom)
        relatif = _composer(fichier.chemin.relative_to(dossier).as_posix())
        return lues.get(relatif) or lues.get(_composer(fichier.chemin.name)) or set()


def _seule(dates: set[date | None], fichier: Fichier) -> date:
    if len(dates) > 1:
        raise refus("REC-010", fichier.nom)
    jour = next(iter(dates))
    if jour is None:
        raise refus("REC-009", fichier.nom)
    return jour


def _lire_receptions(chemin: Path) -> dict[str, set[date | None]] | None:
    """Dates by name; None when the file cannot be understood (then no file below it can be dated)."""
    texte = _decoder(chemin)
    if texte is None:
        return None
    separateur = ";" if ";" in texte.partition("\n")[0] else ","
    try:
        lignes = list(csv.reader(io.StringIO(texte), delimiter=separateur))
    except csv.Error:
        return None
    entete = [case.strip().lower() for case in lignes[0]] if lignes else []
    if any(entete.count(colonne) != 1 for colonne in _COLONNES):
        return None
    noms, jours = (entete.index(colonne) for colonne in _COLONNES)
    dates: dict[str, set[date | None]] = {}
    for ligne in lignes[1:]:
        if len(ligne) > noms and ligne[noms].strip():
            jour = lire_date(ligne[jours]) if len(ligne) > jours else None
            dates.setdefault(_composer(ligne[noms].strip().replace("\\", "/")), set()).add(jour)
    return dates


def _decoder(chemin: Path) -> str | None:
    try:
        octets = chemin.read_bytes()
    except OSError:
        return None
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            return octets.decode(encodage)
        except UnicodeDecodeError:
            continue
    return None


def _composer(nom: str) -> str:
    return unicodedata.normalize("NFC", nom.removeprefix("./"))


def annoncee(fichier: Fichier, recu_le: date | None, receptions: Receptions) -> DateReception | None:
    """What the user said of this file, by option or by receptions.csv."""
    if recu_le is not None:
        return DateReception(recu_le, "option")
    jour = receptions.chercher(fichier)
    return None if jour is None else DateReception(jour, "receptions")


def decider(
    fichier: Fichier,
    annonce: DateReception | None,
    date_creation: date | None,
    creation_exigee: bool,
    jours_implicites: int,
    aujourd_hui: date,
) -> DateReception:
    """The reception date of a file whose creation date is now known, or a refusal.

    ``creation_exigee``: a flux of beneficiaires that does not say when it was created is never dated by the
    clock, since T0 rests on this date.
    """
    decision = annonce or _implicite(fichier, date_creation, creation_exigee, jours_implicites, aujourd_hui)
    if decision.jour > aujourd_hui:
        raise refus("REC-006", fichier.nom)
    if date_creation is not None and decision.jour < date_creation:
        raise refus("REC-005", fichier.nom)
    return decision


def _implicite(
    fichier: Fichier, date_creation: date | None, creation_exigee: bool, jours: int, aujourd_hui: date
) -> DateReception:
    if date_creation is None and creation_exigee:
        raise refus("REC-004", fichier.nom)
    if date_creation is not None and (aujourd_hui - date_creation).days > jours:
        raise refus("REC-004", fichier.nom)
    return DateReception(aujourd_hui, "implicite")
