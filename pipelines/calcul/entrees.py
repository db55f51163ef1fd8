"""The register of deliveries and their rows, as DuckDB tables named ``entree_…``.

Nothing is judged here: what was received is laid out as it stands on disk.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.erreurs import ErreurPilotage, PublicationBloquee

COLONNES_LIVRAISON = {
    "id": "VARCHAR",
    "source": "VARCHAR",
    "emetteur": "VARCHAR",
    "format": "VARCHAR",
    "fichier": "VARCHAR",
    "sha256": "VARCHAR",
    "octets": "BIGINT",
    "date_reception": "DATE",
    "date_enregistrement": "VARCHAR",
    "origine_date": "VARCHAR",
    "type_flux": "VARCHAR",
    "date_creation": "DATE",
    "heure_creation": "TIME",
    "date_reference": "DATE",
    "dossiers_annonces": "BIGINT",
    "dossiers_anomalie_annonces": "BIGINT",
    "complementaire": "BOOLEAN",
    "empreinte_cle": "VARCHAR",
}
COLONNES_LECTURE = {
    "numero": "INTEGER",
    "lecteur": "VARCHAR",
    "contrat": "VARCHAR",
    "correspondance": "VARCHAR",
    "lignes": "BIGINT",
    "rejets": "BIGINT",
    "dossiers": "BIGINT",
}


def registre(entrepot: Path) -> list[dict[str, Any]]:
    """Every committed delivery with its last reading, acceptance and confirmations, sorted by id."""
    dossiers = (p.parent for p in sorted((entrepot / "livraisons").glob("*/*/livraison.json")))
    return [livraison(dossier, _derniere_lecture(dossier)) for dossier in dossiers]


def _derniere_lecture(dossier: Path) -> Path:
    numero = max(int(p.parent.name) for p in dossier.glob("lectures/*/lecture.json"))
    return dossier / "lectures" / str(numero)


def livraison(dossier: Path, lecture: Path) -> dict[str, Any]:
    """One delivery with one of its readings, and what was decided of it since.

    ``date_reception`` is the first day on which its content was received, whichever file was read first.
    """
    acceptation = dossier / "acceptation.json"
    fiche = _json(dossier / "livraison.json")
    confirmees = {_json(p)["date_reception"] for p in dossier.glob("confirmations/*.json")}
    premiere, *autres = sorted({fiche["date_reception"], *confirmees})
    return fiche | {
        "date_reception": premiere,
        "dossier": lecture,
        "lecture": _json(lecture / "lecture.json"),
        "acceptation": _json(acceptation)["motif"] if acceptation.exists() else None,
        "confirmations": autres,
    }


def _json(chemin: Path) -> dict[str, Any]:
    try:
        contenu: dict[str, Any] = json.loads(chemin.read_text(encoding="utf-8"))
    except ValueError:
        raise ErreurPilotage(
            f"Fichier illisible dans l'entrepôt : {chemin.parent.name}/{chemin.name}.",
            "Restaurez l'entrepôt depuis sa sauvegarde.",
        ) from None
    return contenu


def arrete_au_par_defaut(livraisons: list[dict[str, Any]]) -> date:
    """The greatest date_reception of a CAF/MSA or orientations delivery in store (3.7)."""
    dates = [
        jour
        for livraison in livraisons
        if livraison["source"] in ("beneficiaires", "orientations")
        for jour in (livraison["date_reception"], *livraison["confirmations"])
    ]
    if not dates:
        raise PublicationBloquee(
            "Aucune livraison CAF/MSA ou d'orientations n'est enregistrée : il n'y a rien à publier.",
            "Déposez les fichiers du mois, puis lancez « pilotage recevoir » ou « pilotage executer ».",
        )
    return date.fromisoformat(max(dates))


def verifier_non_vide(livraisons: list[dict[str, Any]], arrete_au: date) -> None:
    """A publication of nothing at all would look like zeros: there is none."""
    if not any(livraison["date_reception"] <= arrete_au.isoformat() for livraison in livraisons):
        raise PublicationBloquee(
            f"Aucune livraison n'était reçue au {arrete_au:%d/%m/%Y} : il n'y a rien à publier.",
            "Déposez les fichiers du mois puis lancez « pilotage executer », ou changez --arrete-au.",
        )


def verifier_cle_unique(livraisons: list[dict[str, Any]]) -> None:
    """Pseudonyms made with two keys cannot be compared: nothing may be published from them."""
    empreintes = {livraison["empreinte_cle"]: livraison["id"] for livraison in livraisons}
    if len(empreintes) > 1:
        exemples = ", ".join(sorted(empreintes.values()))
        raise PublicationBloquee(
            f"Les livraisons ont été pseudonymisées avec {len(empreintes)} clés différentes ({exemples}).",
            "Remettez la clé d'origine, puis recevez à nouveau les fichiers de l'autre clé.",
        )


def charger(
    connexion: duckdb.DuckDBPyConnection, livraisons: list[dict[str, Any]], tables: dict[str, dict[str, str]]
) -> None:
    """Create the ``entree_…`` tables (register) and views (rows of each delivered table).

    ``tables`` gives, for each source, the columns and types of its rows, so that a source never
    received still has its (empty) view.
    """
    _charger_registre(connexion, livraisons)
    for source, colonnes in tables.items():
        concernees = [ligne for ligne in livraisons if ligne["source"] == source]
        _vue(connexion, f"entree_{source}", concernees, "lignes.parquet", colonnes)
    _charger_rejets(connexion, livraisons)


def _charger_registre(connexion: duckdb.DuckDBPyConnection, livraisons: list[dict[str, Any]]) -> None:
    table(
        connexion,
        "entree_livraisons",
        COLONNES_LIVRAISON | COLONNES_LECTURE | {"acceptee": "BOOLEAN"},
        [
            [ligne.get(c) for c in COLONNES_LIVRAISON]
            + [ligne["lecture"].get(c) for c in COLONNES_LECTURE]
            + [ligne["acceptation"] is not None]
            for ligne in livraisons
        ],
    )
    table(
        connexion,
        "entree_receptions",
        {"id_livraison": "VARCHAR", "date_reception": "DATE"},
        [
            [ligne["id"], jour]
            for ligne in livraisons
            for jour in (ligne["date_reception"], *ligne["confirmations"])
        ],
    )
    table(
        connexion,
        "entree_parties",
        {"id_livraison": "VARCHAR", "organisme": "VARCHAR", "mois": "DATE", "dossiers": "BIGINT"},
        [
            [ligne["id"], partie["organisme"], partie["mois"], partie["dossiers"]]
            for ligne in livraisons
            for partie in ligne["lecture"].get("parties", [])
        ],
    )
    table(
        connexion,
        "entree_colonnes",
        {"id_livraison": "VARCHAR", "colonne": "VARCHAR"},
        [[ligne["id"], colonne] for ligne in livraisons for colonne in ligne["lecture"].get("colonnes", [])],
    )
    for cle in ("avertissements", "rejets_par_regle"):
        table(
            connexion,
            f"entree_{cle}",
            {"id_livraison": "VARCHAR", "regle": "VARCHAR", "colonne": "VARCHAR", "nombre": "BIGINT"},
            [
                [ligne["id"], fait["regle"], fait.get("colonne"), fait["nombre"]]
                for ligne in livraisons
                for fait in ligne["lecture"].get(cle, [])
            ],
        )


COLONNES_REJETS = {
    "ligne": "BIGINT",
    "organisme": "VARCHAR",
    "mois": "DATE",
    "cle_nir": "VARCHAR",
    "cle_dem": "VARCHAR",
    "cle_mat": "VARCHAR",
    "cle_ft": "VARCHAR",
}


def _charger_rejets(connexion: duckdb.DuckDBPyConnection, livraisons: list[dict[str, Any]]) -> None:
    """Rows of ``beneficiaires`` set aside by the contract: their persons are *inconnues* that month."""
    concernees = [
        ligne for ligne in livraisons if ligne["source"] == "beneficiaires" and ligne["lecture"].get("rejets")
    ]
    _vue(connexion, "entree_rejets", concernees, "rejets.parquet", COLONNES_REJETS)


def table(
    connexion: duckdb.DuckDBPyConnection, nom: str, colonnes: dict[str, str], lignes: list[list[Any]]
) -> None:
    """Create a small table from rows of Python values, bound a column at a time: rows one by one are slow."""
    definition = ", ".join(f'"{colonne}" {type_}' for colonne, type_ in colonnes.items())
    connexion.execute(f"create table {nom} ({definition})")
    if lignes:
        listes = ", ".join(f"unnest(cast(? as {type_}[]))" for type_ in colonnes.values())
        connexion.execute(f"insert into {nom} select {listes}", list(map(list, zip(*lignes, strict=True))))


def _vue(
    connexion: duckdb.DuckDBPyConnection,
    nom: str,
    livraisons: list[dict[str, Any]],
    fichier: str,
    colonnes: dict[str, str],
) -> None:
    """A view over the rows' parquet files, each row with its id_livraison.

    ``colonnes`` completes what a file written by an older reading does not have.
    """
    modele = ", ".join(f'cast(null as {type_}) as "{colonne}"' for colonne, type_ in colonnes.items())
    vide = f"select cast(null as VARCHAR) as id_livraison, {modele} where false"
    if not livraisons:
        connexion.execute(f"create view {nom} as {vide}")
        return
    chemins = [(ligne["dossier"] / fichier).as_posix() for ligne in livraisons]
    table(
        connexion,
        f"{nom}_fichiers",
        {"chemin": "VARCHAR", "id_livraison": "VARCHAR"},
        [[chemin, ligne["id"]] for chemin, ligne in zip(chemins, livraisons, strict=True)],
    )
    liste = ", ".join("'" + chemin.replace("'", "''") + "'" for chemin in chemins)
    connexion.execute(
        f"create view {nom} as {vide} union all by name "
        f"select f.id_livraison, r.* exclude (filename) "
        f"from read_parquet([{liste}], filename = true, union_by_name = true) as r "
        f"inner join {nom}_fichiers as f on f.chemin = r.filename"
    )
