"""The three kinds of facts a contract is made of: fields, rules and delivered tables."""

from dataclasses import dataclass, field
from typing import Literal

TypeChamp = Literal["texte", "date", "mois", "entier", "decimal", "booleen", "liste"]
Gravite = Literal["refus", "suspecte", "rejet", "avertissement"]


@dataclass(frozen=True)
class Champ:
    """One column, wherever it stands: delivered table or mart.

    ``type`` is the type once read; ``codes`` the values accepted (empty: any text);
    ``description`` is French and becomes the dictionary's line and the catalogue's COMMENT.
    """

    nom: str
    type: TypeChamp
    description: str
    codes: tuple[str, ...] = ()
    personnel: bool = False  # never leaves entrepot/restreint


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
    dates: tuple[str, ...] = ()  # of these, at least one must be readable or the row is set aside
    nominative: bool = True  # bears person keys
    conventions: dict[str, str] = field(default_factory=dict)
