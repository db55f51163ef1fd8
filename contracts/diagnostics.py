"""The table `diagnostics`: the interview that opens an accompagnement."""

from contracts.cles import CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Table

DIAGNOSTICS = Table(
    nom="diagnostics",
    description="Diagnostics : une ligne par entretien de diagnostic, avec les freins relevés.",
    colonnes=(*COLONNES_PERSONNE, "id_diagnostic", "date_diagnostic", "freins"),
    requises=(("date_diagnostic",), CLES_PERSONNE),
    cle="id_diagnostic",
    empreinte=("date_diagnostic",),
    dates=("date_diagnostic",),
)
