"""The headline of a publication: the two figures of annexe 4, read from what was published."""

from dataclasses import dataclass
from pathlib import Path

ENTRANTS = "V2-1"
ORIENTES = "V2-2"


@dataclass(frozen=True)
class Chiffre:
    """Both figures for one month and one territoire."""

    mois: str
    territoire: str
    entrants: float | None
    orientes: float | None
    taux: float | None
    statut: str
    motif_nd: str | None


def lire_chiffres(publication: Path) -> tuple[Chiffre, ...]:
    """Months in order; within a month the territoires, then HORS, then TOTAL."""
    import duckdb

    mart = publication / "marts" / "indicateurs.parquet"
    with duckdb.connect() as connexion:
        lignes = connexion.execute(
            _REQUETE, {"mart": str(mart), "entrants": ENTRANTS, "orientes": ORIENTES}
        ).fetchall()
    return tuple(Chiffre(*ligne) for ligne in lignes)


_REQUETE = """
select
    periode,
    territoire,
    max(valeur) filter (code = $entrants and mesure = 'nombre'),
    max(valeur) filter (code = $orientes and mesure = 'nombre'),
    max(valeur) filter (code = $orientes and mesure = 'taux'),
    max(statut) filter (code = $entrants and mesure = 'nombre'),
    max(motif_nd) filter (code = $entrants and mesure = 'nombre')
from read_parquet($mart)
where type_periode = 'mois' and axe = '' and code in ($entrants, $orientes)
group by periode, territoire
order by periode, territoire = 'TOTAL', territoire = 'HORS', territoire
"""
