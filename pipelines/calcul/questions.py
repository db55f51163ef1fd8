"""The questions asked of a finished calculation: one file of ``sql/questions`` a question."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import duckdb

from pipelines.calcul.modeles import SQL
from pipelines.erreurs import ErreurUsage

Ligne = dict[str, Any]


@dataclass(frozen=True)
class Lecteur:
    """Asks one calculation."""

    connexion: duckdb.DuckDBPyConnection

    def lire(self, question: str, **valeurs: Any) -> list[Ligne]:
        """The rows that answer, by column name; ``valeurs`` are bound as variables of the same names."""
        self._lier(valeurs)
        resultat = self.connexion.execute(_texte(question))
        colonnes = [colonne[0] for colonne in resultat.description]
        return [dict(zip(colonnes, ligne, strict=True)) for ligne in resultat.fetchall()]

    def garder(self, question: str, **valeurs: Any) -> None:
        """Keep the answer as a table of the question's name, for the questions that follow."""
        self._lier(valeurs)
        self.connexion.execute(f"create or replace temp table {question} as\n{_texte(question)}")

    def une(self, question: str, **valeurs: Any) -> Ligne | None:
        """The only row that answers, if any."""
        lignes = self.lire(question, **valeurs)
        return lignes[0] if lignes else None

    def _lier(self, valeurs: dict[str, Any]) -> None:
        for nom, valeur in valeurs.items():
            self.connexion.execute(f"set variable {nom} = ?", [valeur])


def rang(mois: date) -> int:
    """The rank of a month, as the models count them."""
    return 12 * mois.year + mois.month


def mois_de_rang(im: int) -> date:
    """The month of this rank."""
    return date((im - 1) // 12, (im - 1) % 12 + 1, 1)


def verifier_mois(lecteur: Lecteur, mois: date) -> None:
    """Raises ErreurUsage when no delivery tells of this month, or of a later and an earlier one."""
    bornes = lecteur.lire("calendrier")[0]
    if bornes["premier"] is None or not bornes["premier"] <= mois <= bornes["dernier"]:
        livres = f"de {bornes['premier']:%Y-%m} à {bornes['dernier']:%Y-%m}" if bornes["premier"] else "aucun"
        raise ErreurUsage(f"Le mois {mois:%Y-%m} n'est pas livré.", f"Mois livrés : {livres}.")


@cache
def _texte(question: str) -> str:
    return (SQL / "questions" / f"{question}.sql").read_text(encoding="utf-8")
