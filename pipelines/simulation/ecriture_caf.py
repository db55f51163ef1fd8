"""The CNAF flux "bénéficiaires" (VRSB0801), blocks in the order of the schema, windows-1252."""

from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from pipelines.simulation.foyers import Dossier, Droit, Foyer, Personne, code_postal
from pipelines.simulation.sortie import Sortie

ENCODAGE = "windows-1252"


@dataclass(frozen=True)
class EnteteFlux:
    """IdentificationFlux: what the file says of itself."""

    date_creation: date
    date_reference: date
    heure_creation: time = time(1, 18, 36)
    type_flux: str = "M"
    nature: str = "D"


class FichierCaf:
    """One flux being written, dossier by dossier; the counters are written when it closes."""

    def __init__(self, chemin: Path, entete: EnteteFlux) -> None:
        self.chemin = chemin
        self.dossiers = 0
        self.anomalies = 0
        self.annonces: int | None = None  # set to lie about the number of dossiers
        self._flux = Sortie(chemin)
        self._flux.write(_entete(entete).encode(ENCODAGE))

    def ajouter(self, foyer: Foyer) -> None:
        """Write one dossier."""
        self.dossiers += 1
        self.anomalies += foyer.anomalie is not None
        self._flux.write(_foyer(foyer).encode(ENCODAGE))

    def fermer(self) -> None:
        """Write TransmissionFlux and close."""
        annonces = self.dossiers if self.annonces is None else self.annonces
        self._flux.write(_fin(annonces, self.anomalies).encode(ENCODAGE))
        self._flux.close()


def _entete(entete: EnteteFlux) -> str:
    return (
        f'<?xml version="1.0" encoding="{ENCODAGE}"?>\n<Racine>\n<IdentificationFlux>\n'
        "<APPLIEME>CRI</APPLIEME>\n<NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME>\n"
        f"<TYPEFLUX>{entete.type_flux}</TYPEFLUX>\n<NATFLUX>{entete.nature}</NATFLUX>\n"
        f"<DTCREAFLUX>{entete.date_creation}</DTCREAFLUX>\n"
        f"<HEUCREAFLUX>{entete.heure_creation:%H:%M:%S}.0000</HEUCREAFLUX>\n"
        f"<DTREF>{entete.date_reference}</DTREF>\n</IdentificationFlux>\n"
    )


def _fin(dossiers: int, anomalies: int) -> str:
    return (
        f"<TransmissionFlux>\n<NBTOTDOSRSATRANSM>{dossiers:08d}</NBTOTDOSRSATRANSM>\n"
        f"<NBTOTDOSRSATRANSMANO>{anomalies:08d}</NBTOTDOSRSATRANSMANO>\n</TransmissionFlux>\n</Racine>\n"
    )


def _foyer(foyer: Foyer) -> str:
    mois_ressources = _ressources(foyer.dossier.date_demande)
    personnes = "".join(
        _debut_personne(p)
        + mois_ressources
        + _montant(top, entrant)
        + _activite(foyer.dossier.date_demande, p.activite)
        for p, top, entrant in zip(foyer.personnes, foyer.tops, foyer.entrants, strict=True)
    )
    anomalie = f"<Anomalie>\n<LIBANO>{foyer.anomalie}</LIBANO>\n</Anomalie>\n" if foyer.anomalie else ""
    return (
        f"<InfosFoyerRSA>\n{_identification(foyer.dossier)}{personnes}{_administratif(foyer.dossier)}"
        f"<PrestationRSA>\n{_situation(foyer.droit)}{_detail(foyer.dossier, foyer.droit.etat)}"
        f"</PrestationRSA>\n{anomalie}</InfosFoyerRSA>\n"
    )


@lru_cache(maxsize=256)
def _identification(dossier: Dossier) -> str:
    organisme = dossier.organisme
    # Real files pad codes with blanks and the matricule with zeros.
    return (
        f"<IdentificationRSA>\n<Organisme>\n<FONORG>{organisme[:3]}</FONORG>\n<NUMORG>{organisme[3:]}</NUMORG>\n"
        f"<MATRICULE>{dossier.matricule}00000000</MATRICULE>\n</Organisme>\n"
        "<Partenaire>\n<TYPEPARTE>CG </TYPEPARTE>\n<IDEPARTE>067</IDEPARTE>\n</Partenaire>\n"
        f"<DemandeRSA>\n<DTDEMRSA>{dossier.date_demande}</DTDEMRSA>\n"
        f"<NUMDEMRSA>{dossier.numero_demande}</NUMDEMRSA>\n</DemandeRSA>\n{_mutation(dossier)}</IdentificationRSA>\n"
    )


def _mutation(dossier: Dossier) -> str:
    texte = ""
    if dossier.organisme_cedant and dossier.date_arrivee_mutation:
        texte += (
            f"<OrganismeCedant>\n<FONORGCEDMUT>{dossier.organisme_cedant[:3]}</FONORGCEDMUT>\n"
            f"<NUMORGCEDMUT>{dossier.organisme_cedant[3:]}</NUMORGCEDMUT>\n"
            f"<DDARRMUT>{dossier.date_arrivee_mutation}</DDARRMUT>\n</OrganismeCedant>\n"
        )
    if dossier.date_depart_mutation:
        texte += (
            "<OrganismePrenant>\n<FONORGPRENMUT>CAF</FONORGPRENMUT>\n<NUMORGPRENMUT>541</NUMORGPRENMUT>\n"
            f"<DDDEPAMUT>{dossier.date_depart_mutation}</DDDEPAMUT>\n</OrganismePrenant>\n"
        )
    return texte


def _balise(nom: str, valeur: object | None) -> str:
    """An optional element: nothing when there is no value."""
    return "" if valeur is None else f"<{nom}>{escape(str(valeur))}</{nom}>\n"


@lru_cache(maxsize=256)
def _debut_personne(personne: Personne) -> str:
    """From Identification to DossierPoleEmploi; the RSA Prestations block comes second, as in real files."""
    return (
        f"<Personne>\n<Identification>\n<QUAL>{'MME' if personne.sexe == '2' else 'MR'}</QUAL>\n"
        f"<NOM>{escape(personne.nom)}</NOM>\n"
        f"<NOMNAI>{escape(personne.nom_naissance or personne.nom)}</NOMNAI>\n"
        f"<PRENOM>{escape(personne.prenom)}</PRENOM>\n<NOMCOMNAI>VILLE-FICTIVE</NOMCOMNAI>\n"
        f"<DTNAI>{personne.date_naissance}</DTNAI>\n<TYPEDTNAI>N</TYPEDTNAI>\n{_balise('NIR', personne.nir)}"
        f"<TOPVALIEC>1</TOPVALIEC>\n<SEXE>{personne.sexe}</SEXE>\n</Identification>\n"
        f"<DossierCAF>\n<TOPRESPDOS>{int(personne.role == 'DEM')}</TOPRESPDOS>\n"
        f"<DDRATDOS>{personne.date_rattachement or date(2010, 1, 1)}</DDRATDOS>\n"
        f"{_balise('DFRATDOS', personne.date_fin_rattachement)}"
        f"{_balise('NUMDEMRSAPRECE', personne.numero_demande_precedente)}</DossierCAF>\n"
        f"{_prestation('PFA', personne.role)}{_prestation('RSA', personne.role)}"
        f"{_pole_emploi(personne.identifiant_france_travail)}"
    )


def _pole_emploi(identifiant: str | None) -> str:
    if identifiant is None:
        return ""
    return f"<DossierPoleEmploi>\n<IDASSEDIC>{identifiant}</IDASSEDIC>\n</DossierPoleEmploi>\n"


def _prestation(nature: str, role: str) -> str:
    return (
        f"<Prestations>\n<NATPREST>{nature}</NATPREST>\n<ROLEPERS>{role}</ROLEPERS>\n"
        "<TOPCHAPERS>1</TOPCHAPERS>\n</Prestations>\n"
    )


@lru_cache(maxsize=256)
def _ressources(demande: date) -> str:
    """A quarter of income: a third of what a real file weighs, and read by nobody here."""
    mois = "".join(
        f"<RessourcesMensuelles>\n<GeneraliteRessourcesMensuelles>\n<MOISRESS>{demande.year}-0{m}-01</MOISRESS>\n"
        "<NBHEUMENTRA>000</NBHEUMENTRA>\n</GeneraliteRessourcesMensuelles>\n"
        + "".join(
            f"<DetailRessourcesMensuelles>\n<NATRESS>{nature}</NATRESS>\n"
            f"<MTNATRESSMEN>{montant:010.2f}</MTNATRESSMEN>\n</DetailRessourcesMensuelles>\n"
            for nature, montant in (("001", 120.0 * m), ("010", 45.0), ("044", 0.0))
        )
        + "</RessourcesMensuelles>\n"
        for m in (1, 2, 3)
    )
    return (
        "<Ressources>\n<GeneraliteRessourcesTrimestre>\n<TOPRESSNUL>0</TOPRESSNUL>\n"
        f"<DDRESS>{demande.year}-01-01</DDRESS>\n<DFRESS>{demande.year}-03-31</DFRESS>\n"
        f"</GeneraliteRessourcesTrimestre>\n{mois}</Ressources>\n"
    )


def _montant(top: bool | None, entrant: bool) -> str:
    if top is None:
        return ""
    return (
        f"<MontantCalculDroitRSAPersonne>\n<TOPPERSDRODEVORSA>{int(top)}</TOPPERSDRODEVORSA>\n"
        f"<TOPPERSENTDRODEVORSA>{int(entrant)}</TOPPERSENTDRODEVORSA>\n"
        "<MTPERSRESSMENRSA>0000120.00</MTPERSRESSMENRSA>\n<MTPERSABANEURSA>0000000.00</MTPERSABANEURSA>\n"
        "</MontantCalculDroitRSAPersonne>\n"
    )


@lru_cache(maxsize=256)
def _activite(debut: date, activite: str) -> str:
    return (
        f"<Activite>\n<REG>GE</REG>\n<ACT>SAL</ACT>\n<DDACT>{date(debut.year - 1, 1, 1)}</DDACT>\n"
        f"<DFACT>{debut}</DFACT>\n</Activite>\n<Activite>\n<REG>GE</REG>\n<ACT>{activite}</ACT>\n"
        f"<DDACT>{debut}</DDACT>\n</Activite>\n</Personne>\n"
    )


@lru_cache(maxsize=256)
def _administratif(dossier: Dossier) -> str:
    return (
        f"<DonneesAdministratives>\n<SituationFamille>\n<SITFAM>{dossier.situation_famille}</SITFAM>\n"
        f"<DDSITFAM>{dossier.date_demande}</DDSITFAM>\n</SituationFamille>\n{_adresse(dossier)}"
        "</DonneesAdministratives>\n"
    )


def _adresse(dossier: Dossier) -> str:
    return (
        f"<Adresse>\n<TroncCommunAdresse>\n<RGADR>01</RGADR>\n<DTEMM>{dossier.date_demande}</DTEMM>\n"
        "<PAYS>FRA</PAYS>\n<TYPEADR>D</TYPEADR>\n<ETATADR>CO</ETATADR>\n</TroncCommunAdresse>\n"
        "<AdresseDetailleeFrance>\n<COMPLIDEADR/>\n<COMPLADR/>\n<NUMVOIE>1</NUMVOIE>\n"
        "<LIBTYPEVOIE>RUE</LIBTYPEVOIE>\n<NOMVOIE>DE L'EXEMPLE</NOMVOIE>\n<LIEUDIST/>\n"
        f"<NUMCOM>{dossier.code_commune}</NUMCOM>\n<CODEPOS>{code_postal(dossier.code_commune)}</CODEPOS>\n"
        "<NOMCOM>VILLE-FICTIVE</NOMCOM>\n</AdresseDetailleeFrance>\n</Adresse>\n"
    )


@lru_cache(maxsize=256)
def _situation(droit: Droit) -> str:
    texte = "<SituationDossierRSA>\n<EtatDossierRSA>\n"
    texte += f"<ETATDOSRSA>{droit.etat}</ETATDOSRSA>\n</EtatDossierRSA>\n"
    if droit.date_suspension:
        bloc, sigle = ("SuspensionDroit", "DRO") if droit.etat == "3" else ("SuspensionVersement", "VERS")
        for motif in (droit.motifs_suspension or "01").split("+"):
            texte += (
                f"<{bloc}>\n<MOTISUS{sigle}RSA>{motif}</MOTISUS{sigle}RSA>\n"
                f"<DDSUS{sigle}RSA>{droit.date_suspension}</DDSUS{sigle}RSA>\n</{bloc}>\n"
            )
    if droit.motif_cloture and droit.date_cloture:
        bloc = "FinDroitMoisAnterieur" if droit.etat == "6" else "FinDroit"
        texte += (
            f"<{bloc}>\n<MOTICLORSA>{droit.motif_cloture}</MOTICLORSA>\n"
            f"<DTCLORSA>{droit.date_cloture}</DTCLORSA>\n</{bloc}>\n"
        )
    return texte + "</SituationDossierRSA>\n"


@lru_cache(maxsize=256)
def _detail(dossier: Dossier, etat: str) -> str:
    calcul = _calcul(dossier) if etat in "234" else ""
    return (
        "<DetailDroitRSA>\n<TroncCommunDroitRSA>\n<TOPSANSDOMFIXE>0</TOPSANSDOMFIXE>\n"
        f"<NBENFAUTCHA>{dossier.nombre_enfants:02d}</NBENFAUTCHA>\n<ORIDEMRSA>DEM</ORIDEMRSA>\n"
        f"<DTORIDEMRSA>{dossier.date_demande}</DTORIDEMRSA>\n<TOPFOYDRODEVORSA>1</TOPFOYDRODEVORSA>\n"
        f"</TroncCommunDroitRSA>\n{calcul}</DetailDroitRSA>\n"
    )


def _calcul(dossier: Dossier) -> str:
    montants = "".join(
        f"<{nom}>{montant:010.2f}</{nom}>\n"
        for nom, montant in (
            ("MTREVMINIGARARSA", 635.71), ("MTPENTRSA", 0.0), ("MTLOCALRSA", 0.0), ("MTREVGARARSA", 635.71),
            ("MTPFRSA", 0.0), ("MTALRSA", 76.29), ("MTRESSMENRSA", 120.0), ("MTSANOBLALIMRSA", 0.0),
            ("MTREDHOSRSA", 0.0), ("MTREDCGRSA", 0.0), ("MTCUMINTEGRSA", 0.0), ("MTABANEURSA", 0.0),
            ("MTTOTDRORSA", 439.42),
        )
    )  # fmt: skip
    natures = "".join(
        f"<DetailCalculDroitRSA>\n<NATPF>{nature}</NATPF>\n<SOUSNATPF>{nature}1</SOUSNATPF>\n"
        f"<DDNATDRO>{dossier.date_demande.replace(day=1)}</DDNATDRO>\n<MTRSAVERS>0000439.42</MTRSAVERS>\n"
        "</DetailCalculDroitRSA>\n"
        for nature in dossier.nature_prestation.split("+")
    )
    return (
        f"<MontantsCalculDroitRSA>\n<DDELECAL>{dossier.date_demande}</DDELECAL>\n{montants}"
        f"</MontantsCalculDroitRSA>\n{natures}"
    )
