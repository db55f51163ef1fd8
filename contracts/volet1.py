"""The table `volet1`: the means of the convention, year by year; it names nobody."""

from contracts.definitions import Table

VOLET1 = Table(
    nom="volet1",
    description="Moyens du volet 1 : une ligne par année.",
    colonnes=("annee", "etp_chefferie", "rattachement", "etp_numerique", "feuille_de_route"),
    requises=(("annee",), ("etp_chefferie", "etp_numerique", "feuille_de_route")),
    cle="annee",
    empreinte=("annee",),
    nominative=False,
)
