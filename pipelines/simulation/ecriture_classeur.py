"""A table kept by hand in a workbook: a title above its header, typed cells."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from pipelines.simulation.ecriture_tables import Valeur

ECRIT_LE = datetime(2022, 1, 1)  # noqa: DTZ001 (fixed: the same content gives the same bytes)


class FichierClasseur:
    """One XLSX, written when it closes."""

    def __init__(self, chemin: Path, colonnes: Sequence[str], titre: str) -> None:
        self.chemin = chemin
        self.colonnes = tuple(colonnes)
        self.titre = titre
        self._lignes: list[tuple[Valeur, ...]] = []

    def formater(self, ligne: Mapping[str, Valeur]) -> tuple[Valeur, ...]:
        """The cells of a row."""
        return tuple(ligne.get(colonne) for colonne in self.colonnes)

    def brut(self, cellules: tuple[Valeur, ...]) -> None:
        """Add a row already formatted."""
        self._lignes.append(cellules)

    def fermer(self) -> None:
        """Write the workbook."""
        self.chemin.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(self.chemin) as classeur:
            classeur.set_properties({"created": ECRIT_LE})
            feuille = classeur.add_worksheet()
            feuille.write(0, 0, self.titre)
            for rang, cellules in enumerate((self.colonnes, *self._lignes), start=2):
                feuille.write_row(rang, 0, cellules)
