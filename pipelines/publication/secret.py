"""Statistical secrecy of what leaves the service: which numbers must be masked (docs/adr/0011).

A number of 1 to ``seuil`` − 1 is masked, be it shown or found by a subtraction. Where one number alone is
masked in a sum, the smallest other one that is not zero is masked too. Then each small number must have
another value that all the sums together allow; as long as it has none, a number near it is masked.
"""

import random
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

Cle = TypeVar("Cle", bound=Hashable)

MASQUE = "s"

# How another value is looked for: how many times, in how many moves, how often the tightest sum is chosen,
# and for how many moves none is undone.
_ESSAIS, _ETAPES, _SUITE, _MEMOIRE = 4, 80, 0.9, 12


@dataclass(frozen=True)
class Somme(Generic[Cle]):
    """An additive group that a reader knows of: ``total`` = the sum of ``parts``. ``deduite``: it follows
    from others."""

    total: Cle
    parts: tuple[Cle, ...]
    deduite: bool = False

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
    deduits: Iterable[Cle] = (),
    inconnus: Iterable[Cle] = (),
    d_office: Iterable[Cle] = (),
) -> frozenset[Cle]:
    """The numbers to mask among ``comptes``, ``d_office`` whatever they are. All are shown but for two kinds:
    ``deduits``, that a subtraction may give and that are secret when small; ``inconnus``, that only tie the
    others together. Sums that do not hold, or that name a number which is not there, give nothing back and
    are left out. The order of ``comptes`` settles ties, that of ``sommes`` says which to protect first.
    """
    return frozenset(_Masquage(comptes, sommes, seuil, deduits, inconnus).masquer(d_office))


class _Ligne:
    """A sum, by ranks and signs. ``jeu``: a number never shown, that no other sum holds, and that takes up
    the slack; ``ignores``: how many of its numbers the reader does not know."""

    __slots__ = ("ignores", "jeu", "ordre", "rangs", "signes")

    def __init__(self, ordre: int, rangs: tuple[int, ...]) -> None:
        self.ordre = ordre
        self.rangs = rangs
        self.signes = (*(1 for _ in rangs[1:]), -1)
        self.jeu: int | None = None
        self.ignores = 0


class _Masquage(Generic[Cle]):
    """One masking under way. A number is known by its rank in ``comptes``."""

    def __init__(
        self,
        comptes: Mapping[Cle, int],
        sommes: Iterable[Somme[Cle]],
        seuil: int,
        deduits: Iterable[Cle],
        inconnus: Iterable[Cle],
    ) -> None:
        self.cles = tuple(comptes)
        self.nombres = tuple(comptes.values())
        self.rangs = rangs = {cle: rang for rang, cle in enumerate(self.cles)}
        muets = {rangs[c] for c in inconnus}
        tenues = [s for s in sommes if _tient(s, comptes)]
        self.lignes = [_Ligne(n, tuple(rangs[c] for c in s.cellules)) for n, s in enumerate(tenues)]
        self.lignes_de = _index(self.lignes, len(self.cles))
        self.petits = [r for r, n in enumerate(self.nombres) if petit(n, seuil) and r not in muets]
        caches = sorted(muets | {rangs[c] for c in deduits})
        self.deduits = frozenset(self.petits).intersection(caches)
        self.masques: dict[int, None] = {}
        self.lecteur = _Lecteur(
            self.nombres,
            caches,
            [ligne for ligne, s in zip(self.lignes, tenues, strict=True) if not s.deduite],
        )

    def masquer(self, d_office: Iterable[Cle]) -> Iterator[Cle]:
        for rang in (*self.petits, *(self.rangs[cle] for cle in d_office if cle in self.rangs)):
            if not self.lecteur.ignore[rang]:
                self._cacher(rang)
        for ligne in self.lignes:
            if self._seul(ligne) in self.deduits:
                self._cacher_le_plus_petit(ligne)
        self._completer(self.lignes)
        for rang in self.petits:
            self._proteger(rang)
        return (self.cles[rang] for rang in self.masques)

    def _cacher(self, rang: int) -> None:
        self.masques[rang] = None
        self.lecteur.ignorer(rang)

    def _cacher_le_plus_petit(self, ligne: _Ligne) -> list[_Ligne]:
        """The smallest number still shown in a sum; the sums that this changes."""
        autre = self._plus_petit(ligne.rangs)
        if autre is None:
            return []
        self._cacher(autre)
        return self.lignes_de[autre]

    def _seul(self, ligne: _Ligne) -> int | None:
        """The one number of a sum that the reader does not know."""
        ignores = [rang for rang in ligne.rangs if self.lecteur.ignore[rang]]
        return ignores[0] if len(ignores) == 1 else None

    def _completer(self, lignes: Iterable[_Ligne]) -> None:
        """In each sum where one number alone is masked: the smallest other one that is not zero. The first
        sums come first: what is masked for them often serves the next ones."""
        a_voir = [ligne.ordre for ligne in lignes]
        heapify(a_voir)
        while a_voir:
            ligne = self.lignes[heappop(a_voir)]
            seul = self._seul(ligne)
            if seul in self.masques or seul in self.deduits:
                for suite in self._cacher_le_plus_petit(ligne):
                    heappush(a_voir, suite.ordre)

    def _plus_petit(self, rangs: Iterable[int]) -> int | None:
        montres = [r for r in rangs if self.nombres[r] > 0 and not self.lecteur.ignore[r]]
        return min(montres, key=lambda r: (self.nombres[r], r), default=None)

    def _proteger(self, rang: int) -> None:
        """Another possible value for a small number, at the cost of more masked ones where need be: those
        that would move with it, else those near it."""
        while not self.lecteur.hesite(rang):
            autres = self.lecteur.manquent(rang) or self._plus_proche(rang)
            if not autres:
                return
            for autre in autres:
                self._cacher(autre)
            for autre in autres:
                self._completer(self.lignes_de[autre])

    def _plus_proche(self, rang: int) -> list[int]:
        """The smallest number still shown in the sums of this one that have no slack, else in the sums of
        what they hide, and so on."""
        vus, front = {rang}, [rang]
        while front:
            lignes = dict.fromkeys(ligne for r in front for ligne in self.lignes_de[r])
            autre = self._plus_petit(r for ligne in lignes if ligne.jeu is None for r in ligne.rangs)
            if autre is not None:
                return [autre]
            ignores = dict.fromkeys(r for ligne in lignes for r in ligne.rangs if self.lecteur.ignore[r])
            front = [r for r in ignores if r not in vus]
            vus.update(front)
        autre = self._plus_petit(r for v in sorted(vus) for ligne in self.lignes_de[v] for r in ligne.rangs)
        return [] if autre is None else [autre]


def _tient(somme: Somme[Cle], comptes: Mapping[Cle, int]) -> bool:
    total = comptes.get(somme.total)
    if total is None or not all(c in comptes for c in somme.parts):
        return False
    return total == sum(comptes[c] for c in somme.parts)


def _index(lignes: Iterable[_Ligne], taille: int) -> list[list[_Ligne]]:
    """The sums of each number."""
    index: list[list[_Ligne]] = [[] for _ in range(taille)]
    for ligne in lignes:
        for rang in ligne.rangs:
            index[rang].append(ligne)
    return index


class _Lecteur:
    """Who reads what is shown, knows the sums, and wonders what the rest may be: a masked number is 1 or
    more, one that is never shown 0 or more."""

    def __init__(self, nombres: Sequence[int], caches: Iterable[int], lignes: Iterable[_Ligne]) -> None:
        self.nombres = nombres
        self.planchers = [1] * len(nombres)
        self.ignore = [False] * len(nombres)
        self.liens: list[list[tuple[_Ligne, int]]] = [[] for _ in nombres]
        self.doubles: set[int] = set()  # numbers that are known to have another possible value
        for ligne in lignes:
            for rang, signe in zip(ligne.rangs, ligne.signes, strict=True):
                self.liens[rang].append((ligne, signe))
        for rang in caches:
            self.planchers[rang] = 0
            self.ignorer(rang)
            if len(self.liens[rang]) == 1 and self.liens[rang][0][0].jeu is None:
                self.liens[rang][0][0].jeu = rang

    def ignorer(self, rang: int) -> None:
        self.ignore[rang] = True
        for ligne, _ in self.liens[rang]:
            ligne.ignores += 1

    def hesite(self, rang: int) -> bool:
        """Whether another solution of the sums gives this number another value."""
        if rang not in self.doubles:
            for essai in self._essais(rang, montres=False):
                if essai.aboutit():
                    self.doubles |= essai.deplaces()
                    break
        return rang in self.doubles

    def manquent(self, rang: int) -> list[int]:
        """The fewest numbers to hide, of those tried, so that another solution gives this one another value;
        none: there was not any."""
        reussis = [essai for essai in self._essais(rang, montres=True) if essai.aboutit()]
        listes = [sorted(r for r in essai.deplaces() if not self.ignore[r]) for essai in reussis]
        return min(listes, key=lambda liste: (len(liste), sum(self.nombres[r] for r in liste)), default=[])

    def _essais(self, rang: int, *, montres: bool) -> Iterator["_Essai"]:
        for graine in range(_ESSAIS):
            for pas in (1, -1):
                yield _Essai(self, rang, pas, graine, montres=montres)


class _Essai:
    """Another solution of the sums, looked for step by step: one number moves by one, others make up for it,
    the one that upsets the fewest sums each time; chance, always the same, settles ties."""

    def __init__(self, lecteur: _Lecteur, depart: int, pas: int, graine: int, *, montres: bool) -> None:
        self.lecteur = lecteur
        self.depart = depart
        self.pas = pas
        self.montres = montres  # whether numbers that are shown may move too
        self.hasard = random.Random(graine)  # noqa: S311 - no secret depends on it
        self.deplacements: dict[int, int] = {}
        self.soldes: dict[_Ligne, int] = {}
        self.ecarts: dict[_Ligne, int] = {}  # sums that are off by more than their slack
        self.derniers: dict[tuple[int, int], int] = {}  # when a number last moved, and which way

    def aboutit(self) -> bool:
        if not self.lecteur.ignore[self.depart] or not self._permis(self.depart, self.pas):
            return False
        self._deplacer(self.depart, self.pas)
        for etape in range(_ETAPES):
            if not self.ecarts:
                return True
            reprise = self._reprise(self._choisie(), etape)
            if reprise is None:
                return False
            self._deplacer(*reprise)
            self.derniers[reprise] = etape
        return False

    def deplaces(self) -> set[int]:
        """The numbers that this solution changes."""
        jeux = {ligne.jeu for ligne, solde in self.soldes.items() if solde and ligne.jeu is not None}
        return jeux | {rang for rang, pas in self.deplacements.items() if pas}

    def _choisie(self) -> _Ligne:
        """A sum that is off: most often one of those that leave the least choice."""
        if self.hasard.random() < _SUITE:
            return min(self.ecarts, key=lambda ligne: (ligne.ignores, self.hasard.random()))
        return self.hasard.choice(list(self.ecarts))

    def _reprise(self, ligne: _Ligne, etape: int) -> tuple[int, int] | None:
        """The move that sets this sum right, or nearly, at the least cost; not one that undoes a recent
        one.
        """
        sens = 1 if self.ecarts[ligne] > 0 else -1
        reprises = []
        for rang, signe in zip(ligne.rangs, ligne.signes, strict=True):
            pas = -signe * sens
            if rang not in (ligne.jeu, self.depart) and self._permis(rang, pas):
                defait = self.derniers.get((rang, -pas), -_MEMOIRE) > etape - _MEMOIRE
                montre = not self.lecteur.ignore[rang] and not self.deplacements.get(rang)
                reprises.append((defait, self._trouble(rang, pas) + montre, self.hasard.random(), rang, pas))
        return min(reprises)[-2:] if reprises else None

    def _trouble(self, rang: int, pas: int) -> int:
        """By how much more the sums would be off, after this move."""
        return sum(
            abs(self._ecart(ligne, self.soldes.get(ligne, 0) + signe * pas)) - abs(self.ecarts.get(ligne, 0))
            for ligne, signe in self.lecteur.liens[rang]
        )

    def _ecart(self, ligne: _Ligne, solde: int) -> int:
        """What is left of ``solde`` once the slack has taken its part; the number that must move is no
        slack.
        """
        jeu = ligne.jeu
        if jeu is None or jeu == self.depart or solde == 0:
            return solde
        signe = 1 if jeu != ligne.rangs[-1] else -1
        reste = self.lecteur.nombres[jeu] - signe * solde
        return 0 if reste >= 0 else -signe * reste

    def _permis(self, rang: int, pas: int) -> bool:
        nombre = self.lecteur.nombres[rang]
        apres = nombre + self.deplacements.get(rang, 0) + pas
        if self.lecteur.ignore[rang]:
            return apres >= self.lecteur.planchers[rang]
        return self.montres and nombre > 0 and apres > 0

    def _deplacer(self, rang: int, pas: int) -> None:
        self.deplacements[rang] = self.deplacements.get(rang, 0) + pas
        for ligne, signe in self.lecteur.liens[rang]:
            solde = self.soldes.get(ligne, 0) + signe * pas
            self.soldes[ligne] = solde
            ecart = self._ecart(ligne, solde)
            if ecart:
                self.ecarts[ligne] = ecart
            else:
                self.ecarts.pop(ligne, None)
