"""The table `rendez_vous`: the CD's appointments."""

from contracts.cles import CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Table

RENDEZ_VOUS = Table(
    nom="rendez_vous",
    description="Rendez-vous du département : une ligne par rendez-vous, tenu ou non.",
    colonnes=(
        *COLONNES_PERSONNE,
        "id_rdv",
        "date_rdv",
        "date_creation",
        "type",
        "presence",
    ),
    requises=(("date_rdv",), ("type",), ("presence",), CLES_PERSONNE),
    cle="id_rdv",
    empreinte=("date_rdv", "date_creation", "type"),
    dates=("date_rdv", "date_creation"),
)
