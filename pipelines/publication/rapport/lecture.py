"""What the report needs besides the published indicators, read once from a finished computation.

The counts of persons come out as figures (``Chiffre``) like those of the indicators, so that one masking
holds for all of them: the funnel under the code ``entonnoir``, the classes of delay as an axe of V2-1, the
other readings as an axe of the indicator.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from pipelines.publication.chiffres_publies import TOTAL, Chiffre, Cle

ENTREES, ORIENTES = "V2-1", "V2-2"
ENTONNOIR = "entonnoir"
DELAI = "delai"
VARIANTE = "variante"
NOMBRE, TAUX = "nombre", "taux"

ETAPES = ("presents", "versables", "soumis", "candidats")
ECARTES, INDETERMINES = "ecartes", "indetermines"
CLASSES = (
    "avant",
    "0_1",
    "2_7",
    "8_15",
    "15_mois",
    "mois_60",
    "61_90",
    "91",
    "non_oriente",
    "en_attente",
)


@dataclass(frozen=True)
class Jour:
    """One day of a Kaplan–Meier curve: ``orientees`` that day, share not yet oriented after it."""

    jour: int
    orientees: int
    part: float


@dataclass(frozen=True)
class Variante:
    """A count under another reading of the rules, over one period, all territoires."""

    code: str
    variante: str
    valeur: float | None
    ecart: float | None


@dataclass(frozen=True)
class Reception:
    """What was received of one organisme for one month; ``etat``: recu, suspect or manquant."""

    organisme: str
    indispensable: bool
    mois: str
    fichiers: int
    premiere: date | None
    en_vigueur: date | None
    retard_jours: int | None
    etat: str


@dataclass(frozen=True)
class Donnees:
    """All that is read: curves by type of period, period and territoire; variantes by period."""

    chiffres: Mapping[Cle, Chiffre]
    courbes: Mapping[tuple[str, str, str], tuple[Jour, ...]]
    variantes: Mapping[tuple[str, str], tuple[Variante, ...]]
    receptions: tuple[Reception, ...]
    observations: Mapping[str, date]


def lire(connexion: duckdb.DuckDBPyConnection) -> Donnees:
    """Read the tables of a finished computation."""
    variantes = _variantes(connexion)
    return Donnees(
        chiffres=_entonnoir(connexion) | _distribution(connexion) | _autres_lectures(variantes),
        courbes=_courbes(connexion),
        variantes=variantes,
        receptions=tuple(Reception(*ligne) for ligne in connexion.execute(_RECEPTIONS).fetchall()),
        observations=dict(
            connexion.execute("select territoire, date_observation from observation").fetchall()
        ),
    )


def _entonnoir(connexion: duckdb.DuckDBPyConnection) -> dict[Cle, Chiffre]:
    lignes = connexion.execute(_ENTONNOIR).fetchall()
    return dict(_chiffre(Cle(ENTONNOIR, "", "", m, "mois", p, t), n, nd) for p, t, m, n, nd in lignes)


def _distribution(connexion: duckdb.DuckDBPyConnection) -> dict[Cle, Chiffre]:
    lignes = connexion.execute(
        "select classe, type_periode, periode, territoire, nombre from distribution_delais"
    ).fetchall()
    return dict(_chiffre(Cle(ENTREES, DELAI, c, NOMBRE, s, p, t), n, None) for c, s, p, t, n in lignes)


def _autres_lectures(variantes: Mapping[tuple[str, str], tuple[Variante, ...]]) -> dict[Cle, Chiffre]:
    return dict(
        _chiffre(Cle(v.code, VARIANTE, v.variante, NOMBRE, *periode, TOTAL), v.valeur, None)
        for periode, liste in variantes.items()
        for v in liste
    )


def _chiffre(cle: Cle, nombre: float | None, motif_nd: str | None) -> tuple[Cle, Chiffre]:
    statut = "ND" if nombre is None else "stabilise"
    return cle, Chiffre(cle, nombre, None, None, "personnes", statut, motif_nd, 1, None)


def _courbes(connexion: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], tuple[Jour, ...]]:
    courbes: dict[tuple[str, str, str], list[Jour]] = {}
    for *cle, jour, orientees, part in connexion.execute(_COURBES).fetchall():
        courbes.setdefault((cle[0], cle[1], cle[2]), []).append(Jour(jour, orientees, part))
    return {cle: tuple(jours) for cle, jours in courbes.items()}


def _variantes(connexion: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[Variante, ...]]:
    variantes: dict[tuple[str, str], list[Variante]] = {}
    for type_periode, periode, *reste in connexion.execute(_VARIANTES).fetchall():
        variantes.setdefault((type_periode, periode), []).append(Variante(*reste))
    return {cle: tuple(liste) for cle, liste in variantes.items()}


_ENTONNOIR = """
select strftime(mois, '%Y-%m'), territoire, etape, nombre, motif_nd
from entonnoir_mensuel unpivot include nulls (
    nombre for etape in (presents, versables, soumis, candidats, ecartes, indetermines)
)
"""

_COURBES = """
select type_periode, periode, territoire, jours, evenements, survie
from survie
where code = 'F1-2' and serie = '' and type_periode in ('annee', 'jalon')
order by all
"""

_VARIANTES = """
select type_periode, periode, code, variante, valeur, ecart
from variantes
where territoire = 'TOTAL' and type_periode in ('annee', 'jalon')
order by all
"""

_RECEPTIONS = """
select organisme, indispensable, strftime(mois, '%Y-%m'), fichiers, premiere_reception,
    reception_en_vigueur, retard_jours, etat
from calendrier_receptions
order by mois, organisme
"""
