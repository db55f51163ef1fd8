"""The views that the DuckDB file of the aggregates adds to its tables: what each gives, for who writes SQL.

Their text is ``sql/vues/<nom>.sql``. A column that a published table has keeps that table's description.
"""

from dataclasses import dataclass

from contracts.definitions import Champ
from contracts.marts import champ_de_mart

_DEFINIS: dict[str, Champ] = {
    champ.nom: champ
    for champ in (
        Champ("valeur_ensemble", "decimal", "Le même chiffre pour l'ensemble, toutes modalités réunies"),
        Champ("nouveaux_entrants", "entier", "Nouveaux entrants (V2-1)"),
        Champ("orientes_15_jours", "entier", "Nouveaux entrants orientés en 15 jours et moins (V2-2)"),
        Champ("taux_15_jours", "decimal", "Part des orientés à temps parmi les délais écoulés, de 0 à 1"),
        Champ("orientes_delai_echu", "entier", "Numérateur du taux : orientés à temps, délai écoulé"),
        Champ("delais_echus", "entier", "Dénominateur du taux : nouveaux entrants dont le délai est écoulé"),
        Champ("deja_orientes", "entier", "Orientés à temps dont le délai n'est pas encore écoulé"),
        Champ("en_attente", "entier", "Pas encore orientés, délai non écoulé"),
        Champ("orientes_1_mois", "entier", "Nouveaux entrants orientés en un mois et moins"),
        Champ("periodes", "entier", "Nombre de périodes que touche ce motif"),
        Champ("v_non_disponibles.debut", "date", "Premier jour de la première de ces périodes"),
        Champ("v_non_disponibles.fin", "date", "Dernier jour de la dernière de ces périodes"),
    )
}


@dataclass(frozen=True)
class Vue:
    """One view: its name, what a row is (French), its columns in order."""

    nom: str
    description: str
    colonnes: tuple[str, ...]

    def champs(self) -> dict[str, Champ]:
        """The field of each column, in the view's order."""
        return {colonne: self._champ(colonne) for colonne in self.colonnes}

    def _champ(self, colonne: str) -> Champ:
        propre = _DEFINIS.get(f"{self.nom}.{colonne}") or _DEFINIS.get(colonne)
        return propre or champ_de_mart("indicateurs", colonne)


def _vue(nom: str, description: str, colonnes: str) -> Vue:
    return Vue(nom, description, tuple(colonnes.split()))


_LISTE: tuple[Vue, ...] = (
    _vue(
        "v_indicateurs_totaux",
        "Les indicateurs sans leurs répartitions ni ce qui est sans objet. "
        "Une ligne par code × mesure × période × territoire.",
        "code libelle mesure type_periode periode debut fin territoire valeur numerateur denominateur "
        "unite statut motif_nd valeur_partielle mois_calculables commentaire",
    ),
    _vue(
        "v_repartitions",
        "Les répartitions, avec le chiffre de l'ensemble à côté. "
        "Une ligne par code × mesure × période × territoire × modalité.",
        "code libelle mesure type_periode periode debut fin territoire axe modalite valeur "
        "valeur_ensemble unite statut motif_nd",
    ),
    _vue(
        "v_taux_15_jours",
        "Les nouveaux entrants et leur orientation en 15 jours. Une ligne par période × territoire.",
        "type_periode periode debut fin territoire nouveaux_entrants orientes_15_jours taux_15_jours "
        "orientes_delai_echu delais_echus deja_orientes en_attente orientes_1_mois statut motif_nd",
    ),
    _vue(
        "v_non_disponibles",
        "Ce qui est ND ou partiel, et pourquoi (hors « sans objet »). "
        "Une ligne par code × mesure × territoire × sorte de période × motif.",
        "code libelle mesure territoire type_periode statut motif_nd periodes debut fin",
    ),
)

VUES: dict[str, Vue] = {vue.nom: vue for vue in _LISTE}
