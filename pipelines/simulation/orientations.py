"""What the département decides for the people of a household: an organisme référent, a letter, a summons."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from pipelines.simulation.chroniques import Fiche, Histoire, Ligne

REORIENTATION = 0.006
JAMAIS, SANS_COURRIER, TOT, A_TEMPS = 0.10, 0.15, 0.60, 0.85  # cumulated shares of the new entrants
ORGANISMES_REFERENTS = (
    ("ft", "Agence fictive", "professionnel"), ("ft", "Agence fictive", "professionnel"),
    ("ft", "Agence fictive du centre", "professionnel"), ("cd", "Unité territoriale fictive", "social"),
    ("cd", "Unité territoriale fictive", "socio_professionnel"), ("ccas", "CCAS fictif", "social"),
    ("mission_locale", "Mission fictive", "professionnel"), ("plie", "PLIE fictif", "socio_professionnel"),
    ("autre_spe", "Association fictive", "socio_professionnel"),
)  # fmt: skip


class Orientations:
    """The orientations of one household, as the CD's editor writes them."""

    def __init__(self, hasard: Random, histoire: Histoire) -> None:
        self.hasard = hasard
        self.histoire = histoire

    def accueillir(self, cles: Ligne, t0: date) -> Fiche | None:
        """Orient a new entrant: quickly, late, never, or without telling."""
        tirage = self.hasard.random()
        if tirage < JAMAIS:
            return None
        if tirage < SANS_COURRIER:
            return self._decider(cles, t0 + self._jours(0, 20))
        debut, duree = (-20, 35) if tirage < TOT else (15, 16) if tirage < A_TEMPS else (31, 90)
        return self.orienter(cles, t0 + self._jours(debut, duree))

    def orienter(self, cles: Ligne, lettre: date) -> Fiche:
        """A letter says the organisme, then a rendez-vous is set there."""
        ligne = self._ligne(cles, lettre)
        if self.hasard.random() < 0.3:
            ligne["date_designation_referent"] = lettre
        fiche = self.histoire.noter("orientations", lettre + self._jours(0, 8), ligne)
        self._convoquer(cles, lettre)
        return fiche

    def reorienter(self, suivi: Fiche, cles: Callable[[], Ligne], mois: date) -> None:
        """The editor overwrites the same id with another organisme and another letter."""
        if self.hasard.random() >= REORIENTATION:
            return
        jour = mois + self._jours(0, 28)
        if suivi.versions[-1][0] < jour:
            memes: Ligne = {"id_orientation": suivi.derniere["id_orientation"]}
            suivi.versions.append((jour, self._ligne(cles(), jour) | memes))

    def clore(self, suivi: Fiche, jour: date) -> bool:
        """Whether the CD closes the suivi of somebody who left: it often does not."""
        if self.hasard.random() < 0.45:
            return False
        fin = max(jour, suivi.versions[-1][0])
        suivi.modifier(fin, date_fin=fin, statut="clos", motif_fin="sortie_rsa")
        return True

    def _jours(self, debut: int, duree: int) -> timedelta:
        return timedelta(days=debut + int(self.hasard.random() * duree))

    def _decider(self, cles: Ligne, jour: date) -> Fiche:
        ligne = self._ligne(cles, jour) | {"date_envoi_courrier": None}
        return self.histoire.noter("orientations", jour, ligne)

    def _ligne(self, cles: Ligne, jour: date) -> Ligne:
        rang = int(self.hasard.random() * len(ORGANISMES_REFERENTS))
        type_organisme, organisme, parcours = ORGANISMES_REFERENTS[rang]
        return cles | {
            "id_orientation": self.histoire.identifiant("orientations"),
            "date_decision": jour - self._jours(0, 4),
            "date_envoi_courrier": jour,
            "organisme_referent": organisme,
            "type_organisme": type_organisme,
            "type_parcours": parcours,
            "accompagnement_global": type_organisme == "ft" and self.hasard.random() < 0.2,
            "statut": "en_cours",
        }

    def _convoquer(self, cles: Ligne, lettre: date) -> None:
        jour = lettre + self._jours(5, 25)
        tirage = self.hasard.random()
        presence = "honore" if tirage < 0.75 else "absent" if tirage < 0.9 else "excuse"
        fixer(self.histoire, cles, "orientation", lettre, jour, presence)


def fixer(histoire: Histoire, cles: Ligne, genre: str, fixe_le: date, jour: date, presence: str) -> None:
    """A rendez-vous: ``prevu`` from the day it is set, what became of it from its day on."""
    ligne = cles | {
        "id_rdv": histoire.identifiant("rendez_vous"),
        "date_rdv": jour,
        "date_creation": fixe_le,
        "type": genre,
        "presence": "prevu",
    }
    histoire.noter("rendez_vous", fixe_le, ligne).modifier(jour, presence=presence)
