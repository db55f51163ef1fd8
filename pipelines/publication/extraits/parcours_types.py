"""V2-A: the parcours that can be mobilised, as last delivered, and the use of their places."""

from collections.abc import Iterator

from pipelines.publication.chiffres_publies import TOTAL, Parcours, Periode
from pipelines.publication.extraits.cellules import ND, Extrait
from pipelines.publication.extraits.tableau import Case, Tableau, jour
from pipelines.publication.nombres import PLACES_OCCUPEES

CODE = "V2-A"
COLONNES = (
    "Nom",
    "Durée (mois)",
    "Contenu",
    "Modalités",
    "Public cible",
    "Coût unitaire (euros)",
    "Places financées",
)


def parcours_types(extrait: Extrait) -> Tableau:
    """A row a parcours; the places occupied at the end of the last period that has them."""
    periode = _derniere(extrait)
    au = f" au {jour(periode.fin)}" if periode else ""
    lignes = [[*_decrire(p), _occupees(extrait, p, periode)] for p in extrait.publies.parcours]
    entetes = (*COLONNES, f"Places occupées{au}")
    return Tableau("parcours_types", "Parcours types", entetes, lignes, textes=(0, 2, 3, 4))


def _decrire(parcours: Parcours) -> Iterator[Case]:
    yield Case(parcours.nom)
    yield _nombre(parcours.duree_mois)
    yield from (Case(t or ND) for t in (parcours.contenu, parcours.modalites, parcours.public_cible))
    yield from (_nombre(n) for n in (parcours.prix, parcours.places))


def _nombre(nombre: float | None) -> Case:
    if nombre is None:
        return Case(ND)
    texte = f"{nombre:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return Case(texte, nombre)


def _derniere(extrait: Extrait) -> Periode | None:
    """The last period, by its end, whose stock is known."""
    connues = [
        p
        for p in extrait.publies.periodes
        if p.type_periode in ("annee", "jalon")
        and any(_chiffre_connu(extrait, parcours, p) for parcours in extrait.publies.parcours)
    ]
    return max(connues, key=lambda p: p.fin, default=None)


def _chiffre_connu(extrait: Extrait, parcours: Parcours, periode: Periode) -> bool:
    chiffre = extrait.publies.chiffres.get(
        periode.cle(CODE, PLACES_OCCUPEES, TOTAL, "parcours", parcours.nom)
    )
    return chiffre is not None and chiffre.statut != ND


def _occupees(extrait: Extrait, parcours: Parcours, periode: Periode | None) -> Case:
    if periode is None:
        return Case(ND)
    return extrait.case(periode.cle(CODE, PLACES_OCCUPEES, TOTAL, "parcours", parcours.nom), periode)
