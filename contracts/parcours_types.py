"""The table `parcours_types`: the parcours that can be mobilised (V2-A); it names nobody."""

from contracts.definitions import Table

PARCOURS_TYPES = Table(
    nom="parcours_types",
    description="Parcours mobilisables : une ligne par parcours type.",
    colonnes=(
        "nom",
        "duree_mois",
        "contenu",
        "modalites",
        "public_cible",
        "cout_unitaire",
        "places_financees",
    ),
    requises=(
        ("nom",),
        ("duree_mois", "contenu", "modalites", "public_cible"),
        ("cout_unitaire", "places_financees"),
    ),
    cle="nom",
    empreinte=("nom",),
    nominative=False,
)
