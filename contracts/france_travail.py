"""The table `france_travail`: registrations, from the PECG flux or an export."""

from contracts.cles import CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Table

FRANCE_TRAVAIL = Table(
    nom="france_travail",
    description="Inscriptions à France Travail : une ligne par personne et inscription.",
    colonnes=(
        *COLONNES_PERSONNE,
        "date_inscription",
        "categorie",
        "date_cessation",
        "motif_cessation",
        "date_radiation",
        "motif_radiation",
        "date_signature_ppae",
        "date_dernier_entretien",
        "code_parcours",
        "structure",
    ),
    requises=(("date_inscription",), CLES_PERSONNE),
    ordres=(
        (("date_inscription",), "date_cessation", "FTR-102"),
        (("date_inscription",), "date_radiation", "FTR-102"),
    ),
)
