"""The CAF/MSA flux bénéficiaires (VRSB0801, monthly and daily; VRSD tolerated), as lots of text rows.

The file is cut into blocks (``blocs_xml``), threads turn each block into lines (``dossiers_caf``), and the
lots come out in the order of the file: memory depends on the size of a block, not on that of the file.
"""

import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, time
from typing import BinaryIO

import polars as pl
from lxml import etree

from contracts.beneficiaires import BENEFICIAIRES
from contracts.regles import REGLES
from pipelines.reception import blocs_xml, dossiers_caf
from pipelines.reception.blocs_xml import Bloc
from pipelines.reception.dossiers_caf import Dossiers
from pipelines.reception.fichiers import refus
from pipelines.reception.lecture import Entete, FluxIgnore, Lecture

LIGNES_PAR_LOT = 10_000
FILS = 2
_D_AVANCE = 2 * FILS  # blocks asked for before the first of them is needed
_COLONNES = tuple(colonne for colonne in BENEFICIAIRES.colonnes if colonne != "date_creation")
_ROLES_IGNORES = ("ENF", "AUT")


def reconnaitre(debut: bytes) -> bool:
    """Is this the beginning of a CNAF flux, whatever its NATFLUX and its encoding?"""
    return blocs_xml.racine_du_prologue(debut) == "Racine"


def lire(flux: BinaryIO, nom: str) -> Lecture:
    """The header at once, the lots as they are asked for."""
    blocs = blocs_xml.blocs(flux, nom)
    entete = _entete(next(blocs), flux, nom)
    return Lecture(entete, _Lots(flux, nom, entete).lire(blocs))


# The header.


def _entete(bloc: Bloc, flux: BinaryIO, nom: str) -> Entete:
    racine = _racine(bloc, flux, nom)
    blocs = [enfant.tag for enfant in racine]
    if racine.tag != "Racine" or blocs != ["IdentificationFlux"] or dossiers_caf.intrus(racine) != 1:
        raise refus("FIC-016", nom, colonne="IdentificationFlux")
    valeurs = {enfant.tag: (enfant.text or "").strip() for enfant in racine[0]}
    _ignorer_autres_flux(valeurs, nom)
    return Entete(
        source="beneficiaires",
        format="xml-caf",
        type_flux=valeurs["TYPEFLUX"],
        date_creation=_date(valeurs, "DTCREAFLUX", nom),
        heure_creation=_heure(valeurs.get("HEUCREAFLUX", "")),
        date_reference=_date(valeurs, "DTREF", nom),
        colonnes=_COLONNES,
    )


def _ignorer_autres_flux(valeurs: dict[str, str], nom: str) -> None:
    for balise, lues, regle in (("NATFLUX", "D", "REC-101"), ("TYPEFLUX", "MI", "REC-102")):
        valeur = valeurs.get(balise, "")
        if not valeur or (balise == "TYPEFLUX" and valeur not in ("M", "I", "R")):
            raise refus("FIC-016", nom, colonne=balise)
        if valeur not in lues:
            raise FluxIgnore(REGLES[regle].texte)


def _date(valeurs: dict[str, str], balise: str, nom: str) -> date:
    try:
        return date.fromisoformat(valeurs.get(balise, "")[:10])
    except ValueError:
        raise refus("FIC-016", nom, colonne=balise) from None


def _heure(texte: str) -> time | None:
    """``01:18:36.0000``: the fraction has four digits."""
    trouve = re.match(r"^(\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?", texte)
    try:
        return time.fromisoformat(f"{trouve[1]}.{(trouve[2] or '').ljust(6, '0')}") if trouve else None
    except ValueError:
        return None


def _racine(bloc: Bloc, flux: BinaryIO, nom: str) -> etree._Element:
    try:
        return blocs_xml.lire_bloc(bloc)
    except (etree.XMLSyntaxError, UnicodeDecodeError) as erreur:
        refuse = blocs_xml.refus_du_bloc(bloc, erreur, flux, nom)
    raise refuse


# The dossiers.


@dataclass(frozen=True)
class _Extrait:
    """What a thread found in a block; ``annonces`` is TransmissionFlux, in the last one."""

    dossiers: Dossiers
    structure: bool
    annonces: dict[str, str] | None


def _extraire(bloc: Bloc) -> _Extrait:
    racine = blocs_xml.lire_bloc(bloc)
    dossiers = dossiers_caf.extraire(racine, bloc.octets, bloc.premier_dossier)
    fin = racine.find("TransmissionFlux") if bloc.fin else None
    annonces = None if fin is None else {str(e.tag): (e.text or "").strip() for e in fin}
    structure = (
        racine.tag == "Racine"
        and dossiers.dossiers == bloc.dossiers
        and dossiers_caf.intrus(racine) == int(bloc.fin)
        and (fin is None or fin.getnext() is None)
    )
    return _Extrait(dossiers, structure, annonces)


@dataclass
class _Lots:
    """The lots of one file, as they are asked for."""

    flux: BinaryIO
    nom: str
    entete: Entete
    lignes: int = 0  # persons given so far, of any role
    textes: list[bytes] = field(default_factory=list)
    en_attente: int = 0  # persons in ``textes``

    def lire(self, blocs: Iterator[Bloc]) -> Iterator[pl.DataFrame]:
        """At least one lot, empty if the file holds no dossier."""
        dossiers = 0
        for bloc, extrait in self._extraits(blocs):
            self._verifier(bloc, extrait)
            dossiers += extrait.dossiers.dossiers
            self.textes.append(extrait.dossiers.texte)
            self.en_attente += extrait.dossiers.personnes
            if self.en_attente >= LIGNES_PAR_LOT and not bloc.fin:
                yield self._lot()
        self.entete.dossiers_lus = dossiers
        if self.en_attente or not self.lignes:
            yield self._lot()

    def _extraits(self, blocs: Iterator[Bloc]) -> Iterator[tuple[Bloc, _Extrait]]:
        """The blocks in the order of the file, read by threads a little ahead."""
        attente: deque[tuple[Bloc, Future[_Extrait]]] = deque()
        fils = ThreadPoolExecutor(FILS, thread_name_prefix="flux-caf")
        try:
            for bloc in blocs:
                attente.append((bloc, fils.submit(_extraire, bloc)))
                if len(attente) > _D_AVANCE:
                    yield self._resultat(*attente.popleft())
            while attente:
                yield self._resultat(*attente.popleft())
        finally:
            fils.shutdown(wait=True, cancel_futures=True)

    def _resultat(self, bloc: Bloc, futur: "Future[_Extrait]") -> tuple[Bloc, _Extrait]:
        try:
            return bloc, futur.result()
        except (etree.LxmlError, UnicodeDecodeError) as erreur:
            refuse = blocs_xml.refus_du_bloc(bloc, erreur, self.flux, self.nom)
        raise refuse

    def _verifier(self, bloc: Bloc, extrait: _Extrait) -> None:
        if bloc.fin and extrait.annonces is None:
            raise refus("FIC-003", self.nom)
        if not extrait.structure:
            raise refus("FIC-002", self.nom, dossier=bloc.premier_dossier)
        if extrait.annonces is not None:
            self.entete.dossiers_annonces = _nombre(extrait.annonces, "NBTOTDOSRSATRANSM", self.nom)
            self.entete.dossiers_anomalie_annonces = _nombre(
                extrait.annonces, "NBTOTDOSRSATRANSMANO", self.nom
            )

    def _lot(self) -> pl.DataFrame:
        lot = cadre(b"".join(self.textes), self.lignes, f"{self.entete.date_reference:%Y-%m}")
        self.lignes += self.en_attente
        self.textes, self.en_attente = [], 0
        return lot


def _nombre(valeurs: dict[str, str], balise: str, nom: str) -> int | None:
    """A count announced at the end: one that cannot be read would let a truncated file pass."""
    texte = valeurs.get(balise, "")
    if texte and not re.fullmatch(r"[0-9]{1,18}", texte):
        raise refus("FIC-016", nom, colonne=balise)
    return int(texte) if texte else None


def cadre(texte: bytes, lignes_avant: int, mois: str) -> pl.DataFrame:
    """Lines of text as a lot: children left out, lists reduced to what the contract wants."""
    schema = dict.fromkeys(dossiers_caf.COLONNES, pl.String)
    brut = (
        pl.read_csv(
            texte,
            separator="\t",
            has_header=False,
            schema=schema,
            quote_char=None,
            row_index_name="ligne",
            row_index_offset=lignes_avant + 1,
        )
        if texte
        else pl.DataFrame(schema={"ligne": pl.Int64, **schema})
    )
    avec_role = brut.with_columns(pl.coalesce("role", "role_vrsd"))
    retenues = avec_role.filter(pl.col("role").is_null() | ~pl.col("role").is_in(_ROLES_IGNORES))
    return retenues.with_columns(
        pl.col("ligne", "dossier").cast(pl.Int64),
        pl.col("anomalie").is_not_null(),
        pl.lit(mois).alias("mois_reference"),
        pl.concat_str("fonorg_cedant", "numorg_cedant", ignore_nulls=True)
        .replace("", None)
        .alias("organisme_cedant"),
        **_listes(),
    ).select("ligne", "dossier", "anomalie", *_COLONNES)


def _listes() -> dict[str, pl.Expr]:
    """Columns that a dossier or a person may state several times."""
    listes = {nom: pl.col(nom).str.split(dossiers_caf.SEPARATEUR_LISTE) for nom in dossiers_caf.LISTES}
    vraies = pl.element().filter(pl.element().str.contains(r"^(19|20)\d\d-"))
    return {
        "motifs_suspension": listes["motifs_suspension"].list.unique(maintain_order=True).list.join("+"),
        "nature_prestation": listes["nature_prestation"].list.unique().list.sort().list.join("+"),
        # The earliest readable date: a year 0020 does not hide the others.
        "date_suspension": pl.coalesce(
            listes["date_suspension"].list.eval(vraies).list.min(), listes["date_suspension"].list.min()
        ),
        # "end|start|code": without an end it is in progress, and ``~`` sorts after any date.
        "activite": pl.col("activite")
        .str.replace_all(r"(^|\+)\|", "${1}~|")
        .str.split(dossiers_caf.SEPARATEUR_LISTE)
        .list.max()
        .str.split("|")
        .list.last(),
    }
