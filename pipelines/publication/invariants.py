"""What must hold of every publication: each file of ``sql/invariants`` is a query that must give no row.

Its first line is the sentence that a user reads when it gives some.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.erreurs import PublicationBloquee

DOSSIER = Path(__file__).resolve().parents[2] / "sql" / "invariants"


@dataclass(frozen=True)
class Invariant:
    """One thing that must hold."""

    nom: str
    phrase: str
    requete: str


def invariants(dossier: Path = DOSSIER) -> list[Invariant]:
    """Every invariant, by name."""
    return [_lire(chemin) for chemin in sorted(dossier.glob("*.sql"))]


def _lire(chemin: Path) -> Invariant:
    texte = chemin.read_text(encoding="utf-8")
    return Invariant(chemin.stem, texte.splitlines()[0].removeprefix("--").strip(), texte)


def verifier_invariants(connexion: duckdb.DuckDBPyConnection, dossier: Path = DOSSIER) -> None:
    """Raises PublicationBloquee, naming each broken invariant and its number of cases, never a value."""
    rompus = []
    for invariant in invariants(dossier):
        ligne = connexion.execute(f"select count(*) from (\n{invariant.requete}\n)").fetchone()
        if ligne and ligne[0]:
            rompus.append(f"{invariant.phrase.rstrip('.')} ({invariant.nom}, {ligne[0]} cas)")
    if rompus:
        raise PublicationBloquee(
            f"Contrôle de cohérence non respecté : {' ; '.join(rompus)}.",
            "Rien n'est publié. Transmettez ce message à qui maintient pilotage : c'est un défaut du calcul.",
        )
