"""The models of ``sql/``: one ``select`` a file, the file's name is the table's name.

Their order follows from what each reads; nobody lists it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

SQL = Path(__file__).resolve().parents[2] / "sql"
COUCHES = ("staging", "core", "indicateurs", "marts")

_LECTURE = re.compile(r"\b(?:from|join)\s+([a-z_][a-z0-9_]*)")
_VARIABLE = re.compile(r"getvariable\('([a-z_0-9]+)'\)")
_COMMENTAIRE = re.compile(r"--[^\n]*")


@dataclass(frozen=True)
class Modele:
    """One model: its name, layer, text, the names it reads and the variables it depends on."""

    nom: str
    couche: str
    texte: str
    lectures: frozenset[str]
    variables: frozenset[str]


def modeles(racine: Path = SQL, couches: Iterable[str] = COUCHES) -> dict[str, Modele]:
    """Every model of these layers of ``sql/``, by name."""
    return {m.nom: m for couche in couches for m in map(_modele, sorted((racine / couche).glob("*.sql")))}


def _modele(chemin: Path) -> Modele:
    texte = chemin.read_text(encoding="utf-8")
    code = _COMMENTAIRE.sub("", texte)
    return Modele(
        nom=chemin.stem,
        couche=chemin.parent.name,
        texte=texte,
        lectures=frozenset(_LECTURE.findall(code)) - {chemin.stem},
        variables=frozenset(_VARIABLE.findall(code)),
    )


def ordre(catalogue: dict[str, Modele]) -> Iterator[Modele]:
    """The models, each after those that it reads; alphabetical where nothing decides."""
    graphe = TopologicalSorter(
        {nom: sorted(m.lectures & catalogue.keys()) for nom, m in sorted(catalogue.items())}
    )
    return (catalogue[nom] for nom in graphe.static_order())


def aval(catalogue: dict[str, Modele], variables: Iterable[str], racines: Iterable[str]) -> list[Modele]:
    """What must run again for ``racines`` when ``variables`` change: the models that read one of
    them, directly or through another model. Staging never changes: what is in force is no variant."""
    voulues = set(variables)
    touches: set[str] = set()
    for modele in ordre(catalogue):
        if modele.couche != "staging" and (modele.variables & voulues or modele.lectures & touches):
            touches.add(modele.nom)
    utiles = amont(catalogue, racines)
    return [m for m in ordre(catalogue) if m.nom in touches and m.nom in utiles]


def amont(catalogue: dict[str, Modele], racines: Iterable[str]) -> set[str]:
    """The names of ``racines`` and of all that they read, directly or not."""
    vus: set[str] = set()
    a_voir = list(racines)
    while a_voir:
        nom = a_voir.pop()
        if nom in catalogue and nom not in vus:
            vus.add(nom)
            a_voir.extend(catalogue[nom].lectures)
    return vus


def executer(connexion: duckdb.DuckDBPyConnection, liste: Iterable[Modele]) -> None:
    """Create each model as a table of the current schema."""
    for modele in liste:
        connexion.execute(f"create table {modele.nom} as\n{modele.texte}")
