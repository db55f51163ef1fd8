"""Whose headers and words these are: which table a file holds, and what its columns and values mean to us."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from contracts.cles import CLES, CLES_PERSONNE, COLONNES_PERSONNE
from contracts.definitions import Champ, Table
from contracts.regles import message
from contracts.tables import TABLES, champs
from pipelines.configuration import Source
from pipelines.erreurs import ErreurUsage, FichierRefuse

# Ready mappings: our column for each header of the tool's export.
PRETES: dict[str, dict[str, str]] = {
    "rdv-insertion": {
        "Nom": "nom",
        "Prénom": "prenom",
        "Numéro CAF": "matricule",
        "ID France Travail": "identifiant_france_travail",
        "Date de naissance": "date_naissance",
        "Date d'orientation": "date_decision",
        "Type d'orientation": "type_parcours",
        "Structure d'orientation": "organisme_referent",
        "Date de début d'accompagnement": "date_designation_referent",
        "Date de fin d'accompagnement": "date_fin",
        "Date d'entrée flux": "date_entree_flux",
    },
}
# And our code for each word of the tool that is not ours but for its case.
MOTS_PRETS: dict[str, dict[str, dict[str, str]]] = {
    "rdv-insertion": {
        "type_parcours": {
            "Sociale": "social",
            "Professionnelle": "professionnel",
            "Socio-professionnelle": "socio_professionnel",
        },
    },
}
_VALEURS_DISTINCTES_MAXIMUM = 10_000


def normaliser(texte: str) -> str:
    """Lower case, no accents, every run of blanks, line breaks, ``_``, ``-`` and ``°`` read as one ``_``."""
    sans_accents = "".join(
        lettre for lettre in unicodedata.normalize("NFD", texte) if not unicodedata.combining(lettre)
    )
    mots = re.sub(r"[\s_\-°\ufeff]+", "_", sans_accents.replace("’", "'").lower())
    return mots.strip("_")


@dataclass(frozen=True)
class Correspondance:
    """An émetteur's own headers and values, both normalised."""

    colonnes: Mapping[str, str] = field(default_factory=dict)
    valeurs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def colonne(self, entete: str) -> str:
        """Our name for a header."""
        normal = normaliser(entete)
        return self.colonnes.get(normal, normal)


@dataclass(frozen=True)
class Reconnaissance:
    """The table a header row announces, and where its columns are."""

    table: Table
    correspondance: Correspondance
    positions: dict[str, int]
    inconnues: int


def correspondance(source: Source) -> Correspondance:
    """The mapping that pilotage.toml gives an émetteur."""
    if source.correspondance and source.correspondance not in PRETES:
        raise ErreurUsage(
            f"correspondance inconnue : « {source.correspondance} » (émetteur {source.emetteur})",
            "correspondances prêtes : " + ", ".join(PRETES),
        )
    entetes = {**PRETES.get(source.correspondance or "", {}), **source.colonnes}
    mots = {**MOTS_PRETS.get(source.correspondance or "", {}), **source.valeurs}
    inconnues = sorted({*entetes.values(), *mots} - set(TABLES[source.table].colonnes))
    if inconnues:
        raise ErreurUsage(
            f"sources.{source.table} ({source.emetteur}) : colonnes inconnues : {', '.join(inconnues)}",
            "les noms de nos colonnes sont dans docs/dictionnaire",
        )
    return Correspondance(
        {normaliser(leur): notre for leur, notre in entetes.items()},
        {nom: {normaliser(leur): notre for leur, notre in siens.items()} for nom, siens in mots.items()},
    )


def reconnaitre(entetes: Sequence[str], sources: Sequence[Source], nom: str) -> Reconnaissance:
    """The one table whose required columns are all there, after mapping; FichierRefuse for none or two."""
    lectures = [
        _lire_entetes(entetes, table, mots) for table in TABLES.values() for mots in _mappings(table, sources)
    ]
    completes = _plus_specifiques([lecture for lecture in lectures if not _absentes(lecture)])
    if not completes:
        raise _aucune_table(lectures, len(entetes), nom)
    if len({lecture.table.nom for lecture in completes}) > 1:
        tables = " et ".join(sorted({lecture.table.nom for lecture in completes}))
        raise FichierRefuse("REC-002", *message("REC-002", fichier=nom, tables=tables))
    retenue = completes[0]
    if any(autre.positions != retenue.positions for autre in completes):
        raise FichierRefuse("REC-007", *message("REC-007", fichier=nom, table=retenue.table.nom))
    _refuser_doublons(entetes, retenue, nom)
    return retenue


def traduire(lot: pl.DataFrame, reconnue: Reconnaissance) -> pl.DataFrame:
    """Replace an émetteur's words by our codes; our own words count whatever their case and accents."""
    traductions = [
        pl.col(nom).replace(list(mots), list(mots.values()))
        for nom, champ in champs(reconnue.table).items()
        if nom in lot.columns
        and (mots := _dictionnaire(lot[nom], champ, reconnue.correspondance.valeurs.get(nom, {})))
    ]
    return lot.with_columns(traductions) if traductions else lot


def _dictionnaire(colonne: pl.Series, champ: Champ, mots: Mapping[str, str]) -> dict[str, str]:
    if not mots and not champ.codes:
        return {}
    # A column of free text has as many values as rows: nobody translates those.
    if int(colonne.to_frame().select(pl.all().approx_n_unique()).item()) > _VALEURS_DISTINCTES_MAXIMUM:
        return {}
    codes = {normaliser(code): code for code in champ.codes} | dict(mots)
    return {
        texte: codes[normal]
        for texte in colonne.unique().drop_nulls()
        if (normal := normaliser(texte)) in codes and codes[normal] != texte
    }


def _mappings(table: Table, sources: Sequence[Source]) -> list[Correspondance]:
    propres = [correspondance(source) for source in sources if source.table == table.nom]
    return propres or [Correspondance()]


def _lire_entetes(entetes: Sequence[str], table: Table, mots: Correspondance) -> Reconnaissance:
    connues = set(table.colonnes)
    noms = [mots.colonne(entete) for entete in entetes]
    positions: dict[str, int] = {}
    for position, colonne in enumerate(noms):
        if colonne in connues:
            positions.setdefault(colonne, position)
    # Blank titles end the row by a spreadsheet's habit; between two others, a merged title hides a column.
    titrees = noms[: max((rang for rang, nom in enumerate(noms, start=1) if nom), default=0)]
    inconnues = sum(colonne not in connues for colonne in titrees)
    return Reconnaissance(table, mots, positions, inconnues)


def _absentes(lecture: Reconnaissance) -> list[tuple[str, ...]]:
    """The requirements that no column meets; a person key needs all of its columns."""
    presentes = set(lecture.positions)
    manque = [colonnes for colonnes in lecture.table.requises if presentes.isdisjoint(colonnes)]
    if not manque and lecture.table.nominative:
        manque += [(colonne,) for colonne in _reste_d_une_cle(presentes)]
    return manque


def _reste_d_une_cle(presentes: set[str]) -> list[str]:
    """What the person key that is nearest to complete still lacks: nothing when one is whole."""
    restes = [[c for c in cle if c not in presentes] for cle in CLES.values() if cle[0] in presentes]
    return min(restes, key=len, default=[])


def _plus_specifiques(lectures: list[Reconnaissance]) -> list[Reconnaissance]:
    """Drop a table whose columns found here are all among those that another one recognises, and fewer."""
    return [
        une
        for une in lectures
        if not any(
            une.table != autre.table and set(une.positions) < set(autre.positions) for autre in lectures
        )
    ]


def _aucune_table(lectures: list[Reconnaissance], nombre: int, nom: str) -> FichierRefuse:
    """Say what is missing from the table that the header resembles most."""
    proche = max(lectures, key=_ressemblance)
    if _ressemblance(proche) <= 0:
        return FichierRefuse("REC-001", *message("REC-001", fichier=nom, colonnes_lues=nombre))
    absentes = ", ".join(" ou ".join(colonnes) for colonnes in _absentes(proche))
    texte = message("TAB-001", fichier=nom, colonne=absentes, table=proche.table.nom, colonnes_lues=nombre)
    return FichierRefuse("TAB-001", *texte)


def _ressemblance(lecture: Reconnaissance) -> float:
    """Share of the table's own requirements that are met: 0 when only a person's columns are there."""
    propres = [c for c in lecture.table.requises if c != CLES_PERSONNE]
    presentes = lecture.positions.keys() - set(COLONNES_PERSONNE)
    return sum(not presentes.isdisjoint(c) for c in propres) / len(propres)


def _refuser_doublons(entetes: Sequence[str], reconnue: Reconnaissance, nom: str) -> None:
    rangs: dict[str, list[int]] = {}
    for rang, entete in enumerate(entetes, start=1):
        colonne = reconnue.correspondance.colonne(entete)
        if colonne in reconnue.positions:
            rangs.setdefault(colonne, []).append(rang)
    for colonne, places in rangs.items():
        if len(places) > 1:
            positions = " et ".join(map(str, places))
            raise FichierRefuse(
                "TAB-002", *message("TAB-002", fichier=nom, colonne=colonne, positions=positions)
            )
