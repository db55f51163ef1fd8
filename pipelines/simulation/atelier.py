"""A working folder being made: the month's files of everyone, their reception dates, the configuration."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Protocol

from pipelines.simulation.calendrier import dernier_jour
from pipelines.simulation.chroniques import Histoire
from pipelines.simulation.collectifs import collectifs
from pipelines.simulation.configuration_simulee import texte_toml
from pipelines.simulation.ecriture_caf import EnteteFlux, FichierCaf
from pipelines.simulation.ecriture_tables import FichierBeneficiaires
from pipelines.simulation.emetteurs import TERRITOIRES
from pipelines.simulation.foyers import Foyer
from pipelines.simulation.livraisons_tables import LivraisonsTables, jour_tables
from pipelines.simulation.plan import Plan

MOIS_QUOTIDIENS = (2, 6, 10)  # a daily file on the 20th of these months


class FichierFoyers(Protocol):
    """A monthly file being written, in either format."""

    def ajouter(self, foyer: Foyer) -> None: ...
    def fermer(self) -> None: ...


class Atelier:
    """The folder and its open files; leaving the context closes them and writes the rest."""

    def __init__(self, dossier: Path, plan: Plan) -> None:
        self.dossier = dossier
        self.plan = plan
        self.depot = dossier / "depot"
        self.receptions: list[tuple[str, date]] = []
        copiees = [e.copie_de for e in plan.envois if e.copie_de]
        self._copies: dict[tuple[str, date], list[Foyer]] = {cle: [] for cle in copiees}
        self._mensuels: dict[tuple[str, date], FichierFoyers] = {}
        self._quotidiens: dict[tuple[str, date], FichierCaf] = {}
        self._effectifs: dict[str, int] = {}
        self._tables = LivraisonsTables(
            plan.emetteurs, plan.mois, self.livrer, plan.compresse, plan.format == "csv"
        )

    def __enter__(self) -> "Atelier":
        self.depot.mkdir(parents=True, exist_ok=True)
        if self.plan.format == "xml":
            for organisme in self.plan.organismes:
                for mois in self.plan.mois:
                    self._mensuel(organisme, mois)
        return self

    def __exit__(
        self, genre: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        self._ecrire_envois()
        for fichier in (*self._mensuels.values(), *self._quotidiens.values()):
            fichier.fermer()
        if self.plan.collectifs:
            territoire = next(iter(TERRITOIRES))  # any of them: the émetteurs of these tables serve all
            self._tables.ajouter(collectifs(self.plan.mois, self._effectifs), territoire)
        self._tables.fermer()
        if genre is None:
            self._confirmer()
            self._ecrire_dossier()

    # -- deliveries ---------------------------------------------------------------------------------

    def livrer(self, nom: str, recu_le: date, dossier: str = "caf_msa") -> Path:
        """The path of a file of the depot, its reception date being noted."""
        self.receptions.append((nom, recu_le))
        chemin = self.depot / dossier / nom
        chemin.parent.mkdir(parents=True, exist_ok=True)
        return chemin

    def flux(self, nom: str, recu_le: date, entete: EnteteFlux) -> FichierCaf:
        """One more CAF/MSA flux, that the caller fills and closes."""
        return FichierCaf(self.livrer(nom + self._extension(), recu_le), entete)

    def _extension(self) -> str:
        return ".xml.gz" if self.plan.compresse else ".xml"

    def ajouter(self, histoire: Histoire) -> None:
        """Deliver a household's history in every file that speaks of it."""
        for mois, foyer in histoire.foyers:
            organisme = foyer.dossier.organisme
            if (organisme, mois) in self.plan.manquantes or mois not in self.plan.mois:
                continue
            self._mensuel(organisme, mois).ajouter(foyer)
            if (organisme, mois) in self._copies:
                self._copies[organisme, mois].append(foyer)
            if self.plan.quotidiens and self._est_quotidien(mois, foyer):
                self._quotidien(organisme, mois).ajouter(foyer)
        territoire = histoire.code_commune[:2]
        self._effectifs[territoire] = self._effectifs.get(territoire, 0) + 1
        self._tables.ajouter(histoire.fiches, territoire)

    def _ecrire_envois(self) -> None:
        for envoi in self.plan.envois:
            fichier = self.flux(envoi.nom, envoi.recu_le, envoi.entete)
            copies = self._copies[envoi.copie_de][: envoi.maximum] if envoi.copie_de else []
            for foyer in copies:
                fichier.ajouter(foyer._replace(anomalie=envoi.anomalie))
            for foyer in envoi.foyers:
                fichier.ajouter(foyer)
            fichier.fermer()

    def _est_quotidien(self, mois: date, foyer: Foyer) -> bool:
        return (
            mois.month in MOIS_QUOTIDIENS
            and any(foyer.entrants)
            and foyer.dossier.organisme.startswith("CAF")
            and foyer.dossier.date_demande < mois.replace(day=18)
        )

    def _mensuel(self, organisme: str, mois: date) -> FichierFoyers:
        cle = (organisme, mois)
        if cle not in self._mensuels and cle not in self.plan.manquantes:
            self._mensuels[cle] = self._ouvrir_mensuel(organisme, mois)
        return self._mensuels.get(cle, _Perdu())

    def _ouvrir_mensuel(self, organisme: str, mois: date) -> FichierFoyers:
        recu_le = self.plan.reception(organisme, mois)
        if self.plan.format == "csv":
            return FichierBeneficiaires(self.livrer(f"{organisme}_{mois:%Y-%m}.csv", recu_le), mois)
        entete = EnteteFlux(self.plan.creation(organisme, mois), dernier_jour(mois))
        return self.flux(f"{organisme}_RSABEM_{mois:%Y-%m}", recu_le, entete)

    def _quotidien(self, organisme: str, mois: date) -> FichierCaf:
        jour = mois.replace(day=20)
        if (organisme, mois) not in self._quotidiens:
            entete = EnteteFlux(jour, jour, type_flux="I")
            self._quotidiens[organisme, mois] = self.flux(f"{organisme}_RSABEI_{jour}", jour, entete)
        return self._quotidiens[organisme, mois]

    @property
    def derniere_table(self) -> date:
        """When the last tables of the CD were received."""
        return jour_tables(self.plan.mois[-1])

    def _confirmer(self) -> None:
        if self.plan.confirme_le is None:
            return
        for emetteur in (e for e in self.plan.emetteurs if e.table == "orientations"):
            sous = f"orientations/{emetteur.nom}"
            dernier = self.depot / sous / f"orientations_{emetteur.nom}_{self.derniere_table}.csv"
            nom = f"orientations_{emetteur.nom}_{self.plan.confirme_le}.csv"
            self.livrer(nom, self.plan.confirme_le, sous).write_bytes(dernier.read_bytes())

    # -- the rest of the folder ---------------------------------------------------------------------

    def _ecrire_dossier(self) -> None:
        ecrire_receptions(self.dossier, self.receptions)
        _ecrire(self.dossier / "pilotage.toml", texte_toml(self.plan))
        cle = self.plan.cle or sha256(f"simulation {self.plan.graine}".encode()).hexdigest()
        secret = self.dossier / "cle.txt"
        _ecrire(secret, cle + "\n")
        secret.chmod(0o600)


class _Perdu:
    """Where the households of a missing delivery go."""

    def ajouter(self, foyer: Foyer) -> None:
        """Nothing is delivered."""

    def fermer(self) -> None:
        """Nothing was open."""


def ecrire_receptions(dossier: Path, receptions: Iterable[tuple[str, date]]) -> None:
    """The receptions.csv of a folder."""
    lignes = "".join(f"{nom};{jour}\n" for nom, jour in sorted(receptions))
    _ecrire(dossier / "receptions.csv", "fichier;date_reception\n" + lignes)


def _ecrire(chemin: Path, texte: str) -> None:
    chemin.write_bytes(texte.encode("utf-8"))
