"""The words of the command line: every help text and every usage error in French."""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

FRANCAIS = {
    "usage: ": "Utilisation : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "affiche cette aide",
    "%(prog)s: error: %(message)s\n": "Erreur : %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il faut l'un de : %s",
    "not allowed with argument %s": "ne va pas avec %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "expected one argument": "attend une valeur",
    "expected at most one argument": "attend une valeur au plus",
    "expected at least one argument": "attend au moins une valeur",
    "ignored explicit argument %r": "n'attend pas de valeur (reçu : %r)",
    "ambiguous option: %(option)s could match %(matches)s": "option ambiguë : %(option)s (%(matches)s)",
    "invalid choice: %(value)r (choose from %(choices)s)": "choix inconnu : %(value)r (parmi %(choices)s)",
    "invalid %(type)s value: %(value)r": "valeur incorrecte : %(value)r",
    "expected %s argument": "attend %s valeur",
    "expected %s arguments": "attend %s valeurs",
}

EPILOGUE = """\
Codes de retour : 0 fait · 1 autre erreur · 2 mauvaise utilisation ou configuration
                  3 au moins un fichier refusé · 4 publication bloquée

Pour l'aide d'une commande : pilotage COMMANDE --help"""


class Analyseur(argparse.ArgumentParser):
    """An argparse parser that speaks French and says where the help is."""

    def __init__(self, **reglages: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **reglages)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Erreur : {message}\n  → Tapez « {self.prog} --help » pour l'aide.\n")


def parler_francais() -> None:
    """argparse asks its module-level ``_`` for every sentence: answer with ours."""
    argparse._ = lambda texte: FRANCAIS.get(texte, texte)  # type: ignore[attr-defined]
    argparse.ngettext = lambda un, des, n: FRANCAIS.get(un if n == 1 else des, un)  # type: ignore[attr-defined]


def jour(texte: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", texte):
        raise argparse.ArgumentTypeError("attend une date AAAA-MM-JJ")
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError("cette date n'existe pas") from None


def jour_venu(texte: str) -> date:
    """A day that has come: as of tomorrow, figures would be called final before they are."""
    from pipelines.reception.dates import aujourd_hui

    venu = jour(texte)
    if venu > aujourd_hui():
        raise argparse.ArgumentTypeError("cette date n'est pas encore passée")
    return venu


def mois(texte: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}", texte):
        raise argparse.ArgumentTypeError("attend un mois AAAA-MM")
    try:
        return date.fromisoformat(f"{texte}-01")
    except ValueError:
        raise argparse.ArgumentTypeError("ce mois n'existe pas") from None


def id_personne(texte: str) -> str:
    """A pseudonym; what else was typed may be a NIR, which is not said again."""
    if not re.fullmatch(r"[0-9a-f]{32}", texte):
        raise argparse.ArgumentTypeError(
            "attend un id_personne (32 chiffres ou lettres de a à f) ; NIR ou matricule : --demander"
        )
    return texte


def positif(texte: str) -> int:
    if not texte.isdecimal() or int(texte) == 0:
        raise argparse.ArgumentTypeError("attend un nombre entier positif")
    return int(texte)


def liste(texte: str) -> tuple[str, ...]:
    return tuple(mot.strip() for mot in texte.split(",") if mot.strip())


def analyser(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parler_francais()
    return _analyseur().parse_args(arguments)


def _communs() -> Analyseur:
    """What every command takes; without defaults, so that both places of an option count."""
    communs = Analyseur(add_help=False, argument_default=argparse.SUPPRESS)
    communs.add_argument(
        "--config",
        type=Path,
        metavar="FICHIER",
        help="le fichier pilotage.toml (sinon cherché ici et au-dessus)",
    )
    communs.add_argument("--debug", action="store_true", help="en cas d'erreur, affiche le détail technique")
    return communs


def _analyseur() -> Analyseur:
    communs = _communs()
    analyseur = Analyseur(
        prog="pilotage",
        description="Pilotage du RSA : des fichiers du mois aux indicateurs publiés (annexe 4, volet 2).",
        epilog=EPILOGUE,
        parents=[communs],
    )
    commandes = analyseur.add_subparsers(
        title="commandes", metavar="COMMANDE", dest="commande", required=True, parser_class=Analyseur
    )

    def commande(nom: str, aide: str) -> Analyseur:
        return commandes.add_parser(
            nom, help=aide, description=f"{aide[0].upper()}{aide[1:]}.", parents=[communs]
        )

    _commandes_du_mois(commande)
    _commandes_sur_les_personnes(commande)
    _autres_commandes(commande)
    return analyseur


def _commandes_du_mois(commande: Any) -> None:
    executer = commande(
        "executer", "le travail du mois : recevoir tout ce qui est nouveau au dépôt, puis publier"
    )
    _arrete_au(executer)
    executer.add_argument("--direct", action="store_true", help="sans Prefect : démarre tout de suite")

    recevoir = commande("recevoir", "reçoit des fichiers ou des dossiers : chacun devient une livraison")
    _fichiers(recevoir)
    recevoir.add_argument(
        "--recu-le", type=jour, metavar="AAAA-MM-JJ", help="jour où le département les a reçus"
    )

    verifier = commande("verifier", "contrôle comme recevoir, sans rien garder")
    _fichiers(verifier)
    verifier.add_argument(
        "--recu-le", type=jour, metavar="AAAA-MM-JJ", help="jour où le département les a reçus"
    )

    accepter = commande("accepter", "décide qu'une livraison suspecte fait foi")
    accepter.add_argument("livraison", metavar="ID", help="identifiant de la livraison (voir pilotage etat)")
    accepter.add_argument("--motif", required=True, metavar="TEXTE", help="pourquoi elle est acceptée")

    publier = commande("publier", "calcule et publie les indicateurs à partir des livraisons reçues")
    _arrete_au(publier)


def _commandes_sur_les_personnes(commande: Any) -> None:
    expliquer = commande(
        "expliquer", "pourquoi une personne est, ou n'est pas, un nouvel entrant (consultation journalisée)"
    )
    qui = expliquer.add_mutually_exclusive_group(required=True)
    qui.add_argument("id_personne", nargs="?", type=id_personne, metavar="ID", help="son id_personne")
    qui.add_argument(
        "--demander", action="store_true", help="demande un NIR ou un matricule, sans jamais l'afficher"
    )
    expliquer.add_argument(
        "--mois", type=mois, metavar="AAAA-MM", help="le mois à expliquer (sinon tous, et ses entrées)"
    )
    _arrete_au(expliquer)

    a_orienter = commande(
        "a-orienter", "liste, sous entrepot/restreint, les entrants à orienter et les jours qui restent"
    )
    a_orienter.add_argument(
        "--au",
        type=jour,
        metavar="AAAA-MM-JJ",
        help="compte les jours restants à cette date (sinon aujourd'hui)",
    )

    partager = commande(
        "partager", "écrit, sous entrepot/restreint, les données du mois partagées avec France Travail"
    )
    partager.add_argument("--mois", type=mois, required=True, metavar="AAAA-MM", help="le mois à partager")
    partager.add_argument(
        "--avec-freins", action="store_true", help="y ajoute les freins du diagnostic (données de santé)"
    )


def _autres_commandes(commande: Any) -> None:
    comparer = commande(
        "comparer", "ce qui diffère entre deux publications, et ce qui l'explique (petits nombres masqués)"
    )
    for nom, lettre, aide in (("avant", "A", "la première"), ("apres", "B", "celle qui lui est comparée")):
        comparer.add_argument(
            nom,
            metavar=lettre,
            help=f"{aide} : « courante », « precedente », ou le début du nom de son dossier",
        )
    comparer.add_argument(
        "--personnes",
        action="store_true",
        help="nombres exacts et personnes, pour le service seul (consultation journalisée)",
    )

    commande("etat", "qui a livré pour quel mois ; ce qui manque, est refusé, suspect ou en retard")

    simuler = commande(
        "simuler", "fabrique un département fictif : fichiers CAF/MSA, France Travail et du CD"
    )
    simuler.add_argument("dossier", type=Path, metavar="DOSSIER", help="dossier à remplir")
    simuler.add_argument(
        "--dossiers", type=positif, required=True, metavar="N", help="nombre de dossiers RSA"
    )
    simuler.add_argument("--mois", type=positif, required=True, metavar="N", help="nombre de mois")
    simuler.add_argument("--graine", type=positif, default=1, metavar="N", help="même graine, mêmes fichiers")
    simuler.add_argument(
        "--format", choices=("xml", "csv"), default="xml", help="format des fichiers CAF/MSA"
    )
    simuler.add_argument(
        "--fautes", type=liste, default=(), metavar="LISTE", help="fautes à glisser, séparées par ,"
    )

    commande("planifier", "lance chaque mois le travail du mois (Prefect, heure de Paris)")


def _fichiers(commande: Analyseur) -> None:
    commande.add_argument("chemins", type=Path, nargs="+", metavar="CHEMIN", help="fichier ou dossier")
    commande.add_argument("--emetteur", metavar="NOM", help="système d'où viennent ces fichiers du CD")


def _arrete_au(commande: Analyseur) -> None:
    commande.add_argument(
        "--arrete-au",
        type=jour_venu,
        metavar="AAAA-MM-JJ",
        help="ne compte que ce qui est reçu jusqu'à ce jour",
    )
