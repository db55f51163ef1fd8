"""What happened, told in French: files received, refused and why; the two figures; where they are."""

import json
import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.affichage import accord, dire, nombre, tableau
from pipelines.chiffres import Chiffre, lire_chiffres

if TYPE_CHECKING:
    from contracts.definitions import Regle
    from pipelines.publication.publier import Publication
    from pipelines.reception.bilan import BilanReception, Constat, LigneEcartee, ResultatFichier

TITRE = "Nouveaux entrants (V2-1), dont orientés en {delai} et moins (V2-2 ; taux sur les délais écoulés)"
DELAIS = {"15_jours": "15 jours", "1_mois": "un mois"}
STATUTS = {"stabilise": "stabilisé", "provisoire": "provisoire", "partiel": "partiel"}
MESSAGES_PAR_FICHIER = 6
LIGNES_PAR_FICHIER = 5


def reception(bilan: "BilanReception") -> None:
    """What was received, then each file about which there is something to do."""
    dire(f"{'Contrôle' if bilan.a_blanc else 'Réception'} : {_comptes(bilan)}.")
    if bilan.a_blanc:
        dire("Rien n'a été enregistré.")
    # `verifier` is there to mend a file: it names every row that the bilan holds
    lignes_montrees = None if bilan.a_blanc else LIGNES_PAR_FICHIER
    for titre, resultats in (
        ("Refusés (rien n'en est gardé)", bilan.de_statut("refusee")),
        ("Ignorés (reconnus, mais pas lus)", bilan.de_statut("ignoree")),
        ("Lignes écartées de fichiers acceptés", tuple(r for r in _lus(bilan) if r.rejets)),
    ):
        if resultats:
            dire(f"\n{titre} :")
            for resultat in resultats:
                _fichier(resultat, lignes_montrees)
    _avertissements(bilan)
    dire()


def _lus(bilan: "BilanReception") -> tuple["ResultatFichier", ...]:
    return bilan.de_statut("recue") + bilan.de_statut("confirmee")


def _comptes(bilan: "BilanReception") -> str:
    mots = (
        ("recue", "accepté", "acceptés") if bilan.a_blanc else ("recue", "reçu", "reçus"),
        ("confirmee", "confirmé sans changement", "confirmés sans changement"),
        ("deja_recue", "déjà reçu", "déjà reçus"),
        ("ignoree", "ignoré", "ignorés"),
        ("refusee", "refusé", "refusés"),
    )
    comptes = [(len(bilan.de_statut(statut)), un, des) for statut, un, des in mots]  # type: ignore[arg-type]
    detail = ", ".join(accord(n, un, des) for n, un, des in comptes if n)
    return f"{accord(len(bilan.resultats), 'fichier')}" + (f" ({detail})" if detail else "")


def _fichier(resultat: "ResultatFichier", lignes_montrees: int | None) -> None:
    from contracts.regles import REGLES

    rejets = f" : {accord(resultat.rejets, 'ligne écartée', 'lignes écartées')}" if resultat.rejets else ""
    dire(f"  • {resultat.fichier}{rejets}")
    dits = [
        c for i, c in enumerate(resultat.constats) if i == 0 or REGLES[c.regle].gravite != "avertissement"
    ]
    for constat in dits[:MESSAGES_PAR_FICHIER]:
        # the file has just been named: its name is not said again
        dire(f"    {constat.message.removeprefix(resultat.fichier).lstrip(' ,:')}")
        if constat.conseil:
            dire(f"      → {constat.conseil}")
    if len(dits) > MESSAGES_PAR_FICHIER:
        dire(f"    … et {accord(len(dits) - MESSAGES_PAR_FICHIER, 'autre constat', 'autres constats')}")
    montrees = resultat.lignes_ecartees[:lignes_montrees]
    for ligne in lignes_ecartees(montrees):
        dire(f"      {ligne}")
    if reste := resultat.rejets - len(montrees):
        dire(f"      … et {accord(reste, 'autre', 'autres')}")


def lignes_ecartees(ecartees: Sequence["LigneEcartee"]) -> Iterator[str]:
    """Where the rows set aside stand: those that follow each other, for the same reason, are said at once."""
    from pipelines.reception.bilan import pluriel

    for _, suite in groupby(enumerate(ecartees), _de_suite):
        premiere, *autres = [ecartee for _, ecartee in suite]
        colonnes = f" ({premiere.colonnes})" if premiere.colonnes else ""
        ou = f"{premiere.nature} {premiere.ligne}"
        if autres:
            jusqu_a = "à" if autres[1:] else "et"
            ou = f"{pluriel(premiere.nature)} {premiere.ligne} {jusqu_a} {autres[-1].ligne}"
        yield f"{ou} : {premiere.regles}{colonnes}"


def _de_suite(place: tuple[int, "LigneEcartee"]) -> tuple[int, str, str, str]:
    rang, ecartee = place
    return ecartee.ligne - rang, ecartee.nature, ecartee.regles, ecartee.colonnes


def _avertissements(bilan: "BilanReception") -> None:
    """Warnings are the same from file to file: told once a rule, with how often and where; `verifier`, which
    is there to mend files, names them all."""
    from contracts.regles import REGLES

    dits: dict[str, list[tuple[str, Constat]]] = {}
    for resultat in _lus(bilan):
        for constat in resultat.constats:
            if REGLES[constat.regle].gravite == "avertissement":
                dits.setdefault(constat.regle, []).append((resultat.fichier, constat))
    if dits or bilan.avertissements:
        dire("\nAvertissements :")
    for constat in bilan.avertissements:
        dire(f"  • {constat.message}")
    for regle in sorted(dits):
        _avertissement(REGLES[regle], dits[regle], chacun=bilan.a_blanc)


def _avertissement(regle: "Regle", dits: list[tuple[str, "Constat"]], chacun: bool) -> None:
    fichiers = list(dict.fromkeys(fichier for fichier, _ in dits))
    if chacun or len(fichiers) == 1:
        for _, constat in dits:
            dire(f"  • {constat.message}")
    else:
        cas = accord(sum(constat.nombre for _, constat in dits), "cas", "cas")
        dire(f"  • {regle.texte} ({cas} ; {len(fichiers)} fichiers, dont {fichiers[-1]}) [{regle.id}]")
    dire(f"    → {regle.conseil}")


def table_refus(bilan: "BilanReception") -> list[dict[str, str]]:
    """One row per refused file, for Prefect's table."""
    return [
        {"fichier": r.fichier, "regles": ", ".join(r.regles), "message": r.constats[0].message}
        for r in bilan.de_statut("refusee")
    ]


def publication(publiee: "Publication") -> None:
    """The two figures of annexe 4 per month and territoire, and where everything lies."""
    entetes, *lignes = _matrice(lire_chiffres(publiee.dossier))
    if lignes:
        dire(f"{_titre(publiee.dossier)}\n")
        tableau(entetes, lignes)
    else:
        dire("Aucun mois à calculer : aucun fichier mensuel de CAF ou de MSA n'est en vigueur.")
    deja = "" if publiee.nouvelle else " (déjà faite : mêmes fichiers, mêmes règles)"
    dire(f"\nPublication arrêtée au {publiee.arrete_au:%d/%m/%Y}{deja} : {chemin_court(publiee.dossier)}")
    dire("  pilotage.duckdb       les tables documentées, pour l'analyste")
    dire("  rapport.html          pour le comité départemental, à ouvrir dans un navigateur")
    dire("  extraits/diffusion/   les mêmes chiffres en tableaux (petits effectifs masqués)")
    dire("  extraits/ddets/       pour les services de l'État")


def chemin_court(chemin: Path) -> str:
    """Relative to where the user stands when it lies below."""
    ici = Path.cwd()
    return os.path.relpath(chemin, ici) if chemin.is_relative_to(ici) else str(chemin)


def chiffres_markdown(dossier: Path) -> str:
    """The headline as a table, for Prefect's artifact."""
    entetes, *lignes = _matrice(lire_chiffres(dossier))
    rangees = [entetes, ["---"] * len(entetes), *lignes]
    corps = "\n".join("| " + " | ".join(rangee) + " |" for rangee in rangees)
    return f"# Publication {dossier.name}\n\n{_titre(dossier)}\n\n{corps}\n"


def _titre(dossier: Path) -> str:
    """What the two figures count, by the publication's own rule ``seuil``."""
    entrees = json.loads((dossier / "publication.json").read_text(encoding="utf-8"))["entrees"]
    return TITRE.format(delai=DELAIS[entrees["regles"]["seuil"]])


def _matrice(chiffres: Sequence[Chiffre]) -> list[list[str]]:
    """One row a month, one column a territoire, and what the month's figures are worth."""
    territoires = list(dict.fromkeys(c.territoire for c in chiffres))
    mois: dict[str, dict[str, Chiffre]] = {}
    for chiffre in chiffres:
        mois.setdefault(chiffre.mois, {})[chiffre.territoire] = chiffre
    lignes = [
        [nom, *(_case(du_mois.get(t)) for t in territoires), _statut(du_mois)]
        for nom, du_mois in mois.items()
    ]
    return [["Mois", *territoires, "Statut"], *lignes]


def _case(chiffre: Chiffre | None) -> str:
    if chiffre is None:
        return ""
    if chiffre.entrants is None:
        return "ND"
    taux = "" if chiffre.taux is None else f" ({nombre(100 * chiffre.taux)} %)"
    return f"{nombre(chiffre.entrants)} dont {nombre(chiffre.orientes)}{taux}"


def _statut(du_mois: dict[str, Chiffre]) -> str:
    """The reason of the first figure that is missing, else the status of the whole."""
    motifs = [c.motif_nd for c in du_mois.values() if c.motif_nd]
    if motifs:
        return f"ND : {motifs[0]}"
    return STATUTS[list(du_mois.values())[-1].statut]
