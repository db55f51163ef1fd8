"""The first page: the headline figures, their target, whether they are final, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.catalogue import Mesure, catalogue
from pipelines.configuration import Regles
from pipelines.publication.chiffres_publies import TOTAL, Periode
from pipelines.publication.rapport import mots
from pipelines.publication.rapport.lecture import ENTREES, NOMBRE, ORIENTES, TAUX
from pipelines.publication.rapport.tableaux import Case, Tableau, nom_complet, tableau
from pipelines.publication.rapport.vue import Cellule, Vue

CLES = (
    (ENTREES, NOMBRE),
    (ORIENTES, NOMBRE),
    (ORIENTES, TAUX),
    ("F1-1", TAUX),
    ("F1-2", "mediane"),
)


@dataclass(frozen=True)
class Carte:
    """One headline figure: the figure, what it counts, its target, whether it is final."""

    valeur: str
    titre: str
    objectif: str
    statut: str


def cartes(vue: Vue, regles: Regles) -> tuple[Carte, ...]:
    """The headline figures of the headline period, all territoires together."""
    return tuple(
        Carte(
            cellule.texte.partition(" (")[0],
            _titre(code, mesure, regles),
            objectif(code, mesure.nom, regles),
            _reserve(cellule),
        )
        for code, mesure in _mesures()
        if (cellule := vue.chiffre(code, vue.choix.principale, mesure=mesure.nom)).statut
    )


def _reserve(cellule: Cellule) -> str:
    """« provisoire », « secret statistique, provisoire », « partiel : 7 812, 11 mois sur 12 »."""
    partiel = cellule.texte.partition(" (")[2].removesuffix(")")
    statut = partiel or mots.STATUTS.get(cellule.statut, cellule.statut)
    return f"secret statistique, {statut}" if cellule.etat == "masque" else statut


def tableaux(vue: Vue, regles: Regles) -> tuple[Tableau, ...]:
    """The same by territoire, for the headline period and for the year."""
    return tuple(_tableau(vue, periode, regles) for periode in vue.choix.periodes())


def _tableau(vue: Vue, periode: Periode, regles: Regles) -> Tableau:
    territoires = vue.choix.territoires
    lignes: list[list[str | Case | Cellule]] = []
    for code, mesure in _mesures():
        cellules = [vue.chiffre(code, periode, t.code, mesure=mesure.nom) for t in territoires]
        if cellules[-1].statut:
            statut = mots.STATUTS.get(cellules[-1].statut, cellules[-1].statut)
            lignes.append([mesure.libelle, *cellules, objectif(code, mesure.nom, regles) or "–", statut])
    entetes = ["Indicateur", *(nom_complet(t) for t in territoires), "Objectif", "Statut"]
    return tableau(nom_de_periode(periode), entetes, lignes, marques=False)


def _mesures() -> Iterator[tuple[str, Mesure]]:
    """Those of ``CLES`` that are published."""
    for code, nom in CLES:
        yield from ((code, m) for m in catalogue()[code].mesures if m.nom == nom)


def _titre(code: str, mesure: Mesure, regles: Regles) -> str:
    delai = "un mois et moins" if regles.seuil == "1_mois" else "15 jours et moins"
    return {
        (ENTREES, NOMBRE): "nouveaux entrants",
        (ORIENTES, NOMBRE): f"orientés en {delai}",
        (ORIENTES, TAUX): f"d’orientés en {delai} (délais écoulés)",
        ("F1-1", TAUX): "d’orientations professionnelles",
        ("F1-2", "mediane"): "de délai médian d’orientation",
    }.get((code, mesure.nom), mesure.libelle)


def objectif(code: str, mesure: str, regles: Regles) -> str:
    """The target that the documents set, as it is printed; empty: none."""
    part = f"{100 * regles.objectif_taux:g}".replace(".", ",")
    return {
        (ORIENTES, NOMBRE): f"{part} % des entrants".replace(" %", f"{mots.INSECABLE}%"),
        (ORIENTES, TAUX): f"{part}{mots.INSECABLE}%",
        ("F1-1", TAUX): f"70{mots.INSECABLE}%",
        ("F1-2", "mediane"): "moins d’un mois",
    }.get((code, mesure), "")


def nom_de_periode(periode: Periode) -> str:
    """« Octobre à décembre 2024 », with the convention's name for a jalon."""
    nom = periode_en_clair(periode)
    nom = nom[:1].upper() + nom[1:]
    return f"{nom} (jalon {periode.periode})" if periode.type_periode == "jalon" else nom


def periode_en_clair(periode: Periode) -> str:
    """« octobre à décembre 2024 »."""
    return mots.periode_en_lettres(date.fromisoformat(periode.debut), date.fromisoformat(periode.fin))


# ---------------------------------------------------------------- the sentences


def statut_en_clair(vue: Vue, regles: Regles) -> str:
    """Whether the headline figures are final, and what would make them so."""
    entrees = vue.chiffre(ENTREES, vue.choix.principale)
    attente = 15 + regles.delai_saisie_jours
    match entrees.statut:
        case "stabilise":
            return (
                "Ces chiffres sont stabilisés : ils ne changeront plus, sauf si un fichier corrigé est reçu "
                "ou si une règle de calcul change."
            )
        case "provisoire":
            return (
                "Ces chiffres sont provisoires : des orientations peuvent encore être enregistrées, ou un "
                "fichier facultatif manque. Ils seront stabilisés quand les orientations auront été reçues "
                f"{attente} jours après la dernière notification de la CAF ou de la MSA."
            )
        case "partiel":
            return "Ces chiffres sont partiels : seuls les mois disponibles y sont, et leur nombre est dit."
        case _:
            return f"Ces chiffres ne sont pas disponibles. {mots.raison(entrees.motif_nd or '')}"


def annexe_4(vue: Vue) -> tuple[str, ...]:
    """The comments that annexe 4 demands, for the headline period."""
    phrases = [
        mots.en_clair(phrase)
        for code in (ENTREES, ORIENTES)
        for phrase in vue.commentaires(code, vue.choix.principale)
    ]
    return tuple(p for p in dict.fromkeys(phrases) if not p.startswith(("Provisoire", "Partiel", "Non disp")))


def observation_en_clair(vue: Vue) -> str:
    """Up to when the orientations are known."""
    jours = {t.code: vue.observations.get(t.code) for t in vue.choix.territoires if t.code != "HORS"}
    ensemble = jours.pop(TOTAL, None)
    if len({*jours.values()}) <= 1 and ensemble:
        return f"Les orientations sont connues jusqu’au {mots.jour_en_lettres(ensemble)}."
    parties = [
        f"{mots.jour_en_lettres(jour)} pour {nom_complet(t)}"
        for t in vue.choix.territoires
        if (jour := jours.get(t.code))
    ]
    return f"Les orientations sont connues jusqu’au {mots.liste(parties)}." if parties else ""
