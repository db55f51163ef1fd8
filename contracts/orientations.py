"""The table `orientations`: the CD's orientations and référents."""

from contracts.cles import CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Table

DEBUTS_ORIENTATION = ("date_envoi_courrier", "date_designation_referent", "date_decision")

ORIENTATIONS = Table(
    nom="orientations",
    description="Orientations du département : une ligne par orientation, telle que l'émetteur la connaît.",
    colonnes=(
        *COLONNES_PERSONNE,
        "id_orientation",
        "date_decision",
        "date_envoi_courrier",
        "date_designation_referent",
        "organisme_referent",
        "type_organisme",
        "type_parcours",
        "accompagnement_global",
        "statut",
        "date_fin",
        "motif_fin",
        "preorientation_ft",
        "date_entree_flux",
    ),
    requises=(DEBUTS_ORIENTATION, ("organisme_referent", "type_organisme"), CLES_PERSONNE),
    cle="id_orientation",
    empreinte=(*DEBUTS_ORIENTATION, "organisme_referent", "type_organisme"),
    dates=DEBUTS_ORIENTATION,
    a_defaut_de_date="organisme_referent",
    sans_date="ORI-001",
    passees=DEBUTS_ORIENTATION,
    ordres=((DEBUTS_ORIENTATION, "date_fin", "TAB-108"),),
)
