"""The delivered tables by name; a new table is a module beside this one and a line here."""

from contracts.beneficiaires import BENEFICIAIRES
from contracts.champs import champ
from contracts.commentaires import COMMENTAIRES
from contracts.contrats import CONTRATS
from contracts.definitions import Champ, Table
from contracts.diagnostics import DIAGNOSTICS
from contracts.france_travail import FRANCE_TRAVAIL
from contracts.orientations import ORIENTATIONS
from contracts.parcours_types import PARCOURS_TYPES
from contracts.participations import PARTICIPATIONS
from contracts.prestations import PRESTATIONS
from contracts.rendez_vous import RENDEZ_VOUS
from contracts.reprises_emploi import REPRISES_EMPLOI
from contracts.satisfaction import SATISFACTION
from contracts.valeurs_declarees import VALEURS_DECLAREES
from contracts.volet1 import VOLET1

TABLES: dict[str, Table] = {
    table.nom: table
    for table in (
        BENEFICIAIRES,
        ORIENTATIONS,
        RENDEZ_VOUS,
        CONTRATS,
        DIAGNOSTICS,
        PRESTATIONS,
        PARTICIPATIONS,
        REPRISES_EMPLOI,
        FRANCE_TRAVAIL,
        PARCOURS_TYPES,
        VOLET1,
        SATISFACTION,
        VALEURS_DECLAREES,
        COMMENTAIRES,
    )
}


def champs(table: Table) -> dict[str, Champ]:
    """The fields of a table by column name, in the contract's order."""
    return {colonne: champ(table.nom, colonne) for colonne in table.colonnes}
