"""How the text of a cell becomes a value: one polars expression a field, null when the text is unreadable.

Both the pandera models (is it readable?) and the reception (what does it say?) use these expressions, so that
the check and the reading can never disagree.
"""

from datetime import date

import polars as pl

from contracts.champs import CHAMPS
from contracts.definitions import Champ

FORMATS_DATE = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
_PREMIER_JOUR, _DERNIER_JOUR = date(1900, 1, 1), date(2100, 12, 31)
_ORIGINE_EXCEL = date(1899, 12, 30)  # 1900 system, right from serial 61 on
_VRAI = ("1", "O", "OUI", "VRAI", "TRUE")
_FAUX = ("0", "N", "NON", "FAUX", "FALSE")
_NIR13 = r"^[123478][0-9]{4}(?:[0-9]{2}|2A|2B)[0-9]{6}$"
_NIR15 = r"^[123478][0-9]{4}(?:[0-9]{2}|2A|2B)[0-9]{8}$"
# Not all zeros, proved on a few digits: the rare others take the longer way.
_MATRICULE = r"^(?:[1-9][0-9]{6}|0[1-9][0-9]{5}|[0-9]{5}(?:[1-9][0-9]|0[1-9]))(?:[0-9]{8})?$"
_NUMERO_COURANT = r"^[0-9]{7}(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])$"
_NUMERO_DEMANDE = r"^[0-9A-Z]{11}$"

TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "texte": pl.String,
    "liste": pl.String,
    "date": pl.Date,
    "mois": pl.Date,
    "entier": pl.Int32,
    "decimal": pl.Float64,
    "booleen": pl.Boolean,
}


def valeur(champ: Champ, texte: pl.Expr) -> pl.Expr:
    """The value that a stripped text says, null when it says none that the contract knows."""
    match champ.type:
        case "date":
            return _date(texte)
        case "mois":
            return _mois(texte)
        case "entier":
            return _entier(texte)
        case "decimal":
            return _decimal(texte)
        case "booleen":
            return _booleen(texte)
        case "liste":
            return _liste(champ, texte)
        case _:
            return _texte(champ, texte)


def valeur_courante(champ: Champ, texte: pl.Expr, format_date: str | None = None) -> pl.Expr:
    """The same for texts written in the usual way, null for others: much cheaper, tried first on a column.

    ``format_date`` is the format of the column's first date.
    """
    if champ.nom in _COURANTS:
        forme, longueur = _COURANTS[champ.nom]
        return pl.when(texte.str.contains(forme)).then(texte.str.slice(0, longueur))
    if champ.type == "date":
        if not format_date:
            return _date(texte)
        return _dans_les_siecles(texte.str.to_date(format_date, strict=False, cache=False))
    if champ.type == "mois":
        return _dans_les_siecles((texte + "-01").str.to_date("%Y-%m-%d", strict=False))
    if champ.type == "entier":
        return _positif(texte.str.to_integer(strict=False, dtype=pl.Int32))
    if champ.type == "booleen":
        return pl.when(texte.is_in(("1", "O"))).then(True).when(texte.is_in(("0", "N"))).then(False)
    if champ.codes:
        return pl.when(texte.is_in(champ.codes)).then(texte)
    if champ.forme and champ.nom not in _PARTICULIERS:
        return pl.when(texte.str.contains(champ.forme)).then(texte)
    return valeur(champ, texte)


def _texte(champ: Champ, texte: pl.Expr) -> pl.Expr:
    if champ.nom in _PARTICULIERS:
        return _PARTICULIERS[champ.nom](texte)
    if champ.codes:
        minuscules = [code.lower() for code in champ.codes]
        return texte.str.to_lowercase().replace_strict(
            minuscules, champ.codes, default=None, return_dtype=pl.String
        )
    if champ.forme:
        majuscules = texte.str.to_uppercase()
        return pl.when(majuscules.str.contains(champ.forme)).then(majuscules)
    return texte


def _liste(champ: Champ, texte: pl.Expr) -> pl.Expr:
    codes = "|".join(champ.codes)
    serree = texte.str.replace_all(" ", "", literal=True)
    liste = serree.str.to_lowercase() if champ.codes[0].islower() else serree.str.to_uppercase()
    return pl.when(liste.str.contains(rf"^(?:{codes})(?:\+(?:{codes}))*$")).then(liste)


def _date(texte: pl.Expr) -> pl.Expr:
    # Five digits: a birth of 1927 or later. Fewer would take the partial date `2020` for a serial.
    jours = texte.str.extract(r"^([1-9][0-9]{4})(?:[.,]0+)?$").cast(pl.Int32, strict=False)
    serie = pl.lit(_ORIGINE_EXCEL) + pl.duration(days=jours)
    return _dans_les_siecles(pl.coalesce(*(texte.str.to_date(f, strict=False) for f in FORMATS_DATE), serie))


def _dans_les_siecles(lue: pl.Expr) -> pl.Expr:
    """A two-digit year is read as year 20: out of range, hence unreadable."""
    return pl.when(lue.is_between(_PREMIER_JOUR, _DERNIER_JOUR)).then(lue)


def _mois(texte: pl.Expr) -> pl.Expr:
    annee_mois = texte.str.extract(r"^([0-9]{4}-[0-9]{2})$") + "-01"
    mois_annee = "01/" + texte.str.extract(r"^([0-9]{2}/[0-9]{4})$")
    return _date(pl.coalesce(annee_mois, mois_annee, texte)).dt.month_start()


def _entier(texte: pl.Expr) -> pl.Expr:
    return _positif(texte.str.replace(r"[.,]0+$", "").str.to_integer(strict=False, dtype=pl.Int32))


def _decimal(texte: pl.Expr) -> pl.Expr:
    nombre = texte.str.replace_all(r"[\s\u{a0}\u{202f}]", "").str.replace(",", ".", literal=True)
    return pl.when(nombre.str.contains(r"^[0-9]{1,12}(?:\.[0-9]{1,6})?$")).then(
        nombre.cast(pl.Float64, strict=False)
    )


def _positif(nombre: pl.Expr) -> pl.Expr:
    return pl.when(nombre >= 0).then(nombre)  # everything counted here starts at 0


def _booleen(texte: pl.Expr) -> pl.Expr:
    mot = texte.str.to_uppercase()
    return pl.when(mot.is_in(_VRAI)).then(True).when(mot.is_in(_FAUX)).then(False)


def _nir(texte: pl.Expr) -> pl.Expr:
    """The 13 first characters; a 15-character NIR must carry its right key (Corsica: 2A is 19, 2B is 18)."""
    nir = texte.str.to_uppercase().str.replace_all(r"\s", "")
    treize = nir.str.slice(0, 13)
    nombre = treize.str.replace("2A", "19", literal=True).str.replace("2B", "18", literal=True)
    cle = 97 - nombre.cast(pl.Int64, strict=False) % 97
    juste = nir.str.slice(13).cast(pl.Int64, strict=False) == cle
    return pl.when(nir.str.contains(_NIR13) | (nir.str.contains(_NIR15) & juste)).then(treize)


def _matricule(texte: pl.Expr) -> pl.Expr:
    """Seven digits. Fifteen are these and eight more; a spreadsheet drops the zeros of the left."""
    sept = pl.coalesce(
        texte.str.extract(r"^([0-9]{1,7})$"),
        texte.str.extract(r"^([0-9]{7})[0-9]{8}$"),
        texte.str.extract(r"^([0-9]{1,6})0{8}$"),
    ).str.pad_start(7, "0")
    return pl.when(sept != "0000000").then(sept)


def _numero_demande(texte: pl.Expr) -> pl.Expr:
    numero = texte.str.to_uppercase().str.pad_start(11, "0")
    return pl.when(numero.str.contains(_NUMERO_DEMANDE) & (numero != "0" * 11)).then(numero)


def _organisme_cedant(texte: pl.Expr) -> pl.Expr:
    organisme = texte.str.to_uppercase().str.replace_all(r"\s", "")  # "CG 35 " comes padded
    return pl.when(organisme.str.contains(CHAMPS["organisme_cedant"].forme)).then(organisme)


_PARTICULIERS = {
    "nir": _nir,
    "matricule": _matricule,
    "numero_demande_rsa": _numero_demande,
    "numero_demande_precedente": _numero_demande,
    "organisme_cedant": _organisme_cedant,
}

# The usual way of writing these, and how much of it is kept.
_COURANTS = {
    "nir": (_NIR13, 13),
    "matricule": (_MATRICULE, 7),
    "numero_demande_rsa": (_NUMERO_COURANT, 11),
    "numero_demande_precedente": (_NUMERO_COURANT, 11),
}
