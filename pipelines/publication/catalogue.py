"""The DuckDB files that analysts open: the marts as tables, each table and column with its COMMENT."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from contracts.catalogue import CROIX, Axe, axes, publies
from contracts.definitions import Champ
from contracts.marts import MARTS, Mart, Niveau
from pipelines.publication.marts import chemin

FICHIERS: dict[Niveau, str] = {"agregat": "pilotage.duckdb", "personne": "personnes/personnes.duckdb"}


def ecrire_catalogues(connexion: duckdb.DuckDBPyConnection, dossier: Path) -> list[Path]:
    """One file for the aggregates, another for the persons, filled from the parquet just written."""
    return [
        _ecrire(connexion, dossier, dossier / fichier, [m for m in MARTS.values() if m.niveau == niveau])
        for niveau, fichier in FICHIERS.items()
    ]


def _ecrire(
    connexion: duckdb.DuckDBPyConnection, dossier: Path, fichier: Path, marts: Iterable[Mart]
) -> Path:
    connexion.execute(f"attach '{_texte(fichier.as_posix())}' as catalogue_publie")
    try:
        connexion.execute("begin")  # one write to disk instead of one a COMMENT
        for mart in marts:
            source = _texte(chemin(dossier, mart).as_posix())
            connexion.execute(f"create table catalogue_publie.{mart.nom} as from read_parquet('{source}')")
            connexion.execute(";".join(commentaires(mart)))
        connexion.execute("commit")
    finally:
        connexion.execute("detach catalogue_publie")
    return fichier


def commentaires(mart: Mart) -> list[str]:
    """The COMMENT instructions of a table and of its columns."""
    table = f"catalogue_publie.{mart.nom}"
    return [
        f"comment on table {table} is '{_texte(mart.description)}'",
        *(
            f"comment on column {table}.{colonne} is '{_texte(_description(colonne, champ))}'"
            for colonne, champ in mart.champs().items()
        ),
    ]


def _description(colonne: str, champ: Champ) -> str:
    """What the column says, and the values that it may take."""
    valeurs = _valeurs(colonne, champ)
    return f"{champ.description} [{', '.join(valeurs)}]" if valeurs else champ.description


def _valeurs(colonne: str, champ: Champ) -> tuple[str, ...]:
    if colonne == "code":
        return tuple(i.code for i in publies())
    if colonne == "axe":
        return tuple(axes())
    if colonne == "modalite":
        return tuple(f"{a.nom} : {_modalites(a)}" for a in axes().values())
    if colonne == "mesure":
        return tuple(dict.fromkeys(m.nom for i in publies() for m in i.mesures))
    return champ.codes


def _modalites(axe: Axe) -> str:
    if CROIX in axe.nom:
        return "les couples"
    return " / ".join(axe.modalites) or "celles des données"


def _texte(texte: str) -> str:
    return texte.replace("'", "''")
