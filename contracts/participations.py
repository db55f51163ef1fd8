"""The table `participations`: who takes part in an action of the convention (fiche action)."""

from contracts.cles import CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Table

PARTICIPATIONS = Table(
    nom="participations",
    description="Participations aux actions des fiches action : une ligne par personne et entrée.",
    colonnes=(*COLONNES_PERSONNE, "id_participation", "code_action", "date_entree", "date_sortie"),
    requises=(("code_action",), ("date_entree",), CLES_PERSONNE),
    cle="id_participation",
    empreinte=("code_action", "date_entree"),
    dates=("date_entree", "date_sortie"),
    ordres=((("date_entree",), "date_sortie", "TAB-108"),),
)
