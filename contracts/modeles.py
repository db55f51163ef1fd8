"""The pandera model of each delivered table, built from the registry: text in, one named check a column."""

from collections.abc import Callable
from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from contracts.definitions import Champ, Table
from contracts.tables import champs
from contracts.valeurs import valeur


@cache
def modele(table: Table) -> pa.DataFrameSchema:
    """What a lot of this table must be, before anything is typed. Each check bears the id of its rule."""
    colonnes = {nom: _colonne(champ) for nom, champ in champs(table).items()}
    return pa.DataFrameSchema(colonnes, name=table.nom, description=table.description, strict=False)


def _colonne(champ: Champ) -> pa.Column:
    # One case is enough to know that the rule is broken; the values themselves must not be gathered.
    controles = [pa.Check(_lisible(champ), name=champ.regle, n_failure_cases=1)] if champ.regle else []
    return pa.Column(
        pl.String,
        controles,
        nullable=not champ.absence,
        required=False,  # missing required columns refuse the file as soon as its header is read
        description=champ.description,
    )


def _lisible(champ: Champ) -> Callable[[PolarsData], pl.LazyFrame]:
    def lisible(donnees: PolarsData) -> pl.LazyFrame:
        texte = pl.col(donnees.key)
        return donnees.lazyframe.select(texte.is_null() | valeur(champ, texte).is_not_null())

    return lisible
