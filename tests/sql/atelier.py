"""One model alone, or a chain of models: given rows in, expected rows out.

The tables a model reads have the columns and types that the real models give them; a given row names only
the columns its story needs, the others are null.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from contracts.catalogue import tables_de_reference
from pipelines.calcul import modeles
from pipelines.calcul.calculer import _varier, charger_configuration, poser_regles, preparer
from pipelines.configuration import Configuration, Organisme, Regles, Territoire

ARRETE_AU = date(2024, 12, 31)
CONFIGURATION = Configuration(
    fichier=Path("pilotage.toml"),
    nom="essai",
    depot=Path("depot"),
    entrepot=Path("entrepot-vide"),
    publications=Path("publications"),
    cle_fichier=None,
    seuil_secret=5,
    territoires=(Territoire("67", "Bas-Rhin", ("67",)), Territoire("68", "Haut-Rhin", ("68",))),
    organismes=(
        Organisme("CAF671", ("67",)),
        Organisme("CAF681", ("68",)),
        Organisme("MSA680", ("67", "68"), indispensable=False),
    ),
)


def im(annee: int, mois: int) -> int:
    """The rank of a month, as the models count them."""
    return 12 * annee + mois


def executer(
    nom: str,
    donnees: dict[str, list[dict[str, Any]]],
    regles: Regles | None = None,
    arrete_au: date = ARRETE_AU,
) -> list[dict[str, Any]]:
    """Rows of the model ``nom`` computed from ``donnees`` alone, in a stable order."""
    with _page_blanche(replace(CONFIGURATION, regles=regles or Regles()), arrete_au) as connexion:
        connexion.execute("set search_path = 'blanc,main'")
        for table, lignes in donnees.items():
            _remplir(connexion, f"blanc.{table}", lignes)
        return _lignes(connexion, catalogue()[nom])


def enchainer(
    nom: str,
    donnees: dict[str, list[dict[str, Any]]],
    arrete_au: date = ARRETE_AU,
    configuration: Configuration = CONFIGURATION,
) -> list[dict[str, Any]]:
    """Rows of the model ``nom`` when the models it reads run too, down to the tables of ``donnees``.

    What is received and not given is empty; the configuration is ``configuration``.
    """
    with _page_blanche(configuration, arrete_au) as connexion:
        connexion.execute("create schema recit")
        connexion.execute("set search_path = 'recit,main'")
        for table, lignes in donnees.items():
            connexion.execute(f"create table recit.{table} as select * from blanc.{table}")
            _remplir(connexion, f"recit.{table}", lignes)
        touches = _aval(set(donnees))
        if (configuration, arrete_au) != (CONFIGURATION, ARRETE_AU):
            charger_configuration(connexion, configuration)
            touches = set(catalogue())
        a_faire = _amont(nom, set(donnees)) & touches - {nom}
        modeles.executer(connexion, [m for m in _ordre() if m.nom in a_faire])
        return _lignes(connexion, catalogue()[nom])


def _amont(nom: str, donnees: set[str]) -> set[str]:
    """The models that ``nom`` reads, directly or through models that are not given."""
    vus: set[str] = set()
    a_voir = [nom]
    while a_voir:
        table = a_voir.pop()
        if table in catalogue() and table not in vus | donnees:
            vus.add(table)
            a_voir.extend(catalogue()[table].lectures)
    return vus


def _aval(donnees: set[str]) -> set[str]:
    """The models that ``donnees`` change; the others are those of an empty store."""
    touches = set(donnees)
    for modele in _ordre():
        if modele.lectures & touches:
            touches.add(modele.nom)
    return touches


@cache
def catalogue() -> dict[str, modeles.Modele]:
    """The models, read once."""
    return modeles.modeles()


@cache
def _ordre() -> tuple[modeles.Modele, ...]:
    return tuple(modeles.ordre(catalogue()))


_POSEES: list[Any] = []


@contextmanager
def _page_blanche(configuration: Configuration, arrete_au: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """Every table, and the rules. What a story writes is undone at its end: making the tables anew for each
    would cost more than the stories."""
    connexion = _base()
    connexion.begin()
    try:
        if [configuration, arrete_au] != _POSEES:  # a variable outlives its story
            poser_regles(connexion, configuration, arrete_au)
            _POSEES[:] = configuration, arrete_au
        yield connexion
    finally:
        connexion.rollback()
        connexion.execute("set search_path = 'main'")


@cache
def _base() -> duckdb.DuckDBPyConnection:
    """Every table as the models make it from an empty store; and, in ``blanc``, without any row."""
    connexion = duckdb.connect(config={"threads": 1})
    preparer(connexion, CONFIGURATION, [], ARRETE_AU)
    modeles.executer(connexion, [m for m in _ordre() if m.couche in ("staging", "core")])
    _varier(connexion, catalogue(), CONFIGURATION)
    modeles.executer(connexion, [m for m in _ordre() if m.couche in ("indicateurs", "marts")])
    connexion.execute("create schema blanc")
    for (table,) in connexion.execute(
        "select table_name from information_schema.tables where table_schema = 'main'"
    ).fetchall():
        connexion.execute(f"create table blanc.{table} as from main.{table} limit 0")
    return connexion


def _lignes(connexion: duckdb.DuckDBPyConnection, modele: modeles.Modele) -> list[dict[str, Any]]:
    resultat = connexion.execute(f"select * from ({modele.texte}) order by all")
    noms = [description[0] for description in resultat.description]
    return [dict(zip(noms, ligne, strict=True)) for ligne in resultat.fetchall()]


def _remplir(connexion: duckdb.DuckDBPyConnection, table: str, lignes: list[dict[str, Any]]) -> None:
    if not lignes:
        return
    colonnes = list(dict.fromkeys(colonne for ligne in lignes for colonne in ligne))
    marques = ", ".join("(" + ", ".join("?" * len(colonnes)) + ")" for _ in lignes)
    valeurs = [ligne.get(colonne) for ligne in lignes for colonne in colonnes]
    connexion.execute(f"insert into {table} ({', '.join(colonnes)}) values {marques}", valeurs)


def references(*noms: str) -> dict[str, list[dict[str, Any]]]:
    """Tables of the contracts, for the models that read them: a given page is blank of them too."""
    tables = tables_de_reference()
    return {nom: [dict(zip(tables[nom][0], ligne, strict=True)) for ligne in tables[nom][1]] for nom in noms}


def colonnes(table: str) -> dict[str, str]:
    """Columns and types of a table, as its model makes it."""
    return _colonnes().get(table, {})


@cache
def _colonnes() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    for table, colonne, type_ in (
        _base()
        .execute(
            "select table_name, column_name, data_type from information_schema.columns"
            " where table_schema = 'main' order by table_name, ordinal_position"
        )
        .fetchall()
    ):
        tables.setdefault(table, {})[colonne] = type_
    return tables


def choisir(lignes: list[dict[str, Any]], *noms: str) -> list[tuple[Any, ...]]:
    """Only the columns that the story speaks of."""
    return [tuple(ligne[nom] for nom in noms) for ligne in lignes]
