"""What is given to the committee and its partners: each table as CSV, then all of them in one workbook."""

from pathlib import Path

from pipelines.publication.extraits.bilan import bilan
from pipelines.publication.extraits.cellules import Extrait
from pipelines.publication.extraits.chiffres import chiffres
from pipelines.publication.extraits.classeur import ecrire_classeur
from pipelines.publication.extraits.comite import comite
from pipelines.publication.extraits.definitions import commentaires, definitions
from pipelines.publication.extraits.fiche_action import fiche_action
from pipelines.publication.extraits.oarsa import oarsa
from pipelines.publication.extraits.parcours_types import parcours_types
from pipelines.publication.extraits.tableau import Tableau, ecrire_csv


def tableaux(extrait: Extrait) -> tuple[Tableau, ...]:
    """In the order of the sheets."""
    faire = (comite, bilan, fiche_action, oarsa, parcours_types, chiffres)
    return tuple(un(extrait) for un in faire)


def ecrire_diffusion(extrait: Extrait, dossier: Path) -> None:
    """The folder of what may be handed on."""
    faits = tableaux(extrait)
    for tableau in faits:
        ecrire_csv(tableau, dossier)
    feuilles = (*faits, definitions(extrait), commentaires(extrait))
    ecrire_classeur(feuilles, extrait.publies.edition, dossier)
