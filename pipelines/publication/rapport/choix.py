"""What the report shows of all that is published: which periods, which months, which figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.catalogue import axes
from pipelines.publication.chiffres_publies import TOTAL, ChiffresPublies, Cle, Periode, Territoire
from pipelines.publication.rapport.lecture import (
    CLASSES,
    DELAI,
    ECARTES,
    ENTONNOIR,
    ENTREES,
    ETAPES,
    INDETERMINES,
    NOMBRE,
    ORIENTES,
    VARIANTE,
)
from pipelines.publication.rapport.mots import VARIANTES

MOIS_MONTRES = 24
MOIS_SUFFISANTS = 6  # a year with fewer available months says less than the one before
AXES_PARCOURS = ("type_parcours", "type_organisme", "accompagnement_global")
MOTIF = "motif_inclusion"


@dataclass(frozen=True)
class Choix:
    """``principale``: the period that the first page speaks of; ``annee``: that of the breakdowns; ``mois``:
    the last months, those not available included."""

    principale: Periode
    annee: Periode
    mois: tuple[Periode, ...]
    territoires: tuple[Territoire, ...]

    def periodes(self) -> tuple[Periode, ...]:
        """The headline period, then the year when it is another one."""
        return (self.principale,) if self.principale == self.annee else (self.principale, self.annee)


def choisir(publies: ChiffresPublies) -> Choix:
    """The last jalon that has an available month, else the year; the last year that has enough of them."""
    annee = _annee(publies)
    jalons = [p for p in _de_type(publies, "jalon") if _mois_disponibles(publies, p)]
    return Choix(
        principale=jalons[-1] if jalons else annee,
        annee=annee,
        mois=tuple(_de_type(publies, "mois")[-MOIS_MONTRES:]),
        territoires=_territoires(publies),
    )


def _territoires(publies: ChiffresPublies) -> tuple[Territoire, ...]:
    """A single territoire is the whole."""
    ensemble = tuple(t for t in publies.territoires if t.code == TOTAL)
    return ensemble if len(publies.territoires) == 2 else publies.territoires


def _annee(publies: ChiffresPublies) -> Periode:
    annees = _de_type(publies, "annee")
    suffisantes = [a for a in annees if _mois_disponibles(publies, a) >= MOIS_SUFFISANTS]
    return suffisantes[-1] if suffisantes else max(annees, key=lambda a: _mois_disponibles(publies, a))


def _de_type(publies: ChiffresPublies, type_periode: str) -> list[Periode]:
    return [p for p in publies.periodes if p.type_periode == type_periode]


def _mois_disponibles(publies: ChiffresPublies, periode: Periode) -> int:
    chiffre = publies.chiffres.get(Cle(ENTREES, "", "", NOMBRE, periode.type_periode, periode.periode, TOTAL))
    return 0 if chiffre is None or chiffre.nombre is None else chiffre.mois_calculables


# ---------------------------------------------------------------- the cells that only the report shows


def cellules(choix: Choix) -> frozenset[Cle]:
    """What the report shows and the committee's extract does not."""
    return frozenset((*_par_mois(choix), *_par_annee(choix)))


def _par_mois(choix: Choix) -> Iterator[Cle]:
    for periode in choix.mois:
        for motif in axes()[MOTIF].modalites:
            yield Cle(ENTREES, MOTIF, motif, NOMBRE, "mois", periode.periode, TOTAL)
        for territoire in choix.territoires:
            for etape in (*ETAPES, ECARTES, INDETERMINES):
                yield Cle(ENTONNOIR, "", "", etape, "mois", periode.periode, territoire.code)


def _par_annee(choix: Choix) -> Iterator[Cle]:
    repartitions = [(ENTREES, MOTIF, axes()[MOTIF].modalites), (ENTREES, DELAI, CLASSES)]
    repartitions += [(ORIENTES, axe, axes()[axe].modalites) for axe in AXES_PARCOURS]
    for code, axe, codes in repartitions:
        for modalite in codes:
            for territoire in choix.territoires:
                yield Cle(code, axe, modalite, NOMBRE, "annee", choix.annee.periode, territoire.code)
    for code in (ENTREES, ORIENTES):
        for variante in VARIANTES:
            yield choix.annee.cle(code, NOMBRE, TOTAL, VARIANTE, variante)
