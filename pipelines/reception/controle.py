"""The contract applied to a lot: values are typed, bad ones read as missing, unreadable rows set aside.

The typing pass tells which columns hold a value it could not read; pandera then judges those columns only and
names the rules they break. A lot that keeps its contract therefore costs its typing and nothing more.
"""

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from contracts.cles import CLES
from contracts.definitions import Champ, Table
from contracts.regles import REGLES
from contracts.tables import champs
from contracts.valeurs import FORMATS_DATE, TYPES, valeur, valeur_courante
from pipelines.erreurs import ErreurUsage
from pipelines.reception.bilan import LIGNES_AVERTIES
from pipelines.reception.pseudonymes import normaliser_prenoms

ROLES_LUS = ("DEM", "CJT")
# Variables that make pandera check less than the contract says, and the values that leave it whole.
_INTERRUPTEURS = {
    "PANDERA_VALIDATION_ENABLED": ("true", "1", ""),
    "PANDERA_VALIDATION_DEPTH": ("schema_and_data", ""),
}
_TECHNIQUES = ("ligne", "dossier", "anomalie")

Fait = tuple[str, str]  # rule, column


@dataclass(frozen=True)
class Controle:
    """What a lot becomes.

    ``lignes``: typed rows, personal columns included. ``rejets``: the typed keys of
    the rows set aside, with ``regles`` and ``colonnes``; ``bruts``: the same rows as text, for
    entrepot/restreint. ``ignorees``: rows of children and other persons, not read. ``lignes_averties``: the
    first rows of each warning.
    """

    lignes: pl.DataFrame
    rejets: pl.DataFrame
    bruts: pl.DataFrame
    avertissements: list[tuple[str, str, int]] = field(default_factory=list)
    rejets_par_regle: list[tuple[str, str, int]] = field(default_factory=list)
    ignorees: int = 0
    lignes_averties: dict[Fait, list[int]] = field(default_factory=dict)


@dataclass
class _Avertis:
    """What is only told: how many times, and on which rows first."""

    nombres: Counter[Fait] = field(default_factory=Counter)
    lignes: dict[Fait, list[int]] = field(default_factory=dict)

    def noter(self, fait: Fait, fautives: pl.Series, lignes: pl.Series) -> bool:
        """Add the faulty rows of a lot; says whether there is one."""
        nombre = int(fautives.sum())
        if nombre:
            self.nombres[fait] += nombre
            premieres = lignes.filter(fautives).head(LIGNES_AVERTIES)
            self.lignes[fait] = (self.lignes.get(fait, []) + premieres.to_list())[:LIGNES_AVERTIES]
        return nombre > 0


def controler(lot: pl.DataFrame, table: Table, date_reception: date) -> Controle:
    """Judge one lot of text by its contract, as of the day it was received."""
    _exiger_pandera()
    registre = champs(table)
    lot = _completer(lot, registre)
    lot, ignorees = _sans_autres_roles(lot, table)
    avertis = _Avertis()
    lot = _sans_jumelles(lot, table, avertis)
    typees = _typer(lot, registre)
    ecartees: dict[Fait, pl.Series] = {}
    for fait, fautives in _illisibles(lot, typees, table, registre):
        if REGLES[fait[0]].gravite == "rejet":
            ecartees[fait] = fautives
        else:
            avertis.noter(fait, fautives, lot["ligne"])
    ecartees |= _lignes_illisibles(typees, table, date_reception)
    typees = _ordonner_dates(typees, table, avertis)
    typees = _plafonner(typees, table, avertis)
    typees = _assembler(typees, table)
    lignes, rejets, bruts = _partager(typees, lot, ecartees)
    _alerter(lignes, table, date_reception, avertis)
    return Controle(
        lignes.select(colonnes_lignes(table)),
        rejets,
        bruts,
        [(*fait, nombre) for fait, nombre in avertis.nombres.items()],
        [(*fait, int(nombre)) for fait, fautives in ecartees.items() if (nombre := fautives.sum())],
        ignorees,
        avertis.lignes,
    )


def colonnes_lignes(table: Table) -> list[str]:
    """The columns of the typed rows, personal ones included, whatever the file had."""
    if table.nom != "beneficiaires":
        return ["ligne", *table.colonnes]
    rattachees = ("organisme", "numero_organisme", "mois_reference", "date_creation")
    return [*_TECHNIQUES, "organisme", "mois", *(nom for nom in table.colonnes if nom not in rattachees)]


def _exiger_pandera() -> None:
    for variable, permises in _INTERRUPTEURS.items():
        if os.environ.get(variable, "").strip().lower() not in permises:
            raise ErreurUsage(
                f"les contrôles sont coupés par la variable {variable}",
                f"supprimez {variable} de l'environnement",
            )


def _completer(lot: pl.DataFrame, registre: dict[str, Champ]) -> pl.DataFrame:
    """The contract's columns, in its order, whatever the file has."""
    absentes = [nom for nom in registre if nom not in lot.columns]
    complet = lot.with_columns(pl.lit(None, pl.String).alias(nom) for nom in absentes)
    return complet.select(*_reperes(lot), *registre)


def _reperes(lot: pl.DataFrame) -> list[str]:
    return [nom for nom in _TECHNIQUES if nom in lot.columns]


def _sans_autres_roles(lot: pl.DataFrame, table: Table) -> tuple[pl.DataFrame, int]:
    """Children and other persons are in the file, but are not read: neither kept nor set aside."""
    if table.nom != "beneficiaires":
        return lot, 0
    autres = set(champs(table)["role"].codes) - set(ROLES_LUS)
    ignoree = lot["role"].str.to_uppercase().is_in(autres).fill_null(value=False)
    ignorees = int(ignoree.sum())
    return (lot.filter(~ignoree) if ignorees else lot), ignorees


def _sans_jumelles(lot: pl.DataFrame, table: Table, avertis: _Avertis) -> pl.DataFrame:
    if table.cle and _sans_repetition(lot[table.cle]):
        return lot
    contenu = [nom for nom in lot.columns if nom != "ligne"]
    if lot.select(contenu).hash_rows().n_unique() == lot.height:
        return lot
    uniques = lot.unique(contenu, keep="first", maintain_order=True)
    avertis.nombres["TAB-106", ""] += lot.height - uniques.height
    return uniques


# -- values -------------------------------------------------------------------------------------------


def _typer(lot: pl.DataFrame, registre: dict[str, Champ]) -> pl.DataFrame:
    """Each column in its type: first as columns are usually written, then what is left, text by text."""
    colonnes = (
        valeur_courante(champ, pl.col(nom), _format_date(lot[nom], champ)).alias(nom)
        if lot[nom].null_count() < lot.height
        else pl.lit(None, TYPES[champ.type]).alias(nom)
        for nom, champ in registre.items()
    )
    typees = lot.lazy().select(*_reperes(lot), *colonnes).collect()  # lazy: what is said twice is read once
    restes = [nom for nom in registre if typees[nom].null_count() > lot[nom].null_count()]
    return typees.with_columns(_relire(lot[nom], typees[nom], registre[nom]) for nom in restes)


def _relire(textes: pl.Series, lues: pl.Series, champ: Champ) -> pl.Series:
    rangs = (lues.is_null() & textes.is_not_null()).arg_true()
    restes = textes.gather(rangs)
    distincts = restes.unique()
    valeurs = distincts.to_frame("texte").select(valeur(champ, pl.col("texte"))).to_series()
    return lues.scatter(rangs, restes.replace_strict(distincts, valeurs, return_dtype=lues.dtype))


def _format_date(colonne: pl.Series, champ: Champ) -> str | None:
    if champ.type != "date" or colonne.null_count() == len(colonne):
        return None
    premier = str(colonne.drop_nulls().first())
    for format_date in FORMATS_DATE:
        with contextlib.suppress(ValueError):
            datetime.strptime(premier, format_date)  # noqa: DTZ007 - only its shape is wanted
            return format_date
    return None


def _illisibles(
    lot: pl.DataFrame, typees: pl.DataFrame, table: Table, registre: dict[str, Champ]
) -> Iterator[tuple[Fait, pl.Series]]:
    """The rules that values break, with the rows concerned."""
    doutes = [
        nom
        for nom, champ in registre.items()
        if typees[nom].null_count() > (0 if champ.absence else lot[nom].null_count())
    ]
    for nom, controle in _jugees(lot.select(doutes), table):
        manque, illisible = lot[nom].is_null(), typees[nom].is_null()
        if controle in REGLES:
            yield (controle, nom), illisible & ~manque
        else:
            yield (registre[nom].absence, nom), manque


def _jugees(doutes: pl.DataFrame, table: Table) -> list[tuple[str, str]]:
    """(column, failed check) pairs, by pandera. Its message quotes values: it goes no further."""
    if not doutes.width:
        return []
    import pandera.errors

    from contracts.modeles import modele

    try:
        modele(table).select_columns(doutes.columns).validate(doutes, lazy=True)
    except pandera.errors.SchemaErrors as erreurs:
        cas = erreurs.failure_cases.select("column", "check").unique().sort("column", "check")
        return list(cas.iter_rows())
    return []


# -- rows ---------------------------------------------------------------------------------------------


def _lignes_illisibles(typees: pl.DataFrame, table: Table, date_reception: date) -> dict[Fait, pl.Series]:
    """Rows that do not say who, when, or that contradict another row of the same id."""
    faits: dict[Fait, pl.Series] = {}
    if table.nominative:
        faits["IDE-002", ""] = _sans_cle(typees)
    if table.dates:
        reperes = [*table.dates, *([table.a_defaut_de_date] if table.a_defaut_de_date else [])]
        sans_date = pl.all_horizontal(pl.col(reperes).is_null())
        faits[table.sans_date, table.dates[0]] = typees.select(sans_date).to_series()
    for nom in table.passees:
        faits["ORI-002", nom] = (typees[nom] > date_reception).fill_null(value=False)
    if table.cle and not _sans_repetition(typees[table.cle].drop_nulls()):
        repetee = pl.col(table.cle).is_duplicated() & pl.col(table.cle).is_not_null()
        faits["TAB-004", table.cle] = typees.select(repetee).to_series()
    return {fait: fautives for fait, fautives in faits.items() if fautives.any()}


def _sans_repetition(textes: pl.Series) -> bool:
    """Distinct hashes prove distinct texts, ten times faster; equal ones prove nothing."""
    return textes.hash().n_unique() == len(textes)


def _sans_cle(typees: pl.DataFrame) -> pl.Series:
    if not typees["nir"].null_count():
        return pl.repeat(value=False, n=typees.height, eager=True)
    utiles = typees.with_columns(normaliser_prenoms(typees["prenom"]).alias("prenom"))
    completes = [pl.all_horizontal(pl.col(cle).is_not_null()) for cle in CLES.values()]
    return utiles.select(~pl.any_horizontal(completes)).to_series()


def _ordonner_dates(typees: pl.DataFrame, table: Table, avertis: _Avertis) -> pl.DataFrame:
    for debuts, fin, regle in table.ordres:
        inverse = (pl.col(fin) < pl.min_horizontal(debuts)).fill_null(value=False)
        if avertis.noter((regle, fin), typees.select(inverse).to_series(), typees["ligne"]):
            typees = typees.with_columns(pl.when(~inverse).then(pl.col(fin)).alias(fin))
    return typees


def _plafonner(typees: pl.DataFrame, table: Table, avertis: _Avertis) -> pl.DataFrame:
    """A part that is greater than its whole is read as missing."""
    for partie, tout, regle in table.plafonds:
        depasse = (pl.col(partie) > pl.col(tout)).fill_null(value=False)
        avertis.noter((regle, partie), typees.select(depasse).to_series(), typees["ligne"])
        typees = typees.with_columns(pl.when(~depasse).then(pl.col(partie)).alias(partie))
    return typees


def _assembler(typees: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The columns of `beneficiaires` that the computation reads joined: organisme, mois, dossier."""
    if table.nom != "beneficiaires":
        return typees
    if "dossier" not in typees.columns:
        typees = typees.with_columns(_rang_dossier(typees))
    if "anomalie" not in typees.columns:
        typees = typees.with_columns(pl.lit(value=False).alias("anomalie"))
    return typees.with_columns(
        pl.col("organisme") + pl.col("numero_organisme"), pl.col("mois_reference").alias("mois")
    )


def _rang_dossier(typees: pl.DataFrame) -> pl.Series:
    """In a table, a dossier is a (numero_demande_rsa, matricule); a row without either is its own dossier."""
    cles = ("numero_demande_rsa", "matricule")
    cle = pl.concat_str(*(pl.col(nom).fill_null("") for nom in cles), separator="|")
    seule = pl.concat_str(pl.lit("#"), pl.col("ligne"))
    dossier = pl.when(cle == "|").then(seule).otherwise(cle).alias("dossier")
    textes = typees.lazy().select(dossier).collect().to_series()  # lazy: the key is joined once
    suites = textes.rle_id()
    if textes.hash().n_unique() == suites.n_unique():
        return suites.cast(pl.Int64).alias("dossier") + 1  # the rows of a dossier follow each other
    distincts = textes.unique(maintain_order=True)
    rangs = pl.Series(range(1, len(distincts) + 1), dtype=pl.Int64)
    return textes.replace_strict(distincts, rangs, return_dtype=pl.Int64).cast(pl.Int64)


def _partager(
    typees: pl.DataFrame, lot: pl.DataFrame, ecartees: dict[Fait, pl.Series]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Rows kept, rows set aside (typed), and the latter as they were written."""
    causes = {"regles": pl.String, "colonnes": pl.String}
    if not ecartees:
        vides = [pl.lit(None, type_).alias(nom) for nom, type_ in causes.items()]
        return typees, typees.clear().with_columns(vides), lot.clear().with_columns(vides)
    drapeaux = pl.DataFrame({f"{regle}|{nom}": fautives for (regle, nom), fautives in ecartees.items()})
    rejetee = drapeaux.select(pl.any_horizontal(pl.all())).to_series()
    motifs = drapeaux.filter(rejetee).select(
        _joindre([(pl.col(f"{regle}|{nom}"), regle) for regle, nom in ecartees]).alias("regles"),
        _joindre([(pl.col(f"{regle}|{nom}"), nom) for regle, nom in ecartees if nom]).alias("colonnes"),
    )
    return (
        typees.filter(~rejetee),
        typees.filter(rejetee).hstack(motifs),
        lot.filter(rejetee).hstack(motifs),
    )


def _joindre(causes: list[tuple[pl.Expr, str]]) -> pl.Expr:
    if not causes:
        return pl.lit("")
    mots = pl.concat_list(pl.when(drapeau).then(pl.lit(mot)) for drapeau, mot in causes)
    return mots.list.drop_nulls().list.unique(maintain_order=True).list.join("+")


# -- alerts: nothing is changed, the user is told -----------------------------------------------------


def _close_sans_fin(_: date) -> pl.Expr:
    return (pl.col("statut") == "clos") & pl.col("date_fin").is_null()


def _rendez_vous_futur(date_reception: date) -> pl.Expr:
    return pl.col("presence").is_in(("honore", "absent", "excuse")) & (pl.col("date_rdv") > date_reception)


_ALERTES: dict[str, tuple[tuple[str, str, Callable[[date], pl.Expr]], ...]] = {
    "orientations": (("ORI-101", "date_fin", _close_sans_fin),),
    "rendez_vous": (("RDV-101", "date_rdv", _rendez_vous_futur),),
}


def _alerter(lignes: pl.DataFrame, table: Table, date_reception: date, avertis: _Avertis) -> None:
    for regle, nom, condition in _ALERTES.get(table.nom, ()):
        avertis.noter((regle, nom), lignes.select(condition(date_reception)).to_series(), lignes["ligne"])
