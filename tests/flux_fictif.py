"""Small files of fictional people, as the CAF and the département send them, and where to receive them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.configuration import Configuration, charger

CLE = "5a" * 32

PILOTAGE = """
[collectivite]
nom = "Département d'essai"
[chemins]
depot = "depot"
entrepot = "entrepot"
publications = "publications"
[confidentialite]
cle_fichier = "cle.txt"
[territoires.67]
libelle = "Bas-Rhin"
communes = ["67"]
[[organismes]]
code = "CAF671"
territoires = ["67"]
"""

DEUX_EMETTEURS = """
[[sources.orientations]]
emetteur = "iodas-67"
[[sources.orientations]]
emetteur = "solis"
mode = "flux"
"""


@dataclass(frozen=True)
class Personne:
    """One person alone in a dossier; ``rang`` gives the identifiers."""

    rang: int
    etat: str = "2"
    top: str = "1"
    role: str = "DEM"
    organisme: tuple[str, str] = ("CAF", "671")
    anomalie: bool = False

    @property
    def nir(self) -> str:
        return f"2850167{self.rang:06d}"

    @property
    def nom(self) -> str:
        return f"FICTIVE{self.rang}"


def departement(dossier: Path, suite: str = "") -> Configuration:
    """A configuration, its key and its empty depot."""
    dossier.mkdir(parents=True, exist_ok=True)
    (dossier / "depot").mkdir(exist_ok=True)
    (dossier / "pilotage.toml").write_text(PILOTAGE + suite, encoding="utf-8")
    (dossier / "cle.txt").write_text(CLE)
    (dossier / "cle.txt").chmod(0o600)
    return charger(dossier / "pilotage.toml")


def flux_caf(
    personnes: list[Personne],
    mois: date = date(2024, 2, 29),
    creation: date = date(2024, 3, 1),
    type_flux: str = "M",
    nature: str = "D",
    annonces: int | None = None,
    heure: str = "01:18:36.0000",
) -> bytes:
    """A flux bénéficiaires of one person a dossier, in windows-1252."""
    nombre = len(personnes) if annonces is None else annonces
    dossiers = "".join(_dossier(personne) for personne in personnes)
    anomalies = sum(personne.anomalie for personne in personnes)
    texte = f"""<?xml version="1.0" encoding="windows-1252"?>
<Racine>
<IdentificationFlux><APPLIEME>CRI</APPLIEME><NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME>
<TYPEFLUX>{type_flux}</TYPEFLUX><NATFLUX>{nature}</NATFLUX><DTCREAFLUX>{creation}</DTCREAFLUX>
<HEUCREAFLUX>{heure}</HEUCREAFLUX><DTREF>{mois}</DTREF></IdentificationFlux>
{dossiers}<TransmissionFlux><NBTOTDOSRSATRANSM>{nombre:08d}</NBTOTDOSRSATRANSM>
<NBTOTDOSRSATRANSMANO>{anomalies:08d}</NBTOTDOSRSATRANSMANO></TransmissionFlux>
</Racine>
"""
    return texte.encode("cp1252")


def _dossier(p: Personne) -> str:
    anomalie = "<Anomalie><LIBANO>MONTANT INCOHERENT</LIBANO></Anomalie>" if p.anomalie else ""
    return f"""<InfosFoyerRSA>
<IdentificationRSA><Organisme><FONORG>{p.organisme[0]}</FONORG><NUMORG>{p.organisme[1]}</NUMORG>
<MATRICULE>{p.rang:07d}00000000</MATRICULE></Organisme>
<DemandeRSA><DTDEMRSA>2024-01-15</DTDEMRSA><NUMDEMRSA>{p.rang:011d}</NUMDEMRSA></DemandeRSA></IdentificationRSA>
<Personne><Identification><QUAL>MME</QUAL><NOM>{p.nom}</NOM><NOMNAI>{p.nom}</NOMNAI><PRENOM>ÉLODIE</PRENOM>
<DTNAI>1985-01-{1 + p.rang % 28:02d}</DTNAI><TYPEDTNAI>N</TYPEDTNAI><NIR>{p.nir}</NIR><SEXE>2</SEXE>
</Identification>
<DossierCAF><TOPRESPDOS>1</TOPRESPDOS><DDRATDOS>2024-01-15</DDRATDOS></DossierCAF>
<Prestations><NATPREST>PFA</NATPREST><ROLEPERS>DEM</ROLEPERS></Prestations>
<Prestations><NATPREST>RSA</NATPREST><ROLEPERS>{p.role}</ROLEPERS></Prestations>
<MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>{p.top}</TOPPERSDRODEVORSA></MontantCalculDroitRSAPersonne>
</Personne>
<DonneesAdministratives><Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse>
<AdresseDetailleeFrance><NUMCOM>67482</NUMCOM><CODEPOS>67000</CODEPOS></AdresseDetailleeFrance></Adresse>
</DonneesAdministratives>
<PrestationRSA><SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>{p.etat}</ETATDOSRSA></EtatDossierRSA>
</SituationDossierRSA></PrestationRSA>{anomalie}</InfosFoyerRSA>
"""


def orientations(*lignes: tuple[int, str]) -> bytes:
    """A table of orientations: (rank of the person, date of the letter)."""
    entete = "nir;date_naissance;prenom;id_orientation;date_envoi_courrier;organisme_referent;type_organisme"
    corps = [
        f"{Personne(rang).nir};1985-01-{1 + rang % 28:02d};Élodie;O{rang};{courrier};Maison {rang};cd"
        for rang, courrier in lignes
    ]
    return ("\r\n".join([entete, *corps]) + "\r\n").encode()


def deposer(configuration: Configuration, nom: str, octets: bytes, recu_le: str | None = None) -> Path:
    """Put a file in the depot, and its date in receptions.csv."""
    chemin = configuration.depot / nom
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_bytes(octets)
    if recu_le:
        receptions = configuration.depot / "receptions.csv"
        if not receptions.exists():
            receptions.write_text("fichier;date_reception\n")
        with receptions.open("a", encoding="utf-8") as flux:
            flux.write(f"{nom};{recu_le}\n")
    return chemin
