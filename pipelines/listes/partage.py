"""``pilotage partager``: what the département shares with France Travail, one row a person soumis."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipelines.acces import Consultation, noter
from pipelines.affichage import accord, dire
from pipelines.calcul.calculer import calculer
from pipelines.calcul.questions import Lecteur, Ligne, rang, verifier_mois
from pipelines.compte_rendu import chemin_court
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurPilotage
from pipelines.listes.ecriture import ecrire_liste

COMMANDE = "partager"
FREINS = "freins"
COLONNES = (
    "identifiant_france_travail",
    "numero_demande_rsa",
    "date_ouverture_droit",
    "source_date_ouverture_droit",
    "date_reception_t0",
    "date_entree_dispositif",
    "date_rdv_orientation",
    "type_parcours",
    "dates_rdv",
    "prestations",
)
_ETAPES = ("partage_rendez_vous", "partage_prestations", "partage_parcours", "partage_freins")


def partager(configuration: Configuration, mois: date, avec_freins: bool) -> None:
    """Write the month's file as of the last delivery; show its counts only.

    ``avec_freins``: health data, left out otherwise. Raises ErreurUsage for a month never delivered,
    ErreurPilotage when it cannot be noted or the identities are no longer there: nothing is then written.
    """
    with calculer(configuration) as calcul:
        lecteur = Lecteur(calcul.connexion)
        verifier_mois(lecteur, mois)
        noter(configuration.entrepot, Consultation(_commande(avec_freins), mois=mois))
        personnes = _lire(lecteur, configuration.entrepot, mois)
        manquants = [m["organisme"] for m in lecteur.lire("manquants", im=rang(mois))]
    chemin = configuration.entrepot / "restreint" / "partage" / f"{mois:%Y-%m}.csv"
    colonnes = (*COLONNES, FREINS) if avec_freins else COLONNES
    ecrire_liste(chemin, colonnes, (_ligne(personne, colonnes) for personne in personnes))
    _compter(personnes, mois)
    for organisme in manquants:
        dire(f"  {organisme} n'a pas de fichier en vigueur pour ce mois : ses personnes n'y sont pas.")
    dire(f"Fichier arrêté au {calcul.arrete_au:%d/%m/%Y} : {chemin_court(chemin)}")


def _commande(avec_freins: bool) -> str:
    return f"{COMMANDE} --avec-freins" if avec_freins else COMMANDE


def _lire(lecteur: Lecteur, entrepot: Path, mois: date) -> list[Ligne]:
    valeurs = {"im": rang(mois), "mois": mois}
    lecteur.garder("partage_soumises", **valeurs)
    lecteur.garder("partage_entrees", **valeurs)
    livraisons = [ligne["id_livraison"] for ligne in lecteur.lire("partage_livraisons")]
    lecteur.garder("partage_identifiants", identites=_identites(entrepot, livraisons))
    for etape in _ETAPES:
        lecteur.garder(etape, **valeurs)
    return lecteur.lire("partage")


def _identites(entrepot: Path, livraisons: Sequence[str]) -> list[str]:
    """The files that say who is who, of these deliveries."""
    fichiers = [entrepot / "restreint" / "identites" / f"{livraison}.parquet" for livraison in livraisons]
    presents = [fichier.as_posix() for fichier in fichiers if fichier.exists()]
    if not presents:
        raise ErreurPilotage(
            "Aucune identité de ce mois n'est dans entrepot/restreint/identites : rien à partager.",
            "Choisissez un mois livré et pas encore purgé, ou restaurez l'entrepôt.",
        )
    return presents


def _compter(personnes: Sequence[Ligne], mois: date) -> None:
    connues = sum(personne["identifiant_france_travail"] is not None for personne in personnes)
    entrees = sum(personne["date_entree_dispositif"] is not None for personne in personnes)
    dire(f"{accord(len(personnes), 'personne soumise', 'personnes soumises')} en {mois:%Y-%m}")
    dire(
        f"  dont {accord(connues, 'identifiant France Travail connu', 'identifiants France Travail connus')}"
    )
    dire(f"  dont {accord(entrees, 'entrée en cours', 'entrées en cours')}")


def _ligne(personne: Ligne, colonnes: Sequence[str]) -> list[str]:
    return [_cellule(personne[colonne]) for colonne in colonnes]


def _cellule(valeur: str | date | None) -> str:
    return "" if valeur is None else str(valeur)
