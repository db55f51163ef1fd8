"""France Travail's flux ``fichier-PE-CG`` (PECG), one dossier per registered person."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from pipelines.simulation.ecriture_tables import Valeur
from pipelines.simulation.sortie import Sortie

ENCODAGE = "ISO-8859-1"


class FichierPecg:
    """A PECG file being written; its counter is written when it closes."""

    def __init__(self, chemin: Path, departement: str, date_fabrication: date) -> None:
        self.dossiers = 0
        self._flux = Sortie(chemin)
        self._ecrire(
            f'<?xml version="1.0" encoding="{ENCODAGE}"?>\n<fichier-PE-CG>\n'
            "<entete>\n<fichier>PECG</fichier>\n"
            f"<periodicite>M</periodicite>\n<departement>{departement}</departement>\n"
            f"<date-reference>{date_fabrication}</date-reference>\n"
            f"<date-fabrication>{date_fabrication}</date-fabrication>\n<version>001,0</version>\n</entete>\n"
        )

    def ajouter(self, ligne: Mapping[str, Valeur]) -> None:
        """Write one dossier from the columns of the table france_travail."""
        self.brut(self.formater(ligne))

    def formater(self, ligne: Mapping[str, Valeur]) -> str:
        """One dossier."""
        return f"<dossier>\n{_individu(ligne)}{_suivi(ligne)}</dossier>\n"

    def brut(self, texte: str) -> None:
        """Write a dossier already formatted."""
        self.dossiers += 1
        self._ecrire(texte)

    def _ecrire(self, texte: str) -> None:
        self._flux.write(texte.encode(ENCODAGE))

    def fermer(self) -> None:
        """Write the counter on 7 digits and close."""
        self._ecrire(f"<fin>\n<nb-dossiers>{self.dossiers:07d}</nb-dossiers>\n</fin>\n</fichier-PE-CG>\n")
        self._flux.close()


def _balise(nom: str, valeur: Valeur) -> str:
    return f"<{nom}/>\n" if valeur is None else f"<{nom}>{escape(str(valeur))}</{nom}>\n"


def _individu(ligne: Mapping[str, Valeur]) -> str:
    return (
        f"<individu>\n{_balise('nir', ligne.get('nir'))}"
        f"{_balise('nom-naissance', ligne.get('nom_naissance'))}"
        f"{_balise('prenom', ligne.get('prenom'))}{_balise('date-naissance', ligne.get('date_naissance'))}"
        f"</individu>\n<allocataire>\n{_balise('identifiant-caf', None)}"
        f"{_balise('identifiant-pe', ligne.get('identifiant_france_travail'))}</allocataire>\n"
    )


def _suivi(ligne: Mapping[str, Valeur]) -> str:
    return (
        f"<inscription>\n{_balise('date-debut-ide', ligne.get('date_inscription'))}"
        f"{_balise('categorie', ligne.get('categorie'))}"
        f"{_balise('date-cessation-ide', ligne.get('date_cessation'))}"
        f"{_balise('motif', ligne.get('motif_cessation'))}"
        f"{_balise('date-radiation-ide', ligne.get('date_radiation'))}"
        f"{_balise('motif', ligne.get('motif_radiation'))}</inscription>\n"
        f"<suivi>\n{_balise('structure', ligne.get('structure'))}</suivi>\n"
        f"<ppae>\n{_balise('date-signature', ligne.get('date_signature_ppae'))}"
        f"{_balise('modalite', ligne.get('code_parcours'))}"
        f"{_balise('date-dernier-ent', ligne.get('date_dernier_entretien'))}</ppae>\n"
    )
