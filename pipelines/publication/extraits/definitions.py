"""What the workbook says of its figures: definitions, then comments."""

from collections.abc import Iterator

from contracts.catalogue import Indicateur, publies
from pipelines.publication.chiffres_publies import TOTAL, Remarque
from pipelines.publication.extraits.cellules import ND, SANS_OBJET, Extrait
from pipelines.publication.extraits.comite import periodes_commentees
from pipelines.publication.extraits.tableau import Case, Tableau, jour
from pipelines.publication.secret import MASQUE

_CALENDRIER = {
    "entrants": "fichiers CAF/MSA du mois et du précédent, orientations reçues",
    "calculable": "fichiers CAF/MSA du mois et du précédent",
    "complet": "fichiers CAF/MSA du mois",
    "suite_12_mois": "fichiers CAF/MSA du mois qui suit d'un an",
    "total_seulement": "tous territoires ensemble seulement",
}


def definitions(extrait: Extrait) -> Tableau:
    """The catalogue, then the words that stand in the cells."""
    lignes = [
        [i.code, i.libelle, i.definition, i.unite, " ; ".join(map(_besoin, i.mesures[0].besoins))]
        for i in publies()
    ]
    lignes += [[mot, "", sens, "", ""] for mot, sens in _lecture(extrait.seuil)]
    entetes = ("Code", "Libellé", "Définition", "Unité", "Besoins")
    cases = [[Case(texte) for texte in ligne] for ligne in lignes]
    return Tableau("definitions", "Définitions", entetes, cases, textes=range(len(entetes)))


def _besoin(besoin: str) -> str:
    genre = "colonne" if "." in besoin else "table"
    return _CALENDRIER.get(besoin, f"{genre} {besoin}")


def _lecture(seuil: int) -> Iterator[tuple[str, str]]:
    yield (
        MASQUE,
        f"Secret statistique : moins de {seuil} personnes, ou un chiffre qui permettrait d'en retrouver un.",
    )
    yield ND, "Non disponible : la raison est dans les commentaires. Ce n'est jamais un zéro."
    yield f"{ND} (partiel : …)", "Des mois manquent : le chiffre est celui des mois disponibles."
    yield (
        SANS_OBJET,
        "L'indicateur n'a pas de sens pour cette période ou ce territoire, ou ne porte sur personne.",
    )
    yield (
        "déclaré, non recalculé",
        "Chiffre déjà signé par ailleurs, repris tel quel : il n'est jamais additionné aux autres.",
    )


def commentaires(extrait: Extrait) -> Tableau:
    """Those of the département first, then for each indicator, jalon and year what is said of the total."""
    lignes = [*map(_remarque, extrait.publies.remarques)]
    for indicateur in publies():
        lignes += _phrases(extrait, indicateur)
    entetes = ("Code", "Indicateur", "Période", "Territoire", "Commentaire")
    cases = [[Case(texte) for texte in ligne] for ligne in lignes]
    return Tableau("commentaires", "Commentaires", entetes, cases, textes=range(len(entetes)))


def _remarque(remarque: Remarque) -> list[str]:
    tous = remarque.code == "*"
    bornes = (("du", remarque.debut), ("au", remarque.fin))
    duree = " ".join(f"{mot} {jour(date)}" for mot, date in bornes if date)
    libelles = {i.code: i.libelle for i in publies()}
    code, libelle = (
        ("tous", "Tous les indicateurs") if tous else (remarque.code, libelles.get(remarque.code, ""))
    )
    return [code, libelle, duree, remarque.territoire or "tous", remarque.texte]


def _phrases(extrait: Extrait, indicateur: Indicateur) -> Iterator[list[str]]:
    siennes = {remarque.texte for remarque in extrait.publies.remarques}
    for periode in periodes_commentees(extrait.publies):
        cle = (indicateur.code, periode.type_periode, periode.periode, TOTAL)
        for phrase in extrait.publies.phrases.get(cle, ()):
            if phrase.texte not in siennes:
                yield [indicateur.code, indicateur.libelle, periode.libelle, "Total", extrait.phrase(phrase)]
