"""The comparison of two publications, as data: the command prints it, the report quotes it.

When both the method (rules, configuration, software) and the files differ, the files of the first publication
are computed again with the method of the second: each effect is then known exactly. This needs the method of
the second to be the installed one, and the deliveries of the first to be in store.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from pipelines.calcul import entrees
from pipelines.calcul.calculer import calculer
from pipelines.configuration import Configuration, Regles
from pipelines.erreurs import ErreurPilotage, ErreurUsage
from pipelines.publication.comparaison.assemblage import Etape, assembler
from pipelines.publication.comparaison.designation import Publiee, retrouver
from pipelines.publication.comparaison.rapprochement import calcule, etape, publie
from pipelines.publication.comparaison.resultat import Comparaison
from pipelines.publication.empreinte import empreintes


class NonSeparable(Exception):
    """The effect of the method cannot be told from that of the files; the French reason."""


def comparer(configuration: Configuration, a: str, b: str) -> Comparaison:
    """What differs from publication ``a`` to publication ``b`` (names, starts of names, courante,
    precedente).

    Raises ErreurUsage (unknown, ambiguous, two keys) and PublicationBloquee (a damaged publication).
    """
    return comparer_publiees(configuration, retrouver(configuration, a), retrouver(configuration, b))


def comparer_publiees(
    configuration: Configuration, avant: Publiee, apres: Publiee, *, recalculer: bool = True
) -> Comparaison:
    """The same of two publications already found; ``apres`` may not be in its place yet.

    Without ``recalculer``, which costs a computation, the effects of the method and of the files stay
    together.
    """
    _refuser_deux_cles(avant, apres)
    if avant.entrees == apres.entrees:
        return assembler(avant, apres, [])
    if avant.methode == apres.methode or avant.fichiers == apres.fichiers:
        return assembler(avant, apres, _en_une_fois(avant, apres))
    try:
        if not recalculer:
            raise NonSeparable("« pilotage comparer » les sépare, par un recalcul de la première")
        return assembler(avant, apres, _en_deux_temps(configuration, avant, apres))
    except NonSeparable as raison:
        return assembler(avant, apres, _en_une_fois(avant, apres), str(raison))


def _refuser_deux_cles(avant: Publiee, apres: Publiee) -> None:
    cles = {livraison["empreinte_cle"] for une in (avant, apres) for livraison in une.entrees["livraisons"]}
    if len(cles) > 1:
        raise ErreurUsage(
            "Ces deux publications ont été faites avec deux clés : leurs personnes ne se comparent pas.",
            "Comparez deux publications faites avec la même clé.",
        )


def _en_une_fois(avant: Publiee, apres: Publiee) -> list[Etape]:
    """Only one of the two differs; or both do, and cannot be told apart."""
    with duckdb.connect() as connexion:
        return [
            etape(
                connexion,
                publie(avant),
                publie(apres),
                methode_seule=avant.fichiers == apres.fichiers,
                methode_differe=avant.methode != apres.methode,
            )
        ]


def _en_deux_temps(configuration: Configuration, avant: Publiee, apres: Publiee) -> list[Etape]:
    """First the method, on the files of ``avant``; then the files, with the method of ``apres``."""
    if apres.entrees["empreintes"] != empreintes(configuration):
        raise NonSeparable(
            "la configuration et le logiciel installés ne sont plus ceux de la seconde publication"
        )
    livraisons = [_d_alors(configuration.entrepot, livraison) for livraison in avant.entrees["livraisons"]]
    try:
        with calculer(_aux_regles(configuration, apres), avant.arrete_au, livraisons) as calcul:
            milieu = calcule(avant.entrees["livraisons"])
            return [
                etape(calcul.connexion, publie(avant), milieu, methode_seule=True),
                etape(calcul.connexion, milieu, publie(apres)),
            ]
    except ErreurPilotage as erreur:
        raise NonSeparable(f"le recalcul de la première n'aboutit pas ({erreur.message})") from erreur


def _aux_regles(configuration: Configuration, publiee: Publiee) -> Configuration:
    """The installed configuration with the rules of a publication: those of pilotage.toml may have moved."""
    regles: dict[str, Any] = {
        nom: tuple(valeur) if isinstance(valeur, list) else valeur
        for nom, valeur in publiee.entrees["regles"].items()
    }
    return replace(configuration, regles=Regles(**regles))


def _d_alors(entrepot: Path, entree: dict[str, Any]) -> dict[str, Any]:
    """A delivery as it stood for a publication: its reading, its day, what had been decided of it."""
    dossier = entrepot / "livraisons" / entree["source"] / entree["id"]
    lecture = dossier / "lectures" / str(entree["lecture"]["numero"])
    fichiers = (dossier / "livraison.json", lecture / "lecture.json", lecture / "lignes.parquet")
    if not all(fichier.exists() for fichier in fichiers):
        raise NonSeparable(f"la livraison {entree['id']} de la première n'est plus dans l'entrepôt")
    contenu = entrees.livraison(dossier, lecture)
    if any(contenu["lecture"].get(cle) != valeur for cle, valeur in entree["lecture"].items()):
        raise NonSeparable(f"la livraison {entree['id']} n'a plus la lecture de la première publication")
    return contenu | {cle: entree[cle] for cle in ("date_reception", "acceptation", "confirmations")}
