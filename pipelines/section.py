"""One section of a TOML file, read key by key: what is unknown, missing or wrong is refused by name."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pipelines.erreurs import ErreurUsage


def refuser(cle: str, probleme: str, conseil: str = "") -> ErreurUsage:
    """The refusal of one key of the configuration, ready to be raised."""
    return ErreurUsage(
        f"Configuration refusée : « {cle} » {probleme}.",
        conseil or f"Corrigez « {cle} » dans le fichier de configuration (voir docs/exploitation.md).",
    )


class Section:
    """The keys of one section; ``finir`` refuses those that nobody asked for."""

    def __init__(self, nom: str, valeurs: Any) -> None:
        if not isinstance(valeurs, dict):
            raise refuser(nom, "doit être une section")
        self.nom = nom
        self._valeurs: dict[str, Any] = valeurs
        self._lues: set[str] = set()

    def chemin(self, cle: str) -> str:
        """The key's full name, as the user finds it in the file."""
        return f"{self.nom}.{cle}" if self.nom else cle

    def contient(self, cle: str) -> bool:
        return cle in self._valeurs

    def cles(self) -> list[str]:
        return list(self._valeurs)

    def _prendre(self, cle: str, defaut: Any) -> Any:
        self._lues.add(cle)
        if cle in self._valeurs:
            return self._valeurs[cle]
        if defaut is None:
            raise refuser(
                self.chemin(cle), "manque", f"Ajoutez « {self.chemin(cle)} » au fichier de configuration."
            )
        return defaut

    def texte(self, cle: str, defaut: str | None = None, parmi: Sequence[str] = ()) -> str:
        valeur = self._prendre(cle, defaut)
        if not isinstance(valeur, str) or (not valeur.strip() and valeur != defaut):
            raise refuser(self.chemin(cle), "doit être un texte non vide")
        if parmi and valeur not in parmi:
            raise refuser(self.chemin(cle), "doit valoir " + " ou ".join(f"« {p} »" for p in parmi))
        return valeur

    def entier(self, cle: str, defaut: int | None = None, minimum: int = 0) -> int:
        valeur = self._prendre(cle, defaut)
        if isinstance(valeur, bool) or not isinstance(valeur, int):
            raise refuser(self.chemin(cle), "doit être un nombre entier")
        if valeur < minimum:
            raise refuser(self.chemin(cle), f"doit être au moins {minimum}")
        return valeur

    def taux(self, cle: str, defaut: float | None = None) -> float:
        valeur = self._prendre(cle, defaut)
        if isinstance(valeur, bool) or not isinstance(valeur, int | float):
            raise refuser(self.chemin(cle), "doit être un nombre")
        if not 0 <= valeur <= 1:
            raise refuser(self.chemin(cle), "doit être compris entre 0 et 1")
        return float(valeur)

    def booleen(self, cle: str, defaut: bool) -> bool:
        valeur = self._prendre(cle, defaut)
        if not isinstance(valeur, bool):
            raise refuser(self.chemin(cle), "doit valoir true ou false")
        return valeur

    def jour(self, cle: str) -> date:
        valeur = self._prendre(cle, None)
        if type(valeur) is date:
            return valeur
        try:
            return date.fromisoformat(valeur)
        except (TypeError, ValueError):
            raise refuser(self.chemin(cle), "doit être une date AAAA-MM-JJ") from None

    def textes(
        self, cle: str, defaut: Sequence[str] | None = None, parmi: Sequence[str] = (), vide: bool = False
    ) -> tuple[str, ...]:
        valeurs = self._prendre(cle, defaut)
        if not isinstance(valeurs, list | tuple) or not all(
            isinstance(v, str) and v.strip() for v in valeurs
        ):
            raise refuser(self.chemin(cle), "doit être une liste de textes")
        if not valeurs and not vide:
            raise refuser(self.chemin(cle), "ne doit pas être vide")
        if parmi and not set(valeurs) <= set(parmi):
            raise refuser(self.chemin(cle), "ne peut contenir que " + ", ".join(f"« {p} »" for p in parmi))
        return tuple(valeurs)

    def entiers(self, cle: str, defaut: Sequence[int], permis: Sequence[Sequence[int]]) -> tuple[int, ...]:
        valeurs = self._prendre(cle, defaut)
        if not isinstance(valeurs, list | tuple) or list(valeurs) not in [list(p) for p in permis]:
            raise refuser(self.chemin(cle), "doit valoir " + " ou ".join(str(list(p)) for p in permis))
        return tuple(valeurs)

    def dictionnaire(self, cle: str) -> dict[str, str]:
        """A renaming, text to text."""
        valeurs = self._prendre(cle, {})
        if not isinstance(valeurs, dict) or not all(isinstance(v, str) for v in valeurs.values()):
            raise refuser(self.chemin(cle), "doit être une suite de « texte » = « texte »")
        return dict(valeurs)

    def section(self, cle: str, obligatoire: bool = True) -> "Section":
        valeurs = self._prendre(cle, None if obligatoire else {})
        return Section(self.chemin(cle), valeurs)

    def liste(self, cle: str, obligatoire: bool = False) -> list["Section"]:
        """The repeated sections ``[[cle]]``."""
        valeurs = self._prendre(cle, None if obligatoire else [])
        if not isinstance(valeurs, list) or (obligatoire and not valeurs):
            raise refuser(self.chemin(cle), f"doit être écrit [[{self.chemin(cle)}]]")
        return [Section(f"{self.chemin(cle)}[{rang}]", v) for rang, v in enumerate(valeurs, 1)]

    def finir(self) -> None:
        """Everything has been asked for: what is left is unknown."""
        for cle in self._valeurs:
            if cle not in self._lues:
                raise refuser(
                    self.chemin(cle),
                    "est inconnu",
                    "Retirez cette clé ou corrigez son nom (docs/exploitation.md).",
                )
