"""One computation: deliveries as of a day, and the rules, give every table of ``sql/``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from contracts.catalogue import tables_de_reference
from contracts.colonnes import types_lignes
from contracts.tables import TABLES
from pipelines.calcul import entrees, modeles
from pipelines.configuration import Configuration
from pipelines.erreurs import PublicationBloquee

VARIANTES: dict[str, dict[str, Any]] = {
    "variante_etats_2_3_4": {"etats_versables": ["2", "3", "4"]},
    "variante_sans_critere_3": {"criteres": [1, 2]},
    "variante_reentrees_comptees": {"reentree_non_orientee": "nouvelle"},
    "variante_date_fin_courrier": {"regle_date_fin": "courrier"},
    "variante_date_fin_referent": {"regle_date_fin": "referent"},
}
MEMOIRE_MIO = 480
MEMOIRE_OCTETS_PAR_LIGNE = 150
RACINES_VARIANTES = ("nouveaux_entrants", "entonnoir_mensuel", "completude")


@dataclass(frozen=True)
class Calcul:
    """A finished computation: its tables in ``connexion``, the deliveries it read."""

    connexion: duckdb.DuckDBPyConnection
    arrete_au: date
    livraisons: list[dict[str, Any]]


@contextmanager
def calculer(
    configuration: Configuration,
    arrete_au: date | None = None,
    livraisons: list[dict[str, Any]] | None = None,
) -> Iterator[Calcul]:
    """Run every model, then the variants; the connection closes with the context.

    ``livraisons``: those of an earlier publication, to compute it again; by default all that are in store.
    Raises PublicationBloquee when nothing was delivered, when two keys were used or when a suspecte
    delivery waits for a decision (4.2).
    """
    if livraisons is None:
        livraisons = entrees.registre(configuration.entrepot)
    entrees.verifier_cle_unique(livraisons)
    jour = arrete_au or entrees.arrete_au_par_defaut(livraisons)
    entrees.verifier_non_vide(livraisons, jour)
    with ouvrir(configuration.entrepot, livraisons) as connexion:
        preparer(connexion, configuration, livraisons, jour)
        catalogue = modeles.modeles()
        liste = list(modeles.ordre(catalogue))
        modeles.executer(connexion, [m for m in liste if m.couche == "staging"])
        _refuser_les_suspectes(connexion)
        modeles.executer(connexion, [m for m in liste if m.couche == "core"])
        _varier(connexion, catalogue, configuration)
        modeles.executer(connexion, [m for m in liste if m.couche in ("indicateurs", "marts")])
        yield Calcul(connexion, jour, livraisons)


def _memoire(livraisons: list[dict[str, Any]]) -> str:
    """How much memory a computation may take; beyond, DuckDB spills to disk."""
    lignes = sum(livraison["lecture"]["lignes"] for livraison in livraisons)
    return f"{MEMOIRE_MIO + lignes * MEMOIRE_OCTETS_PAR_LIGNE // 2**20}MiB"


@contextmanager
def ouvrir(entrepot: Path, livraisons: list[dict[str, Any]]) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory database; what does not fit goes to a folder of the entrepot, never elsewhere."""
    debord = entrepot / ".tmp" / "calcul"
    debord.mkdir(parents=True, exist_ok=True)
    connexion = duckdb.connect(
        config={"temp_directory": debord.as_posix(), "memory_limit": _memoire(livraisons)}
    )
    try:
        connexion.execute("set preserve_insertion_order = false")
        yield connexion
    finally:
        connexion.close()


def preparer(
    connexion: duckdb.DuckDBPyConnection,
    configuration: Configuration,
    livraisons: list[dict[str, Any]],
    arrete_au: date,
) -> None:
    """Lay out all that the models read: register, rows, configuration, contracts, rules."""
    entrees.charger(connexion, livraisons, {nom: types_lignes(table) for nom, table in TABLES.items()})
    charger_configuration(connexion, configuration)
    poser_regles(connexion, configuration, arrete_au)
    for nom, (colonnes, lignes) in tables_de_reference().items():
        entrees.table(connexion, nom, colonnes, lignes)
    connexion.execute((modeles.SQL / "macros.sql").read_text(encoding="utf-8"))


def poser_regles(connexion: duckdb.DuckDBPyConnection, configuration: Configuration, arrete_au: date) -> None:
    """Bind each rule as a DuckDB variable of its own name: no rule is ever pasted into a text."""
    regles = asdict(configuration.regles) | {
        "arrete_au": arrete_au,
        "suspecte_minimum": configuration.qualite.suspecte_minimum,
    }
    for nom, valeur in regles.items():
        _poser(connexion, nom, valeur)


def _poser(connexion: duckdb.DuckDBPyConnection, nom: str, valeur: Any) -> None:
    connexion.execute(f"set variable {nom} = ?", [list(valeur) if isinstance(valeur, tuple) else valeur])


def charger_configuration(connexion: duckdb.DuckDBPyConnection, configuration: Configuration) -> None:
    """The parts of pilotage.toml that are tables: territoires, organismes, émetteurs, jalons."""
    codes = [t.code for t in configuration.territoires]
    entrees.table(
        connexion,
        "config_territoires",
        {"code": "VARCHAR", "libelle": "VARCHAR", "ordre": "INTEGER"},
        [[t.code, t.libelle, rang] for rang, t in enumerate(configuration.territoires)],
    )
    entrees.table(
        connexion,
        "config_prefixes",
        {"prefixe": "VARCHAR", "territoire": "VARCHAR"},
        [[prefixe, t.code] for t in configuration.territoires for prefixe in t.communes],
    )
    entrees.table(
        connexion,
        "config_organismes",
        {"organisme": "VARCHAR", "territoire": "VARCHAR", "indispensable": "BOOLEAN"},
        [[o.code, t, o.indispensable] for o in configuration.organismes for t in o.territoires],
    )
    entrees.table(
        connexion,
        "config_emetteurs",
        {
            "source": "VARCHAR",
            "emetteur": "VARCHAR",
            "territoire": "VARCHAR",
            "mode": "VARCHAR",
            "debut": "DATE",
            "fin": "DATE",
        },
        [
            [source.table, source.emetteur, territoire, source.mode, source.debut, source.fin]
            for table in TABLES
            for source in configuration.emetteurs(table)
            for territoire in source.territoires or codes
        ],
    )
    entrees.table(
        connexion,
        "config_jalons",
        {"code": "VARCHAR", "debut": "DATE", "fin": "DATE", "libelle": "VARCHAR"},
        [[j.code, j.debut, j.fin, j.libelle] for j in configuration.jalons],
    )


def _refuser_les_suspectes(connexion: duckdb.DuckDBPyConnection) -> None:
    bloquantes = connexion.execute(
        "select id_livraison, qui, strftime(mois, '%Y-%m'), motifs from livraisons_bloquantes order by all"
    ).fetchall()
    if bloquantes:
        quoi = " ; ".join(
            f"{identifiant} ({qui}{' ' + mois if mois else ''}, {motifs})"
            for identifiant, qui, mois, motifs in bloquantes
        )
        raise PublicationBloquee(
            f"Livraison suspecte non décidée : {quoi}.",
            f'Demandez un fichier corrigé, ou lancez « pilotage accepter {bloquantes[0][0]} --motif "…" ».',
        )


def _varier(
    connexion: duckdb.DuckDBPyConnection, catalogue: dict[str, modeles.Modele], configuration: Configuration
) -> None:
    """Run again, in a schema of its own, what another reading of a rule changes."""
    regles = asdict(configuration.regles)
    for schema, lecture in VARIANTES.items():
        connexion.execute(f"create schema {schema}")
        connexion.execute(f"set search_path = '{schema},main'")
        for nom, valeur in lecture.items():
            _poser(connexion, nom, valeur)
        modeles.executer(connexion, modeles.aval(catalogue, lecture, RACINES_VARIANTES))
        for nom in lecture:
            _poser(connexion, nom, regles[nom])
        connexion.execute("set search_path = 'main'")
