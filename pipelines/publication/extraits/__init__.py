"""The extracts that leave the service: for the committee and its partners, masked; for the State's services,
not.

CSV for a French Excel: ``;``, UTF-8 with BOM, decimal comma, CRLF; no cell is ever taken for a formula.
"""

from pathlib import Path

from pipelines.publication.chiffres_publies import ChiffresPublies
from pipelines.publication.extraits.cellules import Extrait, nombre_espace
from pipelines.publication.extraits.chiffres import DIFFUSION, lire_chiffres
from pipelines.publication.extraits.ddets import ecrire_ddets
from pipelines.publication.extraits.diffusion import ecrire_diffusion
from pipelines.publication.extraits.masque import cellules_masquees, extrait_masque
from pipelines.publication.extraits.tableau import texte_sur

__all__ = [
    "DDETS",
    "DIFFUSION",
    "Extrait",
    "cellules_masquees",
    "ecrire",
    "extrait_masque",
    "lire_chiffres",
    "nombre_espace",
    "texte_sur",
]

DDETS = Path("extraits") / "ddets"


def ecrire(extrait: Extrait, publies: ChiffresPublies, publication: Path) -> None:
    """All the extracts of a publication; ``publies`` for those that are not masked."""
    ecrire_diffusion(extrait, publication / DIFFUSION)
    ecrire_ddets(publies, publication / DDETS)
