"""Which figures must not be read outside the service, over all that leaves it together (docs/adr/0011)."""

from collections.abc import Collection, Iterator

from contracts.catalogue import publies
from pipelines.publication.chiffres_publies import DECLARE, TOTAL, ChiffresPublies, Cle
from pipelines.publication.extraits.cellules import Extrait
from pipelines.publication.liens import Liens, relier
from pipelines.publication.nombres import PLACES_OCCUPEES, VARIANTE, Nombre, compte_des_personnes
from pipelines.publication.secret import masquer, petit

PERIODES_COMMENTEES = ("jalon", "annee")
REPARTIS = ("FA-3", "FA-4", "V2-3")  # shown with their breakdowns


def extrait_masque(publies_: ChiffresPublies, seuil: int, aussi: Collection[Cle] = frozenset()) -> Extrait:
    """What may leave the service; ``aussi``: the figures that the report shows besides."""
    return Extrait(publies_, seuil, cellules_masquees(publies_, seuil, aussi))


def cellules_masquees(
    publies_: ChiffresPublies, seuil: int, aussi: Collection[Cle] = frozenset()
) -> frozenset[Cle]:
    """The figures about persons that must not be read: those that say too much, and those that no extract
    shows, on which nothing was decided."""
    montrees = sorted(cle for cle in {*_montrees(publies_), *aussi} if compte_des_personnes(cle))
    liens = relier(publies_, montrees, seuil)
    secrets = masquer(
        liens.comptes, liens.sommes, seuil, liens.deduits, liens.inconnus, _d_office(liens, seuil)
    )
    lisibles = {
        cle
        for cle in montrees
        if secrets.isdisjoint(liens.cellules.get(cle, ())) and not _peu_nombreux(publies_, cle, seuil)
    }
    toutes = (*publies_.chiffres, *publies_.declarations, *montrees)
    return frozenset(cle for cle in toutes if cle not in lisibles and compte_des_personnes(cle))


def _montrees(publies_: ChiffresPublies) -> Iterator[Cle]:
    """What the extracts show: measures of the committee, breakdowns, places, declared figures, comments."""
    comite = {(i.code, m.nom) for i in publies() for m in i.mesures if m.comite}
    for cle in publies_.chiffres:
        if (
            cle.code in REPARTIS
            or cle.mesure == PLACES_OCCUPEES
            or (not cle.axe and cle[:1] + cle[3:4] in comite)
        ):
            yield cle
    yield from publies_.declarations
    for (_, type_periode, _, territoire), phrases in publies_.phrases.items():
        if type_periode in PERIODES_COMMENTEES and territoire == TOTAL:
            yield from (p.cle for p in phrases if p.cle is not None and p.cle.axe != DECLARE)


def _peu_nombreux(publies_: ChiffresPublies, cle: Cle, seuil: int) -> bool:
    """A median or a mean of few people."""
    chiffre = publies_.chiffres.get(cle)
    return chiffre is not None and chiffre.unite == "jours" and petit(chiffre.denominateur, seuil)


def _d_office(liens: Liens, seuil: int) -> Iterator[Nombre]:
    """What gives way rather than a headline figure: the candidates, where few of them are écartés; another
    reading, where few persons make the difference."""
    for nombre, valeur in liens.comptes.items():
        if nombre.quoi == "entonnoir.ecartes" and petit(valeur, seuil):
            yield nombre._replace(quoi="entonnoir.candidats")
        elif nombre.axe == VARIANTE:
            publie = liens.comptes.get(nombre._replace(axe="", modalite=""), valeur)
            if petit(abs(publie - valeur), seuil):
                yield nombre
