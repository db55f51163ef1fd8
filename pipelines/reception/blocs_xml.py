"""A flux of the CNAF, cut into small documents that libxml2 reads fast, whatever its size and encoding.

Parsing 400 MB as one windows-1252 stream is slow, and as one tree impossible. The bytes are cut where a
dossier ends, transcoded, and each cut is wrapped in a root of its own: header, then dossiers, then the end of
the file with TransmissionFlux. What a cut at ``</InfosFoyerRSA>`` could get wrong (comment, CDATA, processing
instruction, encoding that is no superset of ASCII) is seen first, and such a file goes through a pull parser
that rewrites it dossier by dossier.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from pipelines.reception.fichiers import refus

TAILLE = 1 << 20  # a block's tree takes ten times its bytes
ENTETE_MAX = 1 << 16  # a real header takes less than 1 kB
DOSSIER_MAX = 8 << 20  # the longest real dossiers take some 100 kB
_OUVERTURE = re.compile(rb"<(?:InfosFoyerRSA|TransmissionFlux)(?=[\s/>])")
_FERMETURE = b"</InfosFoyerRSA"
_DOSSIER = b"<InfosFoyerRSA"
# What may stand before the root; atomic groups, so that no content makes the search long.
_PROLOGUE = re.compile(
    r"^\s*(?>(?>(?s:<\?.*?\?>|<!--.*?-->)|<!DOCTYPE(?>[^<>\[]*)(?>\[(?s:.*?)\]\s*)?>)\s*)*<([A-Za-z][\w.-]*)[\s/>]"
)
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml\s(?>[^?]*)\?>")
_ENCODAGE = re.compile(rb"""\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
# Supersets of ASCII, byte for byte: markup can be looked for before decoding.
_SURENSEMBLES = re.compile(r"^(?:utf-8|ascii|cp125\d|iso8859-\d+)$")
_LATIN_1 = ("cp1252", "iso8859-1")
_PROPRES_A_1252 = bytes(range(0x80, 0xA0))
_RACINE = re.compile(rb"<Racine(?:\s(?>[^<>]*))?>")
_REGLES_LIBXML2 = {
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: "FIC-003",
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: "FIC-003",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "FIC-005",
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: "FIC-005",
}
_NIVEAU_2 = ("IdentificationFlux", "InfosFoyerRSA", "TransmissionFlux")


OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "collect_ids": False,
    "remove_blank_text": True,
}


@dataclass(frozen=True)
class Bloc:
    """A document of one root ``Racine``, and where its bytes stand in the file.

    ``encodage`` is that of ``octets``. The first block holds the header, the last one (``fin``) the end of
    the flux, TransmissionFlux, and the dossiers before it.
    """

    octets: bytes
    encodage: str
    position: int  # of its first byte in the file; −1 when the block was rewritten
    dossiers: int
    premier_dossier: int
    fin: bool = False


def arbre(octets: bytes) -> etree._Element:
    """The tree of a small document: no entity, no DTD, no network, no huge text."""
    return etree.fromstring(octets, etree.XMLParser(**OPTIONS))


def encodage_declare(debut: bytes) -> str | None:
    """The declared encoding as Python names it, if it is a superset of ASCII; None for any other."""
    if debut.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    declaration = _DECLARATION.match(debut)
    trouve = _ENCODAGE.search(declaration[0]) if declaration else None
    if trouve is None or debut.startswith(codecs.BOM_UTF8):
        return "utf-8"
    try:
        nom = codecs.lookup(trouve[1].decode("ascii")).name
    except LookupError:
        return None
    return nom if _SURENSEMBLES.match(nom) else None


def blocs(flux: BinaryIO, nom: str) -> Iterator[Bloc]:
    """The blocks of a flux, in order: header, dossiers, end."""
    flux.seek(0)
    encodage = encodage_declare(flux.read(1024))
    if encodage is None or _a_reecrire(flux, nom):
        return _blocs_reecrits(flux, nom)
    return _blocs_coupes(flux, nom, encodage)


def _a_reecrire(flux: BinaryIO, nom: str) -> bool:
    """Is there, besides the declaration, any markup in which a closing tag could be mere text?"""
    flux.seek(0)
    reste = _DECLARATION.sub(b"", flux.read(TAILLE))
    reecrire = False
    while reste:
        if b"!" in reste and (b"<!DOCTYPE" in reste or b"<!ENTITY" in reste):
            raise refus("FIC-004", nom)
        # These two characters are rare: looking for them alone reads 10 GB/s.
        reecrire = reecrire or (b"!" in reste and b"<!" in reste) or (b"?" in reste and b"<?" in reste)
        suite = flux.read(TAILLE)
        reste = reste[-16:] + suite if suite else b""
    return reecrire


def _blocs_coupes(flux: BinaryIO, nom: str, encodage: str) -> Iterator[Bloc]:
    flux.seek(0)
    tampon = flux.read(ENTETE_MAX)
    ouverture = _OUVERTURE.search(tampon)
    if ouverture is None:
        raise refus(_mal_forme(tampon, len(tampon) < ENTETE_MAX), nom)
    entete, tampon = tampon[: ouverture.start()], tampon[ouverture.start() :]
    yield Bloc(entete + b"</Racine>", encodage, 0, 0, 1)
    racine = _RACINE.search(entete)  # its namespace prefixes serve in the dossiers
    balise = racine[0].replace(b"\n", b" ") if racine else b"<Racine>"
    position, premier = len(entete), 1
    while suite := flux.read(TAILLE):
        tampon += suite
        coupe = _coupe(tampon)
        if coupe:
            bloc = _bloc(balise, tampon[:coupe] + b"</Racine>", encodage, position, premier)
            yield bloc
            tampon, position, premier = tampon[coupe:], position + coupe, premier + bloc.dossiers
        elif len(tampon) > DOSSIER_MAX:
            raise refus("FIC-002", nom, dossier=premier)
    yield _bloc(balise, tampon, encodage, position, premier, fin=True)


def _bloc(
    balise: bytes, octets: bytes, encodage: str, position: int, premier: int, fin: bool = False
) -> Bloc:
    return Bloc(balise + octets, encodage, position, octets.count(_DOSSIER), premier, fin)


def _coupe(tampon: bytes) -> int:
    """Where the last whole dossier of the buffer ends; 0 if none does."""
    fermeture = tampon.rfind(_FERMETURE)
    fin = tampon.find(b">", fermeture)
    if fermeture >= 0 and fin < 0:  # the closing tag itself is cut
        fermeture = tampon.rfind(_FERMETURE, 0, fermeture)
        fin = tampon.find(b">", fermeture)
    return fin + 1 if fermeture >= 0 else 0


def _mal_forme(octets: bytes, fin: bool) -> str:
    """Malformed, or only cut short?"""
    return "FIC-003" if fin and b"</Racine" not in octets else "FIC-002"


def lire_bloc(bloc: Bloc) -> etree._Element:
    """The tree of a block; UnicodeDecodeError and XMLSyntaxError are for ``refus_du_bloc``."""
    if bloc.encodage == "utf-8" or bloc.octets.startswith((b"<?xml", codecs.BOM_UTF8)):
        return arbre(bloc.octets)  # the header comes with its own declaration
    # libxml2 reads latin-1 as fast as UTF-8, and these bytes alone tell windows-1252 from it.
    if bloc.encodage in _LATIN_1 and len(bloc.octets.translate(None, _PROPRES_A_1252)) == len(bloc.octets):
        return arbre(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + bloc.octets)
    return arbre(bloc.octets.decode(bloc.encodage).encode())


def refus_du_bloc(bloc: Bloc, erreur: Exception, flux: BinaryIO, nom: str) -> Exception:
    """The refusal that a block deserves: it tells the line, never the text."""
    if isinstance(erreur, UnicodeDecodeError) or not _dechiffrable(bloc):
        return refus("FIC-005", nom, dossier=bloc.premier_dossier)
    regle = _mal_forme(bloc.octets, bloc.fin)
    if bloc.position < 0 or not isinstance(erreur, etree.XMLSyntaxError):
        return refus(regle, nom, dossier=bloc.premier_dossier)
    return refus(regle, nom, ligne=_lignes_avant(flux, bloc.position) + (erreur.lineno or 1))


def _dechiffrable(bloc: Bloc) -> bool:
    try:
        bloc.octets.decode(bloc.encodage)
    except UnicodeDecodeError:
        return False
    return True


def _lignes_avant(flux: BinaryIO, position: int) -> int:
    flux.seek(0)
    lignes = 0
    while position > 0 and (octets := flux.read(min(position, TAILLE))):
        lignes += octets.count(b"\n")
        position -= len(octets)
    return lignes


# The slow way: comments, CDATA, processing instructions, UTF-16.


def _blocs_reecrits(flux: BinaryIO, nom: str) -> Iterator[Bloc]:
    """Each level-2 element serialised again; the last one waits until the whole file has been parsed."""
    rang, attendus, fin = 0, {"IdentificationFlux"}, None
    for element in elements(flux, nom, "Racine", _NIVEAU_2):
        balise = element.tag
        if balise not in attendus:
            raise refus("FIC-002", nom, dossier=rang)
        attendus = set() if balise == "TransmissionFlux" else {"InfosFoyerRSA", "TransmissionFlux"}
        rang += balise == "InfosFoyerRSA"
        octets = b"<Racine>" + etree.tostring(element, encoding="utf-8", with_tail=False) + b"</Racine>"
        if attendus:
            yield Bloc(octets, "utf-8", -1, octets.count(_DOSSIER), rang)
        else:
            fin = Bloc(octets, "utf-8", -1, 0, rang + 1, fin=True)
    if fin is None:
        raise refus("FIC-003", nom, dossier=rang)
    yield fin


def elements(flux: BinaryIO, nom: str, racine: str, balises: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements under the root, one by one and then forgotten; anything else there is refused."""
    analyseur = etree.XMLPullParser(
        events=("end",), tag=balises, remove_comments=True, remove_pis=True, **OPTIONS
    )
    flux.seek(0)
    muets = 0  # bytes since the last element: one that never ends must not fill the memory
    try:
        while octets := flux.read(TAILLE):
            analyseur.feed(octets)
            muets += len(octets)
            evenements: Any = analyseur.read_events()
            for _, element in evenements:
                if element.getparent() is None or element.getparent().getparent() is not None:
                    continue  # the same name, deeper
                _verifier_place(element, nom, racine, balises)
                muets = 0
                yield element
                element.clear(keep_tail=True)
            if muets > DOSSIER_MAX:
                raise refus("FIC-002", nom)
        _verifier_fin(analyseur.close(), nom)
    except etree.XMLSyntaxError as erreur:
        regle = _REGLES_LIBXML2.get(getattr(erreur, "code", 0), "FIC-002")
        raise refus(regle, nom, ligne=erreur.lineno or 1) from None


def _verifier_place(element: Any, nom: str, racine: str, balises: tuple[str, ...]) -> None:
    """Nothing but these elements stands under the root; the one before, already used, is dropped."""
    parent, precedent = element.getparent(), element.getprevious()
    if element.getroottree().docinfo.internalDTD is not None:
        raise refus("FIC-004", nom)
    if parent.tag != racine or _texte(parent.text):
        raise refus("FIC-002", nom)
    if precedent is not None:
        if precedent.tag not in balises or _texte(precedent.tail) or precedent.getprevious() is not None:
            raise refus("FIC-002", nom)
        parent.remove(precedent)


def _verifier_fin(racine: Any, nom: str) -> None:
    if racine.getroottree().docinfo.internalDTD is not None:
        raise refus("FIC-004", nom)
    if len(racine) > 1 or _texte(racine.text) or any(_texte(reste.tail) for reste in racine):
        raise refus("FIC-002", nom)


def _texte(texte: str | None) -> bool:
    return bool(texte and texte.strip(" \t\r\n"))


def racine_du_prologue(debut: bytes) -> str | None:
    """The name of a document's root, from its first bytes, whatever its encoding."""
    if debut.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        texte = debut.decode("utf-16", "ignore")
    else:
        texte = debut.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    trouve = _PROLOGUE.match(texte)
    return trouve[1] if trouve else None
