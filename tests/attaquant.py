"""Who tries to find masked numbers: all the equations and inequalities that a reader can write, then a
solver.

Exact where it counts: a number is found when integer programming (HiGHS) leaves it one value.
"""

import random
from collections.abc import Collection, Hashable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

PLAFOND = 100_000  # more than any number of persons here
TIRAGES = 12

Equation = tuple[dict[Hashable, int], int]


class Attaquant:
    """Unknown integers between bounds, and sums of some of them that are known."""

    def __init__(self) -> None:
        self.bornes: dict[Hashable, tuple[int, int]] = {}
        self.equations: list[Equation] = []

    def ignorer(self, nom: Hashable, minimum: int, maximum: int = PLAFOND) -> None:
        """A number that is not read; what was already known of it stands."""
        bas, haut = self.bornes.get(nom, (minimum, maximum))
        self.bornes[nom] = max(bas, minimum), min(haut, maximum)

    def poser(self, total: Hashable, parts: Iterable[Hashable], connus: Mapping[Hashable, int]) -> None:
        """``total`` = the sum of ``parts``; what is neither read nor unknown makes the sum useless."""
        termes: dict[Hashable, int] = {}
        constante = 0
        for nom, signe in [(total, -1), *((part, 1) for part in parts)]:
            if nom in connus:
                constante -= signe * connus[nom]
            elif nom in self.bornes:
                termes[nom] = termes.get(nom, 0) + signe
            else:
                return
        if termes:
            self.equations.append((termes, constante))

    def resserrer(self) -> None:
        """Narrow the bounds, equation by equation, until nothing moves."""
        encore = True
        while encore:
            encore = sum(self._resserrer(*equation) for equation in self.equations) > 0

    def _resserrer(self, termes: dict[Hashable, int], constante: int) -> bool:
        bas = sum(signe * self.bornes[n][signe < 0] for n, signe in termes.items())
        haut = sum(signe * self.bornes[n][signe > 0] for n, signe in termes.items())
        bouge = False
        for nom, signe in termes.items():
            petit, grand = self.bornes[nom]
            autres_bas = bas - signe * self.bornes[nom][signe < 0]
            autres_haut = haut - signe * self.bornes[nom][signe > 0]
            extremes = sorted((signe * (constante - autres_bas), signe * (constante - autres_haut)))
            neufs = max(petit, extremes[0]), min(grand, extremes[1])
            assert neufs[0] <= neufs[1], f"what is published does not hold together: {nom}"
            if neufs != (petit, grand):
                self.bornes[nom] = neufs
                bas += signe * (neufs[signe < 0] - (petit, grand)[signe < 0])
                haut += signe * (neufs[signe > 0] - (petit, grand)[signe > 0])
                bouge = True
        return bouge

    def trouver(self, noms: Collection[Hashable]) -> dict[Hashable, int]:
        """Of these numbers, those that can have one value only."""
        self.resserrer()
        trouves = {n: self.bornes[n][0] for n in noms if self.bornes[n][0] == self.bornes[n][1]}
        cherches = set(noms) - trouves.keys()
        for inconnues, equations in self._composantes():
            siennes = [n for n in inconnues if n in cherches]
            if siennes:
                trouves |= _Systeme(inconnues, equations, self.bornes).uniques(siennes)
        return trouves

    def _composantes(self) -> list[tuple[list[Hashable], list[Equation]]]:
        """What the equations tie together, apart from what is found already."""
        parents: dict[Hashable, Hashable] = {}

        def racine(nom: Hashable) -> Hashable:
            while parents.setdefault(nom, nom) != nom:
                parents[nom] = parents[parents[nom]]
                nom = parents[nom]
            return nom

        libres = []
        for termes, constante in self.equations:
            restants = {n: s for n, s in termes.items() if self.bornes[n][0] < self.bornes[n][1]}
            if restants:
                fixes = sum(s * self.bornes[n][0] for n, s in termes.items() if n not in restants)
                libres.append((restants, constante - fixes))
                premier, *autres = restants
                for autre in autres:
                    parents[racine(autre)] = racine(premier)
        composantes: dict[Hashable, tuple[dict[Hashable, None], list[Equation]]] = {}
        for equation in libres:
            inconnues, equations = composantes.setdefault(racine(next(iter(equation[0]))), ({}, []))
            inconnues.update(dict.fromkeys(equation[0]))
            equations.append(equation)
        return [(list(inconnues), equations) for inconnues, equations in composantes.values()]


class _Systeme:
    """One set of equations over unknown integers, for the solver."""

    def __init__(
        self,
        inconnues: list[Hashable],
        equations: list[Equation],
        bornes: Mapping[Hashable, tuple[int, int]],
    ) -> None:
        self.rangs = {nom: rang for rang, nom in enumerate(inconnues)}
        lignes, colonnes, signes = [], [], []
        for ligne, (termes, _) in enumerate(equations):
            for nom, signe in termes.items():
                lignes.append(ligne)
                colonnes.append(self.rangs[nom])
                signes.append(signe)
        forme = (len(equations), len(inconnues))
        constantes = [constante for _, constante in equations]
        matrice = csr_array((signes, (lignes, colonnes)), shape=forme)
        self.contraintes = LinearConstraint(matrice, constantes, constantes)
        self.bornes = Bounds([bornes[n][0] for n in inconnues], [bornes[n][1] for n in inconnues])

    def uniques(self, noms: list[Hashable]) -> dict[Hashable, int]:
        """Many solutions first, as far from one another as chance makes them; then the least and the greatest
        value of what has never moved."""
        hasard = random.Random(len(self.rangs))
        premiere = self._resoudre({})
        figes = dict.fromkeys(noms)
        for _ in range(TIRAGES):
            solution = self._resoudre({nom: hasard.choice((-1, 1)) for nom in figes})
            figes = {nom: None for nom in figes if solution[self.rangs[nom]] == premiere[self.rangs[nom]]}
        return {
            nom: int(premiere[self.rangs[nom]])
            for nom in figes
            if self._resoudre({nom: 1})[self.rangs[nom]] == self._resoudre({nom: -1})[self.rangs[nom]]
        }

    def _resoudre(self, objectif: Mapping[Hashable, int]) -> NDArray[np.int64]:
        poids = np.zeros(len(self.rangs))
        for nom, signe in objectif.items():
            poids[self.rangs[nom]] = signe
        trouve = milp(
            poids, constraints=self.contraintes, bounds=self.bornes, integrality=np.ones(len(self.rangs))
        )
        assert trouve.success, trouve.message
        return np.rint(trouve.x).astype(np.int64)
