"""Keyed pseudonyms: who a row is about, without saying it (4-interface, 4.6).

Every pseudonym is the first 32 hexadecimal characters of HMAC-SHA256(key, text). HMAC is spelt out as its two
SHA-256, whose beginnings (the key's) are computed once and copied for each text: half of what ``hmac`` takes.
"""

import codecs
import hashlib
import hmac
import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from contracts.champs import CHAMPS
from contracts.cles import CLES
from contracts.definitions import Table
from contracts.tables import champs
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurUsage

VARIABLE_CLE = "PILOTAGE_CLE"
OCTETS_MINIMUM = 32
# SHA-256 of the sample's key, which is public: no real delivery may bear pseudonyms made with it.
_EMPREINTE_EXEMPLE = "edaadb11698db0e81add6fb9673a2763a4ff0a1fba9dc579cf98505f8be3c9d2"
_GENERER = 'python -c "import secrets; print(secrets.token_hex(32))" > cle.txt'
_BLOC = 64
_LIGATURES = {"Œ": "OE", "Æ": "AE", "ẞ": "SS"}  # ß becomes SS when put in upper case
_PREFIXES = {"cle_nir": "nir:", "cle_dem": "dem:", "cle_mat": "mat:", "cle_ft": "ft:"}
_PEU_DE_VALEURS = 0.5  # below this share of distinct texts, only the distinct ones are hashed
_TRANCHE = 100_000  # texts that are Python objects at one time: they weigh more than in a column


def lire_cle(configuration: Configuration, environnement: Mapping[str, str] = os.environ) -> bytes:
    """The HMAC key: PILOTAGE_CLE, else the key file; refused when it would not protect anybody."""
    texte = environnement.get(VARIABLE_CLE)
    if texte is None:
        texte = _lire_fichier(configuration)
    cle = _decoder(texte)
    if hashlib.sha256(cle).hexdigest() == _EMPREINTE_EXEMPLE and not _dans_exemple(configuration.dossier):
        raise ErreurUsage(
            "la clé est celle de l'exemple, que tout le monde connaît",
            f"générez la vôtre : {_GENERER}",
        )
    return cle


def empreinte_cle(cle: bytes) -> str:
    """What a delivery says of the key that made its pseudonyms."""
    return hmac.new(cle, b"empreinte", hashlib.sha256).hexdigest()[:8]


def normaliser_prenoms(prenoms: pl.Series) -> pl.Series:
    """A–Z only, upper case, ligatures spelt out; null when nothing is left."""
    distincts = prenoms.unique().drop_nulls()
    lettres = (
        distincts.str.to_uppercase()
        .str.replace_many(list(_LIGATURES), list(_LIGATURES.values()))
        .str.normalize("NFD")
        .str.replace_all(r"[^A-Z]", "")
    )
    return prenoms.replace_strict(distincts, lettres.replace("", None), default=None, return_dtype=pl.String)


class Pseudonymes:
    """Turns person keys into pseudonyms, with one key."""

    def __init__(self, cle: bytes) -> None:
        if len(cle) > _BLOC:
            cle = hashlib.sha256(cle).digest()
        bloc = cle.ljust(_BLOC, b"\0")
        self._interne = hashlib.sha256(bytes(octet ^ 0x36 for octet in bloc))
        self._externe = hashlib.sha256(bytes(octet ^ 0x5C for octet in bloc))

    def pseudonymiser(self, lignes: pl.DataFrame, table: Table) -> pl.DataFrame:
        """Put the table's pseudonyms in place of its personal columns (``table.en_clair`` are kept)."""
        textes = textes_des_cles(lignes, table)
        cles = [self._hacher(textes[nom]).alias(nom) for nom in textes.columns]
        if "mois_naissance" in table.en_clair:
            cles.append(_colonne(lignes, "date_naissance", pl.Date).dt.month_start().alias("mois_naissance"))
        cachees = [nom for nom in _personnelles(lignes, table) if nom not in table.en_clair]
        return _completer_identifiants(lignes.drop(cachees).with_columns(cles), table)

    def pseudonymiser_rejets(self, rejets: pl.DataFrame, table: Table) -> pl.DataFrame:
        """What may be said of rows set aside: where, why, and whose, under pseudonym."""
        cles = [nom for nom in (*CLES, "cle_naissance") if table.nominative]
        voulues = ["ligne", "dossier", "organisme", "mois", *cles, "regles", "colonnes"]
        entiere = self.pseudonymiser(rejets, replace(table, cle=None))
        return entiere.select(c for c in voulues if c in entiere.columns)

    @staticmethod
    def identites(lignes: pl.DataFrame, table: Table) -> pl.DataFrame:
        """The personal columns, by line: they stay under entrepot/restreint."""
        return lignes.select("ligne", *_personnelles(lignes, table))

    def _hacher(self, textes: pl.Series) -> pl.Series:
        if textes.null_count() == len(textes):
            return pl.Series(textes.name, [None] * len(textes), dtype=pl.String)
        distinctes = textes.to_frame().select(pl.all().approx_n_unique()).item()
        if distinctes > _PEU_DE_VALEURS * len(textes):
            return self._hacher_tout(textes)
        distincts = textes.unique().drop_nulls()
        return textes.replace_strict(
            distincts, self._hacher_tout(distincts), default=None, return_dtype=pl.String
        )

    def _hacher_tout(self, textes: pl.Series) -> pl.Series:
        tranches = textes.cast(pl.Binary).to_frame().iter_slices(_TRANCHE)
        hmacs = [
            pl.Series([self._hmac(texte) for texte in tranche.to_series()], dtype=pl.Binary)
            for tranche in tranches
        ]
        return pl.concat(hmacs).bin.slice(0, 16).bin.encode("hex")

    def _hmac(self, texte: bytes | None) -> bytes | None:
        if texte is None:
            return None
        interne, externe = self._interne.copy(), self._externe.copy()
        interne.update(texte)
        externe.update(interne.digest())
        return externe.digest()


def _completer_identifiants(lignes: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Derive missing row ids, from the pseudonyms and never from what they hide; twins get a rank."""
    if table.cle is None or table.cle not in lignes.columns or not lignes[table.cle].null_count():
        return lignes
    manquants = lignes.filter(pl.col(table.cle).is_null())
    qui = [pl.coalesce(*CLES)] if table.nominative else []
    parties = [*qui, *(pl.col(nom).cast(pl.String).fill_null("") for nom in table.empreinte)]
    textes = manquants.select(pl.concat_str(parties, separator="|", ignore_nulls=True)).to_series()
    derives = [hashlib.sha256(texte.encode()).hexdigest()[:32] for texte in textes]
    rang = pl.int_range(1, pl.len() + 1).over(table.cle)
    jumeaux = pl.when(rang > 1).then(pl.concat_str(table.cle, rang, separator="-")).otherwise(table.cle)
    complets = (
        manquants.select("ligne")
        .with_columns(pl.Series(table.cle, derives, dtype=pl.String))
        .select("ligne", jumeaux.alias("_derive"))
    )
    return (
        lignes.join(complets, on="ligne", how="left", maintain_order="left")
        .with_columns(pl.coalesce(table.cle, "_derive").alias(table.cle))
        .drop("_derive")
    )


def textes_des_cles(lignes: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The text that each pseudonym of the table hides, null when a part is missing."""
    if not table.nominative:
        return pl.DataFrame()
    parties = {
        nom: _colonne(lignes, nom, pl.String)
        for nom in ("nir", "numero_demande_rsa", "numero_demande_precedente", "matricule")
    }
    identifiant = _colonne(lignes, "identifiant_france_travail", pl.String)
    parties["identifiant_france_travail"] = identifiant.str.slice(0, 8)
    parties["date_naissance"] = _colonne(lignes, "date_naissance", pl.Date).cast(pl.String)
    parties["prenom"] = normaliser_prenoms(_colonne(lignes, "prenom", pl.String))
    formules = {cle: (_PREFIXES[cle], colonnes) for cle, colonnes in CLES.items()}
    if "numero_demande_precedente" in table.colonnes:
        formules["cle_dem_precedente"] = ("dem:", ("numero_demande_precedente", "date_naissance", "prenom"))
    formules["cle_naissance"] = ("nai:", ("date_naissance",))
    return pl.DataFrame(parties).select(
        pl.format(prefixe + "|".join("{}" for _ in colonnes), *colonnes).alias(cle)
        for cle, (prefixe, colonnes) in formules.items()
    )


def _personnelles(lignes: pl.DataFrame, table: Table) -> list[str]:
    """In the registry's eyes, whether or not this table lists the column."""
    registre = CHAMPS | champs(table)
    return [nom for nom in lignes.columns if nom in registre and registre[nom].personnel]


def _colonne(lignes: pl.DataFrame, nom: str, type_: type[pl.DataType]) -> pl.Series:
    if nom in lignes.columns:
        return lignes[nom]
    return pl.Series(nom, [None] * lignes.height, dtype=type_)


def _lire_fichier(configuration: Configuration) -> str:
    fichier = configuration.cle_fichier
    if fichier is None:
        raise ErreurUsage(
            "aucune clé de pseudonymisation",
            f"indiquez `cle_fichier` dans [confidentialite], ou la variable {VARIABLE_CLE}",
        )
    if not fichier.is_file():
        raise ErreurUsage(
            f"aucune clé de pseudonymisation : {fichier.name} n'existe pas",
            f"remettez la clé de ce département à sa place ; s'il n'en a pas encore : {_GENERER}",
        )
    _refuser_emplacement(fichier, configuration)
    _refuser_droits(fichier, configuration)
    try:
        octets = fichier.read_bytes()
        # Windows' Notepad marks UTF-8, and its PowerShell writes `> cle.txt` in UTF-16
        return octets.decode("utf-16" if octets.startswith(codecs.BOM_UTF16_LE) else "utf-8-sig")
    except (OSError, UnicodeDecodeError):
        conseil = "la clé est un texte hexadécimal d'au moins 64 chiffres"
        raise ErreurUsage("fichier de clé illisible", conseil) from None


def _refuser_emplacement(fichier: Path, configuration: Configuration) -> None:
    reel = fichier.resolve()
    for dossier in (configuration.depot, configuration.entrepot, configuration.publications):
        if reel.is_relative_to(dossier.resolve()):
            raise ErreurUsage(
                "le fichier de clé est dans le dépôt, l'entrepôt ou les publications",
                "déplacez-le : qui lit les données ne doit pas lire la clé",
            )


def _refuser_droits(fichier: Path, configuration: Configuration) -> None:
    if os.name != "posix" or _dans_exemple(configuration.dossier):
        return  # the sample's key is public, and git does not keep the rights of files
    if stat.S_IMODE(fichier.stat().st_mode) & 0o077:
        raise ErreurUsage("le fichier de clé est lisible par d'autres", f"chmod 600 {fichier.name}")


def _decoder(texte: str) -> bytes:
    try:
        cle = bytes.fromhex(texte.strip())
    except ValueError:
        conseil = "elle n'a que des chiffres et les lettres a à f"
        raise ErreurUsage("la clé n'est pas un texte hexadécimal", conseil) from None
    if len(cle) < OCTETS_MINIMUM:
        raise ErreurUsage("clé trop courte", "il faut au moins 64 chiffres hexadécimaux (32 octets)")
    return cle


def _dans_exemple(dossier: Path) -> bool:
    return dossier.resolve().parts[-2:] == ("data", "sample")
