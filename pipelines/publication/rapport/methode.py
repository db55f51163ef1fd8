"""The rules in force, in words, and what another reading of them would give."""

from dataclasses import asdict

from pipelines.configuration import Regles
from pipelines.publication.rapport import mots
from pipelines.publication.rapport.chiffres_cles import nom_de_periode
from pipelines.publication.rapport.tableaux import Case, Tableau, tableau
from pipelines.publication.rapport.vue import Cellule, Vue

SENS = {
    "etats_versables": "états du dossier où le droit est versable",
    "motifs_continuite": "motifs de clôture qui ne sont pas des radiations",
    "absence_sortie_mois": "mois d’absence qui font une sortie",
    "absence_sortie_continuite_mois": "de même, après une clôture de continuité",
    "suspension_mois": "mois de suspension au-delà desquels le suivi est clos",
    "reentree_non_orientee": "une personne revenue sans avoir été orientée : continuation de la même entrée, "
    "ou nouvelle entrée",
    "criteres": "critères de l’annexe 4 appliqués",
    "regle_date_fin": "ce qui date l’orientation : la première de l’envoi du courrier et de la désignation "
    "du référent, ou l’une des deux",
    "borne_delai": "le quinzième jour est hors délai (stricte) ou dans le délai (inclusive)",
    "seuil": "le délai que l’indicateur met en avant",
    "delai_saisie_jours": "jours laissés à la saisie avant de dire un chiffre stabilisé",
    "correction_jours": "au-delà de ce nombre de jours, une date changée est une réorientation",
    "objectif_taux": "objectif affiché",
    "heures_intensif": "heures par semaine d’un accompagnement intensif",
}


def regles_en_vigueur(regles: Regles) -> Tableau:
    """Each named choice, its value, and whether it is the default."""
    defauts = asdict(Regles())
    return tableau(
        "Choix de calcul en vigueur",
        ("Choix", "Valeur", "Ce qu’il règle"),
        [
            [
                cle,
                Case(_valeur(valeur) + ("" if valeur == defauts[cle] else " (choix de la collectivité)")),
                SENS.get(cle, ""),
            ]
            for cle, valeur in asdict(regles).items()
        ],
    )


def _valeur(valeur: object) -> str:
    if isinstance(valeur, tuple | list):
        return ", ".join(str(v) for v in valeur)
    return str(valeur).replace(".", ",") if isinstance(valeur, float) else str(valeur)


def autres_lectures(vue: Vue) -> Tableau:
    """The count under each other reading, beside the published one, for the year and all territoires."""
    lignes: list[list[str | Case | Cellule]] = []
    for variante, compte in vue.variantes(vue.choix.annee):
        if variante.variante == "personnes_distinctes":
            continue  # printed beside the entries already
        publie = vue.simple(variante.code, vue.choix.annee)
        genre = "masque" if compte == "s" else "chiffre"
        sens = mots.VARIANTES.get(variante.variante, variante.variante)
        lignes.append([variante.code, sens, publie, Case(compte, genre)])
    return tableau(
        f"Le compte selon l’autre lecture, {nom_de_periode(vue.choix.annee).lower()}",
        ("Code", "Autre lecture", "Publié", "Selon l’autre lecture"),
        lignes,
        marques=False,
    )
