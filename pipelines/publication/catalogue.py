"""The DuckDB files that analysts open: the marts as tables, a few views of them, each with its COMMENTs."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import duckdb

from contracts.catalogue import CROIX, Axe, axes, publies
from contracts.definitions import Champ
from contracts.marts import MARTS, Mart, Niveau
from contracts.vues import VUES, Vue
from pipelines.calcul.modeles import SQL
from pipelines.publication.marts import chemin

FICHIERS: dict[Niveau, str] = {"agregat": "pilotage.duckdb", "personne": "personnes/personnes.duckdb"}

_STOCKAGE = "v1.0.0"  # what the analysts' own tools can open, older than ours as they may be


def ecrire_catalogues(connexion: duckdb.DuckDBPyConnection, dossier: Path) -> list[Path]:
    """One file for the aggregates and their views, another for the persons, from the parquet just written."""
    return [
        _ecrire(
            connexion,
            dossier,
            dossier / fichier,
            [m for m in MARTS.values() if m.niveau == niveau],
            VUES.values() if niveau == "agregat" else (),
        )
        for niveau, fichier in FICHIERS.items()
    ]


def _ecrire(
    connexion: duckdb.DuckDBPyConnection,
    dossier: Path,
    fichier: Path,
    marts: Iterable[Mart],
    vues: Iterable[Vue],
) -> Path:
    connexion.execute(
        f"attach '{_texte(fichier.as_posix())}' as catalogue_publie (storage_version '{_STOCKAGE}')"
    )
    try:
        connexion.execute("begin")  # one write to disk instead of one a COMMENT
        for mart in marts:
            source = _texte(chemin(dossier, mart).as_posix())
            connexion.execute(f"create table catalogue_publie.{mart.nom} as from read_parquet('{source}')")
            connexion.execute(";".join(commentaires("table", mart)))
        for vue in vues:
            connexion.execute(f"create view catalogue_publie.{vue.nom} as {texte_de_vue(vue)}")
            connexion.execute(";".join(commentaires("view", vue)))
        connexion.execute("commit")
    finally:
        connexion.execute("detach catalogue_publie")
    return fichier


def texte_de_vue(vue: Vue) -> str:
    """Its query, which names the tables of its own file and nothing else: the file may be moved."""
    return (SQL / "vues" / f"{vue.nom}.sql").read_text(encoding="utf-8")


def commentaires(sorte: Literal["table", "view"], objet: Mart | Vue) -> list[str]:
    """The COMMENT instructions of a table or view and of its columns."""
    nom = f"catalogue_publie.{objet.nom}"
    return [
        f"comment on {sorte} {nom} is '{_texte(objet.description)}'",
        *(
            f"comment on column {nom}.{colonne} is '{_texte(_description(colonne, champ))}'"
            for colonne, champ in objet.champs().items()
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
