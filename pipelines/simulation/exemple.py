"""``python -m pipelines.simulation.exemple``: makes data/sample again, byte for byte."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipelines.simulation.atelier import Atelier, ecrire_receptions
from pipelines.simulation.cas import CAS
from pipelines.simulation.chroniques import Fiche, Histoire
from pipelines.simulation.ecriture_caf import EnteteFlux
from pipelines.simulation.fautes import FAUTES, planter
from pipelines.simulation.foyers import Foyer, Personne
from pipelines.simulation.generateur import histoires, mois_simules
from pipelines.simulation.matiere import matiere
from pipelines.simulation.plan import Envoi, Plan
from pipelines.simulation.recits import Cas, figurants, lettre, reecrire

DOSSIERS, MOIS, GRAINE = 810, 25, 2042
EXEMPLE = Path(__file__).parents[2] / "data" / "sample"
CLE_PUBLIQUE = sha256(b"pilotage-rsa : exemple public").hexdigest()
# Case 11 needs a MSA that is indispensable; here, where it is not, a month of the same MSA is missing.
MSA_MANQUANTE = ("MSA680", date(2023, 8, 1))
NIR_DOUBLE_DEPUIS = date(2024, 6, 1)
FINANCIER = Envoi(
    "CAF671_RSAFIN_2024-05",
    date(2024, 6, 5),
    EnteteFlux(date(2024, 6, 4), date(2024, 5, 31), nature="F"),
)


def cas_plantes() -> list[Cas]:
    """Those that share one configuration."""
    return [cas for cas in CAS.values() if cas.numero != 11]


def plan_exemple(cle: str = CLE_PUBLIQUE) -> Plan:
    """The months of the sample, received when the cases say so."""
    cas = cas_plantes()
    return Plan(
        mois=mois_simules(MOIS),
        compresse=True,
        graine=GRAINE,
        cle=cle,
        receptions={pair: recu for un in cas for pair, recu in un.receptions.items()},
        manquantes=frozenset({MSA_MANQUANTE}),
        envois=(*(envoi for un in cas for envoi in un.envois), FINANCIER),
        confirme_le=date(2025, 1, 20),
    )


def _lignes_a_ecarter(plan: Plan) -> Iterator[Histoire]:
    """Two rows that reception sets aside until the editor mends them: a planned letter, a row without key."""
    planifie, sans_cle, _ = figurants("CAF681", 3, plan.mois)
    for une, suivi in ((planifie, _planifiee(planifie)), (sans_cle, _sans_cle(sans_cle))):
        une.fiches["orientations"].append(suivi)
        yield une


def _identite_ambigue(plan: Plan) -> Histoire:
    """Two partners under one NIR, from June 2024: it can be nobody's id (IDE-003)."""
    *_, une = figurants("CAF681", 3, plan.mois)
    conjoint = replace(
        une.foyers[0][1].personnes[0], prenom="CONJOINT", date_naissance=date(1983, 7, 9), role="CJT"
    )
    une.foyers = [(m, f if m < NIR_DOUBLE_DEPUIS else _accueillir(f, conjoint)) for m, f in une.foyers]
    return une


def _accueillir(foyer: Foyer, conjoint: Personne) -> Foyer:
    qui = foyer.personnes[0]
    return foyer._replace(personnes=(qui, conjoint), tops=(*foyer.tops, False), entrants=(False, False))


def _planifiee(une: Histoire) -> Fiche:
    _, foyer = une.foyers[0]
    suivi = lettre(foyer.dossier, foyer.personnes[0], "2024-07-01", id_orientation="courrier-planifie")
    return Fiche([(date(2024, 6, 3), suivi.versions[0][1])])


def _sans_cle(une: Histoire) -> Fiche:
    _, foyer = une.foyers[0]
    cles = {"nir": None, "numero_demande_rsa": None, "matricule": None}
    complete = lettre(foyer.dossier, foyer.personnes[0], "2024-09-02", id_orientation="sans-cle")
    saisie, ligne = complete.versions[0]
    presentes = {cle: ligne[cle] for cle in cles}
    return reecrire(Fiche([(saisie, ligne | cles)]), "2024-10-20", **presentes)


def _histoires(plan: Plan) -> Iterator[Histoire]:
    yield from histoires(DOSSIERS, plan.mois, GRAINE)
    for cas in cas_plantes():
        yield from cas.histoires
    yield from _lignes_a_ecarter(plan)
    yield _identite_ambigue(plan)


def ecrire_exemple(dossier: Path, cle: str = CLE_PUBLIQUE) -> None:
    """The sample: worked cases in it, faults beside it; elsewhere it needs another key."""
    plan = plan_exemple(cle)
    for ancien in ("depot", "fautes"):
        shutil.rmtree(dossier / ancien, ignore_errors=True)
    with Atelier(dossier, plan) as atelier:
        for une in _histoires(plan):
            atelier.ajouter(une)
    fautives = matiere(dossier / "fautes", _histoires(plan), plan.mois[-1], atelier.derniere_table)
    planter(fautives, tuple(FAUTES))
    ecrire_receptions(dossier / "fautes", fautives.receptions)


if __name__ == "__main__":
    ecrire_exemple(EXEMPLE)
