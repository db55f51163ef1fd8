"""What a simulated département delivers, when and how: told before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipelines.simulation.calendrier import mois_suivant, reception_usuelle
from pipelines.simulation.ecriture_caf import EnteteFlux
from pipelines.simulation.emetteurs import EMETTEURS, Emetteur
from pipelines.simulation.foyers import Foyer

ORGANISMES = {"CAF671": ("67",), "CAF681": ("68",), "MSA680": ("67", "68")}


@dataclass(frozen=True)
class Envoi:
    """One more CAF/MSA flux: a copy of a monthly file, whole or in part, a daily file, an anomaly file."""

    nom: str
    recu_le: date
    entete: EnteteFlux
    copie_de: tuple[str, date] | None = None
    maximum: int | None = None  # households copied; None: all
    anomalie: str | None = None  # the copies bear it
    foyers: tuple[Foyer, ...] = ()  # added to the copy


@dataclass(frozen=True)
class Plan:
    """What is delivered, when and how."""

    mois: tuple[date, ...]
    format: str = "xml"
    compresse: bool = False
    graine: int = 1
    cle: str | None = None  # None: derived from the seed
    organismes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(ORGANISMES))
    indispensables: frozenset[str] = frozenset({"CAF671", "CAF681"})
    emetteurs: tuple[Emetteur, ...] = EMETTEURS
    receptions: Mapping[tuple[str, date], date] = field(default_factory=dict)  # not on the 5th
    manquantes: frozenset[tuple[str, date]] = frozenset()
    quotidiens: bool = True
    collectifs: bool = True  # the tables that name nobody
    regles: Mapping[str, str] = field(default_factory=dict)
    envois: tuple[Envoi, ...] = ()
    confirme_le: date | None = None  # the last stock of orientations is exported again, unchanged

    def reception(self, organisme: str, mois: date) -> date:
        """When the monthly file is received."""
        return self.receptions.get((organisme, mois), reception_usuelle(mois))

    def creation(self, organisme: str, mois: date) -> date:
        """Created the day before it is received, on the 1st at the earliest."""
        return max(self.reception(organisme, mois) - timedelta(days=1), mois_suivant(mois))
