"""What follows an orientation, person by person: rendez-vous, diagnostic, contracts, prestations, actions.

Steps stand in an agenda; a month plays those that have come, while the person is soumise. Nothing here
changes a right: these draws are apart from those of the household's life.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random

from pipelines.simulation.actions import ACTIONS, participation, prestation
from pipelines.simulation.calendrier import apres, mois_suivant
from pipelines.simulation.chroniques import Fiche, Histoire, Ligne
from pipelines.simulation.emploi import Emploi
from pipelines.simulation.orientations import fixer

FREINS = (
    "mobilite", "garde_enfant", "sante", "logement", "numerique", "langue", "administratif", "finances",
    "famille", "autre",
)  # fmt: skip
FREQUENTS = ("mobilite", "mobilite", "garde_enfant", "numerique", "sante", *FREINS)
NOMBRES_FREINS = (0, 1, 1, 1, 2, 2, 3)
DIAGNOSTIC_HONORE, RENDEZ_VOUS_HONORE = 0.80, 0.82
RENOUVELLEMENT, NOUVELLE_PRESTATION, ENTREE_ACTION = 0.85, 0.80, 0.60
PREMIER_CONTRAT_ENGAGEMENT, CONTRAT_ENGAGEMENT = date(2024, 9, 1), 0.4

Etape = Callable[[date, Ligne], None]


class Accompagnement:
    """What the référent does with one person."""

    def __init__(self, hasard: Random, histoire: Histoire, emploi: Emploi) -> None:
        self.hasard = hasard
        self.histoire = histoire
        self.emploi = emploi
        self.suivi: Fiche | None = None
        self.contrats = 0
        self.depuis = date.min  # what was over before is in no export, but for diagnostics and prestations
        self._agenda: list[tuple[date, int, Etape]] = []
        self._rang = 0

    def ouvrir(self, suivi: Fiche) -> None:
        """Somebody was told of her orientation; a decision without letter opens nothing."""
        lettre = suivi.derniere["date_envoi_courrier"]
        if isinstance(lettre, date):
            self.suivi = suivi
            self._agenda.clear()
            self._prevoir(lettre, 2, 22, partial(self._diagnostiquer, lettre))

    def fermer(self) -> None:
        """The suivi is closed."""
        self.suivi = None
        self._agenda.clear()

    def rattraper(self, mois: date, cles: Callable[[], Ligne]) -> None:
        """What had come before the store opens."""
        self.depuis = mois_suivant(mois, -6)
        self.avancer(mois - timedelta(days=1), cles)

    def avancer(self, fin: date, cles: Callable[[], Ligne], debut: date = date.min) -> None:
        """Play what was planned until ``fin``; what should have come before ``debut`` comes after it."""
        while self._agenda and self._agenda[0][0] <= fin:
            jour, _, etape = heappop(self._agenda)
            etape(jour if jour >= debut else debut + self._jours(2, 20), cles())

    def _jours(self, debut: int, duree: int) -> timedelta:
        return timedelta(days=debut + int(self.hasard.random() * duree))

    def _prevoir(self, jour: date, debut: int, duree: int, etape: Etape) -> None:
        self._rang += 1  # two steps of one day are played in the order they were planned
        heappush(self._agenda, (jour + self._jours(debut, duree), self._rang, etape))

    # -- steps -------------------------------------------------------------------------------------

    def _rendez_vous(self, genre: str, fixe_le: date, jour: date, cles: Ligne, honore: float) -> bool:
        tirage = self.hasard.random()
        presence = "honore" if tirage < honore else "absent" if tirage < 0.94 else "excuse"
        if jour >= self.depuis:
            fixer(self.histoire, cles, genre, max(fixe_le, jour - timedelta(days=15)), jour, presence)
        return presence == "honore"

    def _diagnostiquer(self, fixe_le: date, jour: date, cles: Ligne) -> None:
        if not self._rendez_vous("diagnostic", fixe_le, jour, cles, DIAGNOSTIC_HONORE):
            self._prevoir(jour, 10, 20, partial(self._diagnostiquer, jour))
            return
        freins = self._freins()
        ligne = cles | {
            "id_diagnostic": self.histoire.identifiant("diagnostics"),
            "date_diagnostic": jour,
            "freins": "+".join(freins) or None,
        }
        self.histoire.noter("diagnostics", jour + self._jours(0, 5), ligne)
        self._prevoir(jour, 0, 20, partial(self._recevoir, jour))
        self._prevoir(jour, 3, 50, self._signer)
        self._prevoir(jour, 7, 70, self._prester)
        self._inscrire_aux_actions(freins, jour)

    def _inscrire_aux_actions(self, freins: list[str], jour: date) -> None:
        """Soon after the diagnostic; those met before the store opens, as places become free."""
        attente = 50 if jour >= self.depuis else 700
        for frein in freins:
            if frein in ACTIONS and self.hasard.random() < ENTREE_ACTION:
                self._prevoir(max(jour, self.depuis), 10, attente, partial(self._participer, ACTIONS[frein]))

    def _freins(self) -> list[str]:
        nombre = NOMBRES_FREINS[int(self.hasard.random() * len(NOMBRES_FREINS))]
        tires = {FREQUENTS[int(self.hasard.random() * len(FREQUENTS))] for _ in range(nombre)}
        return [frein for frein in FREINS if frein in tires]

    def _recevoir(self, fixe_le: date, jour: date, cles: Ligne) -> None:
        self._rendez_vous("accompagnement", fixe_le, jour, cles, RENDEZ_VOUS_HONORE)
        prochain = max(jour, self.depuis)
        self._prevoir(prochain, 90, 120, partial(self._recevoir, prochain))

    def _signer(self, jour: date, cles: Ligne) -> None:
        """The next contract: a PPAE at France Travail, a CER elsewhere, a contrat d'engagement later."""
        self.contrats += 1
        fin = apres(jour, 6 if self.hasard.random() < 0.5 else 12)
        ligne = cles | {
            "id_contrat": self.histoire.identifiant("contrats"),
            "type": self._type_contrat(jour),
            "date_signature": jour,
            "date_fin": fin,
            "rang": self.contrats,
        }
        if fin >= self.depuis:
            self.histoire.noter("contrats", jour + self._jours(0, 6), ligne)
        if ligne["type"] == "PPAE":
            self.emploi.signer(jour)
        if self.hasard.random() < RENOUVELLEMENT:
            self._prevoir(max(fin, self.depuis), 1, 30, self._signer)

    def _type_contrat(self, jour: date) -> str:
        if jour >= PREMIER_CONTRAT_ENGAGEMENT and self.hasard.random() < CONTRAT_ENGAGEMENT:
            return "contrat_engagement"
        chez_ft = self.suivi is not None and self.suivi.derniere["type_organisme"] == "ft"
        return "PPAE" if chez_ft and self.emploi.inscrit else "CER"

    def _prester(self, jour: date, cles: Ligne) -> None:
        fin = prestation(self.hasard, self.histoire, cles, jour)
        if self.hasard.random() < NOUVELLE_PRESTATION:
            self._prevoir(max(fin, self.depuis), 20, 180, self._prester)

    def _participer(self, code: str, jour: date, cles: Ligne) -> None:
        if jour >= self.depuis:
            participation(self.hasard, self.histoire, cles, code, jour)
