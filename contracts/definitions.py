"""The three kinds of facts a contract is made of: fields, rules and delivered tables."""

from dataclasses import dataclass
from typing import Literal

TypeChamp = Literal["texte", "date", "mois", "entier", "decimal", "booleen", "liste"]
Gravite = Literal["refus", "suspecte", "rejet", "avertissement"]


@dataclass(frozen=True)
class Champ:
    """One column, wherever it stands: delivered table or mart.

    ``type`` is the type once read; ``codes`` the values accepted (empty: any text; for ``liste``, those of
    each element joined by ``+``); ``forme`` a whole-text pattern instead of codes; ``regle`` the rule that an
    unreadable value breaks; ``absence`` the rule that a missing value breaks, when it may not be missing.
    ``description`` is French and becomes the dictionary's line and the catalogue's COMMENT.
    """

    nom: str
    type: TypeChamp
    description: str
    codes: tuple[str, ...] = ()
    personnel: bool = False  # never leaves entrepot/restreint
    forme: str = ""
    regle: str = ""
    absence: str = ""


@dataclass(frozen=True)
class Regle:
    """One check: a stable id, its gravity, what it says and what to do (French)."""

    id: str
    gravite: Gravite
    texte: str
    conseil: str


@dataclass(frozen=True)
class Table:
    """One delivered table: its columns (names of champs), what is required, what a row is.

    ``requises`` is a list of alternatives: each inner tuple needs at least one of its columns.
    ``cle`` is the row id within one émetteur, if the table has one.
    """

    nom: str
    description: str
    colonnes: tuple[str, ...]
    requises: tuple[tuple[str, ...], ...]
    cle: str | None = None
    empreinte: tuple[str, ...] = ()  # with the person key, what a missing row id is derived from
    dates: tuple[str, ...] = ()  # of these, at least one must be readable or the row is set aside
    nominative: bool = True  # bears person keys
    en_clair: tuple[str, ...] = ()  # personal columns that lignes.parquet keeps, to order by
    a_defaut_de_date: str | None = None  # a column that saves a row without any date
    sans_date: str = "TAB-003"  # the rule that a row without any date breaks
    passees: tuple[str, ...] = ()  # dates that may not lie after date_reception
    ordres: tuple[tuple[tuple[str, ...], str, str], ...] = ()  # (starts, end, rule if end < earliest start)
    plafonds: tuple[tuple[str, str, str], ...] = ()  # (part, whole, rule if part > whole)
