"""What a reader gives: the file's header, then its rows as text, lot by lot."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

import polars as pl


@dataclass
class Entete:
    """What the file says of itself.

    ``source`` is the contract table's name. ``type_flux`` is M (monthly), I (daily) or None (tables).
    ``dossiers_annonces`` is NBTOTDOSRSATRANSM, known once the last lot has been read; so is ``dossiers_lus``,
    which counts the dossiers without any demandeur or conjoint too.
    """

    source: str
    format: str  # xml-caf, xml-pecg, csv, xlsx
    type_flux: str | None = None
    date_creation: date | None = None
    heure_creation: time | None = None
    date_reference: date | None = None
    dossiers_annonces: int | None = None
    dossiers_anomalie_annonces: int | None = None
    dossiers_lus: int | None = None
    colonnes: tuple[str, ...] = ()  # contract columns that the file has
    colonnes_inconnues: int = 0  # extra columns: counted, never named (a header may be a name)


@dataclass
class Lecture:
    """A header and an iterator of lots.

    A lot is a DataFrame of text columns named as in the contract, stripped, missing = null, plus
    ``ligne`` (Int64: physical line of a table, header = 1; rank of the person in an XML flux) and, for an
    XML flux, ``dossier`` (Int64, rank of the dossier) and ``anomalie`` (Boolean).
    Iterating raises FichierRefuse as soon as the file proves unreadable or truncated.
    """

    entete: Entete
    lots: Iterator[pl.DataFrame]
    avertissements: list[tuple[str, str, int]] = field(default_factory=list)  # rule, column, count


class FluxIgnore(Exception):
    """The content is recognised but is not one that we read (NATFLUX ≠ D, TYPEFLUX R)."""

    def __init__(self, raison: str) -> None:
        super().__init__(raison)
        self.raison = raison
