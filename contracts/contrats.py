"""The table `contrats`: what a person signed (CER, PPAE, contrat d'engagement)."""

from contracts.cles import CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Table

CONTRATS = Table(
    nom="contrats",
    description="Contrats signés : une ligne par contrat (CER, PPAE, contrat d'engagement).",
    colonnes=(*COLONNES_PERSONNE, "id_contrat", "type", "date_signature", "date_fin", "rang"),
    requises=(("type",), ("date_signature",), CLES_PERSONNE),
    cle="id_contrat",
    empreinte=("date_signature", "type"),
    dates=("date_signature",),
    ordres=((("date_signature",), "date_fin", "TAB-108"),),
)
