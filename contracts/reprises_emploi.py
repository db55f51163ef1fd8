"""The table `reprises_emploi`: jobs taken up."""

from contracts.cles import CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Table

REPRISES_EMPLOI = Table(
    nom="reprises_emploi",
    description="Reprises d'emploi : une ligne par contrat de travail commencé.",
    colonnes=(
        *COLONNES_PERSONNE,
        "id_reprise",
        "date_debut",
        "date_fin",
        "type_contrat",
        "duree_mois",
    ),
    requises=(("date_debut",), ("type_contrat",), CLES_PERSONNE),
    cle="id_reprise",
    empreinte=("date_debut", "type_contrat"),
    dates=("date_debut",),
    ordres=((("date_debut",), "date_fin", "TAB-108"),),
)
