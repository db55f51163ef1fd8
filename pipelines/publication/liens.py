"""What ties the published figures together: every sum that a reader can write down (docs/adr/0011).

Territoires and total, months and longer periods, modalités and whole, a part and what it is part of, entries
and distinct persons. What a subtraction gives (entries not oriented, persons who entered twice) is a number
too.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from contracts.catalogue import CROIX, axes, catalogue
from pipelines.publication.chiffres_publies import DECLARE, TOTAL, Chiffre, ChiffresPublies, Cle
from pipelines.publication.nombres import MESUREES, VARIANTE, Nombre, nombre_declare, nombres
from pipelines.publication.secret import Somme, petit

Mois = tuple[str, ...]

# A part and what it is a part of, whoever the persons are. What holds of a part of a part follows.
_DANS = (
    ("entonnoir.versables", "entonnoir.presents"),
    ("soumis", "entonnoir.versables"),
    ("entonnoir.candidats", "soumis"),
    ("V2-1", "soumis"),
    ("V2-3", "soumis"),
    ("V3-M1", "soumis"),
    ("V3-M5", "soumis"),
    ("S-2", "soumis"),
    ("S-1.soumis", "soumis"),
    ("V2-1.personnes_distinctes", "V2-1"),
    ("V2-2.un_mois", "V2-1"),
    ("V2-2.echus", "V2-1"),
    ("V2-2.en_attente", "V2-1"),
    ("V2-2", "V2-2.un_mois"),
    ("V2-2.exactement_15_jours", "V2-2.un_mois"),
    ("V2-2.deja_orientes", "V2-2"),
    ("V2-2.un_jour", "V2-2"),
    ("V2-2.anticipees", "V2-2.un_jour"),
    ("V2-2.echus_orientes", "V2-2"),
    ("V2-2.echus_orientes", "V2-2.echus"),
    ("V2-2N", "V2-1"),
    ("FA-3", "V2-1"),
    ("F1-1", "F1-1.elargi"),
    ("F1-1.elargi", "F1-1.connus"),
    ("F1-1.connus", "V2-1"),
    ("V3-M1a.inscrits", "V2-1"),
    ("V3-M1a.inscrits", "V3-M1"),
    ("V3-R1", "V3-R2"),
    ("C-2", "V2-1"),
    ("C-2.deux_semaines", "C-2"),
    ("C-3", "V2-1"),
    ("C-3.deux_mois", "C-3"),
    ("C-4", "V2-1"),
    ("S-1", "S-1.entrees"),
    ("S-1.entrees", "V2-1"),
    ("S-1.entrees", "S-1.soumis"),
    ("S-1", "S-1.ensemble"),
    ("S-1.ensemble", "S-1.soumis"),
)
# Of these, a reader knows when the two are the same: all delays have elapsed, no person came twice.
_SOUVENT_EGAUX = (
    ("V2-1.personnes_distinctes", "V2-1"),
    ("V2-2.echus", "V2-1"),
    ("V2-2.echus_orientes", "V2-2"),
    ("V2-2", "V2-2.un_mois"),
    ("S-1.entrees", "V2-1"),
)
_MODALITES_DANS = (
    ("V2-2", "accompagnement_global", "O", "C-4"),
    ("V2-2", "type_parcours", "professionnel", "F1-1"),
)
_CLASSES_DE_DELAI = (
    ("V2-2.anticipees", ("avant",)),
    ("V2-2.un_jour", ("avant", "0_1")),
    ("V2-2", ("avant", "0_1", "2_7", "8_15")),
    ("V2-2.un_mois", ("avant", "0_1", "2_7", "8_15", "15_mois")),
    ("V2-2.en_attente", ("en_attente",)),
)
_SOMMES_DE_MESURES = (
    ("V3-R3", ("V3-R3.immersions", "V3-R3.formations", "V3-R3.levees_de_freins", "V3-R3.contrats_courts")),
    ("entonnoir.candidats", ("V2-1", "entonnoir.ecartes")),
    ("V2-2", ("V2-2.echus_orientes", "V2-2.deja_orientes")),
    ("V2-1", ("V2-2.echus", "V2-2.deja_orientes", "V2-2.en_attente")),
)
_DISTINCTES = tuple(
    i.code if m.nom == "nombre" else f"{i.code}.{m.nom}"
    for i in catalogue().values()
    for m in i.mesures
    if m.nature == "distincte"
)
_ADDITIFS_EN_NOMBRES = ("public",)  # rates do not add up, but what they are made of does
_AUTRES_LECTURES = (  # those that are a figure of their own
    ("V2-1", "personnes_distinctes", "V2-1.personnes_distinctes"),
    ("V2-2", "seuil_1_mois", "V2-2.un_mois"),
)
_RETARDS = ("en_attente", "deja_orientes")  # beside a rate, what it leaves out


@dataclass
class Liens:
    """``comptes``: every number, shown or not. ``deduits``: those that a subtraction of shown ones may give;
    ``inconnus``: those that only tie others together. ``cellules``: what each shown figure gives."""

    comptes: dict[Nombre, int] = field(default_factory=dict)
    deduits: dict[Nombre, None] = field(default_factory=dict)
    inconnus: dict[Nombre, None] = field(default_factory=dict)
    cellules: dict[Cle, tuple[Nombre, ...]] = field(default_factory=dict)
    _sommes: dict[tuple[Nombre, tuple[Nombre, ...]], Somme[Nombre]] = field(default_factory=dict)

    @property
    def sommes(self) -> list[Somme[Nombre]]:
        """Months before longer periods: what is masked for the first then serves the others."""
        return sorted(self._sommes.values(), key=lambda s: (len(s.total.mois), len(s.parts)))

    def ranger(self) -> None:
        """Territoires before the whole, months before longer periods: of two equal numbers, the first
        yields.
        """
        ordre = sorted(self.comptes, key=lambda n: (len(n.mois), n.territoire == TOTAL))
        self.comptes = {nombre: self.comptes[nombre] for nombre in ordre}

    def montre(self, nombre: Nombre) -> bool:
        return nombre in self.comptes and nombre not in self.deduits and nombre not in self.inconnus

    def montrer(self, cle: Cle, nombres_: Iterable[tuple[Nombre, int]]) -> None:
        """Numbers of a figure that is shown."""
        noms = []
        for nombre, valeur in nombres_:
            while self.comptes.get(nombre, valeur) != valeur:  # not the same number, after all
                nombre = nombre._replace(quoi=f"{nombre.quoi} ({cle.code})")
            self.comptes[nombre] = valeur
            noms.append(nombre)
        self.cellules[cle] = tuple(noms)

    def cacher(self, nombre: Nombre, valeur: int, *, deduit: bool = False) -> Nombre:
        """A number that is not shown, unless it is already known as something else."""
        if nombre not in self.comptes:
            self.comptes[nombre] = valeur
            (self.deduits if deduit else self.inconnus)[nombre] = None
        elif deduit and nombre in self.inconnus:
            del self.inconnus[nombre]
            self.deduits[nombre] = None
        return nombre

    def additionner(self, total: Nombre, parts: Iterable[Nombre], *, deduite: bool = False) -> None:
        """A sum, once."""
        ordre = tuple(parts)
        if ordre and ordre != (total,):
            self._sommes.setdefault((total, ordre), Somme(total, ordre, deduite))

    def soustraire(self, total: Nombre, part: Nombre, reste: Nombre) -> None:
        """``total`` − ``part``, which a reader finds when both are shown."""
        valeur = self.comptes[total] - self.comptes[part]
        if valeur >= 0:
            self.cacher(reste, valeur, deduit=self.montre(total) and self.montre(part))
            self.additionner(total, (part, reste))


def relier(publies: ChiffresPublies, montres: Collection[Cle], seuil: int) -> Liens:
    """The numbers of the figures shown, and their sums; ``seuil``: of what is small enough to matter."""
    liens = Liens()
    for cle in sorted(montres):
        _montrer(liens, publies, cle)
    for cle in sorted(montres):
        _retards(liens, publies, cle)
    for lier in (_territoires, _periodes, _parties, _modalites, _mesures, _lectures, _distinctes):
        lier(liens)
    _petits_ecarts(liens, seuil)
    liens.ranger()
    return liens


def _montrer(liens: Liens, publies: ChiffresPublies, cle: Cle) -> None:
    if cle.axe == DECLARE:
        declaration = publies.declarations[cle]
        if declaration.unite not in MESUREES and declaration.nombre == int(declaration.nombre):
            liens.montrer(cle, [nombre_declare(declaration, _mois_de_la_periode(publies, cle))])
    elif cle in publies.chiffres:
        chiffre = publies.chiffres[cle]
        liens.montrer(cle, nombres(chiffre, _mois(publies, chiffre)))


def _mois(publies: ChiffresPublies, chiffre: Chiffre) -> Mois:
    """The months of a figure: its own, else those of V2-1, whose breakdowns and funnel the report shows."""
    if chiffre.mois or chiffre.cle.type_periode == "mois":
        return chiffre.mois or (chiffre.cle.periode,)
    entrees = publies.chiffres.get(Cle("V2-1", "", "", "nombre", *chiffre.cle[4:]))
    return (entrees.mois if entrees else ()) or _mois_de_la_periode(publies, chiffre.cle)


def _mois_de_la_periode(publies: ChiffresPublies, cle: Cle) -> Mois:
    periodes = (*publies.periodes, *publies.periodes_declarees)
    mois = next(p.mois for p in periodes if (p.type_periode, p.periode) == cle[4:6])
    return tuple(mois or (cle.periode,))


def _retards(liens: Liens, publies: ChiffresPublies, cle: Cle) -> None:
    """What the rate of V2-2 leaves out, shown or not."""
    if (cle.code, cle.mesure) == ("V2-2", "taux"):
        for mesure in _RETARDS:
            retard = publies.chiffres.get(cle._replace(mesure=mesure))
            if retard is not None:
                for nombre, valeur in nombres(retard, _mois(publies, retard)):
                    liens.cacher(nombre, valeur)


# ---------------------------------------------------------------- territoires, periods


def _par_territoire(liens: Liens) -> dict[Nombre, list[Nombre]]:
    """The numbers of the whole, each with those of its territoires."""
    groupes: dict[Nombre, list[Nombre]] = {}
    for nombre in liens.comptes:
        total = nombre._replace(territoire=TOTAL)
        if nombre != total and total in liens.comptes:
            groupes.setdefault(total, []).append(nombre)
    return groupes


def _territoires(liens: Liens) -> None:
    for total, parts in _par_territoire(liens).items():
        if total.quoi not in _DISTINCTES:
            liens.additionner(total, parts, deduite=_tous_les_mois(liens, (total, *parts)))


def _tous_les_mois(liens: Liens, nombres_: Iterable[Nombre]) -> bool:
    """Whether the sum follows from those of its months."""
    return all(
        len(n.mois) > 1 and all(n._replace(mois=(mois,)) in liens.comptes for mois in n.mois)
        for n in nombres_
    )


def _familles(liens: Liens) -> Iterator[tuple[Nombre, tuple[Mois, ...]]]:
    """The numbers that differ by their months only: one of them, and the months of all."""
    familles: dict[Nombre, list[Mois]] = {}
    for nombre in liens.comptes:
        familles.setdefault(nombre._replace(mois=()), []).append(nombre.mois)
    for famille, plages in familles.items():
        if len(plages) > 1:
            yield famille, tuple(sorted(plages, key=lambda mois: (-len(mois), mois)))


def _periodes(liens: Liens) -> None:
    for famille, plages in _familles(liens):
        if famille.quoi not in _DISTINCTES:
            for total, parts, deduite in _decoupages(plages):
                liens.additionner(
                    famille._replace(mois=total), [famille._replace(mois=m) for m in parts], deduite=deduite
                )


@cache
def _decoupages(plages: tuple[Mois, ...]) -> tuple[tuple[Mois, tuple[Mois, ...], bool], ...]:
    """Each span as a sum of others, with the longest that do, then with shorter ones (which follows)."""
    trouves: dict[tuple[Mois, tuple[Mois, ...]], bool] = {}
    for total in plages:
        dedans = [mois for mois in plages if set(mois) < set(total)]
        premier = True
        for longueur in sorted({len(mois) for mois in dedans}, reverse=True):
            parts = _couvrir(total, [mois for mois in dedans if len(mois) <= longueur])
            if parts:
                trouves.setdefault((total, parts), not premier)
                premier = False
    return tuple((total, parts, deduite) for (total, parts), deduite in trouves.items())


def _couvrir(total: Iterable[str], plages: Sequence[Mois]) -> tuple[Mois, ...]:
    """Spans side by side that make up this one, the longest first; none: they do not."""
    reste = sorted(total)
    for mois in plages:
        if reste and reste[0] in mois and set(mois) <= set(reste):
            suite = _couvrir(set(reste) - set(mois), plages)
            if suite or len(mois) == len(reste):
                return (mois, *suite)
    return ()


# ---------------------------------------------------------------- parts, modalités, measures


@cache
def _ensembles(quoi: str) -> tuple[str, ...]:
    """All that a number is a part of, near and far."""
    proches = [tout for partie, tout in _DANS if partie == quoi]
    return tuple(dict.fromkeys((*proches, *(loin for tout in proches for loin in _ensembles(tout)))))


def _parties(liens: Liens) -> None:
    for nombre in list(liens.comptes):
        for tout in _ensembles(nombre.quoi) if nombre.axe in ("", DECLARE) else ():
            _partie(liens, nombre, nombre._replace(quoi=tout))
    for numerateur, denominateur in _rapports(liens):
        _partie(liens, numerateur, denominateur)


def _rapports(liens: Liens) -> list[tuple[Nombre, Nombre]]:
    return [(n[0], n[1]) for n in liens.cellules.values() if len(n) > 1]


def _partie(liens: Liens, partie: Nombre, tout: Nombre) -> None:
    if tout not in liens.comptes:
        return
    if (partie.quoi, tout.quoi) in _SOUVENT_EGAUX and liens.comptes[partie] == liens.comptes[tout]:
        liens.additionner(tout, (partie,))
    else:
        liens.soustraire(tout, partie, partie._replace(quoi=f"{tout.quoi} − {partie.quoi}"))


def _modalites(liens: Liens) -> None:
    """The modalités of a breakdown add up to the whole, those of a crossed one to the modalités of each
    axe.
    """
    groupes: dict[tuple[Nombre, str], list[Nombre]] = {}
    for nombre in liens.comptes:
        for total in _totaux(nombre):
            groupes.setdefault((total, nombre.axe), []).append(nombre)
    for (total, axe), modalites in groupes.items():
        if total in liens.comptes:
            if axe in axes() and axes()[axe].non_additif and axe not in _ADDITIFS_EN_NOMBRES:
                _reunion(liens, total, modalites)
            else:
                liens.additionner(total, modalites)
    for quoi, axe, modalite, tout in _MODALITES_DANS:
        for nombre in [n for n in liens.comptes if n[:3] == (quoi, axe, modalite)]:
            _partie(liens, nombre, nombre._replace(quoi=tout, axe="", modalite=""))


def _totaux(nombre: Nombre) -> list[Nombre]:
    if nombre.axe in ("", DECLARE, VARIANTE):
        return []
    if CROIX not in nombre.axe:
        return [nombre._replace(axe="", modalite="")]
    croises = zip(nombre.axe.split(CROIX), nombre.modalite.split(CROIX), strict=True)
    return [nombre._replace(axe=axe, modalite=modalite) for axe, modalite in croises]


def _mesures(liens: Liens) -> None:
    """Measures that add up to another, classes of delay that add up to a measure."""
    for nombre in list(liens.comptes):
        if nombre.axe in ("", DECLARE):
            for total, parts in _SOMMES_DE_MESURES:
                if total == nombre.quoi:
                    liens.additionner(nombre, [nombre._replace(quoi=part) for part in parts])
            for total, classes in _CLASSES_DE_DELAI:
                if total == nombre.quoi:
                    entrees = nombre._replace(quoi="V2-1", axe="delai")
                    liens.additionner(nombre, [entrees._replace(modalite=classe) for classe in classes])
            if nombre.axe == DECLARE:
                liens.additionner(nombre._replace(axe=""), [nombre])


def _lectures(liens: Liens) -> None:
    """A count under another reading, the published one, and those who make the difference."""
    for nombre in [n for n in liens.comptes if n.axe == VARIANTE]:
        publie = nombre._replace(axe="", modalite="")
        for quoi, lecture, autre in _AUTRES_LECTURES:
            if (nombre.quoi, nombre.modalite) == (quoi, lecture):
                liens.additionner(publie._replace(quoi=autre), [nombre])
        if publie in liens.comptes:
            petit_, grand = sorted((nombre, publie), key=lambda n: liens.comptes[n])
            liens.soustraire(grand, petit_, _sans(grand, petit_))


# ---------------------------------------------------------------- distinct persons, small differences


def _distinctes(liens: Liens) -> None:
    """Distinct persons of several months or territoires: no more than their sum, no fewer than any of
    them.
    """
    for famille, plages in _familles(liens):
        if famille.quoi in _DISTINCTES:
            for total, parts, _ in _decoupages(plages):
                _reunion(liens, famille._replace(mois=total), [famille._replace(mois=m) for m in parts])
    for tout, territoires in _par_territoire(liens).items():
        if tout.quoi in _DISTINCTES:
            _reunion(liens, tout, territoires)


def _reunion(liens: Liens, tout: Nombre, parts: Sequence[Nombre]) -> None:
    """Parts that may share persons: their sum is the whole and those counted again."""
    for part in parts:
        liens.soustraire(tout, part, _sans(tout, part))
    somme, repetes = (
        tout._replace(quoi=f"{tout.quoi}, {quoi} de {[p[1:] for p in parts]}")
        for quoi in ("somme", "reprises")
    )
    valeur = sum(liens.comptes[p] for p in parts)
    if valeur >= liens.comptes[tout]:
        montres = all(map(liens.montre, (tout, *parts)))
        liens.cacher(somme, valeur)
        liens.cacher(repetes, valeur - liens.comptes[tout], deduit=montres)
        liens.additionner(somme, parts)
        liens.additionner(somme, (tout, repetes))


def _sans(tout: Nombre, part: Nombre) -> Nombre:
    return tout._replace(quoi=f"{tout.quoi} sans {part}")


def _petits_ecarts(liens: Liens, seuil: int) -> None:
    """What small number is left when a reader takes one figure from another that holds it."""
    for somme in liens.sommes:
        if len(somme.parts) > 2:
            for part in somme.parts:
                _petit_ecart(liens, somme.total, part, _sans(somme.total, part), seuil)
    for famille, plages in _familles(liens):
        for inclusion in _inclusions(plages):
            tout, part, reste = (famille._replace(mois=mois) for mois in inclusion)
            autres = _sans(tout, part) if famille.quoi in _DISTINCTES else reste
            _petit_ecart(liens, tout, part, autres, seuil)
    for nombre in list(liens.comptes):
        for quoi in () if nombre.axe in ("", DECLARE, VARIANTE) else _ensembles(nombre.quoi):
            ensemble = nombre._replace(quoi=quoi, axe="", modalite="")
            _petit_ecart(liens, ensemble, nombre, _sans(ensemble, nombre), seuil)


def _petit_ecart(liens: Liens, tout: Nombre, part: Nombre, reste: Nombre, seuil: int) -> None:
    if liens.montre(tout) and liens.montre(part) and petit(liens.comptes[tout] - liens.comptes[part], seuil):
        liens.soustraire(tout, part, reste)


@cache
def _inclusions(plages: tuple[Mois, ...]) -> tuple[tuple[Mois, Mois, Mois], ...]:
    """Spans within one another, and the months that are left."""
    return tuple(
        (tout, part, tuple(m for m in tout if m not in part))
        for tout in plages
        for part in plages
        if set(part) < set(tout)
    )
