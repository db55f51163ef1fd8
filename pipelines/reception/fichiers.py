"""The files as they lie in the depot: found, decompressed, measured, kept; never modified.

*Content* means the decompressed bytes: the same flux sent plain or gzipped is one content.
"""

import gzip
import hashlib
import os
import stat
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from contracts.regles import message
from pipelines.erreurs import ErreurUsage, FichierRefuse

BLOC = 1 << 20
DEBUT = 1 << 16  # bytes enough to recognise a content
NOM_RECEPTIONS = "receptions.csv"
_MAGIE_GZIP = b"\x1f\x8b"
_TEMPORAIRES = (".tmp", ".part", ".filepart", ".crdownload", ".swp", "~")
_NOMS_DU_SYSTEME = ("thumbs.db", "desktop.ini")

# A gzip of a real flux shrinks 10 to 60 times. Beyond both limits, or beyond the largest size, it is a bomb.
OCTETS_MAX = 8 << 30
RAPPORT_MAX = 300
OCTETS_SANS_RAPPORT = 64 << 20


@dataclass(frozen=True)
class Fichier:
    """A regular file to receive: where it is, the folder that the user gave, its name for messages."""

    chemin: Path
    racine: Path
    nom: str  # path from the given folder, with /


@dataclass
class Parcours:
    """What the walk found: files to receive, and links left aside."""

    fichiers: list[Fichier]
    liens: list[str]


@dataclass(frozen=True)
class Contenu:
    """A content ready to be read: a decompressed local file, its first bytes, its measure."""

    chemin: Path
    debut: bytes
    sha256: str
    octets: int


def refus(
    regle: str,
    fichier: str,
    colonne: str | None = None,
    ligne: int | None = None,
    **nombres: float | int | str,
) -> FichierRefuse:
    """The refusal of a whole file by a rule, in the words of the contract."""
    return FichierRefuse(regle, *message(regle, fichier=fichier, colonne=colonne, ligne=ligne, **nombres))


def parcourir(chemins: Iterable[Path], exclus: Iterable[Path] = ()) -> Parcours:
    """Every regular file of the given files and folders, once, sorted; links and temporary files aside."""
    parcours = Parcours([], [])
    vus: set[Path] = set()
    interdits = {chemin.resolve() for chemin in exclus}
    for chemin in chemins:
        for fichier in _sous(chemin, parcours, interdits):
            if fichier.chemin not in vus:
                vus.add(fichier.chemin)
                parcours.fichiers.append(fichier)
    return parcours


def _sous(chemin: Path, parcours: Parcours, interdits: set[Path]) -> Iterator[Fichier]:
    if chemin.is_dir():
        # The folder itself may be reached by a link (a mounted exchange): the user named it.
        racine = chemin.resolve()
        yield from _du_dossier(racine, racine, parcours, interdits)
    elif chemin.is_symlink():
        parcours.liens.append(_texte(chemin.name))
    elif chemin.is_file():
        reel = chemin.parent.resolve() / chemin.name
        if reel not in interdits and reel.name != NOM_RECEPTIONS:
            yield Fichier(reel, reel.parent, _texte(reel.name))
    else:
        raise ErreurUsage(f"Chemin introuvable : {chemin}", "Indiquez un fichier ou un dossier qui existe.")


def _du_dossier(dossier: Path, racine: Path, parcours: Parcours, interdits: set[Path]) -> Iterator[Fichier]:
    for entree in _entrees(dossier):
        chemin = dossier / entree.name
        if chemin in interdits or _a_sauter(entree.name):
            continue
        nom = _texte(chemin.relative_to(racine).as_posix())
        if entree.is_symlink():
            parcours.liens.append(nom)
        elif entree.is_dir(follow_symlinks=False):
            yield from _du_dossier(chemin, racine, parcours, interdits)
        elif entree.is_file(follow_symlinks=False) and entree.name != NOM_RECEPTIONS:
            yield Fichier(chemin, racine, nom)


def _entrees(dossier: Path) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(dossier), key=lambda entree: entree.name)
    except OSError:
        raise ErreurUsage(
            f"Dossier illisible : {_texte(dossier.name)}.",
            "Vérifiez ses droits, ou que le partage est monté.",
        ) from None


def _a_sauter(nom: str) -> bool:
    bas = nom.lower()
    return bas.startswith((".", "~$")) or bas.endswith(_TEMPORAIRES) or bas in _NOMS_DU_SYSTEME


def _texte(nom: str) -> str:
    """A name that can be printed and compared: composed accents, no undecodable byte or control character."""
    propre = nom.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", "".join(c if c.isprintable() else "?" for c in propre))


@contextmanager
def contenu(fichier: Fichier, atelier: Path) -> Iterator[Contenu]:
    """The content of a file, decompressed in ``atelier`` if need be.

    Leaving the block checks that the file is still the one that was opened: what was read in several passes
    inside the block (measure, parse, copy) was then the same bytes.
    """
    avec_lien_refuse = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descripteur = os.open(fichier.chemin, avec_lien_refuse)
    except OSError:
        raise refus("FIC-015", fichier.nom) from None
    with os.fdopen(descripteur, "rb") as flux:
        avant = _signature(os.fstat(flux.fileno()))
        if not stat.S_ISREG(os.fstat(flux.fileno()).st_mode):
            raise refus("FIC-015", fichier.nom)
        temporaire = atelier / "contenu"
        try:
            yield _mesurer(fichier, flux, temporaire)
        except FichierRefuse:
            _inchange(fichier, flux, avant)  # says so rather than blame a half-copied file for its form
            raise
        finally:
            temporaire.unlink(missing_ok=True)
        _inchange(fichier, flux, avant)


def _signature(etat: os.stat_result) -> tuple[int, ...]:
    return etat.st_dev, etat.st_ino, etat.st_size, etat.st_mtime_ns, etat.st_ctime_ns


def _inchange(fichier: Fichier, flux: BinaryIO, avant: tuple[int, ...]) -> None:
    try:
        sur_place = _signature(os.stat(fichier.chemin, follow_symlinks=False))
    except OSError:
        raise refus("FIC-013", fichier.nom) from None
    if _signature(os.fstat(flux.fileno())) != avant or sur_place != avant:
        raise refus("FIC-013", fichier.nom)


def _mesurer(fichier: Fichier, flux: BinaryIO, temporaire: Path) -> Contenu:
    debut = _lire(fichier, flux, DEBUT)
    flux.seek(0)
    if debut.startswith(_MAGIE_GZIP):
        return _decompresser(fichier, flux, temporaire)
    sha256, octets = empreinte(fichier, flux)
    if not octets:
        raise refus("FIC-008", fichier.nom)
    return Contenu(fichier.chemin, debut, sha256, octets)


def _lire(fichier: Fichier, flux: BinaryIO, octets: int) -> bytes:
    try:
        return flux.read(octets)
    except OSError:
        raise refus("FIC-015", fichier.nom) from None


def empreinte(fichier: Fichier, flux: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of what is left to read in a stream."""
    calcul, octets = hashlib.sha256(), 0
    while bloc := _lire(fichier, flux, BLOC):
        calcul.update(bloc)
        octets += len(bloc)
    return calcul.hexdigest(), octets


def _decompresser(fichier: Fichier, flux: BinaryIO, temporaire: Path) -> Contenu:
    compresses = os.fstat(flux.fileno()).st_size
    calcul, octets, debut = hashlib.sha256(), 0, b""
    with ouvrir_prive(temporaire) as sortie:
        for bloc in _blocs_gzip(fichier, flux):
            debut = debut or bloc[:DEBUT]
            octets += len(bloc)
            if _bombe(compresses, octets):
                raise refus("FIC-010", fichier.nom)
            calcul.update(bloc)
            sortie.write(bloc)
    if not octets:
        raise refus("FIC-008", fichier.nom)
    return Contenu(temporaire, debut, calcul.hexdigest(), octets)


def _bombe(compresses: int, octets: int) -> bool:
    return octets > OCTETS_MAX or (octets > OCTETS_SANS_RAPPORT and octets > RAPPORT_MAX * compresses)


def _blocs_gzip(fichier: Fichier, flux: BinaryIO) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=flux, mode="rb") as archive:
            while bloc := archive.read(BLOC):
                yield bloc
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise refus("FIC-009", fichier.nom) from None
    except OSError:
        raise refus("FIC-015", fichier.nom) from None


def ouvrir_prive(chemin: Path) -> BinaryIO:
    """A new file that only its owner reads, whatever the umask."""
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(descripteur, "wb")


def conserver(lu: Contenu, destination: Path) -> str:
    """Keep the content, compressed; gives the SHA-256 of what was kept, to compare with what was measured."""
    calcul = hashlib.sha256()
    with (
        open(lu.chemin, "rb") as entree,
        ouvrir_prive(destination) as sortie,
        pa.CompressedOutputStream(pa.PythonFile(sortie, mode="w"), "zstd") as compresse,
    ):
        while bloc := entree.read(BLOC):
            calcul.update(bloc)
            compresse.write(bloc)
    return calcul.hexdigest()


def restituer(conserve: Path) -> Iterator[bytes]:
    """The kept content, block by block, as it was received."""
    with pa.CompressedInputStream(pa.OSFile(str(conserve), "rb"), "zstd") as flux:
        while bloc := flux.read(BLOC):
            yield bloc
