"""What a comparison may say outside the service: no difference of a few persons, and nothing that gives one
back.

A difference is shown when it is not small, when both publications show their figure, and, where it is a sum
of others (TOTAL, a quarter, a year) or goes with another (a rate, distinct persons), when each of these is
shown. So each difference shown is a sum of differences shown. Where it is not, the figure of before is not
either: that of after is what the second publication shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from contracts.catalogue import catalogue
from pipelines.publication.chiffres_publies import TOTAL, Cle
from pipelines.publication.comparaison.resultat import COMPTES, Ecart, Groupe
from pipelines.publication.nombres import MESUREES
from pipelines.publication.secret import MASQUE, petit

PART = "part"
NOMBRE = "nombre"
ENTREES = "V2-1"
EN_MOINS = ("sorties", "pertes")

Compte = tuple[int, str]  # rank of the group, name of the count
DIFFERENCE: Compte = (-1, "difference")


@dataclass(frozen=True)
class Masque:
    """Which differences, and which counts of their causes, are not shown.

    ``avant`` and ``apres`` are the cells that each publication shows, as it shows them; ``ecarts`` those of
    these figures that differ.
    """

    avant: Mapping[Cle, str]
    apres: Mapping[Cle, str]
    seuil: int
    ecarts: Mapping[Cle, Ecart]
    _vus: dict[tuple[str, Cle], bool] = field(default_factory=dict)

    def montre(self, cle: Cle) -> bool:
        """Whether the difference of this figure is shown; a figure that does not differ hides nothing."""
        return self._jugee("difference", cle, self._difference_permise)

    def apres_masquee(self, cle: Cle) -> bool:
        """Whether the second publication itself does not show the figure: that of before then gives
        nothing."""
        return _masquee(self.apres, cle)

    def montre_effets(self, cle: Cle) -> bool:
        """Whether its parts (effect of the method, effect of the files) are."""
        return self._jugee("effets", cle, self._effets_permis)

    def _jugee(self, quoi: str, cle: Cle, permis: Callable[[Ecart], bool]) -> bool:
        if cle not in self.ecarts or _publique(cle):
            return True
        if (quoi, cle) not in self._vus:
            self._vus[quoi, cle] = permis(self.ecarts[cle])
        return self._vus[quoi, cle]

    def _difference_permise(self, ecart: Ecart) -> bool:
        lisible = not (
            (ecart.avant is not None and _masquee(self.avant, ecart.cle))
            or (ecart.apres is not None and _masquee(self.apres, ecart.cle))
        )
        grande = not any(petit(compte, self.seuil) for compte in _personnes(ecart))
        entiere = DIFFERENCE not in self._caches(ecart.groupes, set())
        return lisible and grande and entiere and all(map(self.montre, self._appuis(ecart)))

    def _effets_permis(self, ecart: Ecart) -> bool:
        effets = (ecart.effet_methode, ecart.effet_fichiers)
        grands = ecart.unite not in MESUREES and not any(e and petit(abs(int(e)), self.seuil) for e in effets)
        return grands and self.montre(ecart.cle) and all(map(self.montre_effets, self._appuis(ecart)))

    def _appuis(self, ecart: Ecart) -> list[Cle]:
        """The differences that this one is a sum of, or goes with."""
        cle = ecart.cle
        mois = [cle._replace(type_periode="mois", periode=m) for m in ecart.mois]
        territoires = [c for c in self.ecarts if c != cle and c._replace(territoire=TOTAL) == cle]
        nombres = [cle._replace(mesure=NOMBRE), cle._replace(code=ENTREES, mesure=NOMBRE)]
        return [*mois, *territoires, *(c for c in nombres if cle.mesure != NOMBRE and c != cle)]

    def caches(self, ecart: Ecart) -> set[Compte]:
        """The counts not shown among those of the causes."""
        return self._caches(ecart.groupes, set() if self.montre(ecart.cle) else {DIFFERENCE})

    def _caches(self, groupes: tuple[Groupe, ...], d_office: set[Compte]) -> set[Compte]:
        """The counts add up to the difference: one alone that is hidden, or several whose sum leaves each a
        single value, take another with them, the smallest."""
        comptes = {
            (rang, nom): getattr(g, nom)
            for rang, g in enumerate(groupes)
            for nom in COMPTES
            if getattr(g, nom)
        }
        caches = d_office | {c for c, n in comptes.items() if petit(n, self.seuil)}
        while _exposes(caches, comptes, self.seuil):
            libres = sorted(comptes.keys() - caches, key=lambda c: (comptes[c], c))
            if not libres and DIFFERENCE in caches:
                break
            caches.add(libres[0] if libres else DIFFERENCE)
        return caches


def _publique(cle: Cle) -> bool:
    """What counts no person."""
    indicateur = catalogue().get(cle.code)
    return indicateur is not None and not indicateur.secret


def _masquee(cellules: Mapping[Cle, str], cle: Cle) -> bool:
    """A cell is « s », a number, « ND », or « ND (partiel : s, 11 mois sur 12) »; one that is not shown is as
    good as masked."""
    return MASQUE in cellules.get(cle, MASQUE).replace(",", " ").split()


def _personnes(ecart: Ecart) -> list[int]:
    """The numbers of persons that the difference is made of; a figure that appears, or disappears, is shown
    by its own publication."""
    avant, apres = ecart.avant, ecart.apres
    if avant is None or apres is None or ecart.difference is None:
        return []
    if ecart.unite not in MESUREES:
        return [abs(int(ecart.difference))]
    return [
        abs((apres.numerateur or 0) - (avant.numerateur or 0)),
        abs((apres.denominateur or 0) - (avant.denominateur or 0)),
    ]


def _exposes(caches: set[Compte], comptes: Mapping[Compte, int], seuil: int) -> bool:
    """Whether what is shown gives back what is hidden."""
    if len(caches) == 1:
        return True
    un_seul_sens = len({nom in EN_MOINS for _, nom in caches}) == 1
    if not caches or DIFFERENCE in caches or not un_seul_sens:
        return False
    somme = sum(comptes[c] for c in caches)
    return somme in (len(caches), len(caches) * (seuil - 1))
