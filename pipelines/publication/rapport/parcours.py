"""Toward what the entrants were oriented within the delay."""

from contracts.catalogue import axes
from pipelines.publication.rapport import figures, mots
from pipelines.publication.rapport.chiffres_cles import periode_en_clair
from pipelines.publication.rapport.choix import AXES_PARCOURS
from pipelines.publication.rapport.figures import BLANC, BLEU, Barre
from pipelines.publication.rapport.lecture import ORIENTES
from pipelines.publication.rapport.svg import tracer
from pipelines.publication.rapport.tableaux import Figure, nom_complet, tableau
from pipelines.publication.rapport.vue import Vue

TITRES = {
    "type_parcours": "selon le type de parcours",
    "type_organisme": "selon l’organisme référent",
    "accompagnement_global": "selon l’accompagnement global",
}


def parcours(vue: Vue) -> tuple[Figure, ...]:
    """One chart for each of the breakdowns of V2-2."""
    return tuple(_figure(vue, axe) for axe in AXES_PARCOURS)


def _figure(vue: Vue, axe: str) -> Figure:
    annee = vue.choix.annee
    titre = f"Orientés dans le délai {TITRES[axe]}, {periode_en_clair(annee)}"
    barres = [
        Barre(
            mots.modalite(code),
            vue.simple(ORIENTES, annee, axe=axe, modalite=code),
            BLANC if code == "inconnu" else BLEU,
        )
        for code in axes()[axe].modalites
    ]
    svg, note = "", f"Non disponible. {mots.raison(barres[0].cellule.motif_nd or '')}"
    if any(b.cellule.etat != "nd" for b in barres):
        lecture = " ; ".join(f"{mots.minuscule(b.libelle)} : {b.cellule.texte}" for b in barres)
        svg = tracer(
            figures.barres(barres, marge=185, largeur=430), axe, titre, f"Diagramme en barres. {lecture}."
        )
        note = ""
    return Figure(
        axe,
        titre,
        "Entrées, tous territoires ensemble",
        svg,
        tableau(
            titre,
            ("", *(nom_complet(t) for t in vue.choix.territoires)),
            [
                [
                    mots.modalite(code),
                    *(
                        vue.simple(ORIENTES, annee, t.code, axe=axe, modalite=code)
                        for t in vue.choix.territoires
                    ),
                ]
                for code in axes()[axe].modalites
            ],
            marques=False,
        ),
        note,
    )
