"""The command ``pilotage``: from the words typed to the steps, and from an error to two French lines.

Nothing heavy is imported before a command needs it: the help must come at once.
"""

import argparse
import errno
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from pipelines.affichage import dire, preparer_terminal, signaler
from pipelines.arguments import analyser
from pipelines.erreurs import ErreurPilotage

SYSTEME = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ENOENT: "fichier ou dossier introuvable",
    errno.ENOSPC: "il n'y a plus de place sur le disque",
    errno.EROFS: "le disque est en lecture seule",
    errno.EDQUOT: "le quota de disque est atteint",
    errno.EIO: "le disque ne répond pas",
}

SANS_VALEUR = (ErreurPilotage, OSError, NameError, AttributeError, ImportError)
CONSEILS = {
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS), "Rétablissez les droits sur ce chemin, puis relancez."
    ),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "Libérez de la place, puis relancez."),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code of 4.2."""
    preparer_terminal()
    try:
        demande = analyser(arguments)
    except SystemExit as sortie:  # --help (0) or wrong usage (2): argparse has already spoken
        return sortie.code if isinstance(sortie.code, int) else 2
    try:
        return COMMANDES[demande.commande](demande)
    except ErreurPilotage as erreur:
        signaler(erreur.message, erreur.conseil)
        _detailler(erreur, demande)
        return erreur.code
    except KeyboardInterrupt:
        signaler("interrompu.", "Relancez la même commande : ce qui est déjà enregistré ne sera pas refait.")
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) left: nothing more to say
        return 1
    except Exception as erreur:
        signaler(_inattendu(erreur), _conseil(erreur))
        _detailler(erreur, demande)
        return 1


def _inattendu(erreur: Exception) -> str:
    """A library's message may hold a value of a file: only what the system says of a path is told."""
    if isinstance(erreur, OSError):
        probleme = SYSTEME.get(erreur.errno or 0, f"erreur du système ({type(erreur).__name__})")
        return f"{probleme} : {erreur.filename}." if erreur.filename else f"{probleme}."
    return f"erreur inattendue ({type(erreur).__name__})."


def _conseil(erreur: Exception) -> str:
    numero = erreur.errno if isinstance(erreur, OSError) else None
    return CONSEILS.get(numero or 0, "Relancez avec --debug et transmettez le détail à l'équipe technique.")


def _detailler(erreur: BaseException, demande: argparse.Namespace) -> None:
    if not getattr(demande, "debug", False):
        return
    chaine: list[BaseException] = []
    cause: BaseException | None = erreur
    while cause is not None:  # the technical chain, which `from None` hides from users
        chaine.append(cause)
        cause = cause.__cause__ or cause.__context__
    for maillon in reversed(chaine):
        pas = traceback.format_tb(maillon.__traceback__)
        sys.stderr.write(f"Traceback:\n{''.join(pas)}{_nommer(maillon)}\n")


def _nommer(erreur: BaseException) -> str:
    """What it is, and what it says only when that cannot be a value of a file: this detail is sent away."""
    type_ = type(erreur).__qualname__
    return f"{type_}: {erreur}" if isinstance(erreur, SANS_VALEUR) else type_


def _config(demande: argparse.Namespace) -> Path | None:
    chemin: Path | None = getattr(demande, "config", None)
    return chemin


def _executer(demande: argparse.Namespace) -> int:
    from pipelines.configuration import charger

    configuration = charger(_config(demande))
    dire(f"{configuration.nom} : le travail du mois")
    if demande.direct:
        from pipelines.etapes import executer

        return executer(configuration, demande.arrete_au).code
    dire("Démarrage de Prefect (une vingtaine de secondes ; --direct s'en passe)…")
    from pipelines.flows import pilotage_mensuel

    return pilotage_mensuel(str(configuration.fichier), demande.arrete_au).code


def _recevoir(demande: argparse.Namespace) -> int:
    return _reception(demande, a_blanc=False)


def _verifier(demande: argparse.Namespace) -> int:
    return _reception(demande, a_blanc=True)


def _reception(demande: argparse.Namespace, a_blanc: bool) -> int:
    from pipelines import compte_rendu
    from pipelines.affichage import progression
    from pipelines.configuration import charger
    from pipelines.reception.recevoir import recevoir, verifier

    configuration = charger(_config(demande))
    faire = verifier if a_blanc else recevoir
    with progression("Contrôle" if a_blanc else "Réception") as suivi:
        bilan = faire(demande.chemins, configuration, demande.recu_le, demande.emetteur, suivi)
    compte_rendu.reception(bilan)
    return bilan.code


def _accepter(demande: argparse.Namespace) -> int:
    from pipelines.calcul.suspectes import attend_une_decision
    from pipelines.configuration import charger
    from pipelines.reception.livraisons import accepter

    configuration = charger(_config(demande))
    attendue = attend_une_decision(configuration, demande.livraison)
    livraison = accepter(configuration.entrepot, demande.livraison, demande.motif)
    if not attendue:
        dire(f"Attention : {livraison.id} n'attendait pas de décision ; l'acceptation est notée quand même.")
        return 0
    dire(
        f"Livraison {livraison.id} ({livraison.fichier}) acceptée : elle comptera à la prochaine publication."
    )
    return 0


def _publier(demande: argparse.Namespace) -> int:
    from pipelines import compte_rendu, etapes
    from pipelines.configuration import charger

    compte_rendu.publication(etapes.publier(charger(_config(demande)), demande.arrete_au))
    return 0


def _expliquer(demande: argparse.Namespace) -> int:
    from pipelines.configuration import charger
    from pipelines.explication.expliquer import expliquer

    expliquer(charger(_config(demande)), demande.id_personne, demande.mois, demande.arrete_au)
    return 0


def _a_orienter(demande: argparse.Namespace) -> int:
    from pipelines.configuration import charger
    from pipelines.listes.a_orienter import a_orienter
    from pipelines.reception.dates import aujourd_hui

    a_orienter(charger(_config(demande)), demande.au or aujourd_hui())
    return 0


def _partager(demande: argparse.Namespace) -> int:
    from pipelines.configuration import charger
    from pipelines.listes.partage import partager

    partager(charger(_config(demande)), demande.mois, demande.avec_freins)
    return 0


def _comparer(demande: argparse.Namespace) -> int:
    from pipelines.configuration import charger
    from pipelines.publication.comparaison.commande import comparer

    comparer(charger(_config(demande)), demande.avant, demande.apres, demande.personnes)
    return 0


def _etat(demande: argparse.Namespace) -> int:
    from pipelines.configuration import charger
    from pipelines.etat import afficher

    afficher(charger(_config(demande)))
    return 0


def _simuler(demande: argparse.Namespace) -> int:
    from pipelines.simulation import simuler

    simuler(demande.dossier, demande.dossiers, demande.mois, demande.graine, demande.format, demande.fautes)
    dire(f"Département fictif écrit dans {demande.dossier}.")
    dire(f"  → pilotage executer --direct --config {demande.dossier / 'pilotage.toml'}")
    return 0


def _planifier(demande: argparse.Namespace) -> int:
    from pipelines.configuration import charger
    from pipelines.planification import planifier

    planifier(charger(_config(demande)).fichier)
    return 0


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "executer": _executer,
    "recevoir": _recevoir,
    "verifier": _verifier,
    "accepter": _accepter,
    "publier": _publier,
    "expliquer": _expliquer,
    "a-orienter": _a_orienter,
    "partager": _partager,
    "comparer": _comparer,
    "etat": _etat,
    "simuler": _simuler,
    "planifier": _planifier,
}
