"""Prestations that a person follows, and her part in the actions of the fiches action."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from pipelines.simulation.chroniques import Histoire, Ligne

ACTIONS = {"mobilite": "FA-MOBILITE", "garde_enfant": "FA-GARDE", "numerique": "FA-NUMERIQUE"}


class Modele(NamedTuple):
    """A kind of prestation: its length in days and in hours, from the least to the most."""

    type: str
    mode: str
    jours: tuple[int, int]
    heures: tuple[int, int]


MODELES = (
    Modele("immersion", "individuel", (5, 20), (21, 105)),
    Modele("formation", "collectif", (30, 120), (105, 420)),
    Modele("atelier", "collectif", (1, 30), (3, 24)),
    Modele("atelier", "collectif", (1, 30), (3, 24)),
    Modele("accompagnement", "individuel", (60, 180), (10, 40)),
    Modele("accompagnement", "individuel", (60, 120), (140, 300)),  # 15 hours a week and more
    Modele("levee_frein", "individuel", (1, 90), (2, 12)),
)
SAISIE_SANS_FIN = 0.3


def prestation(hasard: Random, histoire: Histoire, cles: Ligne, jour: date) -> date:
    """A prestation that starts that day; the day it ends. Some are first entered without their end."""
    modele = MODELES[int(hasard.random() * len(MODELES))]
    duree = hasard.random()
    fin = jour + timedelta(days=round(_entre(modele.jours, duree)))
    complete: Ligne = {"date_fin": fin, "duree_heures": round(_entre(modele.heures, duree))}
    ligne = cles | {
        "id_prestation": histoire.identifiant("prestations"),
        "type": modele.type,
        "mode": modele.mode,
        "date_debut": jour,
    }
    saisie = jour + timedelta(days=int(hasard.random() * 10))
    if hasard.random() < SAISIE_SANS_FIN:
        histoire.noter("prestations", saisie, ligne).modifier(fin, **complete)
    else:
        histoire.noter("prestations", saisie, ligne | complete)
    return fin


def _entre(bornes: tuple[int, int], part: float) -> float:
    return bornes[0] + part * (bornes[1] - bornes[0])


def participation(hasard: Random, histoire: Histoire, cles: Ligne, code: str, jour: date) -> None:
    """An entry into an action, known before its end; the export has no id of its own."""
    sortie = jour + timedelta(days=60 + int(hasard.random() * 200))
    ligne = cles | {"code_action": code, "date_entree": jour}
    histoire.noter("participations", jour + timedelta(days=2), ligne).modifier(sortie, date_sortie=sortie)
