"""What a fiche action reports: FA-1 to FA-4, for all actions together, then for each."""

from contracts.catalogue import catalogue
from pipelines.publication.chiffres_publies import Cle, Periode
from pipelines.publication.extraits.cellules import Extrait
from pipelines.publication.extraits.comite import commentaire, periodes_montrees, titres
from pipelines.publication.extraits.tableau import Case, Tableau

CODES = ("FA-1", "FA-2", "FA-3", "FA-4")
AXE = "code_action"
TOUTES = "Toutes les actions"


def fiche_action(extrait: Extrait) -> Tableau:
    """Rows: the four indicators of each action; FA-1 and FA-2 are those of the département, in every fiche.
    Columns: the periods and territoires that a fiche knows, then comments."""
    periodes = [
        p for p in periodes_montrees(extrait.publies) if p.type_periode in catalogue()[CODES[0]].periodes
    ]
    actions = sorted({cle.modalite for cle in extrait.publies.chiffres if cle.axe == AXE})
    lignes = [_ligne(extrait, action, code, periodes) for action in ("", *actions) for code in CODES]
    entetes = ["Action", "Indicateur", *titres(extrait.publies, periodes), "Commentaires"]
    textes = (0, 1, len(entetes) - 1)
    return Tableau("fiche_action", "Fiche action", entetes, lignes, figees=2, textes=textes)


def _ligne(extrait: Extrait, action: str, code: str, periodes: list[Periode]) -> list[Case]:
    indicateur = catalogue()[code]
    cases = [
        extrait.case(_cle(p.cle(code, indicateur.mesures[0].nom, t.code), action), p)
        for p in periodes
        for t in extrait.publies.territoires
    ]
    dits = "" if action else commentaire(extrait, indicateur)
    return [Case(action or TOUTES), Case(f"{code} – {indicateur.libelle}"), *cases, Case(dits)]


def _cle(cle: Cle, action: str) -> Cle:
    reparti = action and AXE in catalogue()[cle.code].axes
    return cle._replace(axe=AXE, modalite=action) if reparti else cle
