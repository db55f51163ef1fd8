"""What a CAF or MSA file says of one household in one month."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True)
class Personne:
    """A person as a dossier lists her."""

    nom: str
    prenom: str
    date_naissance: date
    sexe: str
    nir: str | None = None
    role: str = "DEM"
    nom_naissance: str | None = None  # None: same as nom
    identifiant_france_travail: str | None = None
    date_rattachement: date | None = None
    date_fin_rattachement: date | None = None
    numero_demande_precedente: str | None = None
    activite: str = "CHO"


@dataclass(frozen=True)
class Dossier:
    """A claim in an organisme; a new claim is a new Dossier."""

    organisme: str  # CAF671
    matricule: str
    numero_demande: str
    date_demande: date
    code_commune: str
    organisme_cedant: str | None = None
    date_arrivee_mutation: date | None = None
    date_depart_mutation: date | None = None
    situation_famille: str = "CEL"
    nombre_enfants: int = 0
    nature_prestation: str = "RSD"


@dataclass(frozen=True)
class Droit:
    """The state of the right that month."""

    etat: str = "2"
    motifs_suspension: str | None = None
    date_suspension: date | None = None
    motif_cloture: str | None = None
    date_cloture: date | None = None


class Foyer(NamedTuple):
    """One dossier in one file; ``tops`` has one value per person, None when the block is absent."""

    dossier: Dossier
    personnes: tuple[Personne, ...]
    droit: Droit
    tops: tuple[bool | None, ...]
    entrants: tuple[bool, ...]
    anomalie: str | None = None


OUVERT = Droit("2")


def code_postal(code_commune: str) -> str:
    """A postal code that goes with a fictional commune."""
    return code_commune[:2] + "000"
