"""``pilotage comparer``: compare, note the look-up when persons are named, then print."""

from collections.abc import Mapping

from pipelines.acces import Consultation, noter
from pipelines.affichage import dire
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurUsage
from pipelines.publication.chiffres_publies import Cle
from pipelines.publication.comparaison import texte, vue
from pipelines.publication.comparaison.comparer import comparer_publiees
from pipelines.publication.comparaison.designation import Publiee, retrouver
from pipelines.publication.comparaison.resultat import Comparaison
from pipelines.publication.extraits import lire_chiffres

COMMANDE = "comparer"


def comparer(configuration: Configuration, a: str, b: str, personnes: bool) -> None:
    """Print what differs from ``a`` to ``b``: masked, or exact and with the persons (noted first).

    Raises ErreurUsage (unknown or ambiguous name, two keys), PublicationBloquee (a damaged publication),
    ErreurPilotage when the look-up cannot be noted: nothing is then shown.
    """
    avant, apres = retrouver(configuration, a), retrouver(configuration, b)
    dire("Comparaison…\n")
    comparaison = comparer_publiees(configuration, avant, apres)
    if personnes:
        noter(configuration.entrepot, Consultation(f"{COMMANDE} {avant.nom} {apres.nom}"))
        _montrer_au_service(comparaison)
    else:
        cellules = _cellules(avant), _cellules(apres)
        seuil = configuration.seuil_secret
        texte.montrer(comparaison, list(vue.masquee(comparaison, *cellules, seuil)), seuil)


def _montrer_au_service(comparaison: Comparaison) -> None:
    texte.montrer(comparaison, list(vue.exacte(comparaison)), seuil=0)
    if comparaison.personnes:
        texte.montrer_personnes(comparaison)


def _cellules(publiee: Publiee) -> Mapping[Cle, str]:
    try:
        return lire_chiffres(publiee.dossier)
    except FileNotFoundError:
        raise ErreurUsage(
            f"La publication {publiee.nom} est d'une version qui ne disait pas ce qu'elle masque.",
            "Ajoutez --personnes pour une comparaison exacte, à l'usage du service seul.",
        ) from None
