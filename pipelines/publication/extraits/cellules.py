"""What is written in a cell of the extracts: the figure, or why it is not there."""

import re
from dataclasses import dataclass

from pipelines.publication.chiffres_publies import (
    DECLARE,
    Chiffre,
    ChiffresPublies,
    Cle,
    Declaration,
    Periode,
    Phrase,
)
from pipelines.publication.extraits.tableau import Case
from pipelines.publication.nombres import compte_des_personnes
from pipelines.publication.rapport.mots import en_clair
from pipelines.publication.secret import MASQUE, petit

SANS_OBJET = "sans objet"  # a rate over nobody, an indicator that says nothing of such a period
ND = "ND"

_PERSONNES = re.compile(r"\((\d+) personnes?\b")


def nombre_espace(nombre: float) -> str:
    """7812 → « 7 812 », 12.5 → « 12,5 »: for a number inside a sentence."""
    decimales = 0 if nombre == int(nombre) else 1
    return f"{nombre:,.{decimales}f}".replace(",", " ").replace(".", ",")


@dataclass(frozen=True)
class Extrait:
    """The published figures as they may be read, given those that must not be."""

    publies: ChiffresPublies
    seuil: int
    masquees: frozenset[Cle]

    def cellule(self, chiffre: Chiffre, mois_total: int, *, espaces: bool = False) -> str:
        """« 7812 » (in a sentence « 7 812 »), « 45,3 % », « s » or « ND », with what is known of it."""
        if chiffre.statut == "ND":
            return SANS_OBJET if chiffre.motif_nd == "sans_objet" else ND
        if chiffre.statut != "partiel":
            return self._valeur(chiffre, espaces=espaces)
        valeur = self._valeur(chiffre, espaces=True)
        return f"{ND} (partiel : {valeur}, {chiffre.mois_calculables} mois sur {mois_total})"

    def case(self, cle: Cle, periode: Periode, *, espaces: bool = False) -> Case:
        """A figure in its place; where others have declared one, theirs beside it, or instead of a ND."""
        chiffre = self.publies.chiffres.get(cle)
        notre = Case(ND) if chiffre is None else self.notre(chiffre, len(periode.mois), espaces=espaces)
        declaration = None if cle.axe else self.publies.declarations.get(cle._replace(axe=DECLARE))
        if declaration is None:
            return notre
        declare = f"déclaré, non recalculé : {self._valeur_declaree(declaration)}"
        return Case(declare if notre.texte in (ND, SANS_OBJET) else f"{notre.texte} ; {declare}")

    def notre(self, chiffre: Chiffre, mois_total: int, *, espaces: bool = False) -> Case:
        """The text of a figure, and its number when it is whole, shown, and is one."""
        texte = self.cellule(chiffre, mois_total, espaces=espaces)
        entiere = chiffre.statut not in (ND, "partiel") and chiffre.unite != "oui / non"
        if not entiere or chiffre.cle in self.masquees:
            return Case(texte)
        return Case(texte, _arrondi(chiffre), part=chiffre.unite == "part")

    def phrase(self, phrase: Phrase) -> str:
        """A sentence whose figures are masked as the cells are, its months and reasons in words."""
        masquee = _PERSONNES.sub(self._personnes, phrase.texte.replace("{n}", self._nombre_dit(phrase)))
        return en_clair(masquee)

    def _valeur(self, chiffre: Chiffre, *, espaces: bool) -> str:
        if chiffre.cle in self.masquees:
            return MASQUE
        if chiffre.nombre is None:
            return SANS_OBJET
        if chiffre.unite == "part":
            return _pourcentage(chiffre.numerateur or 0, chiffre.denominateur or 1)
        if chiffre.unite == "oui / non":
            return _oui_non(chiffre.nombre)
        if chiffre.nombre != int(chiffre.nombre):
            return f"{chiffre.nombre:.1f}".replace(".", ",")
        return nombre_espace(int(chiffre.nombre)) if espaces else str(int(chiffre.nombre))

    def _valeur_declaree(self, declaration: Declaration) -> str:
        if declaration.cle in self.masquees:
            return MASQUE
        if declaration.unite == "part":
            return _pourcentage(round(1000 * declaration.nombre), 1000)
        if declaration.unite == "oui / non":
            return _oui_non(declaration.nombre)
        return nombre_espace(declaration.nombre)

    def _nombre_dit(self, phrase: Phrase) -> str:
        declaration = self.publies.declarations.get(phrase.cle) if phrase.cle else None
        if declaration is not None:
            return self._valeur_declaree(declaration)
        if phrase.nombre is None:
            return ""
        trop_petit = petit(phrase.nombre, self.seuil) and (
            phrase.cle is None or compte_des_personnes(phrase.cle)
        )
        return MASQUE if trop_petit or phrase.cle in self.masquees else nombre_espace(phrase.nombre)

    def _personnes(self, trouve: re.Match[str]) -> str:
        return f"({MASQUE} personnes" if petit(int(trouve[1]), self.seuil) else trouve[0]


def _oui_non(nombre: float) -> str:
    return "oui" if nombre else "non"


def _pourcentage(numerateur: int, denominateur: int) -> str:
    """To one decimal, half up, from the integers: the same on every machine."""
    milliemes = _milliemes(numerateur, denominateur)
    return f"{milliemes // 10},{milliemes % 10} %"


def _milliemes(numerateur: int, denominateur: int) -> int:
    return (2000 * numerateur + denominateur) // (2 * denominateur)


def _arrondi(chiffre: Chiffre) -> float | None:
    """The number as it is printed: no more decimals than a reader sees."""
    if chiffre.nombre is None:
        return None
    if chiffre.unite == "part":
        return _milliemes(chiffre.numerateur or 0, chiffre.denominateur or 1) / 1000
    return float(f"{chiffre.nombre:.1f}")
