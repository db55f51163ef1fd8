"""The table `satisfaction`: surveys, as counts of answers; it names nobody."""

from contracts.definitions import Table

SATISFACTION = Table(
    nom="satisfaction",
    description="Enquêtes de satisfaction : une ligne par enquête et public.",
    colonnes=("id_enquete", "date", "public", "nombre_reponses", "nombre_satisfaits"),
    requises=(("date",), ("public",), ("nombre_reponses",), ("nombre_satisfaits",)),
    cle="id_enquete",
    empreinte=("date", "public"),
    dates=("date",),
    nominative=False,
    plafonds=(("nombre_satisfaits", "nombre_reponses", "SAT-101"),),
)
