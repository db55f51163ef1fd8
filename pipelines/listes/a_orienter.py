"""``pilotage a-orienter``: the entrants whom nobody has oriented yet, and the days left to do it."""

from datetime import date

from pipelines.acces import Consultation, noter
from pipelines.affichage import accord, dire, nombre
from pipelines.calcul.calculer import calculer
from pipelines.calcul.questions import Lecteur, Ligne
from pipelines.compte_rendu import chemin_court
from pipelines.configuration import Configuration
from pipelines.listes.ecriture import Cellule, ecrire_liste, oui_non

COMMANDE = "a-orienter"
COLONNES = (
    "numéro de demande",
    "matricule",
    "territoire",
    "mois d'entrée",
    "T0",
    "échéance",
    "jours restants",
    "situation",
    "décision sans notification",
    "toujours soumise",
)


def a_orienter(configuration: Configuration, au: date) -> None:
    """Write the list as of the last delivery, with the days left on the day ``au``; show its counts only.

    Raises ErreurPilotage when it cannot be noted: nothing is then written.
    """
    with calculer(configuration) as calcul:
        lecteur = Lecteur(calcul.connexion)
        entrees = lecteur.lire("a_orienter", au=au)
        non_verifiables = [t["territoire"] for t in lecteur.lire("territoires_non_verifiables")]
    noter(configuration.entrepot, Consultation(COMMANDE))
    chemin = configuration.entrepot / "restreint" / "a_orienter" / f"{calcul.arrete_au}.csv"
    ecrire_liste(chemin, COLONNES, map(_ligne, entrees))
    _compter(entrees, au)
    for territoire in non_verifiables:
        dire(f"  Territoire {territoire} : aucune orientation reçue, ses entrants ne sont pas connus.")
    dire(f"Liste arrêtée au {calcul.arrete_au:%d/%m/%Y} : {chemin_court(chemin)}")


def _compter(entrees: list[Ligne], au: date) -> None:
    dans_le_delai = sum(_en_attente(entree) for entree in entrees)
    decidees = sum(entree["decide_non_notifie"] for entree in entrees)
    soumises = sum(entree["toujours_soumise"] for entree in entrees)
    dire(f"{accord(len(entrees), 'entrant')} à orienter au {au:%d/%m/%Y}")
    dire(f"  {nombre(dans_le_delai)} dans le délai, {nombre(len(entrees) - dans_le_delai)} hors délai")
    dire(f"  dont {accord(decidees, 'orientation décidée', 'orientations décidées')} sans notification")
    dire(f"  dont {accord(soumises, 'personne toujours soumise', 'personnes toujours soumises')}")


def _en_attente(entree: Ligne) -> bool:
    return bool(entree["jours_restants"] > 0)


def _ligne(entree: Ligne) -> list[Cellule]:
    return [
        entree["numero_demande_rsa"] or "",
        entree["matricule"] or "",
        entree["territoire"],
        f"{entree['mois']:%Y-%m}",
        f"{entree['date_reception_t0']:%d/%m/%Y}",
        f"{entree['echeance']:%d/%m/%Y}",
        entree["jours_restants"],
        "en attente" if _en_attente(entree) else "hors délai",
        oui_non(entree["decide_non_notifie"]),
        oui_non(entree["toujours_soumise"]),
    ]
