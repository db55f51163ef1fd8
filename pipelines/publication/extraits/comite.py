"""The committee's table: rows are the indicators in the official wording, columns the periods and
territoires.
"""

from collections.abc import Iterator, Sequence

from contracts.catalogue import Indicateur, Mesure, publies
from pipelines.publication.chiffres_publies import TOTAL, ChiffresPublies, Periode, Territoire
from pipelines.publication.extraits.cellules import Extrait
from pipelines.publication.extraits.masque import PERIODES_COMMENTEES
from pipelines.publication.extraits.tableau import Case, Tableau
from pipelines.publication.rapport import mots

_TYPES = ("jalon", "annee", "semestre", "trimestre", "mois")


def comite(extrait: Extrait) -> Tableau:
    """A column a period and territoire, jalons first; comments last."""
    periodes = periodes_montrees(extrait.publies)
    lignes = []
    for indicateur, mesure in mesures_du_comite():
        commentaires = commentaire(extrait, indicateur) if mesure is indicateur.mesures[0] else ""
        cases = [
            extrait.case(periode.cle(indicateur.code, mesure.nom, t.code), periode)
            for periode in periodes
            for t in extrait.publies.territoires
        ]
        lignes.append([Case(mesure.libelle), *cases, Case(commentaires)])
    entetes = ["Indicateur", *titres(extrait.publies, periodes), "Commentaires"]
    textes = (0, len(entetes) - 1)
    return Tableau("comite_departemental", "Comité départemental", entetes, lignes, textes=textes)


def mesures_du_comite() -> Iterator[tuple[Indicateur, Mesure]]:
    """In the catalogue's order."""
    for indicateur in publies():
        yield from ((indicateur, m) for m in indicateur.mesures if m.comite)


def periodes_montrees(publies_: ChiffresPublies) -> list[Periode]:
    """Ours, and those that only declared figures have, each in its place."""
    toutes = (*publies_.periodes, *publies_.periodes_declarees)
    return sorted(toutes, key=lambda p: (_TYPES.index(p.type_periode), p.debut, p.periode))


def titres(publies_: ChiffresPublies, periodes: Sequence[Periode]) -> list[str]:
    """One a period and territoire."""
    return [f"{p.libelle} – {nom_du_territoire(t)}" for p in periodes for t in publies_.territoires]


def nom_du_territoire(territoire: Territoire) -> str:
    """« Bas-Rhin (67) », « Total »."""
    propre = territoire.code not in (TOTAL, "HORS")
    return f"{territoire.libelle} ({territoire.code})" if propre else territoire.libelle


def commentaire(extrait: Extrait, indicateur: Indicateur) -> str:
    """What holds of all periods, then for each jalon and year what is said of the total, then the months that
    are not available."""
    morceaux = []
    generales: dict[str, None] = {}
    for periode in periodes_commentees(extrait.publies):
        phrases = extrait.publies.phrases.get(
            (indicateur.code, periode.type_periode, periode.periode, TOTAL), ()
        )
        generales |= {p.texte: None for p in phrases if p.generale}
        dites = [extrait.phrase(p) for p in phrases if not p.generale]
        if dites:
            morceaux.append(f"{periode.libelle} : {' '.join(dites)}")
    return " | ".join([*generales, *morceaux, *_mois_absents(extrait.publies, indicateur)])


def periodes_commentees(publies_: ChiffresPublies) -> list[Periode]:
    """Those whose sentences are printed, for all territoires together."""
    return [p for p in publies_.periodes if p.type_periode in PERIODES_COMMENTEES]


def _mois_absents(publies_: ChiffresPublies, indicateur: Indicateur) -> list[str]:
    tete = indicateur.mesures[0].nom
    chiffres = (
        publies_.chiffres[p.cle(indicateur.code, tete, TOTAL)]
        for p in publies_.periodes
        if p.type_periode == "mois"
    )
    absents: dict[str, list[str]] = {}
    for chiffre in chiffres:
        if chiffre.statut == "ND" and chiffre.motif_nd and chiffre.motif_nd != "sans_objet":
            absents.setdefault(chiffre.motif_nd, []).append(chiffre.cle.periode)
    dits = [f"{mots.mois_en_liste(mois)} ({mots.en_clair(motif)})" for motif, mois in absents.items()]
    return [f"Mois non disponibles : {' ; '.join(dits)}."] if dits else []
