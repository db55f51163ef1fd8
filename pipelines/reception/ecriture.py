"""A reading, lot by lot: checked, pseudonymised, written in the atelier; only counts stay in memory."""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from contracts.cles import CLES
from contracts.definitions import Table
from pipelines.configuration import Configuration
from pipelines.reception import controle
from pipelines.reception.bilan import Ecarts, LigneEcartee
from pipelines.reception.fichiers import ouvrir_prive, refus
from pipelines.reception.lecture import Lecture
from pipelines.reception.livraisons import Atelier
from pipelines.reception.pseudonymes import Pseudonymes

LIGNES_MONTREES = 200  # rows set aside that a bilan names, so that the user can mend them
REJETS_TOLERES_CD = 5
TRANCHE = 250_000  # rows pseudonymised while those before are written
_REPERES = ("ligne", "dossier", "anomalie")
_PARTIE = ("organisme", "mois")
# Nearly one value a row: a parquet dictionary or a minimum would cost and serve nobody.
_SANS_REPETITION = frozenset(
    ("ligne", "dossier", "nir", "matricule", "numero_demande_rsa", "cle_dem_precedente", *CLES)
)


class Parquet:
    """One parquet file, opened at its first lot: the columns of the first lot are those of all."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        self._pile = ExitStack()
        self._ecrivain: pq.ParquetWriter | None = None

    def ajouter(self, lot: pl.DataFrame) -> None:
        """Write one lot; an empty one still gives the columns."""
        table = lot.to_arrow()
        if self._ecrivain is None:
            ouvrir_prive(self.chemin).close()
            self._ecrivain = self._pile.enter_context(_ecrivain(self.chemin, table.schema))
            self._ecrivain.write_table(table)
        elif table.num_rows:
            self._ecrivain.write_table(table.cast(self._ecrivain.schema))

    def __enter__(self) -> "Parquet":
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pile.close()


def _ecrivain(chemin: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """By its path: to write in a Python file, a thread would wait for the interpreter at each page."""
    repetitives = [nom for nom in schema.names if nom not in _SANS_REPETITION]
    return pq.ParquetWriter(
        chemin, schema, compression="zstd", use_dictionary=repetitives, write_statistics=repetitives
    )


@dataclass
class Comptes:
    """What a reading counted."""

    lignes: int = 0
    rejets: int = 0
    anomalies: int = 0
    sans_anomalie: int = 0
    ecarts: Ecarts = field(default_factory=Ecarts)
    parties: dict[tuple[str, date], dict[str, int]] = field(default_factory=dict)
    dossiers: int = 0

    @property
    def complementaire(self) -> bool:
        """A flux anomalies: every dossier bears Anomalie."""
        return bool(self.anomalies) and not self.sans_anomalie

    def compter_dossiers(self, juge: controle.Controle) -> None:
        """Dossiers of a lot (a dossier is never cut between two lots)."""
        if "dossier" not in juge.lignes.columns:
            return
        rangs = pl.concat(
            [juge.lignes.select("dossier", "anomalie"), juge.rejets.select("dossier", "anomalie")]
        )
        dossiers = rangs.get_column("dossier").n_unique()
        avec = rangs.filter(pl.col("anomalie")).get_column("dossier").n_unique()
        self.dossiers += dossiers
        self.anomalies += avec
        self.sans_anomalie += dossiers - avec

    def compter_parties(self, lignes: pl.DataFrame, rejets: pl.DataFrame) -> None:
        """Rows, rejects and dossiers by (organisme, mois)."""
        if not set(_PARTIE) <= set(lignes.columns):
            return
        colonnes = [*_PARTIE, "dossier"]
        toutes = pl.concat(
            [
                lignes.select(*colonnes, pl.lit(False).alias("rejet")),
                rejets.select(*colonnes, pl.lit(True).alias("rejet")),
            ]
        ).drop_nulls(_PARTIE)
        for organisme, mois, dossiers, total, ecartees in (
            toutes.group_by(_PARTIE)
            .agg(pl.col("dossier").n_unique(), pl.len(), pl.col("rejet").sum())
            .iter_rows()
        ):
            partie = self.parties.setdefault((organisme, mois), {"dossiers": 0, "lignes": 0, "rejets": 0})
            partie["dossiers"] += dossiers
            partie["lignes"] += total - ecartees
            partie["rejets"] += ecartees

    def fiches_parties(self) -> tuple[dict[str, Any], ...]:
        """The parties of ``lecture.json``."""
        return tuple(
            {"organisme": organisme, "mois": mois.isoformat(), **self.parties[organisme, mois]}
            for organisme, mois in sorted(self.parties)
        )


@dataclass(frozen=True)
class _Sorties:
    """The four files of one reading, open, and the thread that writes one of them."""

    lignes: Parquet
    rejets: Parquet
    identites: Parquet
    bruts: Parquet
    fil: ThreadPoolExecutor


@dataclass
class Ecriture:
    """Lots in, four parquet files out: rows and rejects for the SQL, identities and raw rejects aside."""

    atelier: Atelier
    table: Table
    format: str
    date_reception: date
    pseudonymes: Pseudonymes
    organismes: frozenset[str]
    nom: str  # of the file, for refusals
    comptes: Comptes = field(default_factory=Comptes)
    _vues: list[pl.Series] = field(default_factory=list)

    def ecrire(self, lecture: Lecture) -> Comptes:
        """Read the whole file; its warnings and counts are known at the end."""
        dossier = self.atelier.lecture
        with (
            Parquet(dossier / "lignes.parquet") as lignes,
            Parquet(dossier / "rejets.parquet") as rejets,
            Parquet(self.atelier.identites) as identites,
            Parquet(self.atelier.rejets_bruts) as bruts,
            ThreadPoolExecutor(1, thread_name_prefix="ecriture") as fil,
        ):
            sorties = _Sorties(lignes, rejets, identites, bruts, fil)
            vide = True
            for lot in lecture.lots:
                self._un_lot(lot, sorties)
                vide = False
            if vide:
                self._un_lot(self._lot_vide(), sorties)
        for regle, colonne, nombre in lecture.avertissements:
            self.comptes.ecarts.avertir(regle, colonne, nombre)
        if lecture.entete.dossiers_lus is not None:
            self.comptes.dossiers = lecture.entete.dossiers_lus  # those without any person that we read too
        return self.comptes

    def _un_lot(self, lot: pl.DataFrame, sorties: "_Sorties") -> None:
        lot = self._sans_doublons(lot)
        self._verifier_organismes(lot)
        juge = controle.controler(lot, self.table, self.date_reception)
        # A thread writes the identities, then rows, while the pseudonyms of the next ones are computed.
        ecrites = [
            sorties.fil.submit(sorties.identites.ajouter, self.pseudonymes.identites(juge.lignes, self.table))
        ]
        try:
            for tranche in self._tranches(juge.lignes):
                lignes = self.pseudonymes.pseudonymiser(tranche, self.table)
                ecrites.append(sorties.fil.submit(sorties.lignes.ajouter, lignes))
            rejets = self.pseudonymes.pseudonymiser_rejets(juge.rejets, self.table)
            sorties.rejets.ajouter(rejets)
            sorties.bruts.ajouter(juge.bruts)
            self._compter(juge, rejets)
        finally:
            _attendre(ecrites)

    def _tranches(self, lignes: pl.DataFrame) -> list[pl.DataFrame]:
        """Row ids that are derived are compared with one another: such a lot stays whole."""
        return [lignes] if self.table.cle else list(lignes.iter_slices(TRANCHE)) or [lignes]

    def _compter(self, juge: controle.Controle, rejets: pl.DataFrame) -> None:
        comptes = self.comptes
        comptes.lignes += juge.lignes.height
        comptes.rejets += juge.rejets.height
        comptes.compter_dossiers(juge)
        comptes.compter_parties(juge.lignes, rejets)
        for regle, colonne, nombre in juge.avertissements:
            averties = juge.lignes_averties.get((regle, colonne), [])
            comptes.ecarts.avertir(regle, colonne, nombre, averties)
        for regle, colonne, nombre in juge.rejets_par_regle:
            comptes.ecarts.rejeter(regle, colonne, nombre)
        reste = LIGNES_MONTREES - len(comptes.ecarts.premieres)
        premieres = rejets.select("ligne", "regles", "colonnes").head(reste).iter_rows()
        nature = comptes.ecarts.nature = "personne de rang" if self.format.startswith("xml") else "ligne"
        comptes.ecarts.premieres.extend(
            LigneEcartee(ligne, regles, colonnes, nature) for ligne, regles, colonnes in premieres
        )

    def _sans_doublons(self, lot: pl.DataFrame) -> pl.DataFrame:
        """Rows of a flux that say again, in another lot or in this one, what a row said before."""
        if not self.format.startswith("xml") or not lot.height:
            return lot  # a table comes in one lot, which its check compares with itself
        empreintes = lot.select(pl.exclude(_REPERES)).hash_rows()
        nouvelles = empreintes.is_first_distinct()
        for vues in self._vues:
            nouvelles &= ~empreintes.is_in(vues.implode())
        self._vues.append(empreintes.filter(nouvelles))
        gardees = lot.filter(nouvelles)
        self.comptes.ecarts.avertir("TAB-106", "", lot.height - gardees.height)
        return gardees

    def _verifier_organismes(self, lot: pl.DataFrame) -> None:
        """A file of an organisme that does not serve this département is not ours: refused whole."""
        if not {"organisme", "numero_organisme"} <= set(lot.columns):
            return
        code = pl.col("organisme").str.to_uppercase() + pl.col("numero_organisme")
        etrangeres = lot.filter(~code.is_in(list(self.organismes)))  # a missing code is the row's own fault
        if etrangeres.height:
            premiere = etrangeres.item(0, "ligne")
            if self.format.startswith("xml"):
                raise refus("REC-003", self.nom, personne_de_rang=premiere)
            raise refus("REC-003", self.nom, ligne=premiere, colonne="numero_organisme")

    def _lot_vide(self) -> pl.DataFrame:
        reperes: dict[str, pl.DataType | type[pl.DataType]] = {"ligne": pl.Int64}
        if self.format == "xml-caf":
            reperes |= {"dossier": pl.Int64, "anomalie": pl.Boolean}
        return pl.DataFrame(schema={**reperes, **dict.fromkeys(self.table.colonnes, pl.String)})


def _attendre(ecrites: list[Future[None]]) -> None:
    for ecrite in ecrites:
        ecrite.result()


def juger(comptes: Comptes, table: Table, configuration: Configuration, nom: str, annonces: int = 0) -> None:
    """Refuse whole a file of which too much had to be set aside; ``annonces``: dossiers that it announces."""
    total = comptes.lignes + comptes.rejets
    beneficiaires = table.nom == "beneficiaires"
    if beneficiaires and not comptes.lignes and (comptes.dossiers or total or annonces):
        raise refus("CAF-001", nom, lignes_écartées=comptes.rejets)
    qualite = configuration.qualite
    maximum = qualite.taux_rejet_max if beneficiaires else qualite.taux_rejet_max_cd
    tolere = not beneficiaires and comptes.rejets <= REJETS_TOLERES_CD
    if not tolere and comptes.rejets > maximum * total:
        raise refus("FIC-014", nom, lignes_écartées=comptes.rejets, sur=total)
