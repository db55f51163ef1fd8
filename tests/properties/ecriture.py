"""A Magasin written on disk as an entrepot, exactly as reception leaves it."""

import hashlib
import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from naif_magasin import Ligne, Livraison, Magasin

from contracts.colonnes import types_lignes
from contracts.tables import TABLES
from pipelines.configuration import Configuration

CLES = ("cle_nir", "cle_dem", "cle_dem_precedente", "cle_mat", "cle_ft", "cle_naissance")
ENTIERS: dict[str, pa.DataType] = {"ligne": pa.int64(), "dossier": pa.int64(), "nombre_enfants": pa.int32()}
BOOLEENS = ("anomalie", "top_droits_devoirs", "top_entrant", "accompagnement_global")
COLONNES_CAF = (
    "ligne",
    "dossier",
    "anomalie",
    "organisme",
    "mois",
    "numero_demande_rsa",
    "matricule",
    "cle_nir",
    "cle_dem",
    "cle_dem_precedente",
    "cle_mat",
    "cle_ft",
    "cle_naissance",
    "mois_naissance",
    "sexe",
    "role",
    "date_demande",
    "date_arrivee_mutation",
    "organisme_cedant",
    "date_depart_mutation",
    "date_rattachement",
    "date_fin_rattachement",
    "numero_demande_precedente",
    "top_droits_devoirs",
    "top_entrant",
    "etat_dossier",
    "motifs_suspension",
    "date_suspension",
    "motif_cloture",
    "date_cloture",
    "code_commune",
    "code_postal",
    "nature_prestation",
    "activite",
    "situation_famille",
    "nombre_enfants",
    "date_ouverture_droit",
)
COLONNES_ORIENTATIONS = (
    "ligne",
    "cle_nir",
    "cle_dem",
    "cle_mat",
    "cle_ft",
    "cle_naissance",
    "id_orientation",
    "date_decision",
    "date_envoi_courrier",
    "date_designation_referent",
    "organisme_referent",
    "type_organisme",
    "type_parcours",
    "accompagnement_global",
    "statut",
    "date_fin",
    "motif_fin",
    "preorientation_ft",
)
COLONNES_RENDEZ_VOUS = (
    "ligne",
    "cle_nir",
    "cle_dem",
    "cle_mat",
    "cle_ft",
    "cle_naissance",
    "id_rdv",
    "date_rdv",
    "date_creation",
    "type",
    "presence",
)
COLONNES = {nom: tuple(types_lignes(table)) for nom, table in TABLES.items()} | {
    "beneficiaires": COLONNES_CAF,
    "orientations": COLONNES_ORIENTATIONS,
    "rendez_vous": COLONNES_RENDEZ_VOUS,
}
TYPES = {"BIGINT": pa.int64(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(), "VARCHAR": pa.string()}
COLONNES_REJETS = (
    "ligne",
    "dossier",
    "organisme",
    "mois",
    "cle_nir",
    "cle_dem",
    "cle_mat",
    "cle_ft",
    "cle_naissance",
    "regles",
    "colonnes",
)
MOIS = ("mois", "mois_naissance")


def pseudonyme(cle: str | None) -> str | None:
    """32 hex characters in place of a key told in words."""
    return hashlib.sha256(cle.encode()).hexdigest()[:32] if cle else None


def sous_pseudonymes(magasin: Magasin) -> tuple[Magasin, dict[str, str]]:
    """The same store with real-looking keys, and the words behind each."""
    copie, mots = deepcopy(magasin), {}
    for livraison in copie.livraisons:
        for ligne in livraison.rows + livraison.rejets:
            for nom in CLES:
                if ligne.get(nom):
                    mots[pseudonyme(ligne[nom]) or ""] = ligne[nom]
                    ligne[nom] = pseudonyme(ligne[nom])
    return copie, mots


def type_de(nom: str) -> pa.DataType:
    """The parquet type of a column."""
    if nom in ENTIERS:
        return ENTIERS[nom]
    if nom in BOOLEENS:
        return pa.bool_()
    return pa.date32() if nom.startswith("date_") or nom in MOIS else pa.string()


def colonnes_livrees(livraison: Livraison) -> list[str]:
    """The columns of the file, as reception notes them."""
    propres = [c for c in COLONNES[livraison.source] if not c.startswith("cle_")]
    naissance = ["date_naissance"] if livraison.source == "beneficiaires" else []
    return [c for c in propres + naissance if c not in livraison.sans]


def schema(source: str) -> pa.Schema:
    """The types of the rows of a table."""
    if source in ("beneficiaires", "orientations", "rendez_vous"):
        return pa.schema([(nom, type_de(nom)) for nom in COLONNES[source]])
    types = types_lignes(TABLES[source])
    return pa.schema([(nom, TYPES.get(types[nom], pa.float64())) for nom in COLONNES[source]])


def parquet(chemin: Path, lignes: list[Ligne], schema: pa.Schema) -> None:
    """Rows as a typed parquet file."""
    pq.write_table(pa.Table.from_pylist(lignes, schema), chemin, compression="zstd")


def parties(livraison: Livraison) -> list[dict[str, Any]]:
    """lecture.json's parties: what a CAF/MSA delivery holds, by (organisme, mois)."""
    comptes = []
    for organisme, mois in sorted(livraison.parties):
        lignes, rejets = (
            [x for x in liste if (x["organisme"], x["mois"]) == (organisme, mois)]
            for liste in (livraison.rows, livraison.rejets)
        )
        dossiers = len({x["dossier"] for x in lignes + rejets})
        comptes.append(
            {
                "organisme": organisme,
                "mois": str(mois),
                "dossiers": dossiers,
                "lignes": len(lignes),
                "rejets": len(rejets),
            }
        )
    return comptes


def fiche(livraison: Livraison) -> dict[str, Any]:
    """livraison.json."""
    return {
        "id": livraison.id,
        "source": livraison.source,
        "emetteur": livraison.emetteur,
        "format": "xml-caf" if livraison.type_flux else "csv",
        "fichier": f"{livraison.id}.xml",
        "chemin": f"depot/{livraison.id}.xml",
        "sha256": hashlib.sha256(livraison.id.encode()).hexdigest(),
        "octets": 1000,
        "date_reception": str(livraison.date_reception),
        "date_enregistrement": f"{livraison.date_reception}T08:00:00+00:00",
        "origine_date": "receptions",
        "type_flux": livraison.type_flux,
        "date_creation": str(livraison.date_creation) if livraison.date_creation else None,
        "heure_creation": livraison.heure_creation,
        "date_reference": None,
        "dossiers_annonces": livraison.dossiers_annonces,
        "dossiers_anomalie_annonces": None,
        "complementaire": livraison.complementaire,
        "empreinte_cle": "00000000",
    }


def fiche_lecture(livraison: Livraison) -> dict[str, Any]:
    """lecture.json."""
    caf = livraison.source == "beneficiaires"
    return {
        "numero": 1,
        "lecteur": "0",
        "contrat": "0",
        "correspondance": "0",
        "lignes": len(livraison.rows),
        "rejets": len(livraison.rejets),
        "dossiers": len({x["dossier"] for x in livraison.rows + livraison.rejets}) if caf else 0,
        "colonnes": colonnes_livrees(livraison),
        "avertissements": [],
        "rejets_par_regle": [],
        "parties": parties(livraison) if caf else [],
    }


def ecrire_json(chemin: Path, contenu: dict[str, Any]) -> None:
    """A small JSON file."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(json.dumps(contenu), encoding="utf-8")


def ecrire_livraison(entrepot: Path, livraison: Livraison) -> None:
    """The folder of one delivery."""
    dossier = entrepot / "livraisons" / livraison.source / livraison.id
    ecrire_json(dossier / "livraison.json", fiche(livraison))
    ecrire_json(dossier / "lectures" / "1" / "lecture.json", fiche_lecture(livraison))
    parquet(dossier / "lectures" / "1" / "lignes.parquet", livraison.rows, schema(livraison.source))
    rejets = pa.schema([(nom, type_de(nom)) for nom in COLONNES_REJETS])
    parquet(dossier / "lectures" / "1" / "rejets.parquet", livraison.rejets, rejets)
    for jour in livraison.confirmations:
        confirmation = {
            "date_reception": str(jour),
            "date_enregistrement": f"{jour}T08:00:00+00:00",
            "origine_date": "receptions",
            "chemin": "",
        }
        ecrire_json(dossier / "confirmations" / f"{jour}.json", confirmation)
    if livraison.acceptation:
        accord = {"motif": "vérifié", "date_acceptation": str(date(2020, 1, 1))}
        ecrire_json(dossier / "acceptation.json", accord)


def configuration(magasin: Magasin, dossier: Path) -> Configuration:
    """The pilotage.toml of that store."""
    return Configuration(
        fichier=dossier / "pilotage.toml",
        nom="Collectivité d'exemple",
        depot=dossier / "depot",
        entrepot=dossier / "entrepot",
        publications=dossier / "publications",
        cle_fichier=None,
        seuil_secret=5,
        territoires=magasin.territoires,
        organismes=magasin.organismes,
        regles=magasin.regles,
        qualite=magasin.qualite,
        sources=magasin.sources,
        jalons=magasin.jalons,
    )


def ecrire(magasin: Magasin, dossier: Path) -> Configuration:
    """The whole entrepot on disk, and its configuration."""
    for livraison in magasin.livraisons:
        ecrire_livraison(dossier / "entrepot", livraison)
    return configuration(magasin, dossier)
