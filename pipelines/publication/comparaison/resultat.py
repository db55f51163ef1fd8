"""What a comparison finds: the figures that differ, and the groups of persons and the deliveries that say
why.

Exact numbers: what leaves the service goes through ``masquage`` first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.publication.chiffres_publies import Cle

METHODE = "methode"
INCONNUE = "inconnue"
COMPTES = ("entrees", "sorties", "gains", "pertes")


@dataclass(frozen=True)
class Valeur:
    """One figure of one publication; ``nombre`` is the value shown, that of the available months."""

    nombre: float | None
    numerateur: int | None
    denominateur: int | None
    statut: str
    motif_nd: str | None
    mois_calculables: int

    @property
    def compte(self) -> tuple[float | None, int | None, int | None]:
        """What it says of the persons, whatever it is worth (statut)."""
        return self.nombre, self.numerateur, self.denominateur


@dataclass(frozen=True)
class Groupe:
    """The persons of one monthly figure that one cause explains.

    ``entrees`` came in and ``sorties`` left (the month's entries); ``gains`` and ``pertes`` are entries of
    both publications that are now, or no longer, counted. ``autres_causes``: how many of them have another
    possible cause.
    """

    cause: str
    entrees: int
    sorties: int
    gains: int
    pertes: int
    autres_causes: int
    livraisons: tuple[str, ...]

    @property
    def solde(self) -> int:
        """What the group adds to the figure."""
        return self.entrees - self.sorties + self.gains - self.pertes

    @property
    def personnes(self) -> int:
        """How many persons the group counts."""
        return self.entrees + self.sorties + self.gains + self.pertes


@dataclass(frozen=True)
class Ecart:
    """One figure that differs. ``groupes`` explain it person by person (of a rate: its numerator,
    ``groupes_base`` its denominator); ``mois`` are the months whose own differences make that of a longer
    period; ``tables`` what the figure is computed from, where no row of a person tells it.

    ``effet_methode`` and ``effet_fichiers`` add up to the difference, when both could be told apart.
    ``reste``: what the groups leave unexplained of the difference (of the numerator, of the denominator).
    """

    cle: Cle
    unite: str
    avant: Valeur | None
    apres: Valeur | None
    effet_methode: float | None = None
    effet_fichiers: float | None = None
    groupes: tuple[Groupe, ...] = ()
    groupes_base: tuple[Groupe, ...] = ()
    mois: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    reste: int = 0

    @property
    def difference(self) -> float | None:
        """After minus before; none when one of them has no value."""
        if self.avant is None or self.apres is None:
            return None
        if self.avant.nombre is None or self.apres.nombre is None:
            return None
        return self.apres.nombre - self.avant.nombre

    @property
    def statut_seul(self) -> bool:
        """Same value, more final (or less): nothing but time, or the arrival of an optional file."""
        return self.avant is not None and self.apres is not None and self.avant.compte == self.apres.compte

    @property
    def sans_cause(self) -> int:
        """Persons whose cause was not found, and differences that no person shows."""
        inconnues = (g.personnes for g in (*self.groupes, *self.groupes_base) if g.cause == INCONNUE)
        return sum(inconnues) + abs(self.reste)


@dataclass(frozen=True)
class Changement:
    """One delivery that is not the same input of both: ``presence`` says which has it (avant, apres, deux);
    ``receptions``: the days it came, or came again, for one of them only."""

    id_livraison: str
    source: str
    emetteur: str | None
    organisme: str | None
    mois: date | None
    date_reception: date
    receptions: tuple[date, ...]
    presence: str
    nature: str


@dataclass(frozen=True)
class Personne:
    """One person who came in or left (V2-1), or is now or no longer counted (V2-2, V2-2N): internal use
    only."""

    code: str
    mois: date
    territoire: str
    id_personne: str
    solde: int
    change: bool
    cause: str
    id_livraison: str | None
    autres_causes: int


@dataclass(frozen=True)
class Comparaison:
    """Everything that differs between ``avant`` and ``apres`` (names of folders).

    ``regles``: each rule that changed, with both values; ``empreintes``: what else changed of the method
    (configuration, contrats, sql, code, verrou). ``separation``: why the effect of the method could not be
    told from that of the files, empty when it was or when there was nothing to tell apart.
    """

    avant: str
    apres: str
    arrete_au_avant: date
    arrete_au_apres: date
    regles: Mapping[str, tuple[Any, Any]]
    empreintes: tuple[str, ...]
    livraisons: tuple[Changement, ...]
    ecarts: tuple[Ecart, ...]
    personnes: tuple[Personne, ...] = ()
    separation: str = ""

    @property
    def methode_differe(self) -> bool:
        """Rules, configuration or software are not the same."""
        return bool(self.regles or self.empreintes)

    @property
    def fichiers_different(self) -> bool:
        """Deliveries, their decisions or the day of arrêté are not the same."""
        return bool(self.livraisons) or self.arrete_au_avant != self.arrete_au_apres
