"""``pilotage simuler``: a whole working folder, streamed household by household."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pipelines.erreurs import ErreurUsage
from pipelines.simulation.atelier import Atelier
from pipelines.simulation.calendrier import mois_suivant
from pipelines.simulation.chroniques import Histoire
from pipelines.simulation.configuration_simulee import ENTETE
from pipelines.simulation.fautes import planter, verifier_noms
from pipelines.simulation.histoires import ARRIVEES, histoire
from pipelines.simulation.matiere import matiere
from pipelines.simulation.plan import Plan

DERNIER_MOIS = date(2024, 12, 1)  # fixed, so that a simulation is the same whatever the day it is made


def mois_simules(nombre: int) -> tuple[date, ...]:
    """The months of a simulation, the last one being always the same."""
    return tuple(mois_suivant(DERNIER_MOIS, k - nombre + 1) for k in range(nombre))


def histoires(dossiers: int, mois: tuple[date, ...], graine: int) -> Iterator[Histoire]:
    """Those already there, then those who claim, month after month."""
    rang = 0
    for rang in range(dossiers):
        yield histoire(graine, rang, None, mois)
    for k in range(1, len(mois)):
        for _ in range(round(dossiers * ARRIVEES * k) - round(dossiers * ARRIVEES * (k - 1))):
            rang += 1
            yield histoire(graine, rang, k, mois)


def simuler(
    dossier: Path,
    dossiers: int,
    mois: int,
    graine: int = 1,
    format: str = "xml",  # noqa: A002 (the option --format)
    fautes: Sequence[str] = (),
) -> None:
    """Write ``dossier``: pilotage.toml, cle.txt, depot/ and receptions.csv."""
    verifier_noms(fautes)
    _refuser_dossier_reel(dossier)
    plan = Plan(mois=mois_simules(mois), format=format, graine=graine)
    with Atelier(dossier, plan) as atelier:
        for une in histoires(dossiers, plan.mois, graine):
            atelier.ajouter(une)
        if fautes:
            _planter(atelier, dossiers, fautes)


def _refuser_dossier_reel(dossier: Path) -> None:
    """A département at work is never written over: its key would be lost, and every pseudonym with it."""
    toml = dossier / "pilotage.toml"
    if toml.is_file() and ENTETE.splitlines()[0] in toml.read_text(encoding="utf-8", errors="replace"):
        return  # an earlier simulation
    if dossier.exists() and (not dossier.is_dir() or any(dossier.iterdir())):
        raise ErreurUsage(
            f"{dossier} existe déjà et n'est pas un département simulé : rien n'y est écrit.",
            "Donnez un dossier nouveau ou vide.",
        )


def _planter(atelier: Atelier, dossiers: int, fautes: Sequence[str]) -> None:
    """The faults stand in the depot among the good files; histories are told once more for them."""
    plan = atelier.plan
    foule = histoires(dossiers, plan.mois, plan.graine)
    fautives = matiere(atelier.depot, foule, plan.mois[-1], atelier.derniere_table)
    planter(fautives, fautes)
    atelier.receptions += fautives.receptions
