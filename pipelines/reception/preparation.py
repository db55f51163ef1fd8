"""One new content, from its bytes to a livraison ready in its atelier: read, dated, checked, described."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from contracts.definitions import Table
from contracts.tables import TABLES, champs
from pipelines.configuration import Configuration, Source
from pipelines.reception import dates, flux_caf, flux_pecg, livraisons, reconnaissance, tableaux
from pipelines.reception.bilan import Ecarts, ResultatFichier
from pipelines.reception.dates import DateReception
from pipelines.reception.ecriture import Comptes, Ecriture, juger
from pipelines.reception.fichiers import Contenu, Fichier, conserver, refus
from pipelines.reception.lecture import Entete, Lecture
from pipelines.reception.livraisons import Atelier, LectureFaite, Livraison
from pipelines.reception.pseudonymes import Pseudonymes, empreinte_cle
from pipelines.reception.reconnaissance import Emetteur

VERSION_LECTEUR = "1"
_LECTEURS_XML: dict[str, Callable[[BinaryIO, str], Lecture]] = {
    "xml-caf": flux_caf.lire,
    "xml-pecg": flux_pecg.lire,
}


@dataclass
class Demande:
    """A content to prepare, and what the user said of its file. ``ecarts`` stays readable after a refusal."""

    fichier: Fichier
    annonce: DateReception | None
    nomme: Emetteur | None
    atelier: Atelier
    lu: Contenu
    ecarts: Ecarts = field(default_factory=Ecarts)


@dataclass(frozen=True)
class Preparee:
    """A livraison ready in its atelier, and what to say of it."""

    livraison: Livraison
    resultat: ResultatFichier


@dataclass
class Preparateur:
    """What does not change from a file to the next."""

    configuration: Configuration
    cle: bytes
    aujourd_hui: date
    _pseudonymes: Pseudonymes = field(init=False)

    def __post_init__(self) -> None:
        self._pseudonymes = Pseudonymes(self.cle)

    def preparer(self, demande: Demande) -> Preparee:
        """Read and check a whole file; FichierRefuse or FluxIgnore when it does not become a livraison."""
        forme = reconnaissance.reconnaitre(demande.fichier, demande.lu)
        # The bytes are kept by a thread while this one parses: hashing and zstd leave the interpreter free.
        with ThreadPoolExecutor(1) as fil, open(demande.lu.chemin, "rb") as flux:
            copie = fil.submit(conserver, demande.lu, demande.atelier.brut)
            lecture = self._ouvrir(forme, flux, demande)
            reception, emetteur = self._situer(lecture.entete, demande)
            ecriture = self._ecriture(lecture.entete, reception, demande)
            comptes = ecriture.ecrire(lecture)
            annonces = lecture.entete.dossiers_annonces or 0
            juger(comptes, ecriture.table, self.configuration, demande.fichier.nom, annonces)
            if copie.result() != demande.lu.sha256:
                raise refus("FIC-013", demande.fichier.nom)
        _avertir_si_vide(lecture.entete, comptes)
        livraison = self._livraison(demande, lecture.entete, comptes, reception, emetteur)
        fiche = _fiche_lecture(lecture, comptes, ecriture.table, self.source(livraison.source, emetteur))
        livraisons.ecrire_fiches(demande.atelier, livraison, fiche)
        return Preparee(livraison, _resultat(demande.fichier, livraison, comptes))

    def chemin(self, fichier: Fichier) -> str:
        """Where a file lies from the folder of pilotage.toml, if it lies under it."""
        dossier = self.configuration.dossier.resolve()
        if fichier.chemin.is_relative_to(dossier):
            return fichier.chemin.relative_to(dossier).as_posix()
        return fichier.nom

    def source(self, table: str, emetteur: str | None) -> Source:
        """How an émetteur's table is configured."""
        sources = self.configuration.emetteurs(table)
        return next((source for source in sources if source.emetteur == emetteur), sources[0])

    def _ouvrir(self, forme: reconnaissance.Forme, flux: BinaryIO, demande: Demande) -> Lecture:
        if forme != "table":
            return _LECTEURS_XML[forme](flux, demande.fichier.nom)
        sources = reconnaissance.sources_possibles(self.configuration, demande.nomme)
        return tableaux.lire(demande.lu.chemin, sources, demande.fichier.nom)

    def _situer(self, entete: Entete, demande: Demande) -> tuple[DateReception, str | None]:
        fichier, configuration = demande.fichier, self.configuration
        emetteur = reconnaissance.emetteur(fichier, entete.source, demande.nomme, configuration)
        reception = dates.decider(
            fichier,
            demande.annonce,
            entete.date_creation,
            entete.source == "beneficiaires",
            configuration.qualite.reception_implicite_jours,
            self.aujourd_hui,
        )
        return reception, emetteur

    def _ecriture(self, entete: Entete, reception: DateReception, demande: Demande) -> Ecriture:
        return Ecriture(
            demande.atelier,
            TABLES[entete.source],
            entete.format,
            reception.jour,
            self._pseudonymes,
            frozenset(organisme.code for organisme in self.configuration.organismes),
            demande.fichier.nom,
            Comptes(ecarts=demande.ecarts),
        )

    def _livraison(
        self,
        demande: Demande,
        entete: Entete,
        comptes: Comptes,
        reception: DateReception,
        emetteur: str | None,
    ) -> Livraison:
        lu = demande.lu
        plusieurs = len(self.configuration.emetteurs(entete.source)) > 1
        return Livraison(
            id=livraisons.identifiant(lu.sha256, emetteur, plusieurs),
            source=entete.source,
            emetteur=emetteur,
            format=entete.format,
            fichier=Path(demande.fichier.nom).name,
            chemin=self.chemin(demande.fichier),
            sha256=lu.sha256,
            octets=lu.octets,
            date_reception=reception.jour,
            date_enregistrement=livraisons.maintenant(),
            origine_date=reception.origine,
            type_flux=entete.type_flux,
            date_creation=entete.date_creation,
            heure_creation=_heure(entete),
            date_reference=entete.date_reference,
            dossiers_annonces=entete.dossiers_annonces,
            dossiers_anomalie_annonces=entete.dossiers_anomalie_annonces,
            complementaire=comptes.complementaire,
            empreinte_cle=empreinte_cle(self.cle),
        )


def _resultat(fichier: Fichier, livraison: Livraison, comptes: Comptes) -> ResultatFichier:
    return ResultatFichier(
        fichier.nom,
        "recue",
        comptes.ecarts.constats(fichier.nom),
        livraison.id,
        livraison.source,
        livraison.emetteur,
        livraison.date_reception,
        livraison.origine_date,
        comptes.lignes,
        comptes.rejets,
        sum(comptes.ecarts.avertissements.values()),
        tuple(comptes.ecarts.premieres),
    )


def _avertir_si_vide(entete: Entete, comptes: Comptes) -> None:
    """An empty file is valid, and worth a word."""
    if comptes.lignes or comptes.rejets or comptes.dossiers:
        return
    regle = {"xml-caf": "CAF-105", "xml-pecg": "FTR-103"}.get(entete.format, "TAB-109")
    if regle == "CAF-105" and (entete.type_flux != "M" or entete.dossiers_annonces):
        return
    comptes.ecarts.avertissements.setdefault((regle, ""), 1)


def _fiche_lecture(lecture: Lecture, comptes: Comptes, table: Table, source: Source) -> LectureFaite:
    return LectureFaite(
        numero=1,
        lecteur=f"{lecture.entete.format}-{VERSION_LECTEUR}",
        contrat=_resume(repr((table, champs(table)))),
        correspondance=_resume(
            repr((source.correspondance, sorted(source.colonnes.items()), source.valeurs))
        ),
        lignes=comptes.lignes,
        rejets=comptes.rejets,
        dossiers=comptes.dossiers,
        colonnes=lecture.entete.colonnes,
        avertissements=_par_regle(comptes.ecarts.avertissements),
        rejets_par_regle=_par_regle(comptes.ecarts.rejets),
        parties=comptes.fiches_parties(),
    )


def _par_regle(comptes: dict[tuple[str, str], int]) -> tuple[dict[str, str | int | None], ...]:
    return tuple(
        {"regle": regle, "colonne": colonne or None, "nombre": nombre}
        for (regle, colonne), nombre in sorted(comptes.items())
    )


def _resume(texte: str) -> str:
    return hashlib.sha256(texte.encode()).hexdigest()[:16]


def _heure(entete: Entete) -> str | None:
    return None if entete.heure_creation is None else entete.heure_creation.strftime("%H:%M:%S.%f")
