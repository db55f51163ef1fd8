"""CSV and XLSX tables: found out, decoded, reconciled line by line, and given as one lot of text."""

import codecs
import csv
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
import python_calamine

from contracts.champs import champ
from contracts.regles import message
from contracts.valeurs import valeur
from pipelines.configuration import Source
from pipelines.erreurs import FichierRefuse
from pipelines.reception.correspondances import Reconnaissance, reconnaitre, traduire
from pipelines.reception.lecture import Entete, Lecture

MANQUANT = ("", "NULL", "ND")
_BLANCS = (" ", "\t", "\u00a0", "\u202f")
DELIMITEURS = (";", ",", "\t")
_BLOC = 1 << 20
_ENTETE_MAXIMUM = 1 << 18  # a header of more than 256 kB is an unclosed quote
_CLASSEUR_MAXIMUM = 4 << 30  # uncompressed bytes of a workbook
_LIGNES_AVANT_ENTETE = 20  # titles that a workbook may bear above its header
_CASES_MAXIMUM = 40_000_000  # more than a million rows of the widest table
_CASE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,4})([0-9]{1,8})["']""")
_SIGNATURE_ZIP = b"PK\x03\x04"


def reconnaitre_classeur(debut: bytes) -> bool:
    """Whether the content is a workbook (a zip), not text."""
    return debut.startswith(_SIGNATURE_ZIP)


def lire(chemin: Path, sources: Sequence[Source], nom: str) -> Lecture:
    """Read a decompressed local file; FichierRefuse when its columns or its lines cannot be trusted."""
    with chemin.open("rb") as fichier:
        debut = fichier.read(len(_SIGNATURE_ZIP))
    if not debut:
        raise _refus("FIC-008", nom)
    if reconnaitre_classeur(debut):
        return _lire_classeur(chemin, sources, nom)
    return _lire_csv(chemin, sources, nom)


def _refus(regle: str, nom: str, ligne: int | None = None, **nombres: int) -> FichierRefuse:
    return FichierRefuse(regle, *message(regle, fichier=nom, ligne=ligne, colonne=None, **nombres))


def _lecture(lot: pl.DataFrame, reconnue: Reconnaissance, format_: str) -> Lecture:
    """One lot, without its empty rows, in our words."""
    donnees = [colonne for colonne in lot.columns if colonne != "ligne"]
    if lot[donnees[0]].null_count():
        lot = lot.filter(~pl.all_horizontal(pl.col(donnees).is_null()))
    lot = traduire(lot, reconnue)
    beneficiaires = reconnue.table.nom == "beneficiaires"
    entete = Entete(
        source=reconnue.table.nom,
        format=format_,
        type_flux="M" if beneficiaires else None,
        date_creation=_date_creation(lot) if beneficiaires else None,
        colonnes=tuple(colonne for colonne in reconnue.table.colonnes if colonne in reconnue.positions),
        colonnes_inconnues=reconnue.inconnues,
    )
    avertissements = [("TAB-107", "", reconnue.inconnues)] if reconnue.inconnues else []
    if lot.is_empty():
        avertissements.append(("TAB-109", "", 1))
    return Lecture(entete, iter([lot]), avertissements)


def _date_creation(lot: pl.DataFrame) -> date | None:
    if "date_creation" not in lot.columns:
        return None
    lues = lot.select(pl.col("date_creation").unique()).select(
        valeur(champ("beneficiaires", "date_creation"), pl.col("date_creation"))
    )
    derniere = lues["date_creation"].max()
    return derniere if isinstance(derniere, date) else None


# -- CSV ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Texte:
    """A decoded CSV: where polars reads it, and what its bytes count."""

    octets: bytes
    delimiteur: str
    entetes: list[str]
    lignes_entete: int
    debut: int  # offset of the first row after the header


def _lire_csv(chemin: Path, sources: Sequence[Source], nom: str) -> Lecture:
    texte = _ouvrir(chemin, nom)
    reconnue = reconnaitre(texte.entetes, sources, nom)
    guillemets = texte.octets.find(b'"', texte.debut) >= 0
    # Without quotes, counting delimiters proves every row whole: only our columns need to be read.
    voulues = None if guillemets else sorted(reconnue.positions.values())
    brut = _analyser(texte, voulues, nom)
    _reconcilier(texte, brut, guillemets, nom)
    lot = brut.select(
        (pl.int_range(pl.len(), dtype=pl.Int64) + texte.lignes_entete + 1).alias("ligne"),
        *(pl.col(f"column_{rang + 1}").alias(colonne) for colonne, rang in reconnue.positions.items()),
    )
    return _lecture(_nettoyer(lot, list(reconnue.positions), _blancs(texte.octets)), reconnue, "csv")


def _blancs(octets: bytes) -> list[str]:
    """The blanks that occur; looking for a long one in a file of ASCII would only cost."""
    possibles = [blanc for blanc in _BLANCS if blanc.isascii()] if octets.isascii() else _BLANCS
    return [blanc for blanc in possibles if blanc.encode() in octets]


def _nettoyer(lot: pl.DataFrame, colonnes: list[str], blancs: list[str]) -> pl.DataFrame:
    """Strip the cells and read the missing markers, in the columns that need it: few do."""
    suspectes = lot.select(
        pl.any_horizontal(
            pl.col(colonne).is_in(MANQUANT),
            *(pl.col(colonne).str.starts_with(blanc) for blanc in blancs),
            *(pl.col(colonne).str.ends_with(blanc) for blanc in blancs),
        )
        .any()
        .alias(colonne)
        for colonne in colonnes
    )
    return lot.with_columns(
        pl.when(~pl.col(nom).str.strip_chars().is_in(MANQUANT)).then(pl.col(nom).str.strip_chars()).alias(nom)
        for nom in colonnes
        if suspectes[nom].item()
    )


def _ouvrir(chemin: Path, nom: str) -> _Texte:
    octets = _decoder(chemin, nom)
    debut = octets[:_ENTETE_MAXIMUM].decode("utf-8", errors="ignore")
    delimiteur, entetes = max(
        ((candidat, _premiere_ligne(debut, candidat)) for candidat in DELIMITEURS),
        key=lambda essai: len(essai[1]),
    )
    if not any(entete.strip() for entete in entetes):
        raise _refus("REC-001", nom)
    lignes, fin = _etendue_entete(octets, nom)
    return _Texte(octets, delimiteur, entetes, lignes, fin)


def _premiere_ligne(debut: str, delimiteur: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(debut, newline=""), delimiter=delimiteur), [])
    except csv.Error:
        return []


def _etendue_entete(octets: bytes, nom: str) -> tuple[int, int]:
    """Physical lines of the header (its cells may hold quoted line breaks), and the offset after it."""
    fin = -1
    for lignes in itertools.count(1):
        suivante = octets.find(b"\n", fin + 1)
        fin = len(octets) - 1 if suivante < 0 else suivante
        if octets.count(b'"', 0, fin + 1) % 2 == 0:
            return lignes, fin + 1
        if suivante < 0 or fin > _ENTETE_MAXIMUM:
            raise _refus("FIC-006", nom, ligne=1)
    raise AssertionError


def _decoder(chemin: Path, nom: str) -> bytes:
    """UTF-8 bytes without BOM; a file that is not UTF-8 is windows-1252 or refused."""
    octets = chemin.read_bytes()
    if octets.startswith(codecs.BOM_UTF8):
        octets = octets[len(codecs.BOM_UTF8) :]
    if b"\0" in octets:
        raise _refus("FIC-005", nom)
    if not _est_utf8(octets):
        octets = _depuis_windows(octets, nom)
    if b"\r" in octets and b"\n" not in octets:
        octets = octets.replace(b"\r", b"\n")
    return octets


def _est_utf8(octets: bytes) -> bool:
    decodeur = codecs.getincrementaldecoder("utf-8")()
    vue = memoryview(octets)
    try:
        for debut in range(0, len(vue), _BLOC):
            decodeur.decode(vue[debut : debut + _BLOC])
        decodeur.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _depuis_windows(octets: bytes, nom: str) -> bytes:
    vue = memoryview(octets)
    blocs = io.BytesIO()
    try:
        for debut in range(0, len(vue), _BLOC):
            blocs.write(str(vue[debut : debut + _BLOC], "cp1252").encode())
    except UnicodeDecodeError:
        raise _refus("FIC-005", nom) from None
    return blocs.getvalue()


def _analyser(texte: _Texte, voulues: list[int] | None, nom: str) -> pl.DataFrame:
    colonnes = [f"column_{rang + 1}" for rang in range(len(texte.entetes))]
    schema = dict.fromkeys(colonnes, pl.String)
    if texte.debut >= len(texte.octets):
        return pl.DataFrame(schema=schema)
    try:
        return pl.read_csv(
            texte.octets,
            separator=texte.delimiteur,
            has_header=False,
            skip_lines=texte.lignes_entete,
            schema=schema,
            columns=voulues,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError:
        # The library's message quotes the row.
        raise _malforme(texte, nom) from None


def _malforme(texte: _Texte, nom: str) -> FichierRefuse:
    """Name the first line that does not hold one value a column, read the slow way."""
    if texte.octets.count(b'"', texte.debut) % 2:
        return _refus("FIC-006", nom, ligne=_ligne_du_guillemet(texte))
    return _refus("FIC-007", nom, ligne=_premiere_ligne_fausse(texte), colonnes_attendues=len(texte.entetes))


def _ligne_du_guillemet(texte: _Texte) -> int | None:
    """The first line whose quotes do not come in pairs."""
    lignes = io.BytesIO(texte.octets)
    return next((rang for rang, ligne in enumerate(lignes, start=1) if ligne.count(b'"') % 2), None)


def _premiere_ligne_fausse(texte: _Texte) -> int | None:
    lecteur = csv.reader(
        io.TextIOWrapper(io.BytesIO(texte.octets), encoding="utf-8", newline=""), delimiter=texte.delimiteur
    )
    attendue = texte.lignes_entete
    try:
        for rang, cellules in enumerate(lecteur):
            if rang == 0:
                continue
            attendue += 1
            if lecteur.line_num != attendue or (cellules and len(cellules) != len(texte.entetes)):
                return attendue
    except csv.Error:
        return lecteur.line_num
    return None


def _reconcilier(texte: _Texte, brut: pl.DataFrame, guillemets: bool, nom: str) -> None:
    """Physical lines = rows, and delimiters = columns − 1 on each: otherwise something was swallowed."""
    corps = len(texte.octets) - texte.debut
    lignes = texte.octets.count(b"\n", texte.debut) + (corps > 0 and not texte.octets.endswith(b"\n"))
    delimiteur = texte.delimiteur.encode()
    delimiteurs = texte.octets.count(delimiteur, texte.debut)
    if guillemets:
        cites = pl.all().str.count_matches(texte.delimiteur, literal=True).sum()
        delimiteurs -= sum(brut.select(cites).row(0))
    attendus = brut.height * (len(texte.entetes) - 1)
    if delimiteurs != attendus:
        attendus -= _lignes_vides(texte) * (len(texte.entetes) - 1)
    if lignes != brut.height or delimiteurs != attendus:
        raise _malforme(texte, nom)


def _lignes_vides(texte: _Texte) -> int:
    return sum(1 for _ in re.finditer(rb"(?m)^\r?\n", texte.octets[texte.debut :]))


# -- XLSX ---------------------------------------------------------------------------------------------

Cellule = str | int | float | bool | date | datetime | object


def _lire_classeur(chemin: Path, sources: Sequence[Source], nom: str) -> Lecture:
    _refuser_bombe(chemin, nom)
    feuilles = [feuille for feuille in _feuilles(chemin, nom) if feuille]
    if not feuilles:
        raise _refus("REC-001", nom)
    reconnues: list[tuple[int, Reconnaissance, list[list[str | None]]]] = []
    premier_refus: FichierRefuse | None = None
    for feuille in feuilles:
        try:
            reconnues.append((*_chercher_entete(feuille, sources, nom), feuille))
        except FichierRefuse as refus:
            premier_refus = premier_refus or refus
    if not reconnues:
        raise premier_refus or _refus("REC-001", nom)
    if len(reconnues) > 1:
        raise _refus("FIC-012", nom, feuilles=len(reconnues))
    rang, reconnue, lignes = reconnues[0]
    return _lecture(_lot_classeur(lignes, rang, reconnue), reconnue, "xlsx")


def _refuser_bombe(chemin: Path, nom: str) -> None:
    try:
        with zipfile.ZipFile(chemin) as archive:
            taille = sum(membre.file_size for membre in archive.infolist())
            demesure = taille > _CLASSEUR_MAXIMUM or _trop_de_cases(archive)
    except (zipfile.BadZipFile, OSError, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise _refus("FIC-011", nom) from None
    if demesure:
        raise _refus("FIC-010", nom)


def _trop_de_cases(archive: zipfile.ZipFile) -> bool:
    """Whether a sheet is too large a rectangle: it is read whole, blanks included.

    One stray cell at the far corner of a sheet would take more memory than any machine has.
    """
    return any(
        _cases(archive, membre) > _CASES_MAXIMUM
        for membre in archive.namelist()
        if membre.lower().startswith("xl/") and membre.lower().endswith(".xml")
    )


def _cases(archive: zipfile.ZipFile, membre: str) -> int:
    colonnes = lignes = 0
    with archive.open(membre) as contenu:
        reste = b""
        while bloc := contenu.read(_BLOC):
            for lettres, chiffres in set(_CASE.findall(reste + bloc)):
                colonnes = max(colonnes, _rang_colonne(lettres))
                lignes = max(lignes, int(chiffres))
            reste = bloc[-64:]
    return colonnes * lignes


def _rang_colonne(lettres: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    rang = 0
    for lettre in lettres:
        rang = 26 * rang + lettre - ord("A") + 1
    return rang


def _feuilles(chemin: Path, nom: str) -> Iterable[list[list[str | None]]]:
    try:
        with chemin.open("rb") as contenu:  # by its content: a path would be judged by its extension
            classeur = python_calamine.CalamineWorkbook.from_filelike(contenu)
            for titre in classeur.sheet_names:
                lignes = classeur.get_sheet_by_name(titre).to_python(skip_empty_area=False)
                yield [[texte_cellule(cellule) for cellule in ligne] for ligne in lignes]
    except (python_calamine.CalamineError, OSError, ValueError):
        raise _refus("FIC-011", nom) from None


def texte_cellule(cellule: Cellule) -> str | None:
    """What a typed cell says, written as a CSV would: 12345.0 is 12345, a date is AAAA-MM-JJ."""
    match cellule:
        case bool():
            return "1" if cellule else "0"
        case float() if cellule.is_integer():
            return str(int(cellule))
        case datetime():
            return cellule.date().isoformat()
        case date():
            return cellule.isoformat()
    texte = str(cellule).strip()
    return None if texte in MANQUANT else texte


def _chercher_entete(
    lignes: list[list[str | None]], sources: Sequence[Source], nom: str
) -> tuple[int, Reconnaissance]:
    """The first row that announces a table: a title may stand above it."""
    premier_refus: FichierRefuse | None = None
    for rang, ligne in enumerate(lignes[:_LIGNES_AVANT_ENTETE]):
        if not any(ligne):
            continue
        try:
            return rang, reconnaitre([cellule or "" for cellule in ligne], sources, nom)
        except FichierRefuse as refus:
            if premier_refus is None or premier_refus.regle == "REC-001":
                premier_refus = refus
    raise premier_refus or _refus("REC-001", nom)


def _lot_classeur(lignes: list[list[str | None]], rang: int, reconnue: Reconnaissance) -> pl.DataFrame:
    donnees = lignes[rang + 1 :]
    colonnes = {
        colonne: pl.Series([ligne[place] for ligne in donnees], dtype=pl.String)
        for colonne, place in reconnue.positions.items()
    }
    numeros = pl.Series(range(rang + 2, rang + 2 + len(donnees)), dtype=pl.Int64)
    return pl.DataFrame({"ligne": numeros, **colonnes})
