"""The tables of the page: what stands behind a chart, and what is said without one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.publication.chiffres_publies import TOTAL, Territoire
from pipelines.publication.rapport.mots import INSECABLE
from pipelines.publication.rapport.vue import Cellule

CHIFFRES = ("chiffre", "masque", "nd", "sans_objet")


@dataclass(frozen=True)
class Case:
    """One cell: its text, and how it looks (one of CHIFFRES, texte, lieu…); ``provisoire``: marked (p)."""

    texte: str
    genre: str = "texte"
    provisoire: bool = False


@dataclass(frozen=True)
class Tableau:
    """A caption, headers, lines; the first cell of a line is its header."""

    titre: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[Case, ...], ...]

    def chiffree(self, colonne: int) -> bool:
        """Whether a column holds figures, which are set to the right."""
        return any(ligne[colonne].genre in CHIFFRES for ligne in self.lignes)


@dataclass(frozen=True)
class Figure:
    """A chart, its words for who does not see it, the table behind it; without ``svg`` the note says why."""

    identifiant: str
    titre: str
    unite: str
    svg: str
    tableau: Tableau
    note: str = ""


def tableau(
    titre: str,
    entetes: Iterable[str],
    lignes: Iterable[Sequence[str | Case | Cellule]],
    *,
    marques: bool = True,
) -> Tableau:
    """A table from texts, cells and figures; without ``marques`` a column or the caption says the status."""
    cases = tuple(tuple(_case(c, marques) for c in ligne) for ligne in lignes)
    return Tableau(titre, tuple(entetes), cases)


def _case(contenu: str | Case | Cellule, marques: bool) -> Case:
    if isinstance(contenu, Case):
        return contenu
    if isinstance(contenu, str):
        return Case(contenu)
    provisoire = marques and contenu.statut == "provisoire" and contenu.etat == "chiffre"
    return Case(contenu.texte, contenu.etat, provisoire)


def nom_complet(territoire: Territoire) -> str:
    """« Bas-Rhin (67) »; what has no code of its own by its name alone."""
    if territoire.code in (TOTAL, "HORS"):
        return {TOTAL: "Ensemble"}.get(territoire.code, territoire.libelle)
    return f"{territoire.libelle}{INSECABLE}({territoire.code})"
