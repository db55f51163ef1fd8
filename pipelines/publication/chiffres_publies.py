"""The published figures, read once for the extracts: values, sentences of comment, periods, territoires."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb

TOTAL = "TOTAL"


class Cle(NamedTuple):
    """Which figure: one cell of the extracts."""

    code: str
    axe: str
    modalite: str
    mesure: str
    type_periode: str
    periode: str
    territoire: str


@dataclass(frozen=True)
class Chiffre:
    """One row of ``indicateurs``; ``nombre`` is the value shown, that of the available months."""

    cle: Cle
    nombre: float | None
    numerateur: int | None
    denominateur: int | None
    unite: str
    statut: str
    motif_nd: str | None
    mois_calculables: int
    commentaire: str | None


@dataclass(frozen=True)
class Periode:
    """One published period and its months (all of them, delivered or not)."""

    type_periode: str
    periode: str
    debut: str
    fin: str
    libelle: str
    mois: Sequence[str]


@dataclass(frozen=True)
class Phrase:
    """One sentence of comment; ``cle`` names its figure, when that is a published one; ``generale``: the
    same for any period."""

    texte: str
    nombre: float | None
    cle: Cle | None
    generale: bool


@dataclass(frozen=True)
class Territoire:
    """A column of the extracts."""

    code: str
    libelle: str


@dataclass(frozen=True)
class ChiffresPublies:
    """Everything an extract may show."""

    chiffres: Mapping[Cle, Chiffre]
    phrases: Mapping[tuple[str, str, str, str], tuple[Phrase, ...]]
    periodes: tuple[Periode, ...]
    territoires: tuple[Territoire, ...]


def lire(connexion: duckdb.DuckDBPyConnection) -> ChiffresPublies:
    """Read the tables of a finished computation."""
    return ChiffresPublies(
        chiffres=_chiffres(connexion),
        phrases=_phrases(connexion),
        periodes=_periodes(connexion),
        territoires=tuple(
            Territoire(*ligne)
            for ligne in connexion.execute(
                "select territoire, libelle from territoires order by ordre"
            ).fetchall()
        ),
    )


def _chiffres(connexion: duckdb.DuckDBPyConnection) -> dict[Cle, Chiffre]:
    lignes = connexion.execute(
        "select code, axe, modalite, mesure, type_periode, periode, territoire, "
        "coalesce(valeur, valeur_partielle), numerateur, denominateur, unite, statut, motif_nd, "
        "mois_calculables, commentaire from indicateurs"
    ).fetchall()
    return {cle: Chiffre(cle, *ligne[7:]) for ligne in lignes if (cle := Cle._make(ligne[:7]))}


def _phrases(connexion: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str, str], tuple[Phrase, ...]]:
    lignes = connexion.execute(
        "select code, type_periode, periode, territoire, texte, nombre, generale, "
        "code_chiffre, axe, modalite, mesure "
        "from phrases order by code, type_periode, periode, territoire, ordre, texte"
    ).fetchall()
    phrases: dict[tuple[str, str, str, str], list[Phrase]] = {}
    for code, type_periode, periode, territoire, texte, nombre, generale, *chiffre in lignes:
        cle = Cle._make((*chiffre, type_periode, periode, territoire)) if chiffre[0] is not None else None
        phrases.setdefault((code, type_periode, periode, territoire), []).append(
            Phrase(texte, nombre, cle, generale)
        )
    return {cle: tuple(liste) for cle, liste in phrases.items()}


def _periodes(connexion: duckdb.DuckDBPyConnection) -> tuple[Periode, ...]:
    """Jalons first, then from the longest to the shortest: what a committee looks for first."""
    lignes: list[Any] = connexion.execute(_PERIODES).fetchall()
    return tuple(Periode(*ligne) for ligne in lignes)


_PERIODES = """
with

periodes as (select * from periodes),

mois as (
    select type_periode, periode, list(strftime(mois, '%Y-%m') order by mois) as mois
    from periodes_mois
    group by type_periode, periode
)

select type_periode, periode, cast(debut as varchar), cast(fin as varchar), libelle, mois
from periodes
inner join mois using (type_periode, periode)
order by list_position(['jalon', 'annee', 'semestre', 'trimestre', 'mois'], type_periode), debut, periode
"""
