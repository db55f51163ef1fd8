"""The numbers of persons that a published figure gives its reader.

One number may stand under several codes and periods (V2-1, FA-1 and V3-M1a; the last quarter and a jalon): it
has one name here, so that it is masked everywhere or nowhere. A rate gives two numbers, a mean the number of
people that it is taken over, a median none.
"""

from collections.abc import Iterator
from typing import NamedTuple

from contracts.catalogue import catalogue
from pipelines.publication.chiffres_publies import Chiffre, Cle, Declaration

ENTONNOIR = "entonnoir"  # the funnel: no indicator, but the report shows it
VARIANTE = "variante"  # an axe too: the other readings of an indicator
PLACES_OCCUPEES = "places_occupees"  # of an indicator that counts no persons, the one measure that does
MESUREES = ("part", "jours", "ETP", "euros", "oui / non", "parcours")  # units of what is no count of people

_MEMES = {
    ("FA-1", "nombre"): "V2-1",
    ("V3-M1a", "nombre"): "V2-1",
    ("FA-2", "nombre"): "V2-2",
    ("C-1", "nombre"): "V2-2.un_mois",
    ("V3-M3", "nombre"): "soumis",
    (ENTONNOIR, "soumis"): "soumis",
}
_TAUX = {
    ("V2-2", "taux"): ("V2-2.echus_orientes", "V2-2.echus"),
    ("V3-M1", "taux"): ("V3-M1", "soumis"),
    ("V3-M5", "taux"): ("V3-M5", "soumis"),
    ("S-2", "taux"): ("S-2", "soumis"),
    ("V3-R1", "taux"): ("V3-R1", "soumis"),
    ("V3-R2", "taux"): ("V3-R2", "soumis"),
    ("F1-1", "taux"): ("F1-1", "F1-1.connus"),
    ("F1-1", "taux_elargi"): ("F1-1.elargi", "F1-1.connus"),
    ("S-1", "taux"): ("S-1", "S-1.entrees"),
    ("S-1", "taux_ensemble"): ("S-1.ensemble", "S-1.soumis"),
}
_MOIS_PRECEDENT = ("V3-R1", "V3-R2")  # over the persons soumis the month before, whatever the breakdown


class Nombre(NamedTuple):
    """A number of persons or of events; ``mois``: those that it adds up, or counts over."""

    quoi: str
    axe: str
    modalite: str
    territoire: str
    mois: tuple[str, ...]


def compte_des_personnes(cle: Cle) -> bool:
    """Whether secrecy bears on the figure."""
    if cle.code == ENTONNOIR or cle.mesure == PLACES_OCCUPEES:
        return True
    indicateur = catalogue().get(cle.code)
    return indicateur is None or indicateur.secret


def nombres(chiffre: Chiffre, mois: tuple[str, ...]) -> Iterator[tuple[Nombre, int]]:
    """What a reader of the figure learns, over these months; nothing of one that is not available, or no
    count.
    """
    cle = chiffre.cle
    if chiffre.statut == "ND":
        return
    if chiffre.unite == "part":
        numerateur, denominateur = _TAUX.get(cle[:1] + cle[3:4], (_nom(cle), f"{_nom(cle)}.base"))
        yield _nombre(numerateur, cle, mois), chiffre.numerateur or 0
        if cle.code in _MOIS_PRECEDENT:
            sans_axe, mois = cle._replace(axe="", modalite=""), tuple(map(_precedent, mois))
            yield _nombre(denominateur, sans_axe, mois), chiffre.denominateur or 0
        else:
            yield _nombre(denominateur, cle, mois), chiffre.denominateur or 0
    elif cle.mesure == "moyenne":
        yield _nombre(_nom(cle), cle, mois), chiffre.denominateur or 0
    elif chiffre.unite not in MESUREES and chiffre.nombre is not None:
        yield _nombre(_nom(cle), cle, mois), int(chiffre.nombre)


def nombre_declare(declaration: Declaration, mois: tuple[str, ...]) -> tuple[Nombre, int]:
    """The same number, as others have signed it."""
    return _nombre(_nom(declaration.cle), declaration.cle, mois), int(declaration.nombre)


def _nombre(quoi: str, cle: Cle, mois: tuple[str, ...]) -> Nombre:
    return Nombre(quoi, cle.axe, cle.modalite, cle.territoire, mois)


def _nom(cle: Cle) -> str:
    defaut = cle.code if cle.mesure == "nombre" else f"{cle.code}.{cle.mesure}"
    return _MEMES.get((cle.code, cle.mesure), defaut)


def _precedent(mois: str) -> str:
    annee, rang = int(mois[:4]), int(mois[5:])
    return f"{annee - (rang == 1)}-{(rang - 2) % 12 + 1:02d}"
