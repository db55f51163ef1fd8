"""The marts on disk: sorted, zstd, the same bytes for the same rows."""

from pathlib import Path

import duckdb

from contracts.marts import MARTS, Mart

# Parquet says nothing of when or where: in a total order and with fixed row groups, same rows, same bytes.
_FORMAT = "format parquet, compression zstd, row_group_size 122880"


def ecrire_marts(connexion: duckdb.DuckDBPyConnection, dossier: Path) -> dict[str, int]:
    """Write every mart in its place under the publication's folder; gives the rows of each."""
    for mart in MARTS.values():
        fichier = chemin(dossier, mart)
        fichier.parent.mkdir(parents=True, exist_ok=True)
        connexion.execute(f"copy ({requete(mart)}) to '{_litteral(fichier)}' ({_FORMAT})")
    return {mart.nom: _lignes(connexion, mart) for mart in MARTS.values()}


def chemin(dossier: Path, mart: Mart) -> Path:
    """Aggregates in marts/, person-level ones under personnes/, which has its own rights."""
    base = dossier / "personnes" if mart.niveau == "personne" else dossier
    return base / "marts" / f"{mart.nom}.parquet"


def requete(mart: Mart) -> str:
    """The mart's columns in the contract's order, its rows in the order of its key."""
    return f"select {', '.join(mart.colonnes)} from {mart.nom} order by {', '.join(_ordre(mart))}"


def _ordre(mart: Mart) -> tuple[str, ...]:
    """The key tells the rows apart; where a table may hold two rows of one key, the other columns follow."""
    if mart.niveau == "personne":
        return mart.tri
    return (*mart.tri, *(colonne for colonne in mart.colonnes if colonne not in mart.tri))


def _lignes(connexion: duckdb.DuckDBPyConnection, mart: Mart) -> int:
    ligne = connexion.execute(f"select count(*) from {mart.nom}").fetchone()
    return int(ligne[0]) if ligne else 0


def _litteral(fichier: Path) -> str:
    return fichier.as_posix().replace("'", "''")
