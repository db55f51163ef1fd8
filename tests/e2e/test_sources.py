"""Removing a source turns ND exactly what says that it needs it, and changes nothing else; files received
in any order give the same bytes (6-catalogue: `source_absente`, `colonne_absente`; 3-rules § 3.7).

A small département is received once. A source is removed by computing again without its deliveries; a
column, from copies of its files that lack it.
"""

import copy
import random
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest

from contracts.catalogue import catalogue, tables_de_reference
from pipelines.calcul import entrees
from pipelines.calcul.calculer import calculer
from pipelines.configuration import Configuration, charger
from pipelines.publication.marts import ecrire_marts
from pipelines.reception.recevoir import recevoir
from pipelines.simulation.generateur import simuler

BESOINS = [ligne[2:] for ligne in tables_de_reference()["catalogue_besoins"][1]]
SOURCES = sorted({besoin for besoin, sorte in BESOINS if sorte == "table"})
COLONNES = sorted({besoin for besoin, sorte in BESOINS if sorte == "colonne"})
CLES = "code, axe, modalite, mesure, type_periode, periode, territoire"
RELEVEES = {"participations": "code_action", "parcours_types": "parcours"}  # their values come from the data


class Figure(NamedTuple):
    """What is published of one cell."""

    statut: str
    motif_nd: str | None
    contenu: tuple[Any, ...]


Figures = dict[tuple[str, ...], Figure]


@pytest.fixture(scope="module")
def departement(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """Fifteen months, so that S-1 has its twelve, of sixty dossiers, with every table."""
    dossier = tmp_path_factory.mktemp("sources")
    simuler(dossier, dossiers=60, mois=15, format="csv")
    configuration = charger(dossier / "pilotage.toml")
    assert recevoir([configuration.depot], configuration).code == 0
    return configuration


@pytest.fixture(scope="module")
def completes(departement: Configuration) -> Figures:
    return figures(departement, entrees.registre(departement.entrepot))


def arrete_au(configuration: Configuration) -> date:
    """The same day whatever is removed."""
    return entrees.arrete_au_par_defaut(entrees.registre(configuration.entrepot))


def figures(configuration: Configuration, livraisons: list[dict[str, Any]]) -> Figures:
    with calculer(configuration, arrete_au(configuration), livraisons) as calcul:
        return {
            tuple(ligne[:7]): Figure(ligne[7], ligne[8], ligne[9:])
            for ligne in calcul.connexion.execute(
                f"select {CLES}, statut, motif_nd, valeur, numerateur, denominateur, valeur_partielle, "
                "mois_calculables from indicateurs"
            ).fetchall()
        }


@cache
def besoins() -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The needs of each figure, tables before columns; « * » for the values that come from the data."""
    tables = tables_de_reference()
    des_profils: dict[str, list[tuple[bool, int, str]]] = {}
    for profil, rang, besoin, _ in tables["catalogue_besoins"][1]:
        des_profils.setdefault(profil, []).append(("." in besoin, rang, besoin))
    return {
        (ligne[0], ligne[1], ligne[2], ligne[3]): tuple(b for *_, b in sorted(des_profils[ligne[6]]))
        for ligne in tables["catalogue_mesures"][1]
    }


def besoins_de(cle: tuple[str, ...]) -> tuple[str, ...]:
    code, axe, modalite, mesure = cle[:4]
    tous = besoins()
    return tous.get((code, axe, modalite, mesure)) or tous[code, axe, "*", mesure]


def premier_manquant(cle: tuple[str, ...], retires: Collection[str]) -> str | None:
    """The first need of a figure that was removed; « entrants » needs the orientations."""
    for besoin in besoins_de(cle):
        if besoin in retires or (besoin == "entrants" and "orientations" in retires):
            return "orientations" if besoin == "entrants" else besoin
    return None


def assert_seuls_nd(
    avant: Figures, apres: Figures, retires: Collection[str], inchangees: bool = True
) -> None:
    """Every figure that needs what was removed is ND, with that reason; every other one is as it was."""
    disparus = {RELEVEES[b] for b in retires if b in RELEVEES}
    assert {cle for cle in avant.keys() ^ apres.keys() if cle[1] not in disparus} == set()
    touchees = 0
    for cle, figure in apres.items():
        manquant = premier_manquant(cle, retires)
        if manquant is None:
            assert not inchangees or figure == avant[cle], cle
        elif avant[cle].statut == "ND":
            assert figure.statut == "ND", cle
        else:
            sorte = "colonne" if "." in manquant else "source"
            attendu = f"{sorte}_absente: {manquant.split('|')[0]}"
            assert figure.statut == "ND", cle
            assert figure.motif_nd == attendu or avant[cle].statut == "partiel", cle
            assert figure.contenu[:4] == (None,) * 4, cle
            touchees += 1
    assert touchees


def test_le_departement_simule_donne_tous_les_codes(completes: Figures) -> None:
    assert {cle[0] for cle, figure in completes.items() if figure.statut != "ND"} == set(catalogue())


@pytest.mark.parametrize("source", SOURCES)
def test_une_source_retiree_rend_nd_ce_qui_la_nomme_et_ne_change_rien_d_autre(
    departement: Configuration, completes: Figures, source: str
) -> None:
    livraisons = [d for d in entrees.registre(departement.entrepot) if d["source"] != source]
    assert_seuls_nd(completes, figures(departement, livraisons), {source})


# ---------------------------------------------------------------- columns


def tours() -> Iterator[list[str]]:
    """Every optional column in few computations: at each turn one column of each table."""
    par_table: dict[str, list[str]] = {}
    for besoin in COLONNES:
        par_table.setdefault(besoin.split(".")[0], []).append(besoin)
    for rang in range(max(map(len, par_table.values()))):
        yield [colonnes[rang] for colonnes in par_table.values() if rang < len(colonnes)]


def sans_colonnes(livraison: dict[str, Any], colonnes: set[str], dossier: Path) -> dict[str, Any]:
    """The same delivery, as if its file had not had these columns."""
    sans = copy.deepcopy(livraison)
    sans["lecture"]["colonnes"] = [c for c in livraison["lecture"]["colonnes"] if c not in colonnes]
    sans["dossier"] = dossier / livraison["id"]
    sans["dossier"].mkdir(parents=True)
    lues = "mois_naissance" if "date_naissance" in colonnes else ""
    for nom in ("lignes.parquet", "rejets.parquet"):
        table = pq.read_table(livraison["dossier"] / nom)
        gardees = [c for c in table.column_names if c not in colonnes | {lues}]
        pq.write_table(table.select(gardees), sans["dossier"] / nom)
    return sans


@pytest.mark.parametrize("retires", list(tours()), ids=lambda retires: f"{len(retires)} colonnes")
def test_une_colonne_jamais_donnee_rend_nd_ce_qui_la_nomme_et_ne_change_rien_d_autre(
    departement: Configuration, completes: Figures, retires: list[str], tmp_path: Path
) -> None:
    """Of orientations, a suivi is cut by what its rows say: only what must be ND is looked at."""
    colonnes = {besoin.split(".")[0]: set(besoin.split(".")[1].split("|")) for besoin in retires}
    livraisons = [
        sans_colonnes(d, colonnes[d["source"]], tmp_path) if d["source"] in colonnes else d
        for d in entrees.registre(departement.entrepot)
    ]
    inchangees = "orientations" not in colonnes
    assert_seuls_nd(completes, figures(departement, livraisons), retires, inchangees)


# ---------------------------------------------------------------- order of reception


def marts(configuration: Configuration, dossier: Path) -> dict[str, bytes]:
    """Every mart, as published."""
    with calculer(configuration) as calcul:
        ecrire_marts(calcul.connexion, dossier)
    return {p.relative_to(dossier).as_posix(): p.read_bytes() for p in sorted(dossier.rglob("*.parquet"))}


def test_les_memes_fichiers_recus_dans_un_autre_ordre_donnent_les_memes_octets(
    departement: Configuration, tmp_path: Path
) -> None:
    """Shuffled, in five visits, the latest files first to come: the days are those of receptions.csv."""
    autre = replace(departement, entrepot=tmp_path / "entrepot")
    fichiers = sorted(p for p in departement.depot.rglob("*") if p.is_file())
    random.Random(7).shuffle(fichiers)
    for rang in range(5):
        assert recevoir(fichiers[rang::5], autre).code == 0
    attendus, obtenus = marts(departement, tmp_path / "a"), marts(autre, tmp_path / "b")
    assert attendus.keys() == obtenus.keys()
    assert [nom for nom in attendus if attendus[nom] != obtenus[nom]] == []
