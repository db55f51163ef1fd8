"""P · the publication of 40 000 persons over 24 months; G · the same ten times larger.

Basis: DuckDB rewriting the same deliveries' rows, sorted, to zstd parquet.
"""

from pathlib import Path

from benchmarks.mesure import Cout, Resultat, mesurer, pilotage, python

PERSONNES = 40_000
MOIS = 24
PERSONNES_PAR_DOSSIER = 1.69  # of the simulation, those who arrive meanwhile included
FOIS = 10
BASE = """
import os, sys, duckdb
connexion = duckdb.connect()
for source in sorted(os.listdir(f"{sys.argv[1]}/livraisons")):
    motif = f"{sys.argv[1]}/livraisons/{source}/*/lectures/1/lignes.parquet"
    if connexion.execute("select count(*) from glob(?)", [motif]).fetchone()[0]:
        connexion.execute(
            f"copy (select * from read_parquet('{motif}', union_by_name = true) order by all) "
            f"to '{sys.argv[2]}/{source}.parquet' (format parquet, compression zstd)"
        )
"""


def resultats(dossier: Path, croissance: bool = False) -> list[Resultat]:
    publication, base, personnes = _publier(dossier / "P", PERSONNES)
    mesures = [
        Resultat(
            "P",
            "publication",
            publication.secondes / base.secondes,
            5,
            "× base",
            f"{personnes} personnes × {MOIS} mois, {publication.secondes:.1f} s contre {base.secondes:.1f} s",
        ),
        Resultat("P", "mémoire", publication.mio, 1024, "Mio"),
    ]
    if croissance:
        grande, _, personnes = _publier(dossier / "G", PERSONNES * FOIS)
        detail = f"{personnes} personnes, {grande.secondes:.0f} s"
        mesures += [
            Resultat("G", "croissance", grande.secondes / publication.secondes, 12, "× temps", detail),
            Resultat("G", "mémoire", grande.mio, 5 * 1024, "Mio"),
        ]
    return mesures


def _publier(dossier: Path, personnes: int) -> tuple[Cout, Cout, int]:
    config = str(dossier / "pilotage.toml")
    if not (dossier / "entrepot").exists():
        dossiers = str(round(personnes / PERSONNES_PAR_DOSSIER))
        mesurer(
            pilotage("simuler", str(dossier), "--dossiers", dossiers, "--mois", str(MOIS), "--format", "csv")
        )
        mesurer(pilotage("recevoir", str(dossier / "depot"), "--config", config))
    base = mesurer(python(BASE, str(dossier / "entrepot"), str(dossier)))
    publication = mesurer(pilotage("publier", "--config", config))
    return publication, base, _personnes(dossier)


def _personnes(dossier: Path) -> int:
    import duckdb

    mart = next(dossier.glob("publications/*/personnes/marts/situations_mensuelles.parquet"))
    with duckdb.connect() as connexion:
        compte = connexion.execute(
            "select count(distinct id_personne) from read_parquet(?)", [str(mart)]
        ).fetchone()
    return int(compte[0]) if compte else 0
