"""Who has delivered for which month; what is missing, refused, suspecte or late: the register, laid out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from pipelines.affichage import accord, dire, tableau
from pipelines.configuration import Configuration, Source
from pipelines.erreurs import ErreurPilotage

if TYPE_CHECKING:
    from pipelines.reception.livraisons import Inscription

SANS_EMETTEUR = ("beneficiaires", "france_travail")
TOLERANCE_JOURS = 10  # beyond an organisme's usual delay, it is late


@dataclass(frozen=True)
class Suspecte:
    """A delivery that waits for a decision, and what made it so."""

    id_livraison: str
    qui: str
    mois: str
    regles: str


def afficher(configuration: Configuration) -> None:
    """The whole state, in the order in which one mends it."""
    from pipelines.reception.dates import aujourd_hui
    from pipelines.reception.livraisons import refus_notes, registre

    inscriptions = registre(configuration.entrepot)
    mensuelles = receptions_mensuelles(inscriptions)
    suspectes = _suspectes(configuration, inscriptions)
    dire(f"{configuration.nom} : {accord(len(inscriptions), 'livraison')} en entrepôt\n")
    _mois(configuration, mensuelles, {(s.qui, s.mois) for s in suspectes})
    _tables(configuration, inscriptions)
    _liste("Suspectes, en attente de décision", list(_lignes_suspectes(suspectes)))
    _liste(
        "Fichiers refusés",
        [
            f"{n['fichier']} : {', '.join(n['regles'])} (le {n['date'][:10]})"
            for n in refus_notes(configuration.entrepot)
        ],
    )
    _liste(
        "En retard",
        [
            *retards(configuration, mensuelles, aujourd_hui()),
            *_tables_en_retard(configuration, inscriptions, mensuelles),
        ],
    )


def receptions_mensuelles(inscriptions: Sequence["Inscription"]) -> dict[tuple[str, date], date]:
    """The last reception of the complete monthly file of each (organisme, mois)."""
    receptions: dict[tuple[str, date], date] = {}
    for inscription in inscriptions:  # in order of reception: the last one stays
        livraison = inscription.livraison
        if (
            livraison.source == "beneficiaires"
            and livraison.type_flux == "M"
            and not livraison.complementaire
        ):
            for partie in inscription.lecture.parties:
                mois = date.fromisoformat(partie["mois"])
                receptions[partie["organisme"], mois] = livraison.date_reception
    return receptions


def _mois(
    configuration: Configuration, mensuelles: dict[tuple[str, date], date], suspectes: set[tuple[str, str]]
) -> None:
    if not mensuelles:
        dire("Aucun fichier mensuel de CAF ou de MSA n'a été reçu.")
        return
    codes = [o.code for o in configuration.organismes]
    lignes = []
    for mois in _suite(min(m for _, m in mensuelles), max(m for _, m in mensuelles)):
        cases = [_case(mensuelles.get((code, mois)), (code, f"{mois:%Y-%m}") in suspectes) for code in codes]
        lignes.append([f"{mois:%Y-%m}", *cases])
    dire("Fichiers mensuels CAF et MSA, par date de réception :\n")
    tableau(["Mois", *codes], lignes)
    dire()


def _case(reception: date | None, suspecte: bool) -> str:
    if reception is None:
        return "manque"
    return f"{reception:%d/%m/%Y}" + (" suspecte" if suspecte else "")


def _suite(premier: date, dernier: date) -> Iterator[date]:
    mois = premier
    while mois <= dernier:
        yield mois
        mois = suivant(mois)


def suivant(mois: date) -> date:
    """The first day of the next month."""
    return (mois.replace(day=1) + timedelta(days=32)).replace(day=1)


def _tables(configuration: Configuration, inscriptions: Sequence["Inscription"]) -> None:
    dernieres = _dernieres_receptions(inscriptions)
    lignes = []
    for table, emetteur in _attendues(configuration):
        derniere, nombre = dernieres.get((table, emetteur), (None, 0))
        lignes.append(
            [table, emetteur or "—", str(nombre), f"{derniere:%d/%m/%Y}" if derniere else "jamais reçue"]
        )
    dire("Tables du CD et de France Travail :\n")
    tableau(["Table", "Émetteur", "Livraisons", "Dernière réception"], lignes, a_droite=[2])
    dire()


def _attendues(configuration: Configuration) -> Iterator[tuple[str, str | None]]:
    from contracts.tables import TABLES

    for table in TABLES:
        if table == "france_travail":
            yield table, None
        elif table not in SANS_EMETTEUR:
            yield from ((table, source.emetteur) for source in configuration.emetteurs(table))


def _dernieres_receptions(
    inscriptions: Sequence["Inscription"],
) -> dict[tuple[str, str | None], tuple[date, int]]:
    dernieres: dict[tuple[str, str | None], tuple[date, int]] = {}
    for inscription in inscriptions:
        livraison = inscription.livraison
        cle = (livraison.source, livraison.emetteur)
        jours = [livraison.date_reception, *(c.date_reception for c in inscription.confirmations)]
        derniere, nombre = dernieres.get(cle, (date.min, 0))
        dernieres[cle] = (max(derniere, *jours), nombre + 1)
    return dernieres


def _lignes_suspectes(suspectes: Sequence[Suspecte]) -> Iterator[str]:
    for suspecte in suspectes:
        quoi = f"{suspecte.qui} {suspecte.mois}".rstrip()
        yield f"{suspecte.id_livraison} ({quoi}) : {suspecte.regles}"
        yield f'  → pilotage accepter {suspecte.id_livraison} --motif "…", ou demandez un fichier corrigé'


def retards(
    configuration: Configuration, mensuelles: dict[tuple[str, date], date], aujourd_hui: date
) -> Iterator[str]:
    """Organismes whose next month should have come, by their own usual delay."""
    par_organisme: dict[str, dict[date, date]] = defaultdict(dict)
    for (code, mois), reception in mensuelles.items():
        par_organisme[code][mois] = reception
    for organisme in configuration.organismes:
        recus = par_organisme.get(organisme.code)
        if not recus:
            yield f"{organisme.code} : n'a jamais rien livré"
            continue
        attendu = suivant(max(recus))
        delai = median((reception - suivant(mois)).days for mois, reception in recus.items())
        jour = suivant(attendu) + timedelta(days=int(delai))
        if aujourd_hui > jour + timedelta(days=TOLERANCE_JOURS):
            yield f"{organisme.code} : {attendu:%Y-%m}, attendu vers le {jour:%d/%m/%Y}"


def _tables_en_retard(
    configuration: Configuration,
    inscriptions: Sequence["Inscription"],
    mensuelles: dict[tuple[str, date], date],
) -> Iterator[str]:
    """Orientations older than the last month: its figures stay provisoires (3.3)."""
    dernieres = _dernieres_receptions(inscriptions)
    if not mensuelles:
        return
    dernier = max(mois for _, mois in mensuelles)
    fin = suivant(dernier) - timedelta(days=1)
    for source in configuration.emetteurs("orientations"):
        derniere, _ = dernieres.get(("orientations", source.emetteur), (date.min, 0))
        if _en_service(source, fin) and derniere < fin:
            manque = f"rien depuis le {fin:%d/%m/%Y}, {dernier:%Y-%m} reste provisoire"
            yield f"orientations {source.emetteur} : {manque}"


def _en_service(source: Source, jour: date) -> bool:
    return (source.debut is None or source.debut <= jour) and (source.fin is None or jour <= source.fin)


def _liste(titre: str, lignes: Sequence[str]) -> None:
    if lignes:
        dire(f"{titre} :")
        for ligne in lignes:
            dire(f"  {ligne}")
        dire()


def _suspectes(configuration: Configuration, inscriptions: Sequence["Inscription"]) -> list[Suspecte]:
    """What a publication of today would be stopped by."""
    if not inscriptions:
        return []
    from pipelines.calcul.suspectes import suspectes

    try:
        return [Suspecte(*ligne) for ligne in suspectes(configuration)]
    except ErreurPilotage as erreur:
        dire(f"{erreur.message}\n  → {erreur.conseil}\n")
        return []
