"""Hand-made tables in place of those the core computes: given rows for the models of ``sql/marts``."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import duckdb

from contracts.catalogue import tables_de_reference
from pipelines.calcul import modeles
from pipelines.calcul.entrees import table as creer_table
from tests.sql.atelier import catalogue
from tests.sql.atelier import colonnes as colonnes_reelles

ECRITS_AILLEURS = {
    "alias_personnes",
    "entonnoir_mensuel",
    "entrees_ecartees",
    "livraisons",
    "nouveaux_entrants",
    "situations_mensuelles",
    "suivis",
}
QUALITE = {
    "constats_calcul",
    "constats_livraisons",
    "disparitions",
    "grandeurs_comparees",
    "invraisemblances",
    "premiers_faits",
    "qualite",
    "sauts",
    "situations_signalees",
}
COLONNES = {
    "calendrier": "mois DATE, dernier_jour DATE, im INTEGER",
    "territoires": "territoire VARCHAR, libelle VARCHAR, ordre INTEGER",
    "attendus": "territoire VARCHAR, organisme VARCHAR, indispensable BOOLEAN",
    "manques": "territoire VARCHAR, organisme VARCHAR, indispensable BOOLEAN, mois DATE",
    "completude": "mois DATE, territoire VARCHAR, complet BOOLEAN, calculable BOOLEAN, motif_nd VARCHAR, "
    "criteres_verifiables BOOLEAN, motif_nd_criteres VARCHAR, facultatif_manquant BOOLEAN, "
    "orientations_en_retard BOOLEAN, hors VARCHAR",
    "observation": "territoire VARCHAR, date_observation DATE",
    "fichiers_retenus": "source VARCHAR, emetteur VARCHAR, id_livraison VARCHAR, date_reception DATE",
    "entree_colonnes": "id_livraison VARCHAR, colonne VARCHAR",
    "config_emetteurs": "source VARCHAR, emetteur VARCHAR, territoire VARCHAR, debut DATE, fin DATE",
    "config_jalons": "code VARCHAR, debut DATE, fin DATE, libelle VARCHAR",
    "livraisons": "organisme VARCHAR, mois DATE, type_flux VARCHAR, date_reception DATE, etat VARCHAR",
    "receptions_caf": "organisme VARCHAR, id_livraison VARCHAR, mois DATE, date_reception DATE",
    "entonnoir_mensuel": "mois DATE, territoire VARCHAR, indetermines BIGINT",
    "nouveaux_entrants": "mois DATE, territoire VARCHAR, id_personne VARCHAR, sexe VARCHAR, "
    "tranche_age VARCHAR, motif_inclusion VARCHAR, date_reception_t0 DATE, date_orientation DATE, "
    "delai_jours BIGINT, anticipee BOOLEAN, oriente_15_jours BOOLEAN, oriente_1_mois BOOLEAN, "
    "delai_echu BOOLEAN, statut_orientation VARCHAR, type_parcours VARCHAR, type_organisme VARCHAR, "
    "accompagnement_global BOOLEAN, absent_rdv_orientation BOOLEAN",
}
VARIANTES = (
    "sans_critere_3",
    "etats_2_3_4",
    "reentrees_comptees",
    "date_fin_courrier",
    "date_fin_referent",
)
TERRITOIRES = ("67", "68", "TOTAL")


def mois(annee: int, rang: int) -> date:
    """A month, as the store holds it."""
    return date(annee, rang, 1)


def mois_suivant(jour: date) -> date:
    """The first day of the month after."""
    return date(jour.year + jour.month // 12, jour.month % 12 + 1, 1)


@dataclass
class Monde:
    """A store of ``premier`` to ``dernier``: two CAF, all delivered on the 5th of the next month, except
    ``manquants`` (organisme, month)."""

    premier: date = date(2024, 1, 1)
    dernier: date = date(2024, 6, 1)
    arrete_au: date = date(2025, 12, 31)
    observation: date = date(2025, 12, 31)
    manquants: set[tuple[str, date]] = field(default_factory=set)
    orientations: bool = True
    rendez_vous: bool = True
    critere_3: bool = True
    colonnes: tuple[str, ...] = (
        "date_envoi_courrier",
        "accompagnement_global",
        "type_parcours",
        "type_organisme",
    )
    colonnes_caf: tuple[str, ...] = ("sexe", "date_naissance", "situation_famille", "nombre_enfants")
    jalons: list[tuple[Any, ...]] = field(default_factory=list)
    hors: dict[date, str] = field(default_factory=dict)
    indetermines: dict[tuple[date, str], int] = field(default_factory=dict)
    entrees: list[dict[str, Any]] = field(default_factory=list)
    variantes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    situations: list[tuple[Any, ...]] = field(default_factory=list)
    regles: dict[str, Any] = field(default_factory=dict)
    notifications: tuple[str, ...] = ("date_envoi_courrier", "date_designation_referent")

    def entree(self, mois_: date, territoire: str = "67", **valeurs: Any) -> None:
        """One entry, oriented on ``delai_jours`` after T0 when given; T0 is the 5th of the next month."""
        self.entrees.append(self._entree(mois_, territoire, len(self.entrees), valeurs))

    def entree_variante(self, variante: str, mois_: date, territoire: str = "67", **valeurs: Any) -> None:
        """One entry counted under another reading."""
        liste = self.variantes.setdefault(variante, [])
        liste.append(self._entree(mois_, territoire, len(liste), valeurs))

    def _entree(self, mois_: date, territoire: str, rang: int, valeurs: dict[str, Any]) -> dict[str, Any]:
        t0 = valeurs.pop("t0", mois_suivant(mois_).replace(day=5))
        delai = valeurs.pop("delai_jours", None)
        orientation = None if delai is None else date.fromordinal(t0.toordinal() + delai)
        limite = mois_suivant(t0).replace(day=t0.day)
        echu = valeurs.pop("delai_echu", self.observation.toordinal() >= t0.toordinal() + 15)
        defaut = {
            "mois": mois_,
            "territoire": territoire,
            "id_personne": f"p{rang:03d}",
            "sexe": "1",
            "tranche_age": "30-39",
            "motif_inclusion": "primo_demandeur",
            "date_reception_t0": t0,
            "date_orientation": orientation,
            "delai_jours": delai,
            "anticipee": delai is not None and delai < 0,
            "oriente_15_jours": delai is not None and delai < 15,
            "oriente_1_mois": orientation is not None and orientation < limite,
            "delai_echu": echu,
            "statut_orientation": "en_attente" if delai is None and not echu else "oriente_dans_delai",
            "type_parcours": None,
            "type_organisme": None,
            "accompagnement_global": None,
            "absent_rdv_orientation": False,
        }
        return defaut | valeurs

    def calendrier(self) -> list[date]:
        """The delivered months, gaps included."""
        jours = [self.premier]
        while jours[-1] < self.dernier:
            jours.append(mois_suivant(jours[-1]))
        return jours

    def connexion(self) -> duckdb.DuckDBPyConnection:
        """The marts computed over this world."""
        connexion = duckdb.connect(config={"threads": 1})
        for nom, valeur in self._variables().items():
            connexion.execute(f"set variable {nom} = ?", [valeur])
        for nom in COLONNES:
            types = colonnes_reelles(nom)
            connexion.execute(f"create table {nom} ({', '.join(f'{c} {t}' for c, t in types.items())})")
        for nom, (types, lignes) in tables_de_reference().items():
            creer_table(connexion, nom, types, lignes)
        for nom, lignes in self._tables().items():
            _inserer(connexion, nom, lignes)
        connexion.execute((modeles.SQL / "macros.sql").read_text(encoding="utf-8"))
        _completer(connexion)
        connexion.execute(_ENTREES)
        for situation in self.situations:
            connexion.execute(
                "insert into situations (mois, territoire, soumis, top_entrant) values (?, ?, ?, ?)",
                situation,
            )
        for colonne in self.notifications:
            connexion.execute(f"insert into suivis_personnes ({colonne}) values (?)", [self.premier])
        for variante in VARIANTES:
            connexion.execute(f"create schema variante_{variante}")
            connexion.execute(f"create table variante_{variante}.entrees ({COLONNES['nouveaux_entrants']})")
            lignes = [list(e.values()) for e in self.variantes.get(variante, [])]
            _inserer(connexion, f"variante_{variante}.entrees", _ranger(lignes))
        executer_marts(connexion)
        return connexion

    def _variables(self) -> dict[str, Any]:
        return {
            "arrete_au": self.arrete_au,
            "seuil": "15_jours",
            "delai_saisie_jours": 30,
            "objectif_taux": 1.0,
            "borne_delai": "stricte",
        } | self.regles

    def _tables(self) -> dict[str, list[Any]]:
        organismes = {"67": ("CAF671",), "68": ("CAF681",), "TOTAL": ("CAF671", "CAF681")}
        livres = [
            (o, m) for o in organismes["TOTAL"] for m in self.calendrier() if (o, m) not in self.manquants
        ]
        return {
            "calendrier": [
                [m, mois_suivant(m) - timedelta(days=1), 12 * m.year + m.month] for m in self.calendrier()
            ],
            "territoires": [["67", "Bas-Rhin", 1], ["68", "Haut-Rhin", 2], ["TOTAL", "Total", 1001]],
            "attendus": [[t, o, True] for t, liste in organismes.items() for o in liste],
            "manques": [
                [t, o, True, m] for t, liste in organismes.items() for o, m in self.manquants if o in liste
            ],
            "completude": [
                self._completude(m, t, organismes[t]) for t in TERRITOIRES for m in self.calendrier()
            ],
            "observation": [[t, self.observation] for t in TERRITOIRES],
            "fichiers_retenus": [["orientations", "principal", "o1", self.observation]] * self.orientations
            + [["rendez_vous", "principal", "r1", self.observation]] * self.rendez_vous,
            "entree_colonnes": [["o1", c] for c in self.colonnes] + [["caf", c] for c in self.colonnes_caf],
            "config_emetteurs": [
                [s, "principal", t, None, None] for s in ("orientations", "rendez_vous") for t in ("67", "68")
            ],
            "config_jalons": [list(j) for j in self.jalons],
            "livraisons": [[o, m, "M", mois_suivant(m).replace(day=5), "en_vigueur"] for o, m in livres],
            "receptions_caf": [[o, "caf", m, mois_suivant(m).replace(day=5)] for o, m in livres],
            "entonnoir_mensuel": [[m, t, n] for (m, t), n in self.indetermines.items()],
            "nouveaux_entrants": _ranger([list(e.values()) for e in self.entrees]),
        }

    def _completude(self, m: date, territoire: str, organismes: tuple[str, ...]) -> list[Any]:
        avant = date(m.year - (m.month == 1), (m.month - 2) % 12 + 1, 1)
        absents = sorted((q, o) for o in organismes for q in (avant, m) if (o, q) in self.manquants)
        motif = f"livraison_manquante: {absents[0][1]} {absents[0][0]:%Y-%m}" if absents else None
        if m == self.premier:
            motif = "premier_mois"
        return [
            m,
            territoire,
            not any(q == m for q, _ in absents),
            motif is None,
            motif,
            self.orientations or not self.critere_3,
            None if self.orientations or not self.critere_3 else "source_absente: orientations",
            m in self.hors,
            False,
            self.hors.get(m),
        ]


def _ranger(lignes: list[list[Any]]) -> list[list[Any]]:
    """From the order in which an entry is written to that of the table's columns."""
    noms = [c.split()[0] for c in COLONNES["nouveaux_entrants"].split(", ")]
    modele = list(Monde()._entree(mois(2024, 1), "67", 0, {}))
    return [[ligne[modele.index(nom)] for nom in noms] for ligne in lignes]


# What the core knows of the entries that are given.
_ENTREES = """
insert into entrees by name
select
    cast(dense_rank() over (order by id_personne) as integer) as p,
    cast(12 * year(mois) + month(mois) as integer) as im,
    mois as debut_episode,
    mois, territoire, date_reception_t0, date_orientation, type_parcours, accompagnement_global
from nouveaux_entrants
"""


def executer_marts(connexion: duckdb.DuckDBPyConnection) -> None:
    """The models of ``sql/indicateurs`` and ``sql/marts`` that describe neither deliveries nor persons."""
    modeles.executer(connexion, modeles.ordre(_executes()))


@cache
def _executes() -> dict[str, modeles.Modele]:
    return {
        nom: m
        for nom, m in catalogue().items()
        if m.couche in ("indicateurs", "marts") and nom not in ECRITS_AILLEURS | QUALITE
    }


def _completer(connexion: duckdb.DuckDBPyConnection) -> None:
    """The other tables that are read: empty, with the columns that the real models give them."""
    faites = {ligne[0] for ligne in connexion.execute("select table_name from duckdb_tables()").fetchall()}
    lues = {nom for modele in _executes().values() for nom in modele.lectures}
    for nom in sorted(lues - faites - _executes().keys()):
        if types := colonnes_reelles(nom):
            connexion.execute(f"create table {nom} ({', '.join(f'{c} {t}' for c, t in types.items())})")


def _inserer(connexion: duckdb.DuckDBPyConnection, table: str, lignes: list[Any]) -> None:
    if lignes:
        noms = [c.split()[0] for c in COLONNES[table].split(", ")] if table in COLONNES else []
        rangee = f"({', '.join('?' * len(lignes[0]))})"
        valeurs = [valeur for ligne in lignes for valeur in ligne]
        dans = f"{table} ({', '.join(noms)})" if noms else table
        connexion.execute(f"insert into {dans} values {', '.join([rangee] * len(lignes))}", valeurs)
