"""What faulty files are made from: good months, good rows, and where the files go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.simulation.calendrier import dernier_jour, mois_suivant, reception_usuelle
from pipelines.simulation.chroniques import Histoire, Ligne
from pipelines.simulation.ecriture_caf import EnteteFlux, FichierCaf
from pipelines.simulation.ecriture_tables import FichierTable
from pipelines.simulation.emetteurs import EMETTEURS
from pipelines.simulation.foyers import Foyer

MOIS_FAUTIF = date(2024, 11, 1)  # of the refused files: they never count


@dataclass
class Matiere:
    """What faulty files are made from, and where they go."""

    dossier: Path
    mois: date
    foyers: list[Foyer]  # the last month of CAF671
    lignes: dict[tuple[str, str], list[Ligne]]  # by table and territoire
    receptions: list[tuple[str, date]]

    def chemin(self, nom: str, recu_le: date | None, sous: Path = Path()) -> Path:
        """Where the file goes; its reception date is noted, unless there is none."""
        if recu_le:
            self.receptions.append((nom, recu_le))
        chemin = self.dossier / sous / nom
        chemin.parent.mkdir(parents=True, exist_ok=True)
        return chemin

    def flux(
        self,
        nom: str,
        foyers: Iterable[Foyer],
        mois: date = MOIS_FAUTIF,
        recu_le: date | None = None,
        annonces: int | None = None,
    ) -> Path:
        """A monthly flux, received on the 5th unless said."""
        chemin = self.chemin(nom, recu_le or reception_usuelle(mois))
        fichier = FichierCaf(chemin, EnteteFlux(mois_suivant(mois), dernier_jour(mois)))
        for foyer in foyers:
            fichier.ajouter(foyer)
        fichier.annonces = annonces
        fichier.fermer()
        return chemin

    def table(
        self, nom: str, lignes: Iterable[Ligne], table: str = "orientations", emetteur: str = "iodas-68"
    ) -> Path:
        """An export of a table, received after the last one."""
        qui = next(e for e in EMETTEURS if (e.table, e.nom) == (table, emetteur))
        chemin = self.chemin(nom, self.jour_table, Path(table) / emetteur)
        fichier = FichierTable(chemin, qui.colonnes, qui.dialecte)
        for ligne in lignes:
            fichier.ajouter(ligne)
        fichier.fermer()
        return chemin

    @property
    def orientations(self) -> list[Ligne]:
        """The last stock of iodas-68."""
        return self.lignes.get(("orientations", "68"), [])

    @property
    def jour_table(self) -> date:
        """Five days after the last stock."""
        return mois_suivant(self.mois).replace(day=15)

    @property
    def suivant(self) -> date:
        """The month after the last one in store."""
        return mois_suivant(self.mois)


def matiere(dossier: Path, histoires: Iterable[Histoire], mois: date, jour: date) -> Matiere:
    """What CAF671 said of the last month and what the editors held that day, from these histories."""
    foyers: list[Foyer] = []
    lignes: dict[tuple[str, str], list[Ligne]] = {}
    for une in histoires:
        foyers += [f for m, f in une.foyers if m == mois and f.dossier.organisme == "CAF671"]
        for table, fiches in une.fiches.items():
            connues = lignes.setdefault((table, une.code_commune[:2]), [])
            connues += [ligne for fiche in fiches if (ligne := fiche.au(jour)) is not None]
    return Matiere(dossier, mois, foyers, lignes, [])
