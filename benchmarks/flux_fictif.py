"""A fictional CAF flux of any size, for the bench of the reception: people and amounts are invented."""

import random
from collections.abc import Iterator
from pathlib import Path

PRENOMS = (
    "ANAÏS",
    "BASTIEN",
    "CÉLINE",
    "DIMITRI",
    "ÉLODIE",
    "FARID",
    "GAËLLE",
    "HUGO",
    "INÈS",
    "JOËL",
    "KÉVIN",
    "LÉA",
)
SYLLABES = (
    "MAR",
    "TIN",
    "BER",
    "NAR",
    "DU",
    "RAN",
    "LE",
    "ROY",
    "MO",
    "REL",
    "FON",
    "TAI",
    "NÉ",
    "GUÉ",
    "RIN",
)
COMMUNES = ("67482", "67180", "68066", "68224", "67447", "68297")
ETATS = ("2",) * 16 + ("4", "4", "3", "5")
NATURES = ("001", "010", "044")

TETE = """<?xml version="1.0" encoding="{encodage}"?>
<Racine xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<IdentificationFlux>
<APPLIEME>CRI</APPLIEME>
<NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME>
<TYPEFLUX>M</TYPEFLUX>
<NATFLUX>D</NATFLUX>
<DTCREAFLUX>2024-03-05</DTCREAFLUX>
<HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX>
<DTREF>2024-02-29</DTREF>
</IdentificationFlux>
"""
QUEUE = """<TransmissionFlux>
<NBTOTDOSRSATRANSM>{dossiers:08d}</NBTOTDOSRSATRANSM>
<NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO>
</TransmissionFlux>
</Racine>
"""


def _nom(hasard: random.Random) -> str:
    return "".join(hasard.choices(SYLLABES, k=3))


def _nir(hasard: random.Random, sexe: int, annee: int, mois: int) -> str:
    return f"{sexe}{annee % 100:02d}{mois:02d}67{hasard.randrange(1, 999):03d}{hasard.randrange(1, 999):03d}"


def _ressources(hasard: random.Random) -> str:
    mois = []
    for rang in (11, 12, 1):
        details = "".join(
            f"<DetailRessourcesMensuelles>\n<NATRESS>{nature}</NATRESS>\n"
            f"<MTNATRESSMEN>{hasard.randrange(2000):07d}.00</MTNATRESSMEN>\n</DetailRessourcesMensuelles>\n"
            for nature in NATURES
        )
        mois.append(
            "<RessourcesMensuelles>\n<GeneraliteRessourcesMensuelles>\n"
            f"<MOISRESS>2023-{rang:02d}-01</MOISRESS>\n<NBHEUMENTRA>000</NBHEUMENTRA>\n"
            f"</GeneraliteRessourcesMensuelles>\n{details}</RessourcesMensuelles>\n"
        )
    return (
        "<Ressources>\n<GeneraliteRessourcesTrimestre>\n<TOPRESSNUL>0</TOPRESSNUL>\n<DDRESS>2023-11-01</DDRESS>\n"
        f"<DFRESS>2024-01-31</DFRESS>\n</GeneraliteRessourcesTrimestre>\n{''.join(mois)}</Ressources>\n"
    )


def _personne(hasard: random.Random, role: str) -> str:
    sexe, annee, mois = hasard.randint(1, 2), hasard.randint(1950, 2004), hasard.randint(1, 12)
    nom = _nom(hasard)
    return f"""<Personne>
<Identification>
<QUAL>MME</QUAL>
<NOM>{nom}</NOM>
<NOMNAI>{nom}</NOMNAI>
<PRENOM>{hasard.choice(PRENOMS)}</PRENOM>
<NOMCOMNAI>STRASBOURG</NOMCOMNAI>
<DTNAI>{annee}-{mois:02d}-{hasard.randint(1, 28):02d}</DTNAI>
<TYPEDTNAI>N</TYPEDTNAI>
<NIR>{_nir(hasard, sexe, annee, mois)}</NIR>
<TOPVALIEC>1</TOPVALIEC>
<SEXE>{sexe}</SEXE>
</Identification>
<DossierCAF>
<TOPRESPDOS>{int(role == "DEM")}</TOPRESPDOS>
<DDRATDOS>2019-05-15</DDRATDOS>
</DossierCAF>
<Prestations>
<NATPREST>PFA</NATPREST>
<ROLEPERS>AUT</ROLEPERS>
<TOPCHAPERS>0</TOPCHAPERS>
</Prestations>
<Prestations>
<NATPREST>RSA</NATPREST>
<ROLEPERS>{role}</ROLEPERS>
<TOPCHAPERS>1</TOPCHAPERS>
</Prestations>
<DossierPoleEmploi>
<IDASSEDIC>{hasard.randrange(10**7):07d}X</IDASSEDIC>
</DossierPoleEmploi>
{_ressources(hasard)}<MontantCalculDroitRSAPersonne>
<TOPPERSDRODEVORSA>{int(hasard.random() < 0.8)}</TOPPERSDRODEVORSA>
<TOPPERSENTDRODEVORSA>{int(hasard.random() < 0.05)}</TOPPERSENTDRODEVORSA>
<MTPERSRESSMENRSA>{hasard.randrange(900):06d}.00</MTPERSRESSMENRSA>
</MontantCalculDroitRSAPersonne>
<Activite>
<REG>GE</REG>
<ACT>SAL</ACT>
<DDACT>2021-11-01</DDACT>
<DFACT>2021-12-19</DFACT>
</Activite>
<Activite>
<REG>GE</REG>
<ACT>CHO</ACT>
<DDACT>2021-12-20</DDACT>
</Activite>
</Personne>
"""


def _suspension(etat: str) -> str:
    if etat not in "34":
        return ""
    return (
        "<SuspensionVersement>\n<MOTISUSVERSRSA>06</MOTISUSVERSRSA>\n<DDSUSVERSRSA>2023-11-01</DDSUSVERSRSA>\n"
        "</SuspensionVersement>\n"
    )


def _fin(etat: str) -> str:
    if etat != "5":
        return ""
    return "<FinDroit>\n<MOTICLORSA>RFD</MOTICLORSA>\n<DTCLORSA>2024-01-31</DTCLORSA>\n</FinDroit>\n"


def _droits() -> str:
    return "".join(
        f"<DetailCalculDroitRSA>\n<NATPF>RSD</NATPF>\n<SOUSNATPF>RSDN1</SOUSNATPF>\n<DDNATDRO>2023-{mois:02d}-01</DDNATDRO>\n"
        f"<DFNATDRO>2023-{mois:02d}-28</DFNATDRO>\n<MTRSAVERS>0000534.82</MTRSAVERS>\n"
        f"<DTDERRSAVERS>2023-{mois:02d}-05</DTDERRSAVERS>\n</DetailCalculDroitRSA>\n"
        for mois in (10, 11, 12)
    )


def _evenements() -> str:
    return "".join(
        f"<Evenement>\n<DTLIQ>2024-02-{jour:02d}</DTLIQ>\n<HEULIQ>10:12:13.0000</HEULIQ>\n<FG>DERPRORSA</FG>\n</Evenement>\n"
        for jour in (5, 19)
    )


def _identification(rang: int) -> str:
    return f"""<IdentificationRSA>
<Organisme>
<FONORG>CAF</FONORG>
<NUMORG>671</NUMORG>
<MATRICULE>{rang:07d}00000000</MATRICULE>
</Organisme>
<Partenaire>
<TYPEPARTE>CG  </TYPEPARTE>
<IDEPARTE>067</IDEPARTE>
</Partenaire>
<DemandeRSA>
<DTDEMRSA>2019-08-06</DTDEMRSA>
<NUMDEMRSA>{rang:011d}</NUMDEMRSA>
</DemandeRSA>
</IdentificationRSA>
"""


def _administratif(rang: int, commune: str) -> str:
    return f"""<DonneesAdministratives>
<SituationFamille>
<SITFAM>CEL</SITFAM>
<DDSITFAM>1994-10-27</DDSITFAM>
<REGAGRIFAM>SA</REGAGRIFAM>
</SituationFamille>
<Adresse>
<TroncCommunAdresse>
<RGADR>01</RGADR>
<DTEMM>2021-05-26</DTEMM>
<PAYS>FRA</PAYS>
<TYPEADR>D</TYPEADR>
<ETATADR>CO</ETATADR>
</TroncCommunAdresse>
<AdresseDetailleeFrance>
<COMPLIDEADR/>
<COMPLADR/>
<NUMVOIE>{rang % 90 + 1}</NUMVOIE>
<LIBTYPEVOIE>RUE</LIBTYPEVOIE>
<NOMVOIE>DES ÉGLANTIERS</NOMVOIE>
<LIEUDIST/>
<NUMCOM>{commune}</NUMCOM>
<CODEPOS>{commune[:2]}000</CODEPOS>
<NOMCOM>VILLE FICTIVE</NOMCOM>
</AdresseDetailleeFrance>
</Adresse>
</DonneesAdministratives>
"""


def _prestation(rang: int, etat: str) -> str:
    return f"""<PrestationRSA>
<SituationDossierRSA>
<EtatDossierRSA>
<ETATDOSRSA>{etat}</ETATDOSRSA>
</EtatDossierRSA>
{_suspension(etat)}{_fin(etat)}</SituationDossierRSA>
<DetailDroitRSA>
<TroncCommunDroitRSA>
<TOPSANSDOMFIXE>0</TOPSANSDOMFIXE>
<NBENFAUTCHA>{rang % 4:02d}</NBENFAUTCHA>
<ORIDEMRSA>DEM</ORIDEMRSA>
<DTORIDEMRSA>2019-08-06</DTORIDEMRSA>
<TOPFOYDRODEVORSA>1</TOPFOYDRODEVORSA>
</TroncCommunDroitRSA>
<MontantsCalculDroitRSA>
<DDELECAL>2024-02-01</DDELECAL>
<MTREVMINIGARARSA>0000607.75</MTREVMINIGARARSA>
<MTREVGARARSA>0000607.75</MTREVGARARSA>
<MTRESSMENRSA>0000000.00</MTRESSMENRSA>
<MTTOTDRORSA>0000534.82</MTTOTDRORSA>
</MontantsCalculDroitRSA>
{_droits()}</DetailDroitRSA>
</PrestationRSA>
"""


def _dossier(hasard: random.Random, rang: int) -> str:
    etat, commune = hasard.choice(ETATS), hasard.choice(COMMUNES)
    personnes = "".join(_personne(hasard, role) for role in ("DEM", "CJT")[: 1 + rang % 2])
    return (
        f"<InfosFoyerRSA>\n{_identification(rang)}{personnes}{_administratif(rang, commune)}"
        f"{_prestation(rang, etat)}{_evenements()}</InfosFoyerRSA>\n"
    )


def morceaux(dossiers: int, encodage: str = "windows-1252", graine: int = 1) -> Iterator[bytes]:
    """The bytes of a monthly flux, dossier by dossier."""
    hasard = random.Random(graine)
    yield TETE.format(encodage=encodage).encode(encodage)
    for rang in range(1, dossiers + 1):
        yield _dossier(hasard, rang).encode(encodage)
    yield QUEUE.format(dossiers=dossiers).encode(encodage)


def ecrire(chemin: Path, dossiers: int, encodage: str = "windows-1252") -> None:
    """One dossier out of two has two persons: 60 000 dossiers are 90 000 persons and about 390 MB."""
    with chemin.open("wb") as sortie:
        sortie.writelines(morceaux(dossiers, encodage))
