"""Words to tell a worked case: people, claims, months, suivis, and the rows that must come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipelines.simulation.calendrier import mois_suivant
from pipelines.simulation.chroniques import Fiche, Histoire
from pipelines.simulation.ecriture_tables import Valeur
from pipelines.simulation.foyers import OUVERT, Dossier, Droit, Foyer, Personne
from pipelines.simulation.plan import Envoi

DEBUT, FIN = date(2023, 12, 1), date(2024, 4, 1)
REMPLISSAGE = {"CAF671": 8, "CAF681": 6, "MSA680": 4}


def jour(texte: str) -> date:
    """A day, or the first day of a month (2024-02)."""
    return date.fromisoformat(texte if len(texte) == 10 else texte + "-01")


@dataclass(frozen=True)
class Attendu:
    """Rows of a mart: ``nombre`` of them match ``ou`` (and the person), each holding ``champs``."""

    mart: str
    ou: Mapping[str, Any]
    champs: Mapping[str, Any] = field(default_factory=dict)
    personne: str | None = None  # key of Cas.personnes: id_personne is added to ``ou``
    nombre: int = 1
    seul: bool = False  # true of the case alone in its store, not of the sample


@dataclass(frozen=True)
class Cas:
    """One line of the table of 3.8: what the files say and what the marts must say."""

    numero: int
    titre: str
    personnes: Mapping[str, tuple[Personne, Dossier]]
    histoires: tuple[Histoire, ...]
    attendu: tuple[Attendu, ...]
    debut: date = DEBUT  # the store's first month, when the case is alone
    fin: date = FIN
    arrete_au: date | None = None
    regles: Mapping[str, str] = field(default_factory=dict)
    autrement: tuple[tuple[Mapping[str, str], tuple[Attendu, ...]], ...] = ()  # under other rules
    receptions: Mapping[tuple[str, date], date] = field(default_factory=dict)
    manquantes: frozenset[tuple[str, date]] = frozenset()
    indispensables: frozenset[str] = frozenset({"CAF671", "CAF681"})
    envois: tuple[Envoi, ...] = ()
    organismes: tuple[str, ...] = ("CAF671",)  # those of the case, when it is alone
    remplissage: Mapping[str, int] = field(default_factory=lambda: dict(REMPLISSAGE))


def personne(cas: int, prenom: str, rang: int = 0, role: str = "DEM", sans_nir: bool = False) -> Personne:
    """Somebody of a case: her name is the case's."""
    sexe = "2" if prenom[-1] in "EA" else "1"
    naissance = date(1980 + rang, 1 + cas % 12, 10)
    nir = f"{sexe}{naissance:%y%m}67{990 + rang}{cas:03d}"
    return Personne(f"CAS-{cas:02d}", prenom, naissance, sexe, None if sans_nir else nir, role)


def dossier(cas: int, demande: str, organisme: str = "CAF671", rang: int = 0) -> Dossier:
    """A claim of a case; CAF681 means Haut-Rhin, all else Bas-Rhin."""
    commune = "68999" if organisme == "CAF681" else "67999"
    return Dossier(organisme, f"9{cas:03d}{rang:03d}", f"9{cas:02d}{rang:08d}", jour(demande), commune)


def mois_entre(debut: str, fin: str) -> list[date]:
    """Every month from one to the other."""
    mois = [jour(debut)]
    while mois[-1] < jour(fin):
        mois.append(mois_suivant(mois[-1]))
    return mois


def foyer(
    claim: Dossier,
    *personnes: Personne,
    droit: Droit = OUVERT,
    top: bool | None = True,
    entrant: bool = False,
) -> Foyer:
    """A household in a file, everybody with the same top."""
    return Foyer(claim, personnes, droit, (top,) * len(personnes), (entrant,) * len(personnes))


def periode(debut: str, fin: str, un_foyer: Foyer) -> list[tuple[date, Foyer]]:
    """The same household in several months' files."""
    return [(mois, un_foyer) for mois in mois_entre(debut, fin)]


def cles(claim: Dossier, qui: Personne) -> dict[str, Valeur]:
    """The person keys of a CD row."""
    return {
        "nir": qui.nir,
        "numero_demande_rsa": claim.numero_demande,
        "matricule": claim.matricule,
        "nom": qui.nom,
        "prenom": qui.prenom,
        "date_naissance": qui.date_naissance,
    }


def orientation(claim: Dossier, qui: Personne, saisie: str, **champs: Valeur) -> Fiche:
    """A suivi known to the editor from the day ``saisie``."""
    base: dict[str, Valeur] = {
        "id_orientation": f"cas-{qui.nom[-2:]}-{qui.prenom.lower()}",
        "organisme_referent": "Agence fictive",
        "type_organisme": "ft",
        "type_parcours": "professionnel",
        "statut": "en_cours",
    }
    return Fiche([(jour(saisie), cles(claim, qui) | base | champs)])


def lettre(claim: Dossier, qui: Personne, envoi: str, **champs: Valeur) -> Fiche:
    """A suivi that starts with a letter, entered the same day."""
    return orientation(claim, qui, envoi, date_envoi_courrier=jour(envoi), **champs)


def reecrire(suivi: Fiche, saisie: str, **champs: Valeur) -> Fiche:
    """The editor overwrites the row on the day ``saisie``."""
    return Fiche([*suivi.versions, (jour(saisie), suivi.versions[-1][1] | champs)])


def histoire(foyers: list[tuple[date, Foyer]], *suivis: Fiche) -> Histoire:
    """A household's history and its people's suivis."""
    return Histoire(foyers[0][1].dossier.code_commune, foyers=foyers, fiches={"orientations": list(suivis)})


def figurants(organisme: str, nombre: int, mois: tuple[date, ...]) -> list[Histoire]:
    """People without a story: soumis all along, followed since 2020."""
    territoire = "68" if organisme == "CAF681" else "67"
    foule = []
    for rang in range(nombre):
        qui = replace(personne(99, "FIGURANT", 0), nom=f"FIGURANT-{rang}")
        lieu = ("CAF671", "CAF681", "MSA680").index(organisme)
        qui = replace(qui, nir=f"1800467{990 + lieu}{900 + rang:03d}", date_naissance=date(1980, 4, 1))
        claim = Dossier(
            organisme, f"8{lieu}{rang:05d}", f"8{lieu}{rang:09d}", date(2018, 5, 2), f"{territoire}998"
        )
        suivi = lettre(claim, qui, "2020-03-02", id_orientation=f"figurant-{lieu}-{rang}")
        foule.append(histoire([(m, foyer(claim, qui)) for m in mois], suivi))
    return foule
