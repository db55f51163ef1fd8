"""What is followed month after month: the funnel, the entries by motif, the rate."""

from collections.abc import Sequence

from contracts.catalogue import axes
from pipelines.configuration import Regles
from pipelines.publication.chiffres_publies import TOTAL, Territoire
from pipelines.publication.rapport import figures, mots
from pipelines.publication.rapport.chiffres_cles import periode_en_clair
from pipelines.publication.rapport.choix import MOTIF
from pipelines.publication.rapport.figures import BLEU, PALE, Barre, Panneau
from pipelines.publication.rapport.lecture import (
    ECARTES,
    ENTONNOIR,
    ENTREES,
    ETAPES,
    INDETERMINES,
    NOMBRE,
    ORIENTES,
    TAUX,
)
from pipelines.publication.rapport.svg import tracer
from pipelines.publication.rapport.tableaux import Case, Figure, Tableau, nom_complet, tableau
from pipelines.publication.rapport.vue import Cellule, Vue

PANNEAUX_MAX = 4  # with more territoires, the chart shows the whole alone and the table all of them


def entonnoir(vue: Vue) -> Figure:
    """From the persons present to the entries, for the last month that has them."""
    mois = next(
        (m for m in reversed(vue.choix.mois) if vue.chiffre(ENTREES, m).etat != "nd"), vue.choix.mois[-1]
    )
    nom = mots.mois_en_lettres(mois.periode)
    barres = [Barre(mots.ETAPES[e], vue.chiffre(ENTONNOIR, mois, mesure=e), PALE) for e in ETAPES]
    barres.append(Barre(mots.ETAPES["nouveaux_entrants"], vue.chiffre(ENTREES, mois), BLEU))
    titre = f"Des bénéficiaires présents aux nouveaux entrants, {nom}"
    lecture = " ; ".join(f"{mots.minuscule(b.libelle)} : {b.cellule.texte}" for b in barres)
    return Figure(
        "entonnoir",
        titre,
        "Personnes, tous territoires ensemble",
        tracer(figures.barres(barres), "entonnoir", titre, f"Diagramme en barres. {lecture}."),
        _tableau_entonnoir(vue),
    )


def _tableau_entonnoir(vue: Vue) -> Tableau:
    etapes = (*ETAPES, ECARTES, INDETERMINES)
    lignes: list[list[str | Case | Cellule]] = []
    for mois in vue.choix.mois:
        for territoire in vue.choix.territoires:
            cellules = [vue.chiffre(ENTONNOIR, mois, territoire.code, mesure=e) for e in etapes]
            entrees = vue.chiffre(ENTREES, mois, territoire.code)
            if any(c.etat != "sans_objet" for c in cellules):
                nom = f"{mots.mois_en_lettres(mois.periode)}, {nom_complet(territoire)}"
                lignes.append([nom, *cellules[: len(ETAPES)], entrees, *cellules[len(ETAPES) :]])
    entetes = ("Mois, territoire", *(mots.ETAPES[e] for e in (*ETAPES, "nouveaux_entrants")))
    return tableau(
        "Entonnoir par mois et territoire",
        (*entetes, *(mots.ETAPES[e] for e in (ECARTES, INDETERMINES))),
        lignes,
    )


def entrants(vue: Vue) -> Figure:
    """The entries of each month, all territoires together, then by territoire in the table."""
    titre = "Nouveaux entrants par mois"
    panneau = Panneau("", [vue.chiffre(ENTREES, m) for m in vue.choix.mois])
    dessin = figures.mois_en_barres(_mois(vue), [panneau], 120)
    return Figure(
        "entrants",
        titre,
        "Entrées, tous territoires ensemble",
        tracer(dessin, "entrants", titre, _lecture(vue, panneau, "Diagramme en barres")),
        _par_territoire(vue, "Nouveaux entrants par mois et territoire", ENTREES, NOMBRE),
    )


def motifs(vue: Vue) -> Figure:
    """One small chart a motif, the most frequent first, all on one scale; a motif without anything to draw is
    named only."""
    titre = "Nouveaux entrants par mois, selon le motif d’entrée"
    tous = [
        Panneau(
            mots.modalite(code),
            [vue.chiffre(ENTREES, m, axe=MOTIF, modalite=code) for m in vue.choix.mois],
        )
        for code in axes()[MOTIF].modalites
    ]
    montres = sorted((p for p in tous if any(c.nombre for c in p.cellules)), key=_total, reverse=True)
    absents = [mots.minuscule(p.titre) for p in tous if p not in montres]
    svg = ""
    if montres:
        dessin = figures.mois_en_barres(_mois(vue), montres, 36)
        lecture = " ".join(_lecture(vue, p, p.titre) for p in montres)
        svg = tracer(dessin, "motifs", titre, f"Diagrammes en barres, un par motif. {lecture}")
    return Figure(
        "motifs",
        titre,
        "Entrées, tous territoires ensemble, même échelle pour tous les motifs",
        svg,
        tableau(
            titre,
            ("Mois", *(p.titre for p in tous)),
            [
                [mots.mois_en_lettres(m.periode), *(p.cellules[rang] for p in tous)]
                for rang, m in enumerate(vue.choix.mois)
            ],
        ),
        f"Rien à tracer (zéro, secret statistique ou non disponible) pour : {mots.liste(absents)}."
        if absents
        else "",
    )


def _total(panneau: Panneau) -> float:
    """What orders the panels: what is drawn in them."""
    return sum(c.nombre or 0 for c in panneau.cellules)


def motifs_de_l_annee(vue: Vue) -> Tableau:
    """The entries of the year by motif and territoire."""
    return tableau(
        f"Nouveaux entrants selon le motif d’entrée, {periode_en_clair(vue.choix.annee)}{_reserve(vue)}",
        ("Motif", *(nom_complet(t) for t in vue.choix.territoires)),
        [
            [
                mots.modalite(code),
                *(
                    vue.simple(ENTREES, vue.choix.annee, t.code, axe=MOTIF, modalite=code)
                    for t in vue.choix.territoires
                ),
            ]
            for code in axes()[MOTIF].modalites
        ],
        marques=False,
    )


def _reserve(vue: Vue) -> str:
    """What the caption of a table of the year must add."""
    statut = vue.chiffre(ENTREES, vue.choix.annee).statut
    return "" if statut == "stabilise" else f" ({mots.STATUTS.get(statut, statut)})"


def taux(vue: Vue, regles: Regles) -> Figure:
    """The rate within the delay, a panel a territoire."""
    delai = "un mois" if regles.seuil == "1_mois" else "15 jours"
    titre = f"Part des nouveaux entrants orientés en {delai} et moins, par mois d’entrée"
    panneaux = [
        Panneau(nom_complet(t), [vue.chiffre(ORIENTES, m, t.code, mesure=TAUX) for m in vue.choix.mois])
        for t in _territoires_traces(vue)
    ]
    dessin = figures.taux_par_mois(_mois(vue), panneaux, regles.objectif_taux, 84)
    lecture = " ".join(_lecture(vue, p, p.titre) for p in panneaux)
    return Figure(
        "taux",
        titre,
        "En pourcentage des entrées dont le délai est écoulé",
        tracer(dessin, "taux", titre, f"Courbes, une par territoire. {lecture}"),
        _par_territoire(vue, titre, ORIENTES, TAUX),
    )


def _territoires_traces(vue: Vue) -> list[Territoire]:
    """The whole first; a single territoire is the whole."""
    propres = [t for t in vue.choix.territoires if t.code not in (TOTAL, "HORS")]
    ensemble = [t for t in vue.choix.territoires if t.code == TOTAL]
    return ensemble + (propres if 1 < len(propres) < PANNEAUX_MAX else [])


def _mois(vue: Vue) -> list[str]:
    return [m.periode for m in vue.choix.mois]


def _par_territoire(vue: Vue, titre: str, code: str, mesure: str) -> Tableau:
    return tableau(
        titre,
        ("Mois", *(nom_complet(t) for t in vue.choix.territoires)),
        [
            [
                mots.mois_en_lettres(m.periode),
                *(vue.chiffre(code, m, t.code, mesure=mesure) for t in vue.choix.territoires),
            ]
            for m in vue.choix.mois
        ],
    )


def _lecture(vue: Vue, panneau: Panneau, debut: str) -> str:
    """What the eye takes from the chart: its span, its ends, what is not drawn."""
    connus = [(m, c) for m, c in zip(_mois(vue), panneau.cellules, strict=True) if c.nombre is not None]
    masques = _combien(panneau.cellules, "masque")
    absents = _combien(panneau.cellules, "nd")
    if not connus:
        return f"{debut} : aucune valeur à tracer ({masques} mois masqués, {absents} non disponibles)."
    (premier, a), (dernier, b) = connus[0], connus[-1]
    haut_mois, haut = max(connus, key=lambda couple: couple[1].nombre or 0)
    return (
        f"{debut} : de {a.texte} en {mots.mois_en_lettres(premier)} à {b.texte} en "
        f"{mots.mois_en_lettres(dernier)}, au plus {haut.texte} en {mots.mois_en_lettres(haut_mois)} ; "
        f"{masques} mois masqués, {absents} non disponibles."
    )


def _combien(cellules: Sequence[Cellule], etat: str) -> int:
    return sum(c.etat == etat for c in cellules)
