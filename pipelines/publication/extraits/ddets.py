"""The contractual totals by territoire and period, unmasked, for the State's services only."""

from pathlib import Path

from pipelines.publication.chiffres_publies import ChiffresPublies
from pipelines.publication.extraits.cellules import Extrait
from pipelines.publication.extraits.comite import mesures_du_comite
from pipelines.publication.extraits.tableau import Case, Tableau, ecrire_csv

DESTINATAIRE = "destinataire : services de l'État"
VOLETS = ("1", "2", "FA", "F1")
COLONNES = (
    "code",
    "indicateur",
    "type_periode",
    "periode",
    "debut",
    "fin",
    "territoire",
    "valeur",
    "statut",
    "motif_nd",
    "commentaire",
)


def ecrire_ddets(publies: ChiffresPublies, dossier: Path) -> Path:
    """Whom it is for stands on the first line."""
    extrait = Extrait(publies, 0, frozenset())
    lignes = []
    for indicateur, mesure in mesures_du_comite():
        for periode in publies.periodes if indicateur.volet in VOLETS else ():
            for territoire in publies.territoires:
                chiffre = publies.chiffres[periode.cle(indicateur.code, mesure.nom, territoire.code)]
                avant = (indicateur.code, mesure.libelle, periode.type_periode, periode.libelle)
                textes = (
                    *(*avant, periode.debut, periode.fin, territoire.code),
                    *(extrait.cellule(chiffre, len(periode.mois)), chiffre.statut),
                    *(chiffre.motif_nd or "", chiffre.commentaire or ""),
                )
                lignes.append([Case(texte) for texte in textes])
    tableau = Tableau("totaux_contractuels", "Totaux contractuels", COLONNES, lignes)
    return ecrire_csv(tableau, dossier, [DESTINATAIRE])
