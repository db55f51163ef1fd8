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

from pipelines.calcul import modeles
from pipelines.calcul.calculer import charger_configuration, poser_regles, preparer
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


@cache
def colonnes() -> dict[str, dict[str, str]]:
    """Columns and types of every table, as the models make them from an empty store."""
    with duckdb.connect() as connexion:
        preparer(connexion, CONFIGURATION, [], ARRETE_AU)
        for modele in _ordre():
            if modele.couche != "marts":
                modeles.executer(connexion, [modele])
        lignes = connexion.execute(
            "select table_name, column_name, data_type from information_schema.columns"
            " order by ordinal_position"
        ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, colonne, type_ in lignes:
        tables.setdefault(table, {})[colonne] = type_
    return tables


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
    modele = catalogue()[nom]
    configuration = replace(CONFIGURATION, regles=regles or Regles())
    with _page_blanche() as connexion:
        poser_regles(connexion, configuration, arrete_au)
        for table in sorted(modele.lectures & colonnes().keys() | donnees.keys()):
            _creer(connexion, table, donnees.get(table, []))
        return _lignes(connexion, modele)


def enchainer(
    nom: str,
    donnees: dict[str, list[dict[str, Any]]],
    arrete_au: date = ARRETE_AU,
    configuration: Configuration = CONFIGURATION,
) -> list[dict[str, Any]]:
    """Rows of the model ``nom`` when the models it reads run too, down to the tables of ``donnees``.

    What is received and not given is empty; the configuration is ``configuration``.
    """
    with _page_blanche() as connexion:
        charger_configuration(connexion, configuration)
        poser_regles(connexion, configuration, arrete_au)
        utiles = _utiles(nom, set(donnees))
        for table in sorted(utiles - catalogue().keys() | donnees.keys()):
            if not table.startswith("config_"):
                _creer(connexion, table, donnees.get(table, []))
        a_faire = utiles - donnees.keys() - {nom}
        modeles.executer(connexion, [m for m in _ordre() if m.nom in a_faire])
        return _lignes(connexion, catalogue()[nom])


def _utiles(nom: str, donnees: set[str]) -> set[str]:
    """What ``nom`` reads, directly or through models that are not given."""
    vus: set[str] = set()
    a_voir = [nom]
    while a_voir:
        table = a_voir.pop()
        if table not in vus and table in colonnes().keys() | catalogue().keys():
            vus.add(table)
            if table in catalogue() and table not in donnees:
                a_voir.extend(catalogue()[table].lectures)
    return vus


@cache
def catalogue() -> dict[str, modeles.Modele]:
    """The models, read once."""
    return modeles.modeles()


@cache
def _ordre() -> tuple[modeles.Modele, ...]:
    return tuple(modeles.ordre(catalogue()))


@contextmanager
def _page_blanche() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database without tables: what a story makes there is undone at its end. Opening one anew for each
    story would cost more than the stories."""
    connexion = _base()
    connexion.begin()
    try:
        yield connexion
    finally:
        connexion.rollback()


@cache
def _base() -> duckdb.DuckDBPyConnection:
    connexion = duckdb.connect(config={"threads": 1})
    connexion.execute((modeles.SQL / "macros.sql").read_text(encoding="utf-8"))
    return connexion


def _lignes(connexion: duckdb.DuckDBPyConnection, modele: modeles.Modele) -> list[dict[str, Any]]:
    resultat = connexion.execute(f"select * from ({modele.texte}) order by all")
    noms = [description[0] for description in resultat.description]
    return [dict(zip(noms, ligne, strict=True)) for ligne in resultat.fetchall()]


def _creer(connexion: duckdb.DuckDBPyConnection, table: str, lignes: list[dict[str, Any]]) -> None:
    types = colonnes()[table]
    definition = ", ".join(f'"{colonne}" {type_}' for colonne, type_ in types.items())
    connexion.execute(f"create table {table} ({definition})")
    for ligne in lignes:
        assert ligne.keys() <= types.keys(), f"{table}: {ligne.keys() - types.keys()}"
        colonnes_dites = ", ".join(ligne)
        marques = ", ".join("?" * len(ligne))
        connexion.execute(f"insert into {table} ({colonnes_dites}) values ({marques})", list(ligne.values()))


def choisir(lignes: list[dict[str, Any]], *noms: str) -> list[tuple[Any, ...]]:
    """Only the columns that the story speaks of."""
    return [tuple(ligne[nom] for nom in noms) for ligne in lignes]
