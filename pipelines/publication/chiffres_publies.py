"""The published figures, read once for the extracts: values, sentences of comment, periods, territoires, and
what the département declares besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import duckdb

from contracts.catalogue import catalogue

TOTAL = "TOTAL"
INDETERMINES = ("entonnoir", "", "", "indetermines")
DECLARE = "déclaré"  # the axe of a figure that others have signed: never one of ours

# Orders of reading of the sentences (sql/marts/phrases_reserves, phrases_declarees) whose number is no figure
# of the catalogue.
_PHRASE_INDETERMINES, _PHRASE_DECLAREE = 60, 75


class Cle(NamedTuple):
    """Which figure: one cell of the extracts."""

    code: str
    axe: str
    modalite: str
    mesure: str
    type_periode: str
    periode: str
    territoire: str


@dataclass(frozen=True)
class Chiffre:
    """One row of ``indicateurs``; ``nombre`` is the value shown, that of the available months."""

    cle: Cle
    nombre: float | None
    numerateur: int | None
    denominateur: int | None
    unite: str
    statut: str
    motif_nd: str | None
    mois_calculables: int
    commentaire: str | None
    mois: tuple[str, ...] = ()  # those that it adds up; of a stock, the one that it is read at


@dataclass(frozen=True)
class Periode:
    """One period and its months (all of them, delivered or not); ``debut`` and ``fin`` are empty for a jalon
    that only a declared figure names."""

    type_periode: str
    periode: str
    debut: str
    fin: str
    libelle: str
    mois: Sequence[str]

    def cle(self, code: str, mesure: str, territoire: str, axe: str = "", modalite: str = "") -> Cle:
        """The key of a figure over this period."""
        return Cle(code, axe, modalite, mesure, self.type_periode, self.periode, territoire)


@dataclass(frozen=True)
class Phrase:
    """One sentence of comment; ``cle`` names its figure, when that is one of ours or a declared one;
    ``generale``: the same for any period."""

    texte: str
    nombre: float | None
    cle: Cle | None
    generale: bool


@dataclass(frozen=True)
class Territoire:
    """A column of the extracts."""

    code: str
    libelle: str


@dataclass(frozen=True)
class Declaration:
    """A figure signed elsewhere, for the head measure of an indicator; ``cle`` has the axe ``déclaré``."""

    cle: Cle
    nombre: float
    unite: str
    origine: str


@dataclass(frozen=True)
class Parcours:
    """A parcours that can be mobilised, as last delivered; ``prix``: of one place, in euros."""

    nom: str
    duree_mois: float | None
    contenu: str | None
    modalites: str | None
    public_cible: str | None
    prix: float | None
    places: int | None


@dataclass(frozen=True)
class Remarque:
    """A comment of the département: on an indicator or on all (``*``), for a span of days, a territoire or
    all.
    """

    code: str
    debut: str | None
    fin: str | None
    territoire: str | None
    texte: str


@dataclass(frozen=True)
class ChiffresPublies:
    """Everything an extract may show. ``periodes_declarees``: those that only declared figures have;
    ``edition``: which publication says so."""

    chiffres: Mapping[Cle, Chiffre]
    phrases: "_Phrases"
    periodes: tuple[Periode, ...]
    territoires: tuple[Territoire, ...]
    declarations: Mapping[Cle, Declaration] = field(default_factory=dict)
    periodes_declarees: tuple[Periode, ...] = ()
    parcours: tuple[Parcours, ...] = ()
    remarques: tuple[Remarque, ...] = ()
    edition: str = ""


def lire(connexion: duckdb.DuckDBPyConnection) -> ChiffresPublies:
    """Read the tables of a finished computation."""
    declarations = _declarations(connexion)
    phrases = _phrases(connexion, declarations)
    return ChiffresPublies(
        chiffres=_chiffres(connexion, _plages(connexion)) | _indetermines(phrases),
        phrases=phrases,
        periodes=_periodes(connexion, _PERIODES),
        periodes_declarees=_periodes(connexion, _PERIODES_DECLAREES),
        declarations=declarations,
        parcours=tuple(Parcours(*ligne) for ligne in connexion.execute(_PARCOURS).fetchall()),
        remarques=tuple(Remarque(*ligne) for ligne in connexion.execute(_REMARQUES).fetchall()),
        edition=_edition(connexion),
        territoires=tuple(
            Territoire(*ligne)
            for ligne in connexion.execute(
                "select territoire, libelle from territoires order by ordre"
            ).fetchall()
        ),
    )


def _edition(connexion: duckdb.DuckDBPyConnection) -> str:
    """« données arrêtées au 20/01/2025, publication 2025-01-20_9d325f0954b0 »."""
    ligne = connexion.execute("select arrete_au, empreinte from indicateurs limit 1").fetchone()
    if ligne is None:
        return ""
    arrete_au, empreinte = ligne
    return f"données arrêtées au {arrete_au:%d/%m/%Y}, publication {arrete_au:%Y-%m-%d}_{empreinte or ''}"


_Phrases = Mapping[tuple[str, str, str, str], tuple[Phrase, ...]]
_Plages = Mapping[tuple[str, str, str, str], tuple[str, ...]]


def _plages(connexion: duckdb.DuckDBPyConnection) -> _Plages:
    """For each profil of needs, period and territoire: the months available; of a stock, the last one
    only.
    """
    lignes = connexion.execute(_MOIS_DISPONIBLES).fetchall()
    return {(profil, *periode): tuple(mois) for profil, *periode, mois in lignes}


def _chiffres(connexion: duckdb.DuckDBPyConnection, plages: _Plages) -> dict[Cle, Chiffre]:
    lignes = connexion.execute(_CHIFFRES).fetchall() + connexion.execute(_MARGES).fetchall()
    chiffres = {}
    for ligne in lignes:
        cle, profil = Cle._make(ligne[:7]), ligne[7]
        nombre, numerateur, denominateur, unite, statut, motif_nd, calculables, commentaire = ligne[8:]
        chiffres[cle] = Chiffre(
            *(cle, nombre, numerateur, denominateur, unite, statut, motif_nd, calculables, commentaire),
            mois=plages.get((profil, *cle[4:]), ()),
        )
    return chiffres


def _indetermines(phrases: _Phrases) -> dict[Cle, Chiffre]:
    """The one number of the comments that is no figure of the catalogue, nor a declared one."""
    return {
        p.cle: Chiffre(p.cle, p.nombre, None, None, "personnes", "stabilise", None, 0, None)
        for liste in phrases.values()
        for p in liste
        if p.cle is not None and p.cle[:4] == INDETERMINES
    }


def _phrases(connexion: duckdb.DuckDBPyConnection, declarations: Mapping[Cle, Declaration]) -> _Phrases:
    """In the order of reading; a declared figure is put in words here, so that it is masked like the
    others.
    """
    lignes = connexion.execute(
        "select code, type_periode, periode, territoire, texte, nombre, generale, ordre, "
        "code_chiffre, axe, modalite, mesure "
        "from phrases order by code, type_periode, periode, territoire, ordre, texte"
    ).fetchall()
    phrases: dict[tuple[str, str, str, str], list[Phrase]] = {}
    for code, *ou, texte, nombre, generale, ordre, code_chiffre, axe, modalite, mesure in lignes:
        chiffre = None if code_chiffre is None else (code_chiffre, axe, modalite, mesure)
        if ordre == _PHRASE_INDETERMINES:
            chiffre = INDETERMINES
        elif ordre == _PHRASE_DECLAREE:
            chiffre = (code, DECLARE, "", catalogue()[code].mesures[0].nom)
        cle = None if chiffre is None else Cle(*chiffre, *ou)
        if cle is not None and cle in declarations:
            origine = declarations[cle].origine
            texte = f"Déclaré, non recalculé : {{n}}{f' ({origine})' if origine else ''}."
        phrases.setdefault((code, *ou), []).append(Phrase(texte, nombre, cle, generale))
    return {cle: tuple(liste) for cle, liste in phrases.items()}


def _declarations(connexion: duckdb.DuckDBPyConnection) -> dict[Cle, Declaration]:
    """A declared figure is that of the indicator's first measure."""
    declarations = {}
    for code, type_periode, periode, territoire, nombre, origine in connexion.execute(_DECLAREES).fetchall():
        if code in catalogue():
            tete = catalogue()[code].mesures[0]
            cle = Cle(code, DECLARE, "", tete.nom, type_periode, periode, territoire)
            declarations[cle] = Declaration(cle, nombre, tete.unite, origine)
    return declarations


def _periodes(connexion: duckdb.DuckDBPyConnection, requete: str) -> tuple[Periode, ...]:
    """Jalons first, then from the longest to the shortest: what a committee looks for first."""
    lignes: list[Any] = connexion.execute(requete).fetchall()
    return tuple(Periode(*ligne) for ligne in lignes)


_MOIS_DISPONIBLES = """
select
    motifs_nd.profil,
    periodes_mois.type_periode,
    periodes_mois.periode,
    motifs_nd.territoire,
    list(strftime(motifs_nd.mois, '%Y-%m') order by motifs_nd.mois)
from motifs_nd
inner join catalogue_profils on motifs_nd.profil = catalogue_profils.profil
inner join periodes_mois
    on
        motifs_nd.mois = periodes_mois.mois
        and (
            not catalogue_profils.dernier_mois
            or periodes_mois.mois = date_trunc('month', periodes_mois.fin)
        )
where motifs_nd.motif_nd is null
group by all
"""

_CHIFFRES = """
select
    code,
    axe,
    modalite,
    mesure,
    indicateurs.type_periode,
    indicateurs.periode,
    indicateurs.territoire,
    mesures_publiees.profil,
    coalesce(indicateurs.valeur, indicateurs.valeur_partielle),
    indicateurs.numerateur,
    indicateurs.denominateur,
    indicateurs.unite,
    indicateurs.statut,
    indicateurs.motif_nd,
    indicateurs.mois_calculables,
    indicateurs.commentaire
from indicateurs
inner join mesures_publiees using (code, axe, modalite, mesure)
"""

# The crossed breakdowns of V2-3, all types of organisme together: the last column of its table.
_MARGES = """
select
    code,
    split_part(axe, ' × ', 2) as caracteristique,
    split_part(modalite, ' × ', 2) as valeur_caracteristique,
    mesure,
    type_periode,
    periode,
    territoire,
    any_value(mesures_publiees.profil),
    sum(coalesce(valeur, valeur_partielle)),
    null as numerateur,
    null as denominateur,
    any_value(indicateurs.unite),
    any_value(statut),
    any_value(motif_nd),
    any_value(mois_calculables),
    null as commentaire
from indicateurs
inner join mesures_publiees using (code, axe, modalite, mesure)
where code = 'V2-3' and axe like '% × %'
group by code, caracteristique, valeur_caracteristique, mesure, type_periode, periode, territoire
"""

_DECLAREES = """
select code, type_periode, periode, territoire, valeur, concat_ws(' ; ', methode, source)
from declarations_connues
order by all
"""

_PARCOURS = """
select nom, duree_mois, contenu, modalites, public_cible, cout_unitaire, places_financees
from parcours_connus
order by nom
"""

_REMARQUES = """
select code, cast(debut as varchar), cast(fin as varchar), territoire, texte
from commentaires_connus
order by debut nulls first, code, territoire nulls first, texte
"""

_PERIODES = """
with

periodes as (select * from periodes),

mois as (
    select type_periode, periode, list(strftime(mois, '%Y-%m') order by mois) as mois
    from periodes_mois
    group by type_periode, periode
)

select type_periode, periode, cast(debut as varchar), cast(fin as varchar), libelle, mois
from periodes
inner join mois using (type_periode, periode)
order by list_position(['jalon', 'annee', 'semestre', 'trimestre', 'mois'], type_periode), debut, periode
"""

# A civil period is read in its code, a jalon in the configuration; what neither gives has no date.
_PERIODES_DECLAREES = """
with

declarees as (
    select distinct type_periode, periode
    from declarations_connues
    anti join periodes using (type_periode, periode)
),

lues as (
    select
        type_periode,
        periode,
        try_cast(
            left(periode, 4) || '-' || case type_periode
                when 'mois' then right(periode, 2)
                when 'trimestre' then printf('%02d', 3 * cast(right(periode, 1) as integer) - 2)
                when 'semestre' then printf('%02d', 6 * cast(right(periode, 1) as integer) - 5)
                else '01'
            end || '-01' as date
        ) as debut,
        map {'mois': 1, 'trimestre': 3, 'semestre': 6, 'annee': 12}[type_periode] as duree
    from declarees
    where
        regexp_full_match(
            periode,
            map {
                'mois': '\\d{4}-\\d{2}', 'trimestre': '\\d{4}-T[1-4]', 'semestre': '\\d{4}-S[12]',
                'annee': '\\d{4}'
            }[type_periode]
        )
),

datees as (
    select
        declarees.type_periode,
        declarees.periode,
        coalesce(config_jalons.debut, lues.debut) as debut,
        coalesce(
            config_jalons.fin, cast(lues.debut + to_months(lues.duree) - interval 1 day as date)
        ) as fin,
        coalesce(config_jalons.libelle, declarees.periode) as libelle
    from declarees
    left join lues using (type_periode, periode)
    left join config_jalons
        on declarees.type_periode = 'jalon' and declarees.periode = config_jalons.code
)

select
    type_periode,
    periode,
    coalesce(cast(debut as varchar), ''),
    coalesce(cast(fin as varchar), ''),
    libelle,
    list_transform(
        generate_series(date_trunc('month', debut), fin, interval 1 month), lambda m : strftime(m, '%Y-%m')
    )
from datees
order by list_position(['jalon', 'annee', 'semestre', 'trimestre', 'mois'], type_periode), debut, periode
"""
