"""The catalogue of indicators: data in ``catalogue.toml``, read once, laid out as tables for the SQL."""

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from contracts.marts import champ_de_mart
from contracts.regles import REGLES

FICHIER = Path(__file__).with_name("catalogue.toml")
INCONNU = "inconnu"


@dataclass(frozen=True)
class Mesure:
    """One figure of an indicator. ``additive``: a period's figure is the sum of its months'; ``comite``: the
    committee's extract has a row for it."""

    nom: str
    libelle: str
    unite: str
    additive: bool = True
    comite: bool = False


@dataclass(frozen=True)
class Indicateur:
    """One line of the catalogue; ``mesures`` and ``axes`` are empty until it is published."""

    code: str
    libelle: str
    volet: str
    unite: str
    periodes: tuple[str, ...]
    publie: bool
    secret: bool
    mesures: tuple[Mesure, ...]
    axes: tuple[str, ...]


@cache
def catalogue() -> dict[str, Indicateur]:
    """Every indicator that the documents name, by code, in the catalogue's order."""
    contenu = tomllib.loads(FICHIER.read_text(encoding="utf-8"))
    return {brut["code"]: _indicateur(brut) for brut in contenu["indicateurs"]}


def publies() -> tuple[Indicateur, ...]:
    """The indicators that a publication bears."""
    return tuple(i for i in catalogue().values() if i.publie)


def _indicateur(brut: dict[str, Any]) -> Indicateur:
    return Indicateur(
        code=brut["code"],
        libelle=brut["libelle"],
        volet=brut["volet"],
        unite=brut["unite"],
        periodes=tuple(brut["periodes"]),
        publie=brut["statut"] == "publie",
        secret=brut.get("secret", True),
        mesures=tuple(_mesure(m, brut["unite"]) for m in brut.get("mesures", ())),
        axes=tuple(brut.get("axes", ())),
    )


def _mesure(brut: dict[str, Any], unite: str) -> Mesure:
    return Mesure(
        nom=brut["nom"],
        libelle=brut["libelle"],
        unite=brut.get("unite", unite),
        additive=brut.get("additive", True),
        comite=brut.get("comite", False),
    )


def modalites(axe: str) -> tuple[str, ...]:
    """The values of a breakdown; what is not filled in at the source is ``inconnu``."""
    champ = champ_de_mart("nouveaux_entrants", axe)
    if axe == "motif_inclusion":
        return champ.codes
    codes = ("O", "N") if champ.type == "booleen" else champ.codes
    return (*codes, INCONNU)


TableReference = tuple[dict[str, str], list[list[Any]]]


def tables_de_reference() -> dict[str, TableReference]:
    """What the models of ``sql/marts`` read of the contracts: for each table, its columns and rows."""
    return {
        "catalogue_indicateurs": (
            {"code": "VARCHAR", "libelle": "VARCHAR", "volet": "VARCHAR"},
            [[i.code, i.libelle, i.volet] for i in publies()],
        ),
        "catalogue_mesures": (
            {
                "code": "VARCHAR",
                "axe": "VARCHAR",
                "modalite": "VARCHAR",
                "mesure": "VARCHAR",
                "unite": "VARCHAR",
                "additive": "BOOLEAN",
                "ordre": "INTEGER",
            },
            _lignes_de_mesures(),
        ),
        "catalogue_regles": (
            {"regle": "VARCHAR", "gravite": "VARCHAR", "texte": "VARCHAR"},
            [[r.id, r.gravite, r.texte] for r in REGLES.values()],
        ),
    }


def _lignes_de_mesures() -> list[list[Any]]:
    rang = count(1)
    lignes: list[list[Any]] = []
    for indicateur in publies():
        for m in indicateur.mesures:
            lignes.append([indicateur.code, "", "", m.nom, m.unite, m.additive, next(rang)])
        tete = indicateur.mesures[0]
        for axe in indicateur.axes:
            for modalite in modalites(axe):
                lignes.append([indicateur.code, axe, modalite, tete.nom, tete.unite, True, next(rang)])
    return lignes
