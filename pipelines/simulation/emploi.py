"""France Travail and jobs: a person registers, may be struck off, takes a job, is no longer registered."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from pipelines.simulation.calendrier import apres
from pipelines.simulation.chroniques import Fiche, Histoire, Ligne
from pipelines.simulation.ecriture_tables import Valeur
from pipelines.simulation.foyers import Personne

RADIATION, REINSCRIPTION, CONTRAT_COURT = 0.004, 0.20, 0.010  # monthly, while soumis
SORTIE_EN_EMPLOI = 0.70
DURABLE = 6  # months
PARCOURS = {"professionnel": "PED", "socio_professionnel": "PSP", "social": "PSO"}


class Contrat(NamedTuple):
    """A kind of job: months from the least to the most, none when it has no end."""

    type: str
    mois: tuple[int, int] | None


COURTS = (
    Contrat("CDD", (1, 5)), Contrat("CDD", (1, 5)), Contrat("interim", (1, 3)), Contrat("interim", (1, 3)),
    Contrat("CDDI", (4, 5)), Contrat("autre", (1, 4)),
)  # fmt: skip
DE_SORTIE = (
    Contrat("CDI", None), Contrat("CDI", None), Contrat("CDI", None), Contrat("CDD", (3, 12)),
    Contrat("CDD", (3, 12)), Contrat("CDDI", (6, 12)), Contrat("apprentissage", (12, 24)),
    Contrat("interim", (1, 6)), Contrat("independant", None),
)  # fmt: skip


class Emploi:
    """What France Travail and employers say of one person; nothing of somebody it does not know."""

    def __init__(self, hasard: Random, histoire: Histoire, rang: int) -> None:
        self.hasard = hasard
        self.histoire = histoire
        self.rang = rang
        self._fiche: Fiche | None = None  # the registration in force
        self._occupe = date.min  # until when by a job

    @property
    def inscrit(self) -> bool:
        """Registered at this point of the story."""
        return self._fiche is not None

    def inscrire(self, personne: Personne, jour: date) -> None:
        """A registration, its PPAE twenty days later."""
        if personne.identifiant_france_travail is None:
            return
        ligne: Ligne = {
            "identifiant_france_travail": personne.identifiant_france_travail,
            "nir": personne.nir,
            "nom_naissance": personne.nom,
            "prenom": personne.prenom,
            "date_naissance": personne.date_naissance,
            "date_inscription": jour,
            "categorie": "1",
            "code_parcours": tuple(PARCOURS.values())[self.rang % 3],
            "structure": ("Agence fictive", "Agence fictive du centre")[self.rang % 2],
        }
        self._fiche = self.histoire.noter("france_travail", jour, ligne)
        self.signer(jour + timedelta(days=20))

    def signer(self, jour: date) -> None:
        """The PPAE, signed during an interview."""
        if self._fiche is not None:
            self._fiche.modifier(jour, date_signature_ppae=jour, date_dernier_entretien=jour)

    def vivre(self, personne: Personne, cles: Callable[[], Ligne], mois: date) -> None:
        """A month of somebody soumis: she may come back, be struck off, or take a short job and stay."""
        tirage = self.hasard.random()
        if self._fiche is None:
            if tirage < REINSCRIPTION:
                self.inscrire(personne, self._jour(mois, 0, 25))
        elif tirage < RADIATION:
            self._radier(self._jour(mois, 0, 25))
        elif tirage < RADIATION + CONTRAT_COURT:
            self._embaucher(COURTS, cles(), self._jour(mois, 0, 25))

    def quitter(self, cles: Ligne, mois: date) -> bool:
        """Whether somebody no longer soumis this month had taken a job shortly before."""
        if self._fiche is None or self.hasard.random() >= SORTIE_EN_EMPLOI:
            return False
        self._embaucher(DE_SORTIE, cles, self._jour(mois, -45, 45))
        return True

    def _jour(self, mois: date, debut: int, duree: int) -> date:
        return mois + timedelta(days=debut + int(self.hasard.random() * duree))

    def _radier(self, jour: date) -> None:
        if self._fiche is not None and jour > self._fiche.versions[-1][0]:
            self._finir(jour, date_radiation=jour, motif_radiation="Absence à convocation")

    def _embaucher(self, contrats: tuple[Contrat, ...], cles: Ligne, jour: date) -> None:
        """A job, after the registration; a durable one ends it."""
        fiche = self._fiche
        if fiche is None or jour <= self._occupe:
            return
        contrat = contrats[int(self.hasard.random() * len(contrats))]
        debut = max(jour, fiche.versions[-1][0])
        duree = None if contrat.mois is None else self._entre(*contrat.mois)
        self._occupe = apres(debut, duree) if duree else date.max
        ligne = cles | {
            "id_reprise": self.histoire.identifiant("reprises_emploi"),
            "date_debut": debut,
            "date_fin": apres(debut, duree) - timedelta(days=1) if duree else None,
            "type_contrat": contrat.type,
            "duree_mois": duree,
        }
        self.histoire.noter("reprises_emploi", self._jour(debut, 15, 45), ligne)
        if duree is None or duree >= DURABLE:
            self._finir(debut, date_cessation=debut, motif_cessation="Reprise d'emploi")

    def _entre(self, bas: int, haut: int) -> int:
        return bas + int(self.hasard.random() * (haut - bas + 1))

    def _finir(self, jour: date, **champs: Valeur) -> None:
        """The registration ends that day."""
        if self._fiche is not None:
            self._fiche.modifier(jour, **champs)
        self._fiche = None
