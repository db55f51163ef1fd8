"""The committee's figures as sentences ready to paste in a bilan: « Pour le 67 : 6 949 Pour le 68 : 4 465
».
"""

from contracts.catalogue import Indicateur, Mesure
from pipelines.publication.chiffres_publies import TOTAL, Periode
from pipelines.publication.extraits.cellules import Extrait
from pipelines.publication.extraits.comite import commentaire, mesures_du_comite, periodes_montrees
from pipelines.publication.extraits.tableau import Case, Tableau


def bilan(extrait: Extrait) -> Tableau:
    """A column a period, comments last."""
    periodes = periodes_montrees(extrait.publies)
    lignes = []
    for indicateur, mesure in mesures_du_comite():
        phrases = [Case(_phrase(extrait, indicateur, mesure, p)) for p in periodes]
        dits = commentaire(extrait, indicateur) if mesure is indicateur.mesures[0] else ""
        lignes.append([Case(mesure.libelle), *phrases, Case(dits)])
    entetes = ["Indicateur", *(p.libelle for p in periodes), "Commentaires"]
    return Tableau("bilan", "Bilan", entetes, lignes, textes=range(len(entetes)))


def _phrase(extrait: Extrait, indicateur: Indicateur, mesure: Mesure, periode: Periode) -> str:
    cles = {t.code: periode.cle(indicateur.code, mesure.nom, t.code) for t in extrait.publies.territoires}
    cases = {code: extrait.case(cle, periode, espaces=True) for code, cle in cles.items()}
    return " ".join(f"{_lieu(code)} : {case.texte}" for code, case in cases.items())


def _lieu(territoire: str) -> str:
    return {TOTAL: "Total", "HORS": "Hors territoire"}.get(territoire, f"Pour le {territoire}")
