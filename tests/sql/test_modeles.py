"""What every model of ``sql/`` owes its reader: a grain, a source, a length to be read at once, a test."""

import re
from functools import cache
from pathlib import Path

import pytest

from pipelines.calcul.modeles import COUCHES, SQL, Modele, amont
from tests.sql.atelier import catalogue

LIGNES_MAX = 90
LONGS = {  # recursive models or models of many cases, which two models would not make clearer
    "completude",
    "comptes_mensuels",
    "entrees",
    "etats_orientations",
    "livraisons",
    "parties_jugees",
    "releves_juges",
}
ICI = Path(__file__).parent

tous = pytest.mark.parametrize("modele", catalogue().values(), ids=lambda m: f"{m.couche}/{m.nom}")


@tous
def test_un_modele_dit_son_grain_puis_sa_source(modele: Modele) -> None:
    entete = re.match(r"(?:--[^\n]*\n)+", modele.texte)
    assert entete, "no header comment"
    texte = " ".join(ligne.removeprefix("--").strip() for ligne in entete.group().splitlines())
    assert texte.startswith("Grain: one ")
    assert re.search(r"Source: .*(3-rules|4-interface|2-formats|6-catalogue|annexe 4|MANQUE)", texte)


@tous
def test_un_modele_se_lit_d_un_coup(modele: Modele) -> None:
    longueur = len(modele.texte.splitlines())
    assert longueur <= LIGNES_MAX or modele.nom in LONGS, f"{longueur} lines"


@tous
def test_un_modele_ne_lit_que_des_tables_nommees_et_selectionne_ses_colonnes(modele: Modele) -> None:
    assert not re.search(r"\binsert\b|\bupdate\b|\bdelete\b|\bcreate\b", modele.texte.lower())
    assert modele.texte.endswith("\n")


@tous
def test_un_modele_est_eprouve(modele: Modele) -> None:
    """By a test that names it; or, for a mart, by a test of a mart that is made from it."""
    assert modele.nom in _eprouves()


@cache
def _eprouves() -> set[str]:
    tests = [p for p in ICI.glob("test_*.py") if p.name != Path(__file__).name]
    mots = {mot for p in tests for mot in re.findall(r"[a-z0-9_]+", p.read_text(encoding="utf-8"))}
    nommes = catalogue().keys() & mots
    publies = {nom for nom in nommes if catalogue()[nom].couche == "marts"}
    amont_des_marts = {nom for nom in amont(catalogue(), publies) if catalogue()[nom].couche == "marts"}
    return nommes | amont_des_marts


def test_un_modele_a_un_nom_unique_dans_les_trois_couches() -> None:
    noms = [p.stem for couche in COUCHES for p in (SQL / couche).glob("*.sql")]
    assert sorted(noms) == sorted(catalogue())
