"""What a reader of the report may see: the only place where figures enter it, masked as the extracts are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import duckdb

from pipelines.publication.chiffres_publies import TOTAL, Chiffre, ChiffresPublies, Cle, Periode
from pipelines.publication.extraits import Extrait, extrait_masque, nombre_espace
from pipelines.publication.rapport.choix import Choix, cellules, choisir
from pipelines.publication.rapport.lecture import (
    ENTREES,
    NOMBRE,
    VARIANTE,
    Donnees,
    Jour,
    Reception,
    Variante,
    lire,
)
from pipelines.publication.rapport.mots import INSECABLE, insecable
from pipelines.publication.secret import MASQUE, petit

PAS = (0.01, 0.02, 0.05, 0.1)  # a curve is rounded to one of these

SANS_OBJET = "sans_objet"
UNITES_DITES = {"jours": f"{INSECABLE}jours", "ETP": f"{INSECABLE}ETP", "euros": f"{INSECABLE}€"}

Etat = Literal["chiffre", "masque", "nd", "sans_objet"]


@dataclass(frozen=True)
class Cellule:
    """One figure as it may be read; ``nombre`` is what a chart may draw, None when there is nothing."""

    texte: str
    nombre: float | None
    etat: Etat
    statut: str
    motif_nd: str | None


VIDE = Cellule("–", None, "sans_objet", "", None)


@dataclass(frozen=True)
class Marche:
    """One step of a curve: from ``jour`` on, ``part`` of the entries are not yet oriented."""

    jour: int
    part: float


@dataclass(frozen=True)
class Vue:
    """The masked figures, and nothing else of the publication's numbers of persons."""

    choix: Choix
    _extrait: Extrait
    _donnees: Donnees

    def chiffre(
        self,
        code: str,
        periode: Periode,
        territoire: str = TOTAL,
        *,
        mesure: str = NOMBRE,
        axe: str = "",
        modalite: str = "",
    ) -> Cellule:
        """One figure over ``periode``; VIDE when nothing is published under this name."""
        cle = Cle(code, axe, modalite, mesure, periode.type_periode, periode.periode, territoire)
        chiffre = self._extrait.publies.chiffres.get(cle)
        return VIDE if chiffre is None else self._cellule(chiffre, len(periode.mois))

    def simple(self, code: str, periode: Periode, territoire: str = TOTAL, **quoi: str) -> Cellule:
        """The same, a partial figure being its number alone: the title says of how many months."""
        cellule = self.chiffre(code, periode, territoire, **quoi)
        nombre = cellule.nombre
        if cellule.statut != "partiel" or nombre is None or nombre != int(nombre):
            return cellule
        return replace(cellule, texte=_espace(int(nombre)))

    def _cellule(self, chiffre: Chiffre, mois: int) -> Cellule:
        texte = insecable(self._extrait.cellule(chiffre, mois, espaces=True))
        if chiffre.motif_nd == SANS_OBJET:
            return replace(VIDE, motif_nd=SANS_OBJET)
        if chiffre.statut == "ND":
            return Cellule(texte, None, "nd", "ND", chiffre.motif_nd)
        if chiffre.cle in self._extrait.masquees:
            return Cellule(MASQUE, None, "masque", chiffre.statut, chiffre.motif_nd)
        if chiffre.nombre is None:
            return Cellule(texte, None, "sans_objet", chiffre.statut, chiffre.motif_nd)
        unite = UNITES_DITES.get(chiffre.unite, "") if chiffre.statut != "partiel" else ""
        return Cellule(texte + unite, chiffre.nombre, "chiffre", chiffre.statut, chiffre.motif_nd)

    def commentaires(self, code: str, periode: Periode) -> tuple[str, ...]:
        """The sentences that annexe 4 asks for, all territoires together."""
        cle = (code, periode.type_periode, periode.periode, TOTAL)
        return tuple(self._extrait.phrase(p) for p in self._extrait.publies.phrases.get(cle, ()))

    def courbe(self, periode: Periode, territoire: str) -> tuple[Marche, ...]:
        """The steps that may be drawn: one where at least ``seuil`` entries have been oriented since the one
        before, its height rounded so that one degree is worth at least ``seuil`` entries; none when the
        number of entries is masked, or is too small for that."""
        pas = self._pas(self.chiffre(ENTREES, periode, territoire).nombre)
        jours = self._donnees.courbes.get((periode.type_periode, periode.periode, territoire), ())
        return () if pas is None else tuple(_marches(jours, self._extrait.seuil, pas))

    def _pas(self, entrees: float | None) -> float | None:
        possibles = [p for p in PAS if entrees is not None and p * entrees >= self._extrait.seuil]
        return possibles[0] if possibles else None

    def variantes(self, periode: Periode) -> Iterator[tuple[Variante, str]]:
        """Each other reading and its count: « s » when it, the published count or what lies between them says
        too much; all territoires together."""
        for variante in self._donnees.variantes.get((periode.type_periode, periode.periode), ()):
            cle = periode.cle(variante.code, NOMBRE, TOTAL, VARIANTE, variante.variante)
            publiee = periode.cle(variante.code, NOMBRE, TOTAL)
            masquee = not {cle, publiee}.isdisjoint(self._extrait.masquees) or any(
                n is not None and petit(abs(int(n)), self._extrait.seuil)
                for n in (variante.valeur, variante.ecart)
            )
            yield variante, MASQUE if masquee else _entier(variante.valeur)

    def non_disponibles(self) -> Iterator[Chiffre]:
        """The wholes that are not available, or not entirely: they bear no number of persons."""
        for cle, chiffre in sorted(self._extrait.publies.chiffres.items()):
            if chiffre.motif_nd not in (None, SANS_OBJET) and not cle.axe:
                yield replace(chiffre, nombre=None, numerateur=None, denominateur=None, commentaire=None)

    @property
    def seuil(self) -> int:
        return self._extrait.seuil

    @property
    def receptions(self) -> tuple[Reception, ...]:
        return self._donnees.receptions

    @property
    def observations(self) -> Mapping[str, date]:
        """Up to which day the orientations of each territoire are known."""
        return self._donnees.observations


def composer(
    connexion: duckdb.DuckDBPyConnection, publies: ChiffresPublies, seuil: int
) -> tuple[Extrait, Vue | None]:
    """What may leave the service: for the extracts, and for the report, under one masking. No month in force:
    the report has nothing to show."""
    if not publies.periodes:
        return extrait_masque(publies, seuil), None
    donnees, choix = lire(connexion), choisir(publies)
    tous = replace(publies, chiffres={**publies.chiffres, **donnees.chiffres})
    extrait = extrait_masque(tous, seuil, cellules(choix))
    return extrait, Vue(choix, extrait, donnees)


def _entier(nombre: float | None) -> str:
    return "ND" if nombre is None else _espace(int(nombre))


def _espace(nombre: int) -> str:
    return nombre_espace(nombre).replace(" ", INSECABLE)


def _marches(jours: tuple[Jour, ...], seuil: int, pas: float) -> Iterator[Marche]:
    cumul = 0
    for jour in jours:
        cumul += jour.orientees
        if cumul >= seuil:
            yield Marche(jour.jour, round(round(jour.part / pas) * pas, 2))
            cumul = 0
