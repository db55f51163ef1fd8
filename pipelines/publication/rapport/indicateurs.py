"""Every published indicator, volet by volet, and those that are not available, with the reason in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from contracts.catalogue import Indicateur, Mesure, publies
from pipelines.publication.chiffres_publies import TOTAL, Periode
from pipelines.publication.rapport import mots
from pipelines.publication.rapport.chiffres_cles import nom_de_periode
from pipelines.publication.rapport.lecture import ENTREES, NOMBRE
from pipelines.publication.rapport.tableaux import Case, Tableau, nom_complet, tableau
from pipelines.publication.rapport.vue import Cellule, Vue

VOLETS = {
    "1": "Volet 1",
    "2": "Volet 2 : orientation et parcours",
    "3": "Volet 3 : accompagnement rénové",
    "FA": "Fiches action",
    "F1": "Fiche 1 : orientation",
    "CALPAE": "Séries CALPAE",
    "S": "Sorties et contrats",
    "Q": "Qualité des données",
}


def par_volet(vue: Vue) -> tuple[Tableau, ...]:
    """A table a volet and period: a line for each figure, a column for each territoire."""
    groupes: dict[tuple[str, str], list[list[str | Case | Cellule]]] = {}
    for indicateur in publies():
        for periode in _periodes(vue, indicateur):
            lignes = groupes.setdefault((indicateur.volet, nom_de_periode(periode)), [])
            lignes.extend(_lignes(vue, indicateur, periode))
    entetes = ("Code", "Indicateur", *(nom_complet(t) for t in vue.choix.territoires), "Statut")
    return tuple(
        tableau(f"{VOLETS.get(volet, volet)} – {periode}", entetes, lignes, marques=False)
        for (volet, periode), lignes in sorted(groupes.items(), key=lambda g: _rang_du_volet(g[0][0]))
    )


def _rang_du_volet(volet: str) -> int:
    return list(VOLETS).index(volet) if volet in VOLETS else len(VOLETS)


def _lignes(vue: Vue, indicateur: Indicateur, periode: Periode) -> Iterator[list[str | Case | Cellule]]:
    for mesure in _mesures(indicateur):
        cellules = [
            vue.chiffre(indicateur.code, periode, t.code, mesure=mesure.nom) for t in vue.choix.territoires
        ]
        statut = mots.STATUTS.get(cellules[-1].statut, cellules[-1].statut)
        yield [indicateur.code, mesure.libelle, *cellules, statut]


def _mesures(indicateur: Indicateur) -> tuple[Mesure, ...]:
    """Those that the committee reads, else the first."""
    return tuple(m for m in indicateur.mesures if m.comite) or indicateur.mesures[:1]


def _periodes(vue: Vue, indicateur: Indicateur) -> list[Periode]:
    """The headline period and the year where the indicator has them, else the last month."""
    communes = [p for p in vue.choix.periodes() if p.type_periode in indicateur.periodes]
    return communes or list(vue.choix.mois[-1:])


# ---------------------------------------------------------------- what is not available


@dataclass
class _Absence:
    """What one reason deprives of: codes, territoires, months or other periods."""

    codes: dict[str, None] = field(default_factory=dict)
    territoires: dict[str, None] = field(default_factory=dict)
    mois: set[str] = field(default_factory=set)
    periodes: dict[str, None] = field(default_factory=dict)


def non_disponibles(vue: Vue) -> Tableau:
    """A line for each reason: what it is, and which figures it deprives of."""
    absences = _par_motif(vue)
    noms = {t.code: nom_complet(t) for t in vue.choix.territoires}
    ordre = [t.code for t in vue.choix.territoires]
    return tableau(
        "Chiffres non disponibles, par raison",
        ("Raison", "Indicateurs", "Territoires", "Mois ou période"),
        [
            [
                mots.raison(motif),
                ", ".join(absence.codes),
                ", ".join(noms[t] for t in ordre if t in absence.territoires),
                ", ".join(filter(None, [mots.mois_en_liste(absence.mois), *absence.periodes])),
            ]
            for motif, absence in absences.items()
        ],
    )


def _par_motif(vue: Vue) -> dict[str, _Absence]:
    """Months say it all for what is published by month; of the rest, the periods that the page shows."""
    absences: dict[str, _Absence] = {}
    mensuels = {i.code for i in publies() if "mois" in i.periodes}
    montrees = {(p.type_periode, p.periode): nom_de_periode(p) for p in vue.choix.periodes()}
    for chiffre in vue.non_disponibles():
        cle = chiffre.cle
        nom = montrees.get((cle.type_periode, cle.periode), "")
        au_mois = cle.type_periode == "mois"
        if chiffre.statut != "ND" or not (au_mois if cle.code in mensuels else nom):
            continue
        absence = absences.setdefault(chiffre.motif_nd or "", _Absence())
        absence.codes[cle.code] = None
        absence.territoires[cle.territoire] = None
        if au_mois:
            absence.mois.add(cle.periode)
        else:
            absence.periodes[nom] = None
    return absences


def mois_absents(vue: Vue) -> list[str]:
    """The months without nouveaux entrants for the whole, reason by reason, in sentences."""
    mois: dict[str, list[str]] = {}
    for chiffre in vue.non_disponibles():
        cle = chiffre.cle
        if (cle.code, cle.mesure, cle.type_periode, cle.territoire) == (ENTREES, NOMBRE, "mois", TOTAL):
            mois.setdefault(chiffre.motif_nd or "", []).append(cle.periode)
    return [f"{mots.mois_en_liste(m)}. {mots.raison(motif)}" for motif, m in mois.items()]
