"""How long the orientation takes: classes of delay, and the share not yet oriented day after day."""

from pipelines.configuration import Regles
from pipelines.publication.chiffres_publies import TOTAL
from pipelines.publication.rapport import figures, mots
from pipelines.publication.rapport.chiffres_cles import periode_en_clair
from pipelines.publication.rapport.figures import BLANC, BLEU, PALE, Barre
from pipelines.publication.rapport.lecture import CLASSES, DELAI, ENTREES
from pipelines.publication.rapport.svg import tracer
from pipelines.publication.rapport.tableaux import Figure, nom_complet, tableau
from pipelines.publication.rapport.vue import Marche, Vue

JOURS = 120  # the days that the curve shows
DANS_LE_DELAI = {"15_jours": 4, "1_mois": 5}  # the first classes, by the rule ``seuil``


def distribution(vue: Vue, regles: Regles) -> Figure:
    """The entries of the year by class of delay."""
    titre = (
        f"Délai entre la réception de la notification et l’orientation, {periode_en_clair(vue.choix.annee)}"
    )
    noms = classes(regles)
    barres = [
        Barre(noms[c], vue.simple(ENTREES, vue.choix.annee, axe=DELAI, modalite=c), _teinte(c, regles))
        for c in CLASSES
    ]
    lecture = " ; ".join(f"{mots.minuscule(b.libelle)} : {b.cellule.texte}" for b in barres)
    absence = _absence(vue, TOTAL)
    svg = (
        "" if absence else tracer(figures.barres(barres), "delais", titre, f"Diagramme en barres. {lecture}.")
    )
    return Figure(
        "delais",
        titre,
        "Entrées, tous territoires ensemble ; foncé : dans le délai, clair : hors délai, "
        "blanc : pas orientées",
        svg,
        tableau(
            titre,
            ("Délai", *(nom_complet(t) for t in vue.choix.territoires)),
            [
                [
                    noms[c],
                    *(
                        vue.simple(ENTREES, vue.choix.annee, t.code, axe=DELAI, modalite=c)
                        for t in vue.choix.territoires
                    ),
                ]
                for c in CLASSES
            ],
            marques=False,
        ),
        absence,
    )


def _absence(vue: Vue, territoire: str) -> str:
    """Why there is nothing to draw of the year, empty when there is."""
    entrees = vue.chiffre(ENTREES, vue.choix.annee, territoire)
    return f"Non disponible. {mots.raison(entrees.motif_nd or '')}" if entrees.etat == "nd" else ""


def classes(regles: Regles) -> dict[str, str]:
    """The names of the classes: where the delays of 15 days and of a month end depends on ``borne_delai``."""
    dernier = 15 if regles.borne_delai == "inclusive" else 14
    return {
        "avant": "Avant la réception",
        "0_1": "0 ou 1 jour",
        "2_7": "2 à 7 jours",
        "8_15": f"8 à {dernier} jours",
        "15_mois": f"{dernier + 1} jours à un mois",
        "mois_60": "Un mois à 60 jours",
        "61_90": "61 à 90 jours",
        "91": "Plus de 90 jours",
        "non_oriente": "Non orientés, délai écoulé",
        "en_attente": "En attente, délai non écoulé",
    }


def _teinte(classe: str, regles: Regles) -> str:
    if classe in CLASSES[: DANS_LE_DELAI[regles.seuil]]:
        return BLEU
    return BLANC if classe in ("non_oriente", "en_attente") else PALE


def survie(vue: Vue, regles: Regles) -> Figure:
    """The Kaplan–Meier curve of the year, a line a territoire where it may be drawn."""
    titre = (
        f"Part des nouveaux entrants non encore orientés, selon le délai, {periode_en_clair(vue.choix.annee)}"
    )
    series = [
        (nom_complet(t), marches)
        for t in sorted(vue.choix.territoires, key=lambda t: t.code != TOTAL)
        if t.code != "HORS" and (marches := vue.courbe(vue.choix.annee, t.code))
    ][: len(figures.TRAITS)]
    series = series[:1] if len(series) == 2 and series[0][1] == series[1][1] else series
    svg = ""
    note = _absence(vue, TOTAL) or "Courbe non tracée : trop peu d’entrées (secret statistique)."
    if series:
        limite = 31 if regles.seuil == "1_mois" else 15
        nom = "un mois" if regles.seuil == "1_mois" else "15 jours"
        dessin = figures.courbes(series, JOURS, limite, f"objectif : {nom}")
        svg, note = tracer(dessin, "survie", titre, f"Courbe en escalier. {_lecture(series)}"), ""
    return Figure(
        "survie",
        titre,
        "Estimation de Kaplan-Meier, en jours depuis la réception ; les entrées non orientées sont suivies "
        "jusqu’au dernier relevé des orientations",
        svg,
        tableau(
            titre,
            ("Territoire", "À partir du jour", "Part non encore orientée"),
            [[nom, str(m.jour), _part(m)] for nom, marches in series for m in marches if m.jour <= JOURS],
        ),
        note,
    )


def _lecture(series: list[tuple[str, tuple[Marche, ...]]]) -> str:
    return " ".join(
        f"{nom} : {_part(marche)} ne sont pas orientés à partir du jour {marche.jour}."
        for nom, marches in series
        for marche in [m for m in marches if m.jour <= JOURS][-1:]
    )


def _part(marche: Marche) -> str:
    return f"{round(100 * marche.part)}{mots.INSECABLE}%"
