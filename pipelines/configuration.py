"""``pilotage.toml``, read once and refused as a whole when anything in it is unknown or wrong."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

EMETTEUR_PAR_DEFAUT = "principal"


@dataclass(frozen=True)
class Territoire:
    """A part of the département, by prefixes of code_commune."""

    code: str
    libelle: str
    communes: tuple[str, ...]


@dataclass(frozen=True)
class Organisme:
    """A CAF or MSA that must deliver each month (``code`` = FONORG + NUMORG)."""

    code: str
    territoires: tuple[str, ...]
    indispensable: bool = True


@dataclass(frozen=True)
class Source:
    """One émetteur of one CD table: its own headers, values and months of service."""

    table: str
    emetteur: str = EMETTEUR_PAR_DEFAUT
    territoires: tuple[str, ...] = ()  # empty: all
    mode: str = "stock"
    correspondance: str | None = None  # a ready mapping: "rdv-insertion"
    colonnes: dict[str, str] = field(default_factory=dict)
    valeurs: dict[str, dict[str, str]] = field(default_factory=dict)
    debut: date | None = None
    fin: date | None = None


@dataclass(frozen=True)
class Jalon:
    """A reporting period of a convention."""

    code: str
    debut: date
    fin: date
    libelle: str


@dataclass(frozen=True)
class Regles:
    """Named choices of 3-rules, with their defaults."""

    etats_versables: tuple[str, ...] = ("2",)
    motifs_continuite: tuple[str, ...] = ("MUT", "RGD", "EFF")
    absence_sortie_mois: int = 2
    absence_sortie_continuite_mois: int = 3
    suspension_mois: int = 12
    reentree_non_orientee: str = "continuation"
    criteres: tuple[int, ...] = (1, 2, 3)
    regle_date_fin: str = "premiere"
    borne_delai: str = "stricte"
    seuil: str = "15_jours"
    delai_saisie_jours: int = 30
    correction_jours: int = 31
    objectif_taux: float = 1.0
    heures_intensif: int = 15


@dataclass(frozen=True)
class Qualite:
    """Thresholds of 4.5."""

    taux_rejet_max: float = 0.001
    taux_rejet_max_cd: float = 0.02
    suspecte_minimum: int = 30
    reception_implicite_jours: int = 3


@dataclass(frozen=True)
class Configuration:
    """Everything a run depends on besides the deliveries."""

    fichier: Path
    nom: str
    depot: Path
    entrepot: Path
    publications: Path
    cle_fichier: Path | None
    seuil_secret: int
    territoires: tuple[Territoire, ...]
    organismes: tuple[Organisme, ...]
    regles: Regles = field(default_factory=Regles)
    qualite: Qualite = field(default_factory=Qualite)
    sources: tuple[Source, ...] = ()
    jalons: tuple[Jalon, ...] = ()

    @property
    def dossier(self) -> Path:
        """The folder of pilotage.toml, to which its paths are relative."""
        return self.fichier.parent

    def emetteurs(self, table: str) -> tuple[Source, ...]:
        """The émetteurs of a table: those configured, else one that serves all territoires."""
        return tuple(s for s in self.sources if s.table == table) or (Source(table),)
