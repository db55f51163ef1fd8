"""What happened, told in French: files received, refused and why; the two figures; where they are."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.affichage import accord, dire, nombre, tableau
from pipelines.chiffres import Chiffre

if TYPE_CHECKING:
    from pipelines.reception.bilan import BilanReception, Constat, ResultatFichier

ENTETES = ("Mois", "Territoire", "Nouveaux entrants", "Orientés en 15 jours", "Taux", "Statut")
A_DROITE = (2, 3, 4)
MESSAGES_PAR_FICHIER = 6
LIGNES_PAR_FICHIER = 5


def reception(bilan: "BilanReception") -> None:
    """What was received, then each file about which there is something to say."""
    dire(f"{'Contrôle' if bilan.a_blanc else 'Réception'} : {_comptes(bilan)}.")
    if bilan.a_blanc:
        dire("  Rien n'a été enregistré.")
    for constat in bilan.avertissements:
        _constat(constat)
    for titre, resultats in (
        ("Refusés (rien n'en est gardé)", bilan.de_statut("refusee")),
        ("Ignorés", bilan.de_statut("ignoree")),
        ("Reçus, avec des remarques", tuple(r for r in _lus(bilan) if r.constats)),
    ):
        if resultats:
            dire(f"\n{titre} :")
            for resultat in resultats:
                _fichier(resultat)
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


def _fichier(resultat: "ResultatFichier") -> None:
    rejets = f" : {accord(resultat.rejets, 'ligne écartée', 'lignes écartées')}" if resultat.rejets else ""
    dire(f"  • {resultat.fichier}{rejets}")
    for constat in resultat.constats[:MESSAGES_PAR_FICHIER]:
        _constat(constat, "    ")
    reste = len(resultat.constats) - MESSAGES_PAR_FICHIER
    if reste > 0:
        dire(f"    … et {accord(reste, 'autre remarque', 'autres remarques')}")
    for ecartee in resultat.lignes_ecartees[:LIGNES_PAR_FICHIER]:
        dire(f"      ligne {ecartee.ligne} : {ecartee.regles} ({ecartee.colonnes})")


def _constat(constat: "Constat", marge: str = "  ") -> None:
    dire(f"{marge}{constat.message}")
    if constat.conseil:
        dire(f"{marge}  → {constat.conseil}")


def table_refus(bilan: "BilanReception") -> list[dict[str, str]]:
    """One row per refused file, for Prefect's table."""
    return [
        {"fichier": r.fichier, "regles": ", ".join(r.regles), "message": r.constats[0].message}
        for r in bilan.de_statut("refusee")
    ]


def publication(dossier: Path, chiffres: Sequence[Chiffre]) -> None:
    """The two figures of annexe 4 per month and territoire, and where everything lies."""
    dire("Nouveaux entrants (V2-1) et orientés en 15 jours et moins (V2-2)\n")
    tableau(ENTETES, [_ligne(c) for c in chiffres], A_DROITE)
    dire(f"\nPublication : {chemin_court(dossier)}")
    dire("  pilotage.duckdb       les tables documentées, pour l'analyste")
    dire("  extraits/diffusion/   pour le comité départemental (petits effectifs masqués)")
    dire("  extraits/ddets/       pour les services de l'État")


def chemin_court(chemin: Path) -> str:
    """Relative to where the user stands when it lies below."""
    ici = Path.cwd()
    return os.path.relpath(chemin, ici) if chemin.is_relative_to(ici) else str(chemin)


def chiffres_markdown(dossier: Path, chiffres: Sequence[Chiffre]) -> str:
    """The headline as a table, for Prefect's artifact."""
    lignes = [ENTETES, tuple("---" for _ in ENTETES), *(_ligne(c) for c in chiffres)]
    corps = "\n".join("| " + " | ".join(ligne) + " |" for ligne in lignes)
    return f"# Publication {dossier.name}\n\n{corps}\n"


def _ligne(chiffre: Chiffre) -> tuple[str, ...]:
    if chiffre.statut == "ND":
        return chiffre.mois, chiffre.territoire, "ND", "ND", "ND", f"ND ({chiffre.motif_nd})"
    taux = "—" if chiffre.taux is None else f"{nombre(chiffre.taux, 1)} %"
    return (
        chiffre.mois,
        chiffre.territoire,
        nombre(chiffre.entrants),
        nombre(chiffre.orientes),
        taux,
        chiffre.statut,
    )
