"""A household's history as files will tell it: the CAF/MSA months, the rows of editors by day of entry."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from pipelines.simulation.ecriture_tables import Valeur
from pipelines.simulation.foyers import Foyer

Ligne = dict[str, Valeur]


@dataclass
class Fiche:
    """One row id of an editor, with what it held from each day of entry on, in order."""

    versions: list[tuple[date, Ligne]]

    def au(self, jour: date) -> Ligne | None:
        """The row as the editor exports it that day."""
        connues = [ligne for saisie, ligne in self.versions if saisie <= jour]
        return connues[-1] if connues else None

    @property
    def derniere(self) -> Ligne:
        """The row as it stands in the end."""
        return self.versions[-1][1]

    def modifier(self, jour: date, **champs: Valeur) -> None:
        """Overwrite the row; an earlier day counts as that of the version before."""
        self.versions.append((max(jour, self.versions[-1][0]), self.derniere | champs))


@dataclass
class Histoire:
    """Everything that files will say of one household: ``foyers`` by month, ``fiches`` by table."""

    code_commune: str
    prefixe: str = ""  # of the ids of its rows
    foyers: list[tuple[date, Foyer]] = field(default_factory=list)
    fiches: dict[str, list[Fiche]] = field(default_factory=lambda: defaultdict(list))

    def noter(self, table: str, saisie: date, ligne: Ligne) -> Fiche:
        """A new row of a table, known to its editor from the day ``saisie``."""
        fiche = Fiche([(saisie, ligne)])
        self.fiches[table].append(fiche)
        return fiche

    def identifiant(self, table: str) -> str:
        """The id of the next row of this table."""
        return f"{self.prefixe}-{len(self.fiches[table])}"
