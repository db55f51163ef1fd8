"""What a reception did, file by file, in words that can be shown: no value of a file is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from contracts.regles import message

LIGNES_AVERTIES = 5  # of each warning, the rows that are told
Statut = Literal["recue", "deja_recue", "confirmee", "ignoree", "refusee"]


@dataclass(frozen=True)
class Constat:
    """One thing to say of a file: the rule, what is wrong, what to do, how many times."""

    regle: str
    message: str
    conseil: str
    nombre: int = 1


@dataclass(frozen=True)
class LigneEcartee:
    """Where a row that was set aside stands (line of a table, rank of the person in a flux), and why."""

    ligne: int
    regles: str
    colonnes: str
    nature: str = "ligne"


@dataclass(frozen=True)
class ResultatFichier:
    """What became of one file. ``constats[0]`` is the reason when it is refused or ignored."""

    fichier: str  # path from the folder that the user gave
    statut: Statut
    constats: tuple[Constat, ...] = ()
    livraison: str | None = None
    source: str | None = None
    emetteur: str | None = None
    date_reception: date | None = None
    origine_date: str | None = None
    lignes: int = 0
    rejets: int = 0
    avertissements: int = 0
    lignes_ecartees: tuple[LigneEcartee, ...] = ()  # the first ones

    @property
    def regles(self) -> tuple[str, ...]:
        """The rules that were broken, the decisive one first."""
        return tuple(dict.fromkeys(constat.regle for constat in self.constats))

    @property
    def messages(self) -> tuple[tuple[str, str], ...]:
        """What is wrong and what to do, in French."""
        return tuple((constat.message, constat.conseil) for constat in self.constats)


@dataclass(frozen=True)
class BilanReception:
    """One result per file, in the order in which they were received; links left aside are warned of."""

    resultats: tuple[ResultatFichier, ...]
    avertissements: tuple[Constat, ...] = ()
    a_blanc: bool = False  # `verifier`: nothing was stored

    def de_statut(self, statut: Statut) -> tuple[ResultatFichier, ...]:
        """The files with this outcome."""
        return tuple(resultat for resultat in self.resultats if resultat.statut == statut)

    @property
    def code(self) -> int:
        """The exit code of the command: 3 as soon as one file is refused."""
        return 3 if self.de_statut("refusee") else 0


@dataclass
class Ecarts:
    """Counts by rule and column of what a reading met, and the first rows concerned."""

    rejets: dict[tuple[str, str], int] = field(default_factory=dict)
    avertissements: dict[tuple[str, str], int] = field(default_factory=dict)
    premieres: list[LigneEcartee] = field(default_factory=list)
    averties: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    nature: str = "ligne"  # what the rows are, as in LigneEcartee

    def avertir(self, regle: str, colonne: str, nombre: int, lignes: Sequence[int] = ()) -> None:
        """Add to a warning's count, and to its first rows."""
        if nombre:
            self.avertissements[regle, colonne] = self.avertissements.get((regle, colonne), 0) + nombre
            connues = self.averties.setdefault((regle, colonne), [])
            connues.extend(lignes[: LIGNES_AVERTIES - len(connues)])

    def rejeter(self, regle: str, colonne: str, nombre: int) -> None:
        """Add to a reject's count."""
        self.rejets[regle, colonne] = self.rejets.get((regle, colonne), 0) + nombre

    def constats(self, fichier: str) -> tuple[Constat, ...]:
        """Rejects then warnings, each with its count, in a stable order."""
        return tuple(
            constat(regle, fichier, colonne or None, nombre, **self._ou(regle, colonne, nombre))
            for comptes in (self.rejets, self.avertissements)
            for (regle, colonne), nombre in sorted(comptes.items())
        )

    def _ou(self, regle: str, colonne: str, nombre: int) -> dict[str, str]:
        """The first rows of a warning; those of a reject are told one by one."""
        lignes = self.averties.get((regle, colonne))
        if not lignes:
            return {}
        suite = "…" if nombre > len(lignes) else ""
        nature = self.nature if nombre == 1 else pluriel(self.nature)
        return {nature: ", ".join(map(str, lignes)) + suite}


def pluriel(nature: str) -> str:
    """« lignes », « personnes de rang »."""
    nom, *reste = nature.split(" ", 1)
    return " ".join([f"{nom}s", *reste])


def constat(
    regle: str, fichier: str, colonne: str | None = None, nombre: int | None = None, **ou: str
) -> Constat:
    """A rule broken by a file, in the words of the contract; ``ou``: the rows, by what they are called."""
    nombres: dict[str, int | str] = {} if nombre is None else {"nombre": nombre, **ou}
    return Constat(regle, *message(regle, fichier=fichier, colonne=colonne, **nombres), nombre or 1)
