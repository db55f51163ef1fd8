"""The questions asked of a finished calculation: one file of ``sql/questions`` a question."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from pipelines.calcul.modeles import SQL

Ligne = dict[str, Any]


@dataclass(frozen=True)
class Lecteur:
    """Asks one calculation."""

    connexion: duckdb.DuckDBPyConnection

    def lire(self, question: str, **valeurs: Any) -> list[Ligne]:
        """The rows that answer, by column name; ``valeurs`` are bound as variables of the same names."""
        for nom, valeur in valeurs.items():
            self.connexion.execute(f"set variable {nom} = ?", [valeur])
        resultat = self.connexion.execute(_texte(question))
        colonnes = [colonne[0] for colonne in resultat.description]
        return [dict(zip(colonnes, ligne, strict=True)) for ligne in resultat.fetchall()]

    def une(self, question: str, **valeurs: Any) -> Ligne | None:
        """The only row that answers, if any."""
        lignes = self.lire(question, **valeurs)
        return lignes[0] if lignes else None


@cache
def _texte(question: str) -> str:
    return (SQL / "questions" / f"{question}.sql").read_text(encoding="utf-8")
