"""The delivered tables by name; a new table is a module beside this one and a line here."""

from contracts.beneficiaires import BENEFICIAIRES
from contracts.champs import champ
from contracts.definitions import Champ, Table
from contracts.france_travail import FRANCE_TRAVAIL
from contracts.orientations import ORIENTATIONS
from contracts.rendez_vous import RENDEZ_VOUS

TABLES: dict[str, Table] = {
    table.nom: table for table in (BENEFICIAIRES, ORIENTATIONS, RENDEZ_VOUS, FRANCE_TRAVAIL)
}


def champs(table: Table) -> dict[str, Champ]:
    """The fields of a table by column name, in the contract's order."""
    return {colonne: champ(table.nom, colonne) for colonne in table.colonnes}
