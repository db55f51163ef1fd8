"""The table `valeurs_declarees`: figures that others have signed, never mixed with ours."""

from contracts.definitions import Table

VALEURS_DECLAREES = Table(
    nom="valeurs_declarees",
    description="Chiffres déjà signés, repris sans être recalculés : une ligne par indicateur et période.",
    colonnes=("id_valeur", "code", "type_periode", "periode", "territoire", "valeur", "methode", "source"),
    requises=(("code",), ("type_periode",), ("periode",), ("territoire",), ("valeur",)),
    cle="id_valeur",
    empreinte=("code", "type_periode", "periode", "territoire"),
    nominative=False,
)
