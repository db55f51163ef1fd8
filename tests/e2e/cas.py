"""Running a worked case of 3.8 through reception and calcul, and finding its rows in the marts."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.calcul.calculer import Calcul, calculer
from pipelines.configuration import Configuration, charger
from pipelines.reception.recevoir import recevoir
from pipelines.simulation.cas import CAS, ecrire_cas, id_personne
from pipelines.simulation.recits import Attendu

CLE_DE_TEST = "5e" * 32  # the sample's own key is refused outside data/sample


def departement_du_cas(numero: int, dossier: Path, regles: dict[str, str] | None = None) -> Configuration:
    """The case alone in its store, everything received."""
    ecrire_cas(numero, dossier, regles)
    configuration = charger(dossier / "pilotage.toml")
    bilan = recevoir([configuration.depot], configuration)
    assert bilan.code == 0, [r.messages for r in bilan.resultats if r.statut == "refusee"]
    return configuration


@contextmanager
def calcul_du_cas(numero: int, dossier: Path, regles: dict[str, str] | None = None) -> Iterator[Calcul]:
    """The case computed on the day it asks for."""
    configuration = departement_du_cas(numero, dossier, regles)
    with calculer(configuration, CAS[numero].arrete_au) as calcul:
        yield calcul


def lire_cle(configuration: Configuration) -> bytes:
    """The key of a simulated département."""
    assert configuration.cle_fichier is not None
    return bytes.fromhex(configuration.cle_fichier.read_text(encoding="utf-8").strip())


def ecarts(
    connexion: duckdb.DuckDBPyConnection, numero: int, attendus: Iterable[Attendu], cle: bytes
) -> list[str]:
    """What differs from the expected rows, in words; nothing when the case holds."""
    return [ecart for attendu in attendus for ecart in _ecarts(connexion, numero, attendu, cle)]


def _ecarts(connexion: duckdb.DuckDBPyConnection, numero: int, attendu: Attendu, cle: bytes) -> Iterator[str]:
    ou = dict(attendu.ou)
    if attendu.personne:
        ou["id_personne"] = id_personne(numero, attendu.personne, cle)
    ou_dit = f"cas {numero}, {attendu.mart} {dict(attendu.ou)} {attendu.personne or ''}"
    lignes = lire(connexion, attendu.mart, ou)
    if len(lignes) != attendu.nombre:
        yield f"{ou_dit} : {len(lignes)} lignes au lieu de {attendu.nombre}"
    for ligne in lignes:
        for colonne, valeur in attendu.champs.items():
            if ligne[colonne] != valeur:
                yield f"{ou_dit} : {colonne} = {ligne[colonne]} au lieu de {valeur}"


def lire(connexion: duckdb.DuckDBPyConnection, mart: str, ou: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a mart that match."""
    conditions = " and ".join(f"{colonne} is not distinct from ?" for colonne in ou)
    resultat = connexion.execute(f"select * from {mart} where {conditions}", list(ou.values()))
    noms = [colonne[0] for colonne in resultat.description]
    return [dict(zip(noms, ligne, strict=True)) for ligne in resultat.fetchall()]


def jours(*textes: str) -> list[date]:
    """Days from their ISO text."""
    return [date.fromisoformat(texte) for texte in textes]
