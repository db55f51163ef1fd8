"""From files to livraisons: recognise, date, read, check, commit. One refused file never stops the others."""

import os
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import polars as pl
import pyarrow as pa

from contracts.regles import REGLES, message
from pipelines import journal
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurPilotage, ErreurUsage, FichierRefuse
from pipelines.reception import dates, livraisons, reconnaissance
from pipelines.reception.bilan import (
    BilanReception,
    Constat,
    Ecarts,
    LigneEcartee,
    ResultatFichier,
    Statut,
    constat,
)
from pipelines.reception.dates import DateReception, Receptions
from pipelines.reception.fichiers import Contenu, Fichier, contenu, empreinte, parcourir, refus
from pipelines.reception.lecture import FluxIgnore
from pipelines.reception.livraisons import Atelier, Inscription, Livraison
from pipelines.reception.preparation import Demande, Preparateur, Preparee
from pipelines.reception.pseudonymes import empreinte_cle, lire_cle
from pipelines.verrou import Verrou

__all__ = ["BilanReception", "Constat", "LigneEcartee", "ResultatFichier", "recevoir", "verifier"]

Suivi = Callable[[int, int, str], None]  # files done, files in all, name of the one that begins
Annonce = DateReception | FichierRefuse | None


def recevoir(
    chemins: Sequence[Path],
    configuration: Configuration,
    recu_le: date | None = None,
    emetteur: str | None = None,
    suivi: Suivi | None = None,
    *,
    attente_verrou: float = 0.0,
    aujourd_hui: date | None = None,
) -> BilanReception:
    """Store what is new in these files and folders; tell what became of each."""
    entrepot = configuration.entrepot
    with (
        _masque_prive(),
        Verrou(entrepot, attente_verrou),
        journal.passage(entrepot, "recevoir") as faits,
        _place_suffisante(),
    ):
        livraisons.preparer(entrepot)
        livraisons.nettoyer(entrepot)
        reception = _preparer(configuration, recu_le, emetteur, aujourd_hui, entrepot / ".tmp")
        reception.enregistrer(livraisons.registre(entrepot))
        bilan = reception.tout(chemins, suivi)
        faits["fichiers"] = dict(Counter(resultat.statut for resultat in bilan.resultats))
        return bilan


def verifier(
    chemins: Sequence[Path],
    configuration: Configuration,
    recu_le: date | None = None,
    emetteur: str | None = None,
    suivi: Suivi | None = None,
    *,
    aujourd_hui: date | None = None,
) -> BilanReception:
    """The same checks on the same path, in a folder that is deleted: the entrepot is not touched."""
    with _masque_prive(), tempfile.TemporaryDirectory(prefix="pilotage-") as dossier, _place_suffisante():
        reception = _preparer(configuration, recu_le, emetteur, aujourd_hui, Path(dossier))
        reception.a_blanc = True
        return reception.tout(chemins, suivi)


def _preparer(
    configuration: Configuration,
    recu_le: date | None,
    emetteur: str | None,
    aujourd_hui: date | None,
    tmp: Path,
) -> "_Reception":
    if emetteur is not None and emetteur not in {source.emetteur for source in configuration.sources}:
        raise ErreurUsage(
            "L'émetteur donné n'est décrit par aucun [[sources.<table>]] de pilotage.toml.",
            "Vérifiez le nom donné après --emetteur.",
        )
    return _Reception(
        configuration,
        lire_cle(configuration),
        recu_le,
        emetteur,
        aujourd_hui or dates.aujourd_hui(),
        tmp,
        Receptions(configuration.dossier),
    )


@contextmanager
def _masque_prive() -> Iterator[None]:
    """Whatever a library creates meanwhile is its owner's alone."""
    ancien = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(ancien)


@contextmanager
def _place_suffisante() -> Iterator[None]:
    """A disk that is full or closed stops the reception; no livraison is half there."""
    try:
        yield
    except OSError as erreur:
        raison = os.strerror(erreur.errno) if erreur.errno else type(erreur).__name__
        raise ErreurPilotage(
            f"Écriture impossible dans l'entrepôt ({raison}) : le fichier en cours n'est pas reçu.",
            "Libérez de la place ou rétablissez les droits, puis relancez ; ce qui était reçu le reste.",
        ) from None


@dataclass
class _Reception:
    """One run: what does not change from a file to the next, and the register as it grows."""

    configuration: Configuration
    cle: bytes
    recu_le: date | None
    emetteur: str | None
    aujourd_hui: date
    tmp: Path
    receptions: Receptions
    a_blanc: bool = False
    _connues: dict[str, list[Inscription]] = field(default_factory=dict)
    _preparateur: Preparateur = field(init=False)

    def __post_init__(self) -> None:
        self._preparateur = Preparateur(self.configuration, self.cle, self.aujourd_hui)

    def enregistrer(self, inscriptions: Sequence[Inscription]) -> None:
        """What is in store already, by content."""
        for inscription in inscriptions:
            self._connues.setdefault(inscription.livraison.sha256, []).append(inscription)

    @cached_property
    def empreinte_entrepot(self) -> str:
        """The key of the entrepot is that of its first livraison; of an empty one, ours."""
        livraisons_ = [i.livraison for memes in self._connues.values() for i in memes]
        premiere = min(livraisons_, key=lambda ligne: (ligne.date_enregistrement, ligne.id), default=None)
        return empreinte_cle(self.cle) if premiere is None else premiere.empreinte_cle

    def tout(self, chemins: Sequence[Path], suivi: Suivi | None) -> BilanReception:
        """Every file, in order of reception date then name."""
        trouves = parcourir(chemins, self._a_nous())
        dates_annoncees = [(fichier, self._annonce(fichier)) for fichier in trouves.fichiers]
        dates_annoncees.sort(key=self._rang)
        resultats = []
        for rang, (fichier, annonce) in enumerate(dates_annoncees):
            if suivi is not None:
                suivi(rang, len(dates_annoncees), fichier.nom)
            resultats.append(self._un(fichier, annonce))
        if suivi is not None:
            suivi(len(dates_annoncees), len(dates_annoncees), "")
        generaux = [constat("FIC-101", lien) for lien in trouves.liens]
        if self.empreinte_entrepot != empreinte_cle(self.cle):
            generaux.append(constat("REC-104", self.configuration.entrepot.name))
        return BilanReception(tuple(resultats), tuple(generaux), self.a_blanc)

    def _a_nous(self) -> list[Path]:
        c = self.configuration
        cle = [c.cle_fichier] if c.cle_fichier else []
        return [c.entrepot, c.publications, c.fichier, *cle]

    def _annonce(self, fichier: Fichier) -> Annonce:
        try:
            return dates.annoncee(fichier, self.recu_le, self.receptions)
        except FichierRefuse as refus_:
            return refus_

    def _rang(self, paire: tuple[Fichier, Annonce]) -> tuple[date, str]:
        fichier, annonce = paire
        return (annonce.jour if isinstance(annonce, DateReception) else self.aujourd_hui), fichier.nom

    def _un(self, fichier: Fichier, annonce: Annonce) -> ResultatFichier:
        etat = _Etat()
        try:
            if isinstance(annonce, FichierRefuse):
                raise annonce
            return self._recevoir_un(fichier, annonce, etat)
        except FluxIgnore as ignore:
            raison = _constat_ignore(fichier, ignore)
            return ResultatFichier(fichier.nom, "ignoree", (raison,), source="beneficiaires")
        except FichierRefuse as refus_:
            return self._refuser(fichier, refus_, etat)
        except (pl.exceptions.PolarsError, pa.ArrowInvalid):
            # Their texts hold lines of the file: nothing of them may be shown.
            return self._refuser(fichier, refus("FIC-001", fichier.nom), etat)
        except (ErreurPilotage, OSError):
            raise
        except Exception as erreur:
            raise _inattendue(fichier, erreur) from None

    def _recevoir_un(self, fichier: Fichier, annonce: DateReception | None, etat: "_Etat") -> ResultatFichier:
        nomme = reconnaissance.emetteur_nomme(fichier, self.emetteur, self.configuration)
        with self._atelier() as atelier:
            with contenu(fichier, atelier.dossier) as lu:
                etat.sha256 = lu.sha256
                connue = self._connue(lu, nomme)
                if connue is not None:
                    return self._revoir(fichier, annonce, connue)
                demande = Demande(fichier, annonce, nomme, atelier, lu, etat.ecarts)
                preparee = self._preparateur.preparer(demande)
            return self._engager(atelier, preparee)

    @contextmanager
    def _atelier(self) -> Iterator[Atelier]:
        dossier = Path(tempfile.mkdtemp(prefix="reception-", dir=self.tmp))
        try:
            yield Atelier(dossier)
        finally:
            shutil.rmtree(dossier, ignore_errors=True)

    def _engager(self, atelier: Atelier, preparee: Preparee) -> ResultatFichier:
        if not self.a_blanc:
            entrepot, livraison = self.configuration.entrepot, preparee.livraison
            livraisons.engager(entrepot, atelier, livraison)
            dossier = entrepot / "livraisons" / livraison.source / livraison.id
            memes = self._connues.setdefault(livraison.sha256, [])
            memes[:] = [i for i in memes if i.dossier != dossier] + [livraisons.inscription(dossier)]
        return preparee.resultat

    # --- a content that is in store ------------------------------------------------------------------------

    def _connue(self, lu: Contenu, nomme: reconnaissance.Emetteur | None) -> Inscription | None:
        """The livraison of this content by this émetteur.

        One made with a key that is not the entrepot's, while ours is, does not count: it is read anew.
        """
        connues = [i for i in self._connues.get(lu.sha256, []) if not self._a_refaire(i.livraison)]
        for inscription in connues:
            livraison = inscription.livraison
            plusieurs = len(self.configuration.emetteurs(livraison.source)) > 1
            if not plusieurs or livraison.emetteur is None:
                return inscription
            if nomme is not None and nomme.nom == livraison.emetteur:
                return inscription
        return connues[0] if len(connues) == 1 and nomme is None else None

    def _a_refaire(self, livraison: Livraison) -> bool:
        notre = empreinte_cle(self.cle)
        return livraison.empreinte_cle != notre == self.empreinte_entrepot

    def _revoir(
        self, fichier: Fichier, annonce: DateReception | None, connue: Inscription
    ) -> ResultatFichier:
        """The same content again: a stock is confirmed by another day, anything else is unchanged."""
        livraison = connue.livraison
        jour = self._jour_de_confirmation(fichier, annonce, connue)
        if jour is not None:
            _verifier_jour(fichier, jour.jour, livraison, self.aujourd_hui)
        livraisons.oublier_refus(self.configuration.entrepot, livraison.sha256)
        if jour is None:
            deja = Constat("REC-103", *_deja_recue(fichier, livraison))
            return _resultat_connu(fichier, "deja_recue", livraison, livraison.date_reception, (deja,))
        livraisons.confirmer(
            self.configuration.entrepot, connue, jour.jour, jour.origine, self._preparateur.chemin(fichier)
        )
        self._remplacer(livraisons.inscription(connue.dossier))
        return _resultat_connu(fichier, "confirmee", livraison, jour.jour, ())

    def _jour_de_confirmation(
        self, fichier: Fichier, annonce: DateReception | None, connue: Inscription
    ) -> DateReception | None:
        livraison = connue.livraison
        if (
            livraison.emetteur is None
            or self._preparateur.source(livraison.source, livraison.emetteur).mode != "stock"
        ):
            return None
        jour = annonce or self._implicite(fichier, connue)
        if jour is None:
            return None
        # An earlier day too: which of the two files was read first must not show in the figures.
        return None if jour.jour in _receptions(connue) else jour

    def _implicite(self, fichier: Fichier, connue: Inscription) -> DateReception | None:
        """Today, for a file that was not there at the last reception of this content.

        The depot is read again at each run: the file that was received must not confirm itself every day.
        """
        chemins = {connue.livraison.chemin, *(c.chemin for c in connue.confirmations)}
        derniere = max(
            connue.livraison.date_enregistrement, *(c.date_enregistrement for c in connue.confirmations), ""
        )
        depose = datetime.fromtimestamp(fichier.chemin.stat().st_mtime, tz=dates.FUSEAU)
        if self._preparateur.chemin(fichier) in chemins or depose <= datetime.fromisoformat(derniere):
            return None
        return DateReception(self.aujourd_hui, "implicite")

    def _remplacer(self, inscription: Inscription) -> None:
        memes = self._connues[inscription.livraison.sha256]
        memes[:] = [inscription if i.dossier == inscription.dossier else i for i in memes]

    # --- a content that is refused -------------------------------------------------------------------------

    def _refuser(self, fichier: Fichier, refus_: FichierRefuse, etat: "_Etat") -> ResultatFichier:
        decisif = Constat(refus_.regle, refus_.message, refus_.conseil)
        ecarts = etat.ecarts
        if not self.a_blanc:
            sha256 = etat.sha256 or _empreinte_brute(fichier)
            if sha256 is not None:
                regles = {refus_.regle: 1}
                for (regle, _), nombre in ecarts.rejets.items():
                    regles[regle] = regles.get(regle, 0) + nombre
                livraisons.noter_refus(self.configuration.entrepot, sha256, fichier.nom, regles)
        return ResultatFichier(
            fichier.nom,
            "refusee",
            (decisif, *ecarts.constats(fichier.nom)),
            rejets=sum(ecarts.rejets.values()),
            avertissements=sum(ecarts.avertissements.values()),
            lignes_ecartees=tuple(ecarts.premieres),
        )


@dataclass
class _Etat:
    """What is known of a file at the moment it is refused."""

    sha256: str | None = None
    ecarts: Ecarts = field(default_factory=Ecarts)


def _inattendue(fichier: Fichier, erreur: Exception) -> ErreurPilotage:
    """A defect of ours: say where it is, not what its message quotes."""
    pas = [pas for pas in traceback.extract_tb(erreur.__traceback__) if "pipelines" in pas.filename]
    lieu = f"{Path(pas[-1].filename).name}, ligne {pas[-1].lineno}" if pas else "lieu inconnu"
    return ErreurPilotage(
        f"{fichier.nom} : erreur inattendue du programme ({type(erreur).__name__}, {lieu}).",
        "Retirez ce fichier du dépôt pour recevoir les autres, et signalez cette ligne aux développeurs.",
    )


def _constat_ignore(fichier: Fichier, ignore: FluxIgnore) -> Constat:
    raison = ignore.raison
    regle = next((id_ for id_, regle in REGLES.items() if raison in (id_, regle.texte)), "REC-101")
    return constat(regle, fichier.nom)


def _deja_recue(fichier: Fichier, livraison: Livraison) -> tuple[str, str]:
    return message("REC-103", fichier=fichier.nom, reçu_le=livraison.date_reception.isoformat())


def _verifier_jour(fichier: Fichier, jour: date, livraison: Livraison, aujourd_hui: date) -> None:
    if jour > aujourd_hui:
        raise refus("REC-006", fichier.nom)
    if livraison.date_creation is not None and jour < livraison.date_creation:
        raise refus("REC-005", fichier.nom)


def _receptions(connue: Inscription) -> set[date]:
    """Every day on which this content is known to have been received."""
    return {connue.livraison.date_reception, *(c.date_reception for c in connue.confirmations)}


def _resultat_connu(
    fichier: Fichier, statut: Statut, livraison: Livraison, jour: date, constats: tuple[Constat, ...]
) -> ResultatFichier:
    return ResultatFichier(
        fichier.nom,
        statut,
        constats,
        livraison.id,
        livraison.source,
        livraison.emetteur,
        jour,
        livraison.origine_date,
    )


def _empreinte_brute(fichier: Fichier) -> str | None:
    """What to call a file that could not even be decompressed: the hash of its own bytes."""
    try:
        with open(fichier.chemin, "rb") as flux:
            return empreinte(fichier, flux)[0]
    except (OSError, FichierRefuse):
        return None
