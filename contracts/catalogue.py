"""The catalogue of indicators: data in ``catalogue.toml``, read once, laid out as tables for the SQL."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from contracts.marts import champ_de_mart
from contracts.regles import REGLES

FICHIER = Path(__file__).with_name("catalogue.toml")
INCONNU = "inconnu"
CROIX = " × "
CALENDRIER = ("entrants", "calculable", "complet", "suite_12_mois", "total_seulement")

Nature = Literal["somme", "taux", "stock", "taux_stock", "distincte", "directe", "declaree"]
Ou = Literal["total", "axes", "partout"]


@dataclass(frozen=True)
class Axe:
    """One breakdown. ``modalites`` is empty when the data give them (``relevees``); ``colonnes``: what it needs
    of the delivered tables; ``non_additif``: why the sum of its values is not the total (empty: it is)."""

    nom: str
    libelle: str
    modalites: tuple[str, ...]
    relevees: bool
    colonnes: tuple[str, ...]
    besoin_par_modalite: bool
    non_additif: str


@dataclass(frozen=True)
class Mesure:
    """One figure of an indicator; ``comite``: the committee's extract has a row for it."""

    nom: str
    libelle: str
    unite: str
    nature: Nature
    besoins: tuple[str, ...]
    ou: Ou
    comite: bool
    au_dernier_mois: bool


@dataclass(frozen=True)
class Indicateur:
    """One line of the catalogue. ``periodes``: the types of period that it has a sense for; ``au``: the day of
    the year (MM-JJ) that it is read at, if one only; ``recul_jours``: beyond the 15 days, what its figures wait."""

    code: str
    libelle: str
    volet: str
    unite: str
    definition: str
    periodes: tuple[str, ...]
    au: str | None
    recul_jours: int
    secret: bool
    mesures: tuple[Mesure, ...]
    axes: tuple[str, ...]


@cache
def _contenu() -> dict[str, Any]:
    return tomllib.loads(FICHIER.read_text(encoding="utf-8"))


@cache
def catalogue() -> dict[str, Indicateur]:
    """Every indicator that the documents name, by code, in the catalogue's order."""
    return {brut["code"]: _indicateur(brut) for brut in _contenu()["indicateurs"]}


@cache
def axes() -> dict[str, Axe]:
    """Every breakdown, by name."""
    lus: dict[str, Axe] = {}
    for brut in _contenu()["axes"]:
        lus[brut["nom"]] = _axe(brut, lus)
    return lus


def publies() -> tuple[Indicateur, ...]:
    """The indicators that a publication bears: all of them."""
    return tuple(catalogue().values())


def _indicateur(brut: dict[str, Any]) -> Indicateur:
    bruts = brut["mesures"]
    return Indicateur(
        code=brut["code"],
        libelle=brut["libelle"],
        volet=brut["volet"],
        unite=brut["unite"],
        definition=brut["definition"],
        periodes=tuple(brut["periodes"]),
        au=brut.get("au"),
        recul_jours=brut.get("recul_jours", 0),
        secret=brut.get("secret", True),
        mesures=tuple(_mesure(m, brut, "partout" if m is bruts[0] else "total") for m in bruts),
        axes=tuple(brut.get("axes", ())),
    )


def _mesure(brut: dict[str, Any], indicateur: dict[str, Any], ou: Ou) -> Mesure:
    besoins = [*indicateur["besoins"], *brut.get("besoins", ())]
    nature = brut.get("nature", indicateur.get("nature", "somme"))
    return Mesure(
        nom=brut["nom"],
        libelle=brut["libelle"],
        unite=brut.get("unite", indicateur["unite"]),
        nature=nature,
        besoins=tuple(brut.get("besoins_propres", besoins)),
        ou=brut.get("ou", ou),
        comite=brut.get("comite", False),
        au_dernier_mois=brut.get("au_dernier_mois", nature in ("stock", "taux_stock")),
    )


def _axe(brut: dict[str, Any], lus: dict[str, Axe]) -> Axe:
    croises = [lus[nom] for nom in brut.get("croise", ())]
    return Axe(
        nom=brut["nom"],
        libelle=brut["libelle"],
        modalites=tuple(map(CROIX.join, product(*(a.modalites for a in croises))))
        if croises
        else _modalites(brut),
        relevees=brut.get("relevees", False),
        colonnes=tuple(brut.get("colonnes", [c for a in croises for c in a.colonnes])),
        besoin_par_modalite=brut.get("besoin_par_modalite", False),
        non_additif=brut.get("non_additif", ""),
    )


def _modalites(brut: dict[str, Any]) -> tuple[str, ...]:
    """What is not filled in at the source is ``inconnu``."""
    if brut.get("relevees"):
        return ()
    codes = tuple(brut["codes"]) if "codes" in brut else champ_de_mart(*brut["champ"].split(".")).codes
    return (*codes, INCONNU) if brut.get("inconnu", True) else codes


# ---------------------------------------------------------------- tables for the SQL

TableReference = tuple[dict[str, str], list[list[Any]]]


def tables_de_reference() -> dict[str, TableReference]:
    """What the models of ``sql/`` read of the contracts: for each table, its columns and rows."""
    return {
        "catalogue_indicateurs": (
            {
                "code": "VARCHAR",
                "libelle": "VARCHAR",
                "volet": "VARCHAR",
                "au": "VARCHAR",
                "ordre": "INTEGER",
            },
            [[i.code, i.libelle, i.volet, i.au, rang] for rang, i in enumerate(publies())],
        ),
        "catalogue_periodes": (
            {"code": "VARCHAR", "type_periode": "VARCHAR"},
            [[i.code, type_periode] for i in publies() for type_periode in i.periodes],
        ),
        "catalogue_mesures": (
            {
                "code": "VARCHAR",
                "axe": "VARCHAR",
                "modalite": "VARCHAR",
                "mesure": "VARCHAR",
                "unite": "VARCHAR",
                "nature": "VARCHAR",
                "profil": "VARCHAR",
                "tete": "BOOLEAN",
            },
            [ligne for indicateur in publies() for ligne in _lignes(indicateur)],
        ),
        "catalogue_axes": (
            {"axe": "VARCHAR", "relevees": "BOOLEAN", "additif": "BOOLEAN"},
            [[a.nom, a.relevees, not a.non_additif] for a in axes().values()],
        ),
        "catalogue_profils": (
            {"profil": "VARCHAR", "dernier_mois": "BOOLEAN", "recul_jours": "INTEGER"},
            [[texte, p.dernier_mois, p.recul_jours] for texte, p in _profils().items()],
        ),
        "catalogue_besoins": (
            {"profil": "VARCHAR", "rang": "INTEGER", "besoin": "VARCHAR", "sorte": "VARCHAR"},
            [
                [texte, rang, besoin, _sorte(besoin)]
                for texte, p in _profils().items()
                for rang, besoin in enumerate(p.besoins)
            ],
        ),
        "catalogue_regles": (
            {"regle": "VARCHAR", "gravite": "VARCHAR", "texte": "VARCHAR"},
            [[r.id, r.gravite, r.texte] for r in REGLES.values()],
        ),
    }


@dataclass(frozen=True)
class _Profil:
    """What a figure needs: one answer (available or not, provisoire or not) serves all figures of a profil."""

    besoins: tuple[str, ...]
    dernier_mois: bool
    recul_jours: int

    @property
    def texte(self) -> str:
        etendue = " au dernier mois" if self.dernier_mois else ""
        recul = f" +{self.recul_jours} j" if self.recul_jours else ""
        return f"{' '.join(self.besoins)}{etendue}{recul}"


@dataclass(frozen=True)
class _Cellule:
    """One figure of the catalogue: a measure, for the whole or for one modalité (``*``: those of the data)."""

    axe: str
    modalite: str
    mesure: Mesure
    profil: _Profil


def _lignes(indicateur: Indicateur) -> Iterator[list[Any]]:
    for c in _cellules(indicateur):
        m = c.mesure
        tete = m is indicateur.mesures[0] and not c.axe
        yield [indicateur.code, c.axe, c.modalite, m.nom, m.unite, m.nature, c.profil.texte, tete]


def _cellules(indicateur: Indicateur) -> Iterator[_Cellule]:
    for mesure in indicateur.mesures:
        if mesure.ou != "axes":
            yield _Cellule("", "", mesure, _profil(indicateur, mesure, mesure.besoins))
        if mesure.ou == "total":
            continue
        for axe in map(axes().__getitem__, indicateur.axes):
            for modalite in axe.modalites or ("*",):
                besoins = _besoins(mesure, axe, modalite)
                yield _Cellule(axe.nom, modalite, mesure, _profil(indicateur, mesure, besoins))


def _besoins(mesure: Mesure, axe: Axe, modalite: str) -> tuple[str, ...]:
    if axe.besoin_par_modalite:  # the modalité is the table that its figure needs
        return (*(b for b in mesure.besoins if b in CALENDRIER), modalite)
    return (*mesure.besoins, *axe.colonnes)


def _profil(indicateur: Indicateur, mesure: Mesure, besoins: tuple[str, ...]) -> _Profil:
    return _Profil(tuple(dict.fromkeys(besoins)), mesure.au_dernier_mois, indicateur.recul_jours)


@cache
def _profils() -> dict[str, _Profil]:
    return {c.profil.texte: c.profil for i in publies() for c in _cellules(i)}


def _sorte(besoin: str) -> str:
    if besoin in CALENDRIER:
        return "calendrier"
    return "colonne" if "." in besoin else "table"
