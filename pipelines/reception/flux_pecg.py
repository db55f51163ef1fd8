"""France Travail's flux ``fichier-PE-CG`` (PECG), as text rows with the columns of ``france_travail``.

The public sample shows only part of what a dossier may hold: each value is read by its tag, anywhere under
the dossier. A dossier with several ``inscription`` blocks gives a row for each.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

import polars as pl
from lxml import etree

from contracts.france_travail import FRANCE_TRAVAIL
from pipelines.reception.blocs_xml import elements, racine_du_prologue
from pipelines.reception.fichiers import refus
from pipelines.reception.lecture import Entete, Lecture

LIGNES_PAR_LOT = 10_000
_RACINE = "fichier-PE-CG"
_BALISES = {
    "nir": "nir",
    "identifiant-caf": "matricule",
    "identifiant-pe": "identifiant_france_travail",
    "nom": "nom",
    "nom-naissance": "nom_naissance",
    "prenom": "prenom",
    "date-naissance": "date_naissance",
    "date-debut-ide": "date_inscription",
    "categorie": "categorie",
    "date-cessation-ide": "date_cessation",
    "date-radiation-ide": "date_radiation",
    "date-signature": "date_signature_ppae",
    "date-dernier-ent": "date_dernier_entretien",
    "modalite": "code_parcours",
    "structure": "structure",
}
# Two dates are each followed by a ``motif`` of the same name: the date before it says which.
_MOTIFS = {"date_cessation": "motif_cessation", "date_radiation": "motif_radiation"}
_COLONNES = tuple(c for c in FRANCE_TRAVAIL.colonnes if c in {*_BALISES.values(), *_MOTIFS.values()})
_FORMES_DE_DATE = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d")

Ligne = dict[str, str]


def reconnaitre(debut: bytes) -> bool:
    """Is this the beginning of a PECG flux, whatever its encoding?"""
    return racine_du_prologue(debut) == _RACINE


def lire(flux: BinaryIO, nom: str) -> Lecture:
    """The header at once, the lots as they are asked for."""
    parties = elements(flux, nom, _RACINE, ("entete", "dossier", "fin"))
    premiere = next(parties, None)
    if premiere is None or premiere.tag != "entete":
        raise refus("FIC-016", nom, colonne="entete")
    valeurs = {nom_court(enfant): (enfant.text or "").strip() for enfant in premiere}
    if valeurs.get("fichier", "PECG") != "PECG":
        raise refus("FIC-016", nom, colonne="fichier")
    entete = Entete(
        source="france_travail",
        format="xml-pecg",
        date_creation=_date(valeurs.get("date-fabrication", "")),
        date_reference=_date(valeurs.get("date-reference", "")),
        colonnes=_COLONNES,
    )
    return Lecture(entete, _lots(parties, nom, entete))


def nom_court(element: etree._Element) -> str:
    """The tag of an element, as text."""
    return str(element.tag)


def _date(texte: str) -> date | None:
    for forme in _FORMES_DE_DATE:
        try:
            return datetime.strptime(texte, forme).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _lots(parties: Iterator[etree._Element], nom: str, entete: Entete) -> Iterator[pl.DataFrame]:
    """At least one lot, empty if the file holds no dossier."""
    dossiers = donnees = 0
    annonces: str | None = None
    lignes: list[tuple[int, Ligne]] = []
    for element in parties:
        if annonces is not None or element.tag == "entete":
            raise refus("FIC-002", nom, dossier=dossiers)
        if element.tag == "fin":
            annonces = (element.findtext("nb-dossiers") or "").strip()
            continue
        dossiers += 1
        lignes += [(dossiers, ligne) for ligne in _lignes(element)]
        if len(lignes) >= LIGNES_PAR_LOT:
            yield _lot(lignes, donnees)
            donnees, lignes = donnees + len(lignes), []
    if annonces is None:
        raise refus("FIC-003", nom, dossier=dossiers)
    entete.dossiers_lus = dossiers
    entete.dossiers_annonces = int(annonces) if re.fullmatch(r"[0-9]{1,18}", annonces) else None
    if entete.dossiers_annonces != dossiers:
        raise refus("FTR-001", nom, dossiers_lus=dossiers)
    if lignes or not donnees:
        yield _lot(lignes, donnees)


def _lignes(dossier: etree._Element) -> list[Ligne]:
    """One row an ``inscription``; what stands elsewhere is common to them."""
    propres = []
    for inscription in list(dossier.iter("inscription")):
        propres.append(_valeurs(inscription))
        inscription.clear()
    commune = _valeurs(dossier)
    return [{**commune, **propre} for propre in propres or [{}]]


def _valeurs(bloc: etree._Element) -> Ligne:
    """The first value of each column, anywhere in a block."""
    ligne: Ligne = {}
    motif = ""
    for noeud in bloc.iter("*"):
        colonne = motif if noeud.tag == "motif" else _BALISES.get(nom_court(noeud), "")
        motif = _MOTIFS.get(colonne, motif)
        valeur = (noeud.text or "").strip()
        if colonne and valeur:
            ligne.setdefault(colonne, valeur)
    return ligne


def _lot(lignes: list[tuple[int, Ligne]], avant: int) -> pl.DataFrame:
    rangs = {
        "ligne": pl.Series(range(avant + 1, avant + 1 + len(lignes)), dtype=pl.Int64),
        "dossier": pl.Series([dossier for dossier, _ in lignes], dtype=pl.Int64),
        "anomalie": pl.Series([False] * len(lignes), dtype=pl.Boolean),
    }
    textes = {c: pl.Series([ligne.get(c) for _, ligne in lignes], dtype=pl.String) for c in _COLONNES}
    return pl.DataFrame({**rangs, **textes})
