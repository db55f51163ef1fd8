"""The columns of ``lignes.parquet``: what is kept of a delivered table once read and pseudonymised."""

from contracts.definitions import Table, TypeChamp
from contracts.tables import champs

CLES = ("cle_nir", "cle_dem", "cle_mat", "cle_ft", "cle_naissance")

_TYPES: dict[TypeChamp, str] = {
    "texte": "VARCHAR",
    "liste": "VARCHAR",
    "date": "DATE",
    "mois": "DATE",
    "entier": "BIGINT",
    "decimal": "DECIMAL(18, 2)",
    "booleen": "BOOLEAN",
}
_PROPRES_AUX_BENEFICIAIRES = {
    "dossier": "BIGINT",
    "anomalie": "BOOLEAN",
    "mois": "DATE",
    "numero_demande_rsa": "VARCHAR",
    "matricule": "VARCHAR",
    "numero_demande_precedente": "VARCHAR",
    "cle_dem_precedente": "VARCHAR",
    "mois_naissance": "DATE",
}


def types_lignes(table: Table) -> dict[str, str]:
    """DuckDB type of each column of the table's rows, personal columns left out."""
    colonnes = {"ligne": "BIGINT"} | dict.fromkeys(CLES, "VARCHAR")
    if table.nom == "beneficiaires":
        colonnes |= _PROPRES_AUX_BENEFICIAIRES
    return colonnes | {nom: _TYPES[champ.type] for nom, champ in champs(table).items() if not champ.personnel}
