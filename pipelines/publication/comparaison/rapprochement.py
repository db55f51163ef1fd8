"""The two publications laid side by side in DuckDB: ``deux_…`` views, then the models of
``sql/comparaison``."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from contracts.marts import MARTS
from pipelines.calcul import entrees, modeles
from pipelines.publication.comparaison.designation import Publiee
from pipelines.publication.marts import chemin

COUCHE = "comparaison"
LUS = (
    "indicateurs",
    "livraisons",
    "situations_mensuelles",
    "nouveaux_entrants",
    "entrees_ecartees",
    "suivis",
    "alias_personnes",
)
COLONNES_ENTREES = {
    "cote": "VARCHAR",
    "id_livraison": "VARCHAR",
    "source": "VARCHAR",
    "emetteur": "VARCHAR",
    "date_reception": "DATE",
    "receptions": "DATE[]",
    "acceptation": "VARCHAR",
    "lecture": "VARCHAR",
}

RENDUS = ("ecarts", "groupes", "livraisons_changees", "personnes_expliquees", "aspects")

Lignes = list[dict[str, Any]]


@dataclass(frozen=True)
class Etape:
    """What was found between two publications: the rows of the models, ``methode`` when only the method
    differs."""

    methode: bool
    ecarts: Lignes
    groupes: Lignes
    livraisons: Lignes
    personnes: Lignes
    aspects: Lignes


@dataclass(frozen=True)
class Cote:
    """One of the two: the deliveries it read, and where each of its marts is (a text of ``from``)."""

    livraisons: Sequence[Mapping[str, Any]]
    marts: Mapping[str, str]


def publie(publiee: Publiee) -> Cote:
    """A publication on disk."""
    marts = {
        nom: f"read_parquet('{_litteral(chemin(publiee.dossier, MARTS[nom]).as_posix())}')" for nom in LUS
    }
    return Cote(publiee.entrees["livraisons"], marts)


def calcule(livraisons: Sequence[Mapping[str, Any]]) -> Cote:
    """A computation just made, in the same connection."""
    return Cote(livraisons, {nom: f"main.{nom}" for nom in LUS})


def etape(
    connexion: duckdb.DuckDBPyConnection,
    avant: Cote,
    apres: Cote,
    *,
    methode_seule: bool = False,
    methode_differe: bool = False,
) -> Etape:
    """What the models of ``sql/comparaison`` find between these two."""
    connexion.execute(f"create schema {COUCHE}")
    connexion.execute(f"set search_path = '{COUCHE},main'")
    try:
        connexion.execute("set variable methode_seule = ?", [methode_seule])
        connexion.execute("set variable methode_differe = ?", [methode_differe])
        _poser(connexion, avant, apres)
        modeles.executer(connexion, modeles.ordre(modeles.modeles(couches=(COUCHE,))))
        return Etape(
            methode_seule,
            *(_lire(connexion, m) for m in RENDUS),
        )
    finally:
        connexion.execute("set search_path = 'main'")
        connexion.execute(f"drop schema {COUCHE} cascade")


def _poser(connexion: duckdb.DuckDBPyConnection, avant: Cote, apres: Cote) -> None:
    """The marts of both, and the deliveries that each of them read."""
    for nom in LUS:
        connexion.execute(
            f"create view deux_{nom} as select 'avant' as cote, * from {avant.marts[nom]} "
            f"union all by name select 'apres' as cote, * from {apres.marts[nom]}"
        )
    entrees.table(
        connexion,
        "deux_entrees",
        COLONNES_ENTREES,
        [
            [cote, *_entree(livraison)]
            for cote, une in (("avant", avant), ("apres", apres))
            for livraison in une.livraisons
        ],
    )


def _lire(connexion: duckdb.DuckDBPyConnection, modele: str) -> Lignes:
    """The rows of a model, in a stable order."""
    resultat = connexion.execute(f"select * from {modele} order by all")
    noms = [colonne[0] for colonne in resultat.description]
    return [dict(zip(noms, ligne, strict=True)) for ligne in resultat.fetchall()]


def _entree(livraison: Mapping[str, Any]) -> list[Any]:
    """A delivery as the input of a publication: what could make it another input."""
    return [
        livraison["id"],
        livraison["source"],
        livraison["emetteur"],
        livraison["date_reception"],
        [livraison["date_reception"], *livraison["confirmations"]],
        livraison["acceptation"],
        json.dumps(livraison["lecture"], sort_keys=True),
    ]


def _litteral(texte: str) -> str:
    return texte.replace("'", "''")
