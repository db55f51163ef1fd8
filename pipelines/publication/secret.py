"""Statistical secrecy of what leaves the service: which figures of an extract must be masked.

A count of 1 to ``seuil`` − 1 is masked. A masked count that a sum would give back is protected by masking
another figure of that sum; when the sums together would still give one back, yet another.
A masked figure is at least 1: what the sums leave a single value to, given that, is guarded against too.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

Cle = TypeVar("Cle", bound=Hashable)

MASQUE = "s"

# Sums are solved in integers modulo a large prime: exact and quick, for coefficients that are all 1 or −1.
_PREMIER = 2**61 - 1


@dataclass(frozen=True)
class Somme(Generic[Cle]):
    """An additive group that a reader sees: ``total`` = the sum of ``parts``."""

    total: Cle
    parts: tuple[Cle, ...]

    @property
    def cellules(self) -> tuple[Cle, ...]:
        return (*self.parts, self.total)


def petit(nombre: float | None, seuil: int) -> bool:
    """A count that says too much of too few people; zero says nothing of anyone."""
    return nombre is not None and 1 <= nombre < seuil


def masquer(
    comptes: Mapping[Cle, int],
    sommes: Iterable[Somme[Cle]],
    seuil: int,
    d_office: Iterable[Cle] = (),
) -> frozenset[Cle]:
    """The figures to mask among ``comptes``, ``d_office`` whatever they are. Sums that do not hold, or that
    are not all shown, give nothing back and are left out."""
    tenues = [s for s in sommes if _tient(s, comptes)]
    petites = {cle for cle, nombre in comptes.items() if petit(nombre, seuil)}
    masquees = petites | set(d_office)
    while True:
        ajouts = _complements(comptes, tenues, masquees)
        ajouts = ajouts or _protection(petites, comptes, tenues, masquees)
        if not ajouts:
            return frozenset(masquees)
        masquees |= ajouts


def _tient(somme: Somme[Cle], comptes: Mapping[Cle, int]) -> bool:
    return all(c in comptes for c in somme.cellules) and comptes[somme.total] == sum(
        comptes[c] for c in somme.parts
    )


def _complements(comptes: Mapping[Cle, int], sommes: list[Somme[Cle]], masquees: set[Cle]) -> set[Cle]:
    """For each sum that alone gives a masked figure back: the smallest other figure that is not zero."""
    ajouts: set[Cle] = set()
    for somme in sommes:
        if _exposee(somme, comptes, masquees | ajouts):
            autre = _plus_petite(somme.cellules, comptes, masquees | ajouts)
            if autre is not None:
                ajouts.add(autre)
    return ajouts


def _exposee(somme: Somme[Cle], comptes: Mapping[Cle, int], masquees: set[Cle]) -> bool:
    """One masked figure alone; or several masked parts whose sum says that each is 1."""
    cachees = [c for c in somme.cellules if c in masquees]
    if len(cachees) == 1:
        return True
    return (
        somme.total not in masquees and len(cachees) > 1 and sum(comptes[c] for c in cachees) == len(cachees)
    )


def _plus_petite(cellules: Iterable[Cle], comptes: Mapping[Cle, int], masquees: set[Cle]) -> Cle | None:
    libres = [c for c in cellules if c not in masquees and comptes[c] > 0]
    return min(libres, key=lambda c: (comptes[c], repr(c)), default=None)


def _protection(
    petites: set[Cle], comptes: Mapping[Cle, int], sommes: list[Somme[Cle]], masquees: set[Cle]
) -> set[Cle]:
    """For the first small figure that the sums taken together give back: the nearest other figure."""
    for cle in determinees(sommes, masquees) + encadrees(comptes, sommes, masquees):
        autre = _plus_proche(cle, comptes, sommes, masquees) if cle in petites else None
        if autre is not None:
            return {autre}
    return set()


def _plus_proche(
    cle: Cle, comptes: Mapping[Cle, int], sommes: list[Somme[Cle]], masquees: set[Cle]
) -> Cle | None:
    """Among the sums of the figure, else among the sums of what they hide, and so on."""
    atteintes, vues = {cle}, set[Cle]()
    while atteintes - vues:
        vues |= atteintes
        voisines = {c for s in sommes for c in s.cellules if not atteintes.isdisjoint(s.cellules)}
        autre = _plus_petite(voisines, comptes, masquees)
        if autre is not None:
            return autre
        atteintes |= voisines & masquees
    return None


def determinees(sommes: Iterable[Somme[Cle]], masquees: Iterable[Cle]) -> list[Cle]:
    """The masked figures that a reader who solves all the sums would find: in the reduced system, those whose
    row holds no other unknown."""
    inconnues = sorted(masquees, key=repr)
    rangs = {cle: rang for rang, cle in enumerate(inconnues)}
    lignes = []
    for somme in sommes:
        ligne = {rangs[c]: 1 for c in somme.parts if c in rangs}
        if somme.total in rangs:
            ligne[rangs[somme.total]] = _PREMIER - 1
        if ligne:
            lignes.append(ligne)
    return [inconnues[rang] for rang in sorted(_isolees(lignes))]


def encadrees(comptes: Mapping[Cle, int], sommes: Iterable[Somme[Cle]], masquees: Iterable[Cle]) -> list[Cle]:
    """The masked figures that a reader would find by narrowing what each may be, 1 or more at first."""
    inconnues = sorted(masquees, key=repr)
    minimums: dict[Cle, float] = {**comptes, **dict.fromkeys(inconnues, 1)}
    maximums: dict[Cle, float] = {**comptes, **dict.fromkeys(inconnues, inf)}
    utiles = [s for s in sommes if not set(inconnues).isdisjoint(s.cellules)]
    while sum(_resserrer(somme, minimums, maximums) for somme in utiles):
        pass
    return [cle for cle in inconnues if minimums[cle] == maximums[cle]]


def _resserrer(somme: Somme[Cle], minimums: dict[Cle, float], maximums: dict[Cle, float]) -> bool:
    """What the parts say of the total, the total and the other parts of each part; whether it is news."""
    bas, haut = sum(minimums[c] for c in somme.parts), sum(maximums[c] for c in somme.parts)
    bornes = {somme.total: (bas, haut)}
    for part in somme.parts:
        autres = sum(maximums[c] for c in somme.parts if c != part) if haut == inf else haut - maximums[part]
        bornes[part] = (
            max(bas, minimums[somme.total]) - autres,
            min(haut, maximums[somme.total]) - (bas - minimums[part]),
        )
    nouvelles = {c for c, (b, h) in bornes.items() if b > minimums[c] or h < maximums[c]}
    for cle in nouvelles:
        minimums[cle], maximums[cle] = max(bornes[cle][0], minimums[cle]), min(bornes[cle][1], maximums[cle])
    return bool(nouvelles)


def _isolees(lignes: list[dict[int, int]]) -> set[int]:
    """Gauss–Jordan on sparse rows: the unknowns left alone in their row."""
    pivots: dict[int, dict[int, int]] = {}
    for ligne in lignes:
        for rang in sorted(ligne.keys() & pivots.keys()):
            _soustraire(ligne, pivots[rang], ligne[rang])
        if not ligne:
            continue
        pivot = min(ligne)
        inverse = pow(ligne[pivot], -1, _PREMIER)
        reduite = {rang: valeur * inverse % _PREMIER for rang, valeur in ligne.items()}
        for autre in pivots.values():
            if pivot in autre:
                _soustraire(autre, reduite, autre[pivot])
        pivots[pivot] = reduite
    return {pivot for pivot, ligne in pivots.items() if len(ligne) == 1}


def _soustraire(ligne: dict[int, int], autre: dict[int, int], facteur: int) -> None:
    """``ligne`` −= ``facteur`` × ``autre``, zeros dropped."""
    for rang, valeur in autre.items():
        reste = (ligne.get(rang, 0) - facteur * valeur) % _PREMIER
        if reste:
            ligne[rang] = reste
        else:
            ligne.pop(rang, None)
