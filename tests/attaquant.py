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
    """Integers between bounds (those that are read have one value), and equations between them."""

    def __init__(self) -> None:
        self.bornes: dict[Hashable, tuple[int, int]] = {}
        self.equations: list[Equation] = []

    def ignorer(self, nom: Hashable, minimum: int, maximum: int = PLAFOND) -> None:
        """A number that is not read; what was already known of it stands."""
        bas, haut = self.bornes.get(nom, (minimum, maximum))
        self.bornes[nom] = max(bas, minimum), min(haut, maximum)

    def lire(self, nom: Hashable, nombre: int) -> None:
        """A number that is read, somewhere."""
        self.ignorer(nom, nombre, nombre)
        bas, haut = self.bornes[nom]
        assert bas == haut == nombre, f"two values are read for {nom}: {bas}, {haut}, {nombre}"

    def poser(self, total: Hashable, parts: Iterable[Hashable]) -> bool:
        """``total`` = the sum of ``parts``; whether all of them are read, or masked, and nothing unheard
        of.
        """
        termes: dict[Hashable, int] = {total: -1}
        for part in parts:
            termes[part] = termes.get(part, 0) + 1
        return self.egaler(termes, 0)

    def egaler(self, termes: dict[Hashable, int], constante: int) -> bool:
        """The same, with any coefficients."""
        connus = termes.keys() <= self.bornes.keys()
        if connus:
            self.equations.append((termes, constante))
        return connus

    def resserrer(self) -> None:
        """Narrow the bounds, equation by equation, until nothing moves."""
        concernees: dict[Hashable, list[int]] = {}
        for rang, (termes, _) in enumerate(self.equations):
            for nom in termes:
                concernees.setdefault(nom, []).append(rang)
        a_voir = dict.fromkeys(range(len(self.equations)))
        while a_voir:
            rang = next(iter(a_voir))
            del a_voir[rang]
            for nom in self._resserrer(*self.equations[rang]):
                a_voir.update(dict.fromkeys(concernees[nom]))

    def _resserrer(self, termes: dict[Hashable, int], constante: int) -> list[Hashable]:
        bas = sum(c * self.bornes[n][c < 0] for n, c in termes.items())
        haut = sum(c * self.bornes[n][c > 0] for n, c in termes.items())
        bouges = []
        for nom, c in termes.items():
            petit, grand = self.bornes[nom]
            reste = sorted(
                (
                    constante - bas + c * self.bornes[nom][c < 0],
                    constante - haut + c * self.bornes[nom][c > 0],
                )
            )
            if c < 0:
                reste = [-reste[1], -reste[0]]
            neufs = max(petit, -(-reste[0] // abs(c))), min(grand, reste[1] // abs(c))
            assert neufs[0] <= neufs[1], f"what is published does not hold together: {nom}"
            if neufs != (petit, grand):
                self.bornes[nom] = neufs
                bas += c * (neufs[c < 0] - (petit, grand)[c < 0])
                haut += c * (neufs[c > 0] - (petit, grand)[c > 0])
                bouges.append(nom)
        return bouges

    def trouver(self, noms: Collection[Hashable], plafond: int = PLAFOND) -> dict[Hashable, int]:
        """Of these numbers, those that can have one value only, and one from 1 to ``plafond``."""
        self.resserrer()
        uniques = {n: self.bornes[n][0] for n in noms if self.bornes[n][0] == self.bornes[n][1]}
        cherches = set(noms) - uniques.keys()
        for inconnues, equations in self._composantes():
            siennes = [n for n in inconnues if n in cherches]
            if siennes:
                uniques |= _Systeme(inconnues, equations, self.bornes).uniques(siennes, plafond)
        return {nom: valeur for nom, valeur in uniques.items() if 1 <= valeur <= plafond}

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

    def uniques(self, noms: list[Hashable], plafond: int) -> dict[Hashable, int]:
        """Many solutions first, as far from one another as chance makes them; then the least and the greatest
        value of what has never moved."""
        hasard = random.Random(len(self.rangs))
        premiere = self._resoudre({})
        figes = {nom: None for nom in noms if 1 <= premiere[self.rangs[nom]] <= plafond}
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
