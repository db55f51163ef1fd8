"""Tables as the editors export them: each émetteur has its own headers, delimiter, encoding and dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from pipelines.simulation.foyers import Dossier, Droit, Foyer, Personne, code_postal

Valeur = str | int | float | bool | date | None

LIGNES_EN_ATTENTE = 500  # written together: a depot has more files than a process may hold open

COLONNES_BENEFICIAIRES = (
    "mois_reference", "organisme", "numero_organisme", "matricule", "numero_demande_rsa", "date_demande",
    "organisme_cedant", "date_arrivee_mutation", "date_depart_mutation", "code_commune", "code_postal",
    "situation_famille", "nombre_enfants", "nature_prestation", "etat_dossier",
    "motifs_suspension", "date_suspension", "motif_cloture", "date_cloture", "nir", "nom", "nom_naissance",
    "prenom", "date_naissance", "sexe", "role", "date_rattachement", "date_fin_rattachement",
    "numero_demande_precedente", "activite", "identifiant_france_travail",
    "top_droits_devoirs", "top_entrant",
)  # fmt: skip


@dataclass(frozen=True)
class Dialecte:
    """How one émetteur writes: what pilotage.toml then has to map back."""

    delimiteur: str = ";"
    encodage: str = "utf-8"
    format_date: str = "%Y-%m-%d"
    entetes: Mapping[str, str] = field(default_factory=dict)  # contract column → its own header
    # column → contract value → its own
    valeurs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sans_zero: bool = False  # loses the leading zeros of the claim number

    def texte(self, colonne: str, valeur: Valeur) -> str:
        """A cell; simulated values never hold a delimiter or a quote."""
        if valeur is None:
            return ""
        if isinstance(valeur, date):
            return _jour(valeur, self.format_date)
        if isinstance(valeur, bool):
            return "O" if valeur else "N"
        texte = str(valeur)
        if self.sans_zero and colonne == "numero_demande_rsa":
            texte = texte.lstrip("0")
        return self.valeurs.get(colonne, {}).get(texte, texte)


STANDARD = Dialecte()


@lru_cache(maxsize=8192)
def _jour(jour: date, format_date: str) -> str:
    return jour.strftime(format_date)


class FichierTable:
    """One CSV being written row by row, open only when rows are added to it."""

    def __init__(self, chemin: Path, colonnes: Iterable[str], dialecte: Dialecte = STANDARD) -> None:
        self.chemin = chemin
        self.colonnes = tuple(colonnes)
        self.dialecte = dialecte
        self._lignes: list[str] = []
        chemin.parent.mkdir(parents=True, exist_ok=True)
        entete = dialecte.delimiteur.join(dialecte.entetes.get(c, c) for c in self.colonnes)
        chemin.write_bytes((entete + "\r\n").encode(dialecte.encodage))

    def ajouter(self, ligne: Mapping[str, Valeur]) -> None:
        """Write one row given by column names; a missing column is an empty cell."""
        self.brut(self.formater(ligne))

    def formater(self, ligne: Mapping[str, Valeur]) -> str:
        """The row as this émetteur writes it."""
        texte = self.dialecte.texte
        return self.dialecte.delimiteur.join([texte(c, ligne.get(c)) for c in self.colonnes])

    def brut(self, ligne: str) -> None:
        """Write a line as it stands."""
        self._lignes.append(ligne + "\r\n")
        if len(self._lignes) >= LIGNES_EN_ATTENTE:
            self.fermer()

    def fermer(self) -> None:
        """Write what is waiting; the mark that an encoding puts at the head is there already."""
        with self.chemin.open("ab") as fichier:
            fichier.write("".join(self._lignes).encode(self.dialecte.encodage.removesuffix("-sig")))
        self._lignes.clear()


class FichierBeneficiaires:
    """The monthly CAF/MSA content as a table: one row per person."""

    def __init__(self, chemin: Path, mois: date) -> None:
        self._table = FichierTable(chemin, COLONNES_BENEFICIAIRES)
        self._mois = f"{mois:%Y-%m}"

    def ajouter(self, foyer: Foyer) -> None:
        """Write one row per person of the household; their constant parts are formatted once."""
        debut = f"{self._mois};{_texte_dossier(foyer.dossier)};{_texte_droit(foyer.droit)};"
        for personne, top, entrant in zip(foyer.personnes, foyer.tops, foyer.entrants, strict=True):
            fin = ";" if top is None else f"{int(top)};{int(entrant)}"
            self._table.brut(f"{debut}{_texte_personne(personne)};{fin}")

    def fermer(self) -> None:
        """Close the file."""
        self._table.fermer()


def _joindre(*valeurs: Valeur) -> str:
    return ";".join("" if v is None else str(v) for v in valeurs)


@lru_cache(maxsize=256)
def _texte_dossier(d: Dossier) -> str:
    return _joindre(
        d.organisme[:3], d.organisme[3:], d.matricule, d.numero_demande, d.date_demande, d.organisme_cedant,
        d.date_arrivee_mutation, d.date_depart_mutation, d.code_commune, code_postal(d.code_commune),
        d.situation_famille, d.nombre_enfants, d.nature_prestation,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _texte_droit(d: Droit) -> str:
    return _joindre(d.etat, d.motifs_suspension, d.date_suspension, d.motif_cloture, d.date_cloture)


@lru_cache(maxsize=256)
def _texte_personne(p: Personne) -> str:
    return _joindre(
        p.nir, p.nom, p.nom_naissance or p.nom, p.prenom, p.date_naissance, p.sexe, p.role,
        p.date_rattachement, p.date_fin_rattachement, p.numero_demande_precedente, p.activite,
        p.identifiant_france_travail,
    )  # fmt: skip
