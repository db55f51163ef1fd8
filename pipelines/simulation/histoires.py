"""Life histories: a household goes through claims, rights, suspensions, closures; its people through suivis.

Each dossier has its own random sequence, so that the first dossiers of a large simulation are those of a
small one. Rates are monthly; together they give some 10 to 20 nouveaux entrants per 1 000 people and month.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random

from pipelines.simulation import identites
from pipelines.simulation.accompagnement import Accompagnement
from pipelines.simulation.calendrier import dernier_jour, mois_suivant, reception_usuelle
from pipelines.simulation.chroniques import Fiche, Histoire, Ligne
from pipelines.simulation.emploi import Emploi
from pipelines.simulation.foyers import Dossier, Droit, Foyer, Personne
from pipelines.simulation.orientations import Orientations

ARRIVEES = 0.0105  # new dossiers per existing one and month
COUPLES = 0.35
OUVERTURE, REFUS = 0.7, 0.1
SUSPENSION, CLOTURE, MUTATION = 0.010, 0.0105, 0.0006
REPRISE, CLOTURE_SUSPENDU = 0.12, 0.05
ANNULATION, RETOUR = 0.02, 0.02
TOP_PERDU, TOP_REPRIS, TOP_MANQUANT = 0.08, 0.12, 0.0001
ABSENCE, UNION, SEPARATION = 0.0008, 0.0012, 0.001
NIR_ATTRIBUE = 0.04
MOTIFS_SUSPENSION = ("01", "02", "03", "04", "06", "09")
MOTIFS_CLOTURE = ("PCG", "ECH", "RGD", "RFD", "RFD", "RAU", "RST", "RSO")
MOTIFS_RESSOURCES = ("RFD", "RAU")
SEULS, COUPLES_FAMILLE = ("CEL", "CEL", "CEL", "DIV", "SEF", "VEU"), ("VIM", "VIM", "MAR", "MAR", "PAC")
SEPARE, UNI = "SEF", "VIM"


@dataclass
class Membre:
    """A person and what only the simulation knows of her."""

    personne: Personne
    profil: str  # soumis, dispense, variable
    top: bool
    emploi: Emploi
    accompagnement: Accompagnement
    suivi: Fiche | None = None
    soumis: bool = False


class Menage:
    """One household living month after month."""

    def __init__(
        self, hasard: Random, suites: Random, rang: int, organisme: str, code_commune: str, mois: date
    ) -> None:
        self.hasard = hasard
        self.suites = suites  # of what changes no right
        self.rang = rang
        self.demandes = 0
        self.transfert: str | None = None
        self.histoire = Histoire(code_commune, f"{code_commune[:2]}-{rang}")
        self.orientations = Orientations(hasard, self.histoire)
        self.droit = Droit("2")
        self.present = True
        self.dossier = self._dossier(organisme, self._ancienne_demande(mois))
        self.membres = self._membres()

    # -- how a household starts -------------------------------------------------------------------

    def _ancienne_demande(self, mois: date) -> date:
        return identites.date_au_hasard(self.hasard, 2012, mois.year - 2)

    def _dossier(self, organisme: str, demande: date) -> Dossier:
        self.demandes += 1
        base = 5_000_000 if organisme == "MSA680" else 1_000_000  # one matricule per organisme, kept
        enfants = int(self.hasard.random() * 3)
        return Dossier(
            organisme=organisme,
            matricule=f"{base + self.rang:07d}",
            numero_demande=f"0{self.rang:08d}{self.demandes:02d}",
            date_demande=demande,
            code_commune=self.histoire.code_commune,
            nombre_enfants=enfants,
            nature_prestation="RSI" if enfants and self.hasard.random() < 0.2 else "RSD",
        )

    def _membres(self) -> list[Membre]:
        self.couple = self.hasard.random() < COUPLES  # now or before: a dossier knows one partner
        situation = identites.choisir(self.suites, COUPLES_FAMILLE if self.couple else SEULS)
        self.dossier = replace(self.dossier, situation_famille=situation)
        roles = ("DEM", "CJT") if self.couple else ("DEM",)
        return [self._membre(2 * self.rang + k, role) for k, role in enumerate(roles)]

    def _membre(self, rang: int, role: str) -> Membre:
        tirage = self.hasard.random()
        profil = "soumis" if tirage < 0.68 else "variable" if tirage < 0.80 else "dispense"
        personne = identites.personne(self.hasard, rang, role, self.dossier.date_demande)
        top = profil == "soumis" or (profil == "variable" and self.hasard.random() < 0.5)
        emploi = Emploi(self.suites, self.histoire, rang)
        return Membre(personne, profil, top, emploi, Accompagnement(self.suites, self.histoire, emploi))

    def deja_la(self, mois: date) -> None:
        """In the stock when the store opens: most are followed, some are suspended."""
        if self.hasard.random() < 0.08:
            depuis = mois_suivant(mois, -int(self.hasard.random() * 15))
            self.droit = Droit("4", identites.choisir(self.hasard, MOTIFS_SUSPENSION), depuis)
        for membre in self.membres:
            membre.soumis = membre.top
            inscription = self.dossier.date_demande + self._jours(-60, 360)
            membre.emploi.inscrire(membre.personne, inscription)
            if self.hasard.random() < 0.85:
                lettre = identites.date_au_hasard(self.hasard, 2019, mois.year - 1)
                lettre = max(lettre, self.dossier.date_demande + timedelta(days=20))
                self._suivre(membre, self.orientations.orienter(self._cles(membre), lettre))
                membre.accompagnement.rattraper(mois, partial(self._cles, membre))

    def nouveau(self, mois: date) -> None:
        """A first claim, filed during the month or the one before."""
        demande = mois - timedelta(days=15) + timedelta(days=int(self.hasard.random() * 40))
        self.dossier = replace(self.dossier, date_demande=demande)
        if self.hasard.random() < 0.03:
            self.dossier = replace(self.dossier, organisme_cedant="CAF541", date_arrivee_mutation=demande)
        for membre in self.membres:
            membre.personne = replace(membre.personne, date_rattachement=demande)
            membre.emploi.inscrire(membre.personne, demande + self._jours(-60, 105))
        attente = demande >= mois and self.hasard.random() < 0.5
        self.droit = Droit("0") if attente else Droit("2")

    # -- a month -----------------------------------------------------------------------------------

    def vivre(self, mois: date) -> None:
        """Move to this month, from the previous one."""
        if not self.present:
            self._revenir(mois)
        elif self.droit.etat in "16" or self.droit.etat == "5":
            self._apres_cloture(mois)
        elif self.droit.etat == "0":
            self._instruire()
        else:
            self._evoluer(mois)
        if self.present and self.droit.etat == "2":
            self._unir_ou_separer(mois)
            for membre in self.membres:
                self._varier(membre)
                self._immatriculer(membre)

    def _immatriculer(self, membre: Membre) -> None:
        """Somebody without NIR gets one: the same person under another pseudonym."""
        p = membre.personne
        if p.nir is None and self.hasard.random() < NIR_ATTRIBUE:
            rang = 2 * self.rang + (p.role == "CJT")
            membre.personne = replace(p, nir=identites.nir(p.sexe, p.date_naissance, rang))

    def _unir_ou_separer(self, mois: date) -> None:
        """A partner joins the dossier, or is listed a last month with the day she left."""
        self.membres = [m for m in self.membres if m.personne.date_fin_rattachement is None]
        seul, tirage = len(self.membres) == 1, self.hasard.random()
        jour = mois + timedelta(days=int(self.hasard.random() * 25))
        if seul and not self.couple and tirage < UNION:
            conjoint = self._membre(2 * self.rang + 1, "CJT")
            conjoint.personne = replace(conjoint.personne, date_rattachement=jour)
            self.membres.append(conjoint)
            self.couple = True
            self.dossier = replace(self.dossier, situation_famille=UNI)
        elif not seul and tirage < SEPARATION:
            partant = self.membres[1]
            partant.personne = replace(partant.personne, date_fin_rattachement=jour)
            partant.top = False
            self.dossier = replace(self.dossier, situation_famille=SEPARE)

    def _instruire(self) -> None:
        tirage = self.hasard.random()
        if tirage < OUVERTURE:
            self.droit = Droit("2")
        elif tirage < OUVERTURE + REFUS:
            self.droit = Droit("1")

    def _evoluer(self, mois: date) -> None:
        tirage = self.hasard.random()
        suspendu = self.droit.etat in "34"
        premier, second = (REPRISE, CLOTURE_SUSPENDU) if suspendu else (SUSPENSION, CLOTURE)
        if tirage < premier:
            self.droit = Droit("2") if suspendu else self._suspension(mois)
        elif tirage < premier + second:
            self._clore(mois, identites.choisir(self.hasard, MOTIFS_CLOTURE))
        elif not suspendu and tirage < premier + second + MUTATION:
            self.transfert = "MSA680" if self.dossier.organisme != "MSA680" else f"CAF{self._territoire()}1"
            self._clore(mois, "MUT")

    def _territoire(self) -> str:
        return self.histoire.code_commune[:2]

    def _suspension(self, mois: date) -> Droit:
        etat = "3" if self.hasard.random() < 0.2 else "4"
        return Droit(etat, identites.choisir(self.hasard, MOTIFS_SUSPENSION), mois)

    def _clore(self, mois: date, motif: str) -> None:
        tardive = motif != "MUT" and self.hasard.random() < 0.15
        fin = dernier_jour(mois_suivant(mois, -2)) if tardive else dernier_jour(mois_suivant(mois, -1))
        self.droit = Droit("6" if tardive else "5", motif_cloture=motif, date_cloture=fin)
        if motif != "MUT":
            for membre in self.membres:
                self._clore_suivi(membre, dernier_jour(mois))

    def _clore_suivi(self, membre: Membre, jour: date) -> None:
        if membre.suivi is not None and self.orientations.clore(membre.suivi, jour):
            membre.suivi = None
            membre.accompagnement.fermer()

    def _apres_cloture(self, mois: date) -> None:
        if self.transfert:
            ancien = self.dossier.organisme
            self.dossier = replace(
                self._dossier(self.transfert, self.dossier.date_demande),
                organisme_cedant=ancien,
                date_arrivee_mutation=mois,
                situation_famille=self.dossier.situation_famille,
            )
            self.transfert = None
            self.droit = Droit("2")
        elif self.droit.etat == "5" and self.hasard.random() < ANNULATION:
            self.droit = Droit("2")
        else:
            self.present = False

    def _revenir(self, mois: date) -> None:
        if self.hasard.random() >= RETOUR:
            return
        self.present = True
        self.droit = Droit("2")
        if self.hasard.random() < 0.6 and self.demandes < 99:
            self._nouvelle_demande(mois)

    def _nouvelle_demande(self, mois: date) -> None:
        precedente = self.dossier.numero_demande if self.hasard.random() < 0.5 else None
        famille = self.dossier.situation_famille
        demande = mois + timedelta(days=int(self.hasard.random() * 20))
        self.dossier = replace(self._dossier(self.dossier.organisme, demande), situation_famille=famille)
        self.droit = Droit("0" if self.hasard.random() < 0.3 else "2")
        for membre in self.membres:
            membre.personne = replace(membre.personne, numero_demande_precedente=precedente)

    def _varier(self, membre: Membre) -> None:
        """Variable income moves the top; someone exempt may become soumis."""
        tirage = self.hasard.random()
        if membre.profil == "variable":
            membre.top = tirage >= TOP_PERDU if membre.top else tirage < TOP_REPRIS
        elif membre.profil == "dispense" and tirage < 0.003:
            membre.profil, membre.top = "soumis", True

    # -- what a month shows, and what it brings -------------------------------------------------------

    def montrer(self, mois: date) -> None:
        """Write the month's row and what the département does about it."""
        if not self.present or self.hasard.random() < ABSENCE:
            return
        entrants = []
        for membre in self.membres:
            soumis = self.droit.etat == "2" and membre.top
            entrants.append(soumis and not membre.soumis)
            if soumis and not membre.soumis:
                self._accueillir(membre, mois)
            elif membre.soumis and not soumis:
                self._quitter(membre, mois)
            if soumis:
                self._suites(membre, mois)
            membre.soumis = soumis
        self.histoire.foyers.append((mois, self._foyer(tuple(entrants))))
        for membre in self.membres:
            if membre.suivi is not None:
                self.orientations.reorienter(membre.suivi, partial(self._cles, membre), mois)

    def _foyer(self, entrants: tuple[bool, ...]) -> Foyer:
        manquant = self.droit.etat in "01" or self.hasard.random() < TOP_MANQUANT
        tops = tuple(None if manquant else m.top for m in self.membres)
        return Foyer(self.dossier, tuple(m.personne for m in self.membres), self.droit, tops, entrants)

    def _accueillir(self, membre: Membre, mois: date) -> None:
        membre.personne = replace(membre.personne, activite="CHO")
        if membre.suivi is None:
            suivi = self.orientations.accueillir(self._cles(membre), reception_usuelle(mois))
            if suivi is not None:
                self._suivre(membre, suivi)

    def _suivre(self, membre: Membre, suivi: Fiche) -> None:
        membre.suivi = suivi
        membre.accompagnement.ouvrir(suivi)

    def _suites(self, membre: Membre, mois: date) -> None:
        """A month of somebody soumis."""
        cles = partial(self._cles, membre)
        membre.emploi.vivre(membre.personne, cles, mois)
        membre.accompagnement.avancer(dernier_jour(mois), cles, mois)

    def _quitter(self, membre: Membre, mois: date) -> None:
        """Income ends the obligation: often a job, which the next files show."""
        de_revenus = self.droit.etat == "2" or self.droit.motif_cloture in MOTIFS_RESSOURCES
        parti = membre.personne.date_fin_rattachement is not None
        if de_revenus and not parti and membre.emploi.quitter(self._cles(membre), mois):
            membre.personne = replace(membre.personne, activite="SAL")

    def _jours(self, debut: int, duree: int) -> timedelta:
        return timedelta(days=debut + int(self.suites.random() * duree))

    def _cles(self, membre: Membre) -> Ligne:
        """Who she is, as the editors know it that month."""
        personne = membre.personne
        return {
            "nir": personne.nir,
            "numero_demande_rsa": self.dossier.numero_demande,
            "matricule": self.dossier.matricule,
            "identifiant_france_travail": personne.identifiant_france_travail,
            "nom": personne.nom,
            "prenom": personne.prenom,
            "date_naissance": personne.date_naissance,
        }


def histoire(graine: int, rang: int, arrivee: int | None, mois: tuple[date, ...]) -> Histoire:
    """The household number ``rang``; ``arrivee`` is the month of its first claim (None: already there)."""
    hasard = Random(graine * 1_000_003 + rang)  # noqa: S311 (a simulation)
    territoire = "67" if hasard.random() < 0.6 else "68"
    organisme = "MSA680" if hasard.random() < 0.05 else f"CAF{territoire}1"
    commune = f"{territoire}{900 + rang % 90}"
    depart = arrivee or 0
    suites = Random(f"suites {graine} {rang}")  # noqa: S311
    menage = Menage(hasard, suites, rang, organisme, commune, mois[depart])
    if arrivee is None:
        menage.deja_la(mois[0])
    else:
        menage.nouveau(mois[depart])
    menage.montrer(mois[depart])
    for m in mois[depart + 1 :]:
        menage.vivre(m)
        menage.montrer(m)
    return menage.histoire
