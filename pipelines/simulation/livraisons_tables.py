"""The tables of the CD and of France Travail in the depot: each émetteur's files, delivery after delivery."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from pipelines.simulation.calendrier import mois_suivant
from pipelines.simulation.chroniques import Fiche, Ligne
from pipelines.simulation.ecriture_classeur import FichierClasseur
from pipelines.simulation.ecriture_france_travail import FichierPecg
from pipelines.simulation.ecriture_tables import FichierTable, Valeur
from pipelines.simulation.emetteurs import Emetteur

DEPARTEMENT = "067"
JOUR_TABLES = 10  # tables arrive on the 10th

Livrer = Callable[[str, date, str], Path]  # name, day of reception, folder of the depot


class FichierLignes(Protocol):
    """A table being written; what ``formater`` gives of a row, ``brut`` writes as often as it is exported."""

    def formater(self, ligne: Mapping[str, Valeur]) -> Any: ...
    def brut(self, forme: Any, /) -> None: ...
    def fermer(self) -> None: ...


class LivraisonsTables:
    """Every table of a depot; a file exists from its first row on."""

    def __init__(
        self,
        emetteurs: Sequence[Emetteur],
        mois: Sequence[date],
        livrer: Livrer,
        compresse: bool,
        en_csv: bool,
    ) -> None:
        self.livrer = livrer
        self.compresse = compresse
        self.en_csv = en_csv
        self._emetteurs = {(e.table, t): e for e in emetteurs for t in e.territoires}
        self._jours = {e: _jours(e, mois) for e in emetteurs}
        self._fichiers: dict[tuple[Emetteur, date], FichierLignes] = {}

    def ajouter(self, fiches: Mapping[str, Sequence[Fiche]], territoire: str) -> None:
        """Every row, in each delivery that holds it."""
        for table, lignes in fiches.items():
            for fiche in lignes:
                self._exporter(self._emetteurs[table, territoire], fiche)

    def fermer(self) -> None:
        """Close every file."""
        for fichier in self._fichiers.values():
            fichier.fermer()

    def _exporter(self, emetteur: Emetteur, fiche: Fiche) -> None:
        """A version is formatted once, however many deliveries hold it."""
        jours = self._jours[emetteur]
        exports = _stock if emetteur.mode == "stock" else _flux
        for ligne, livres in exports(fiche, jours):
            forme: Any = None
            for jour in livres:
                fichier = self._fichier(emetteur, jour)
                forme = fichier.formater(ligne) if forme is None else forme
                fichier.brut(forme)

    def _fichier(self, emetteur: Emetteur, jour: date) -> FichierLignes:
        cle = (emetteur, jour)
        if cle not in self._fichiers:
            self._fichiers[cle] = self._ouvrir(emetteur, jour)
        return self._fichiers[cle]

    def _ouvrir(self, emetteur: Emetteur, jour: date) -> FichierLignes:
        table = emetteur.table
        if table == "france_travail":
            return self._france_travail(emetteur, jour)
        chemin = self.livrer(
            f"{table}_{emetteur.nom}_{jour}.{emetteur.format}", jour, f"{table}/{emetteur.nom}"
        )
        if emetteur.format == "xlsx":
            return FichierClasseur(chemin, emetteur.colonnes, f"Département fictif, au {jour:%d/%m/%Y}")
        return FichierTable(chemin, emetteur.colonnes, emetteur.dialecte)

    def _france_travail(self, emetteur: Emetteur, jour: date) -> FichierLignes:
        nom = f"france_travail_{jour:%Y-%m}"
        if self.en_csv:
            return FichierTable(self.livrer(f"{nom}.csv", jour, "france_travail"), emetteur.colonnes)
        nom += ".xml.gz" if self.compresse else ".xml"
        return FichierPecg(self.livrer(nom, jour, "france_travail"), DEPARTEMENT, jour)


def jour_tables(mois: date) -> date:
    """When the tables of a month arrive."""
    return mois_suivant(mois).replace(day=JOUR_TABLES)


def _jours(emetteur: Emetteur, mois: Sequence[date]) -> list[date]:
    """When an émetteur delivers."""
    return [jour_tables(m) for m in mois if m.month in emetteur.apres]


def _stock(fiche: Fiche, jours: list[date]) -> Iterator[tuple[Ligne, list[date]]]:
    """Each version with the deliveries between its entry and the next one."""
    debuts = [bisect_left(jours, saisie) for saisie, _ in fiche.versions]
    for (_, ligne), debut, fin in zip(fiche.versions, debuts, [*debuts[1:], len(jours)], strict=True):
        yield ligne, jours[debut:fin]


def _flux(fiche: Fiche, jours: list[date]) -> Iterator[tuple[Ligne, list[date]]]:
    """Each version in the first delivery after its entry, unless a later one is there too."""
    for ligne, livres in _stock(fiche, jours):
        yield ligne, livres[:1]
