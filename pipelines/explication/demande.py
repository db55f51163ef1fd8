"""Who is asked for: an id_personne, or a NIR or a matricule typed where nobody can read it.

What is typed is never shown, never written, never an argument: only its pseudonym goes further.
"""

import getpass
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from contracts.champs import CHAMPS
from contracts.tables import TABLES
from contracts.valeurs import valeur
from pipelines.affichage import dire
from pipelines.calcul.questions import Lecteur
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurUsage
from pipelines.explication.phrases import ROLES
from pipelines.reception.pseudonymes import Pseudonymes, empreinte_cle, lire_cle

INVITE = "NIR ou matricule (ce que vous tapez ne s'affiche pas) : "
_SEPT_CHIFFRES_ET_HUIT_ZEROS = re.compile(r"[0-9]{1,7}|[0-9]{7}0{8}")


@dataclass(frozen=True)
class Personne:
    """A person of one calculation. ``cause``: why the id asked for is an old one."""

    p: int
    id_personne: str
    role: str
    cause: str | None = None


def par_id(lecteur: Lecteur, id_personne: str) -> list[Personne]:
    """The person of this id, today's or an old one."""
    return [
        _personne(lecteur, trouvee["p"], trouvee["cause"])
        for trouvee in lecteur.lire("par_id", id=id_personne)
    ]


def _personne(lecteur: Lecteur, p: int, cause: str | None = None) -> Personne:
    fiche = lecteur.lire("personne", p=p)[0]
    return Personne(p, fiche["id_personne"], fiche["role"] or "", cause)


@dataclass(frozen=True)
class Saisie:
    """What was typed, read: the pseudonym of a NIR or a matricule of seven digits; and whose key made it."""

    empreinte_cle: str
    cle_nir: str | None = None
    matricule: str | None = None


def demander(configuration: Configuration) -> Saisie:
    """Ask on the terminal, hidden."""
    cle = lire_cle(configuration)
    return lire_saisie(_saisir(), cle)


def lire_saisie(tape: str, cle: bytes) -> Saisie:
    """What was typed, under this key. Raises ErreurUsage when it can be neither a NIR nor a matricule."""
    texte = "".join(tape.split())
    nir = _lire(texte, "nir")
    if nir:
        return Saisie(empreinte_cle(cle), cle_nir=_pseudonyme(nir, cle))
    # Fifteen digits that are no matricule of the CAF are a mistyped NIR: its beginning is nobody's matricule.
    matricule = _lire(texte, "matricule") if _SEPT_CHIFFRES_ET_HUIT_ZEROS.fullmatch(texte) else None
    if not matricule:
        raise ErreurUsage(
            "Ce n'est ni un NIR ni un matricule.",
            "Un NIR a 13 caractères, ou 15 avec sa clé ; un matricule a 7 chiffres au plus.",
        )
    return Saisie(empreinte_cle(cle), matricule=matricule)


def _saisir() -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(INVITE)
    except (getpass.GetPassWarning, EOFError, OSError):
        raise ErreurUsage(
            "--demander a besoin d'un terminal, qui cache ce qui est tapé.",
            "Lancez la commande dans un terminal, sans redirection.",
        ) from None


def _lire(texte: str, champ: str) -> str | None:
    lue: str | None = pl.select(valeur(CHAMPS[champ], pl.lit(texte))).item()
    return lue


def _pseudonyme(nir: str, cle: bytes) -> str:
    lignes = pl.DataFrame({"nir": [nir]})
    pseudonyme: str = Pseudonymes(cle).pseudonymiser(lignes, TABLES["france_travail"])["cle_nir"].item()
    return pseudonyme


def par_saisie(lecteur: Lecteur, saisie: Saisie, empreinte_livraisons: str) -> list[Personne]:
    """Everybody who bears this NIR or this matricule, in deliveries whose key has this fingerprint."""
    if saisie.empreinte_cle != empreinte_livraisons:
        raise ErreurUsage(
            "La clé n'est pas celle qui a pseudonymisé les livraisons : personne ne serait trouvé.",
            "Remettez la clé de ce département (cle_fichier, ou la variable PILOTAGE_CLE).",
        )
    trouvees = (
        lecteur.lire("par_nir", cle=saisie.cle_nir)
        if saisie.cle_nir
        else lecteur.lire("par_matricule", matricule=saisie.matricule)
    )
    return [_personne(lecteur, trouvee["p"]) for trouvee in trouvees]


def choisir(personnes: Sequence[Personne]) -> Personne:
    """The only one, else the one whose rank is typed."""
    if len(personnes) == 1:
        return personnes[0]
    dire("Plusieurs personnes :")
    for rang, personne in enumerate(personnes, 1):
        dire(f"  {rang}. {personne.id_personne}, {ROLES.get(personne.role, personne.role)}")
    try:
        choix = input("Laquelle (son rang) ? ").strip()
    except EOFError:
        choix = ""
    if choix not in {str(rang) for rang in range(1, len(personnes) + 1)}:
        raise ErreurUsage(
            "Aucune personne n'a ce rang.", "Relancez, puis tapez le rang d'une ligne de la liste."
        )
    return personnes[int(choix) - 1]
