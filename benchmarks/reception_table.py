"""T · the whole reception of a table of 2 million rows, against polars reading and writing it, typed."""

from pathlib import Path

import polars as pl

from benchmarks.mesure import Resultat, le_meilleur, mesurer, pilotage, python

LIGNES = 2_000_000
CIBLE = 3.0
BASE = """
import sys, polars as pl
dates = ["date_demande", "date_naissance", "date_rattachement", "date_ouverture_droit", "date_creation"]
entiers = ["nombre_enfants", "top_droits_devoirs", "top_entrant"]
(
    pl.scan_csv(sys.argv[1], separator=";", infer_schema=False)
    .with_columns(pl.col(dates).str.to_date("%d/%m/%Y"), pl.col(entiers).cast(pl.Int32))
    .sink_parquet(sys.argv[2], compression="zstd")
)
"""
# A process of its own: a child's peak memory counts what its parent held when it was started.
ECRITURE = """
import sys
from benchmarks.reception_table import LIGNES, table
table(LIGNES).write_csv(sys.argv[1], separator=";")
"""
CONFIGURATION = """
[collectivite]
nom = "Banc d'essai"
[chemins]
depot = "depot"
entrepot = "entrepot"
publications = "publications"
[confidentialite]
cle_fichier = "cle.txt"
[territoires.67]
libelle = "Bas-Rhin"
communes = ["67"]
[[organismes]]
code = "CAF671"
territoires = ["67"]
"""


def resultats(dossier: Path) -> list[Resultat]:
    fichier = _preparer(dossier)
    base = le_meilleur(python(BASE, str(fichier), str(dossier / "base.parquet")))
    cout = mesurer(
        pilotage(
            "recevoir", str(fichier), "--recu-le", "2024-04-05", "--config", str(dossier / "pilotage.toml")
        )
    )
    megaoctets = fichier.stat().st_size / 1e6
    detail = f"{LIGNES:,} lignes, {megaoctets:.0f} Mo, {cout.secondes:.1f} s contre {base.secondes:.1f} s"
    return [
        Resultat("T", "réception d'une table", cout.secondes / base.secondes, CIBLE, "× base", detail),
        Resultat(
            "T", "mémoire", cout.mio / (megaoctets * 1e6 / 2**20), 6, "× fichier", f"{cout.mio:.0f} Mio"
        ),
    ]


def _preparer(dossier: Path) -> Path:
    dossier.mkdir(parents=True, exist_ok=True)
    (dossier / "pilotage.toml").write_text(CONFIGURATION, encoding="utf-8")
    cle = dossier / "cle.txt"
    cle.write_text("0123456789abcdef" * 4, encoding="ascii")
    cle.chmod(0o600)
    (dossier / "depot").mkdir(exist_ok=True)
    fichier = dossier / "depot" / "beneficiaires.csv"
    mesurer(python(ECRITURE, str(fichier)))
    return fichier


def table(lignes: int) -> pl.DataFrame:
    """Fictional beneficiaries, all valid, in 20 columns."""
    rang = pl.int_range(1, lignes + 1, dtype=pl.Int64)  # a number of zeros only would be a reject
    jour = pl.date(1950, 1, 1) + pl.duration(days=rang * 7919 % 18_000)
    recent = pl.date(2015, 1, 1) + pl.duration(days=rang * 31 % 3_300)
    format_jour = "%d/%m/%Y"
    return pl.select(
        organisme=pl.lit("CAF"),
        numero_organisme=pl.lit("671"),
        mois_reference=pl.lit("2024-03"),
        date_creation=pl.lit("02/04/2024"),
        matricule=rang.cast(pl.String).str.zfill(7),
        numero_demande_rsa=rang.cast(pl.String).str.zfill(11),
        nir=(1_500_167_000_000 + rang).cast(pl.String),
        nom=pl.lit("NOM") + (rang % 5000).cast(pl.String),
        prenom=pl.lit("PRENOM") + (rang % 26 + 65).cast(pl.String),
        date_naissance=jour.dt.strftime(format_jour),
        sexe=(rang % 2 + 1).cast(pl.String),
        role=pl.when(rang % 3 == 0).then(pl.lit("CJT")).otherwise(pl.lit("DEM")),
        etat_dossier=pl.when(rang % 9 == 0).then(pl.lit("4")).otherwise(pl.lit("2")),
        top_droits_devoirs=pl.when(rang % 4 == 0).then(pl.lit("0")).otherwise(pl.lit("1")),
        top_entrant=pl.lit("0"),
        code_commune=(67_001 + rang % 400).cast(pl.String),
        date_demande=recent.dt.strftime(format_jour),
        date_rattachement=recent.dt.strftime(format_jour),
        nombre_enfants=(rang % 5).cast(pl.String),
        date_ouverture_droit=recent.dt.strftime(format_jour),
    )
