"""The table `prestations`: what is done with a person during the accompagnement."""

from contracts.cles import CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Table

PRESTATIONS = Table(
    nom="prestations",
    description="Prestations : une ligne par action suivie par une personne.",
    colonnes=(
        *COLONNES_PERSONNE,
        "id_prestation",
        "type",
        "mode",
        "date_debut",
        "date_fin",
        "duree_heures",
    ),
    requises=(("type",), ("date_debut",), CLES_PERSONNE),
    cle="id_prestation",
    empreinte=("date_debut", "type", "mode"),
    dates=("date_debut", "date_fin"),
    ordres=((("date_debut",), "date_fin", "TAB-108"),),
)
