"""What the naive computation reads: deliveries as dicts, and the few dates it counts with."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pipelines.configuration import Jalon, Organisme, Qualite, Regles, Source, Territoire

Ligne = dict[str, Any]


@dataclass
class Livraison:
    """A delivery and what it holds; ``rows`` bear the typed columns of lignes.parquet."""

    id: str
    source: str
    date_reception: date
    rows: list[Ligne] = field(default_factory=list)
    rejets: list[Ligne] = field(default_factory=list)
    emetteur: str | None = None
    type_flux: str | None = None
    date_creation: date | None = None
    heure_creation: str | None = None
    dossiers_annonces: int | None = None
    complementaire: bool = False
    acceptation: bool = False
    confirmations: list[date] = field(default_factory=list)
    sans: frozenset[str] = frozenset()  # columns that the file does not have

    @property
    def creation(self) -> tuple[date, str]:
        """(DTCREAFLUX, HEUCREAFLUX); a table without one is created the day it is received."""
        return self.date_creation or self.date_reception, self.heure_creation or ""

    @property
    def ordre(self) -> tuple[Any, ...]:
        """« the latest by (date_reception, DTCREAFLUX, HEUCREAFLUX) »."""
        return self.date_reception, *self.creation, self.id

    @property
    def parties(self) -> set[tuple[str, date]]:
        """The (organisme, mois) that a CAF/MSA delivery speaks of."""
        return {(ligne["organisme"], ligne["mois"]) for ligne in self.rows + self.rejets}


@dataclass
class Magasin:
    """All deliveries, with the configuration they are read under."""

    livraisons: list[Livraison]
    territoires: tuple[Territoire, ...]
    organismes: tuple[Organisme, ...]
    arrete_au: date
    sources: tuple[Source, ...] = (Source("orientations"),)
    regles: Regles = field(default_factory=Regles)
    qualite: Qualite = field(default_factory=Qualite)
    jalons: tuple[Jalon, ...] = ()

    def emetteurs(self, table: str) -> list[Source]:
        """The émetteurs of a table: those configured, else one that serves all."""
        return [s for s in self.sources if s.table == table] or [Source(table)]


class Bloquee(Exception):
    """Suspecte deliveries are undecided and nothing newer is in force: nothing is published."""

    def __init__(self, livraisons: Iterable[Livraison]) -> None:
        super().__init__()
        self.livraisons = list(livraisons)


def mois_de(jour: date) -> date:
    """The month of a day, as its first day."""
    return jour.replace(day=1)


def mois_plus(mois: date, nombre: int) -> date:
    """The month that many months later (earlier when negative)."""
    rang = mois.year * 12 + mois.month - 1 + nombre
    return date(rang // 12, rang % 12 + 1, 1)


def fin_de_mois(mois: date) -> date:
    """The last day of a month."""
    return mois_plus(mois, 1) - timedelta(days=1)


def plus_mois(jour: date, nombre: int) -> date:
    """The same day that many months later, clamped to the end of a shorter month."""
    mois = mois_plus(mois_de(jour), nombre)
    return mois.replace(day=min(jour.day, calendar.monthrange(mois.year, mois.month)[1]))


def de_mois_a_mois(debut: date, fin: date) -> Iterator[date]:
    """Every month from the first to the last, both included."""
    while debut <= fin:
        yield debut
        debut = mois_plus(debut, 1)


def tranche_age(mois_naissance: date | None, mois: date) -> str | None:
    """« 0-24, 25-29, 30-39, 40-49, 50-59, 60+ at the last day of M »."""
    if mois_naissance is None:
        return None
    age = (mois.year * 12 + mois.month - mois_naissance.year * 12 - mois_naissance.month) // 12
    bornes = ((25, "0-24"), (30, "25-29"), (40, "30-39"), (50, "40-49"), (60, "50-59"))
    return next((nom for borne, nom in bornes if age < borne), "60+")


def rattachee(ligne: Ligne) -> bool:
    """« A row whose date_fin_rattachement ≤ last day of M gives none »: whether this one gives one."""
    fin = ligne["date_fin_rattachement"]
    return fin is None or fin > fin_de_mois(ligne["mois"])


def connues(dates: Iterable[date | None]) -> list[date]:
    """The dates that are there."""
    return [d for d in dates if d is not None]
