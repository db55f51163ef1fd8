"""The register of livraisons: nothing but folders of small JSON files, each written once.

A livraison appears by one rename, whole. What happens to it later (acceptance, confirmation) is a new file in
its folder. What a killed run left behind is named by an *intention* and removed by the next run.
"""

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipelines.erreurs import ErreurPilotage, ErreurUsage
from pipelines.verrou import Verrou

_ID = re.compile(r"[0-9a-f]{16}(-[\w .-]+)?")


@dataclass(frozen=True)
class Acceptation:
    """The decision to put a suspecte livraison in force."""

    motif: str
    date_acceptation: str


@dataclass(frozen=True)
class Confirmation:
    """The same content, received again on a later day: the stock had not changed."""

    date_reception: date
    date_enregistrement: str
    origine_date: str
    chemin: str = ""


@dataclass(frozen=True)
class LectureFaite:
    """One reading of a livraison: what read it and what came out, by rule and by (organisme, mois)."""

    numero: int
    lecteur: str
    contrat: str
    correspondance: str
    lignes: int
    rejets: int
    dossiers: int
    colonnes: tuple[str, ...]
    avertissements: tuple[dict[str, Any], ...] = ()
    rejets_par_regle: tuple[dict[str, Any], ...] = ()
    parties: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Livraison:
    """``livraison.json``: one received file, for ever."""

    id: str
    source: str
    emetteur: str | None
    format: str
    fichier: str
    chemin: str  # from the folder of pilotage.toml when it lies under it: tells two files of one name apart
    sha256: str
    octets: int
    date_reception: date
    date_enregistrement: str
    origine_date: str
    type_flux: str | None
    date_creation: date | None
    heure_creation: str | None
    date_reference: date | None
    dossiers_annonces: int | None
    dossiers_anomalie_annonces: int | None
    complementaire: bool
    empreinte_cle: str


@dataclass(frozen=True)
class Inscription:
    """A livraison as the register holds it, with what happened to it since."""

    livraison: Livraison
    dossier: Path
    lectures: tuple[LectureFaite, ...]
    confirmations: tuple[Confirmation, ...] = ()
    acceptation: Acceptation | None = None

    @property
    def lecture(self) -> LectureFaite:
        """The reading that counts: the last one."""
        return self.lectures[-1]


@dataclass
class Atelier:
    """Where one file is prepared, out of every reader's sight: a folder of ``entrepot/.tmp``."""

    dossier: Path
    livraison: Path = field(init=False)
    lecture: Path = field(init=False)
    brut: Path = field(init=False)
    identites: Path = field(init=False)
    rejets_bruts: Path = field(init=False)

    def __post_init__(self) -> None:
        self.livraison = self.dossier / "livraison"
        self.lecture = self.livraison / "lectures" / "1"
        self.brut = self.dossier / "brut.zst"
        self.identites = self.dossier / "identites.parquet"
        self.rejets_bruts = self.dossier / "rejets.parquet"
        self.lecture.mkdir(parents=True)


def maintenant() -> str:
    """The clock, as it is stamped: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def identifiant(sha256: str, emetteur: str | None, plusieurs_emetteurs: bool) -> str:
    """The id of a livraison: its content, and whose it is where several émetteurs export one table."""
    return f"{sha256[:16]}-{emetteur}" if plusieurs_emetteurs and emetteur else sha256[:16]


# --- reading ---------------------------------------------------------------------


def registre(entrepot: Path) -> list[Inscription]:
    """Every livraison, in order of reception."""
    dossiers = sorted((entrepot / "livraisons").glob("*/*/livraison.json"))
    return sorted((inscription(chemin.parent) for chemin in dossiers), key=_rang)


def _rang(inscrite: Inscription) -> tuple[date, str, str]:
    livraison = inscrite.livraison
    return livraison.date_reception, livraison.source, livraison.id


def inscription(dossier: Path) -> Inscription:
    """One livraison, read from its folder."""
    fiche = _lire_json(dossier / "livraison.json")
    for champ in ("date_reception", "date_creation", "date_reference"):
        fiche[champ] = _jour(fiche.get(champ))
    lectures = sorted(
        (_lecture(chemin) for chemin in (dossier / "lectures").glob("*/lecture.json")),
        key=lambda lue: lue.numero,
    )
    return Inscription(
        Livraison(**fiche), dossier, tuple(lectures), tuple(_confirmations(dossier)), _acceptation(dossier)
    )


def _lecture(chemin: Path) -> LectureFaite:
    fiche = _lire_json(chemin)
    for champ in ("colonnes", "avertissements", "rejets_par_regle", "parties"):
        fiche[champ] = tuple(fiche[champ])
    return LectureFaite(**fiche)


def _confirmations(dossier: Path) -> Iterator[Confirmation]:
    for chemin in sorted((dossier / "confirmations").glob("*.json")):
        fiche = _lire_json(chemin)
        fiche["date_reception"] = date.fromisoformat(fiche["date_reception"])
        yield Confirmation(**fiche)


def _acceptation(dossier: Path) -> Acceptation | None:
    chemin = dossier / "acceptation.json"
    return Acceptation(**_lire_json(chemin)) if chemin.exists() else None


def _lire_json(chemin: Path) -> dict[str, Any]:
    try:
        fiche: dict[str, Any] = json.loads(chemin.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ErreurPilotage(
            f"Fichier illisible dans l'entrepôt : {chemin.parent.name}/{chemin.name}.",
            "Restaurez l'entrepôt depuis sa sauvegarde.",
        ) from None
    return fiche


def _jour(texte: str | None) -> date | None:
    return None if texte is None else date.fromisoformat(texte)


# --- writing ---------------------------------------------------------------------


def preparer(entrepot: Path) -> None:
    """The folders of the entrepot, which only its owner enters."""
    restreint = entrepot / "restreint"
    fermes = (
        entrepot / ".tmp",
        restreint,
        restreint / "bruts",
        restreint / "identites",
        restreint / "rejets",
    )
    for dossier in (entrepot, entrepot / "livraisons", entrepot / "refus", entrepot / "journal", *fermes):
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    for dossier in fermes:
        dossier.chmod(0o700)  # even if somebody made it before us


def nettoyer(entrepot: Path) -> None:
    """Remove what an interrupted run left: staging folders, restricted files it had begun to place."""
    for reste in (entrepot / ".tmp").iterdir():
        intention = reste / "intention.json"
        if intention.exists():
            with contextlib.suppress(ValueError, KeyError):
                _defaire(entrepot, json.loads(intention.read_text(encoding="utf-8")))
        if reste.is_dir():
            shutil.rmtree(reste)
        else:
            reste.unlink()


def _defaire(entrepot: Path, intention: Mapping[str, str]) -> None:
    identifiant_, sha256 = intention["id"], intention["sha256"]
    if (entrepot / "livraisons" / intention["source"] / identifiant_).exists():
        return
    for chemin in _places_nominatives(entrepot, identifiant_):
        chemin.unlink(missing_ok=True)
    if not any(chemin.name.startswith(sha256[:16]) for chemin in (entrepot / "livraisons").glob("*/*")):
        _place_brut(entrepot, sha256).unlink(missing_ok=True)


def _places_nominatives(entrepot: Path, id_livraison: str) -> tuple[Path, Path]:
    restreint = entrepot / "restreint"
    return (
        restreint / "identites" / f"{id_livraison}.parquet",
        restreint / "rejets" / f"{id_livraison}.parquet",
    )


def _place_brut(entrepot: Path, sha256: str) -> Path:
    return entrepot / "restreint" / "bruts" / f"{sha256}.zst"


def ecrire_fiches(atelier: Atelier, livraison: Livraison, lecture: LectureFaite) -> None:
    """The two JSON files of a livraison in preparation."""
    _ecrire_json(atelier.livraison / "livraison.json", asdict(livraison))
    _ecrire_json(atelier.lecture / "lecture.json", asdict(lecture))


def engager(entrepot: Path, atelier: Atelier, livraison: Livraison) -> None:
    """Make a prepared livraison exist: restricted files first, then one rename that shows it.

    The same content may be there, pseudonymised with a key that was not the entrepot's: no publication ever
    read it, and it makes way.
    """
    intention = {"id": livraison.id, "source": livraison.source, "sha256": livraison.sha256}
    destination = entrepot / "livraisons" / livraison.source / livraison.id
    destination.parent.mkdir(mode=0o700, exist_ok=True)
    _ecrire_json(atelier.dossier / "intention.json", intention)
    synchroniser(atelier.dossier)
    identites, rejets = _places_nominatives(entrepot, livraison.id)
    os.replace(atelier.brut, _place_brut(entrepot, livraison.sha256))
    os.replace(atelier.identites, identites)
    os.replace(atelier.rejets_bruts, rejets)
    _synchroniser_tous([entrepot / "restreint" / dossier for dossier in ("bruts", "identites", "rejets")])
    if destination.exists():
        os.rename(destination, atelier.dossier / "remplacee")
    os.rename(atelier.livraison, destination)
    _synchroniser_un(destination.parent)
    oublier_refus(entrepot, livraison.sha256)


def synchroniser(dossier: Path) -> None:
    """Everything under a folder is on the disk before a rename shows it."""
    _synchroniser_tous([dossier, *dossier.rglob("*")])


def _synchroniser_tous(chemins: Sequence[Path]) -> None:
    # Asked for together, they share the commits of the disk: one by one they cost more than reading the file.
    with ThreadPoolExecutor(len(chemins)) as fils:
        list(fils.map(_synchroniser_un, chemins))


def _synchroniser_un(chemin: Path) -> None:
    if os.name == "nt" and chemin.is_dir():
        return  # Windows cannot open a folder to sync it
    descripteur = os.open(chemin, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


def _ecrire_json(chemin: Path, fiche: Mapping[str, Any]) -> None:
    texte = json.dumps(fiche, ensure_ascii=False, indent=1, default=_ecrire_valeur) + "\n"
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "w", encoding="utf-8") as sortie:
        sortie.write(texte)


def _ecrire_valeur(valeur: object) -> str:
    if isinstance(valeur, date):
        return valeur.isoformat()
    raise TypeError(type(valeur).__name__)


def _poser_json(entrepot: Path, chemin: Path, fiche: Mapping[str, Any]) -> None:
    """A small file that appears whole, or not at all."""
    chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = entrepot / ".tmp" / f"{chemin.parent.name}-{chemin.name}"
    _ecrire_json(provisoire, fiche)
    _synchroniser_un(provisoire)
    os.replace(provisoire, chemin)
    _synchroniser_un(chemin.parent)


# --- what happens later ----------------------------------------------------------


def confirmer(entrepot: Path, inscrite: Inscription, jour: date, origine: str, chemin: str) -> None:
    """The same stock again: only its observation moves."""
    fiche = Confirmation(jour, maintenant(), origine, chemin)
    _poser_json(entrepot, inscrite.dossier / "confirmations" / f"{jour.isoformat()}.json", asdict(fiche))


def accepter(entrepot: Path, id_livraison: str, motif: str) -> Livraison:
    """Decide that a suspecte livraison counts; deciding twice keeps the first decision."""
    if not motif.strip():
        raise ErreurUsage("Le motif de l'acceptation est vide.", 'Donnez --motif "…" : il sera publié.')
    dossiers = (
        sorted((entrepot / "livraisons").glob(f"*/{id_livraison}")) if _ID.fullmatch(id_livraison) else []
    )
    if not dossiers:
        raise ErreurUsage(
            "Aucune livraison ne porte cet identifiant.",
            "`pilotage etat` donne ceux des livraisons suspectes.",
        )
    with Verrou(entrepot):
        preparer(entrepot)
        for dossier in dossiers:
            if not (dossier / "acceptation.json").exists():
                fiche = Acceptation(motif.strip(), maintenant())
                _poser_json(entrepot, dossier / "acceptation.json", asdict(fiche))
    return inscription(dossiers[0]).livraison


def _chemin_refus(entrepot: Path, sha256: str) -> Path:
    return entrepot / "refus" / f"{sha256}.json"


def noter_refus(entrepot: Path, sha256: str, fichier: str, regles: Mapping[str, int]) -> None:
    """Of a refused file nothing is kept but this: its name, the day, the rules and their counts."""
    chemin = _chemin_refus(entrepot, sha256)
    fiche = {"fichier": fichier, "sha256": sha256, "regles": dict(sorted(regles.items()))}
    if chemin.exists():
        ancienne = _lire_json(chemin)
        if {cle: ancienne.get(cle) for cle in fiche} == fiche:
            return  # seen again in the depot: the first day is the one that matters
    _poser_json(entrepot, chemin, {**fiche, "date": maintenant()})


def oublier_refus(entrepot: Path, sha256: str) -> None:
    """The content was mended around (its date, the configuration): it is no longer refused."""
    _chemin_refus(entrepot, sha256).unlink(missing_ok=True)


def refus_notes(entrepot: Path) -> list[dict[str, Any]]:
    """The refused files that no livraison of the same name has replaced since, oldest first."""
    recus: dict[str, str] = {}
    for inscrite in registre(entrepot):
        nom, jour = inscrite.livraison.fichier, inscrite.livraison.date_enregistrement
        recus[nom] = max(jour, recus.get(nom, ""))
    notes = [_lire_json(chemin) for chemin in sorted((entrepot / "refus").glob("*.json"))]
    restantes = [note for note in notes if note["date"] >= recus.get(Path(note["fichier"]).name, "")]
    return sorted(restantes, key=lambda note: (note["date"], note["fichier"]))
