"""The extracts that leave the service: the committee's table, masked, and the contractual totals.

CSV for a French Excel: ``;``, UTF-8 with BOM, decimal comma, CRLF; no cell is ever taken for a formula.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.catalogue import Indicateur, Mesure, publies
from pipelines.publication.chiffres_publies import TOTAL, Chiffre, ChiffresPublies, Cle, Periode, Phrase
from pipelines.publication.secret import MASQUE, Somme, masquer, petit

DIFFUSION = Path("extraits") / "diffusion"
COMITE = "comite_departemental.csv"
BILAN = "bilan.csv"
CHIFFRES = "chiffres.csv"
SANS_OBJET = "sans objet"  # a rate over nobody, an indicator that says nothing of such a period
MESUREES = ("part", "jours", "ETP", "euros", "oui / non")  # units of what is no count of people
DDETS = "totaux_contractuels.csv"
DESTINATAIRE = "destinataire : services de l'État"
COLONNES_DDETS = (
    "code",
    "indicateur",
    "type_periode",
    "periode",
    "debut",
    "fin",
    "territoire",
    "valeur",
    "statut",
    "motif_nd",
    "commentaire",
)
COLONNES_CHIFFRES = (*Cle._fields, "valeur", "statut", "motif_nd")
VOLETS_CONTRACTUELS = ("1", "2", "FA", "F1")

_ENTREES, _ORIENTES, _ENTONNOIR = "V2-1", "V2-2", "entonnoir"
_LIES = (_ENTREES, _ORIENTES, _ENTONNOIR)  # entries, oriented among them, funnel that leads to them
_ETAGES = (
    ("presents", "versables", "non_versables"),
    ("versables", "soumis", "non_soumis"),
    ("soumis", "candidats", "non_candidats"),
)
_DELAI = "delai"
_QUINZE_JOURS = ("avant", "0_1", "2_7", "8_15")
_EN_ATTENTE = "en_attente"
_FORMULE = ("=", "+", "-", "@", "\t", "\r")
_PERSONNES = re.compile(r"\((\d+) personnes?\b")


def texte_sur(texte: str) -> str:
    """A text that a spreadsheet will not run as a formula."""
    return f"'{texte}" if texte.startswith(_FORMULE) else texte


def nombre_espace(nombre: float) -> str:
    """7812 → « 7 812 », 12.5 → « 12,5 »: for a number inside a sentence."""
    decimales = 0 if nombre == int(nombre) else 1
    return f"{nombre:,.{decimales}f}".replace(",", " ").replace(".", ",")


@dataclass(frozen=True)
class Extrait:
    """What is written in the cells, given what must be masked."""

    publies: ChiffresPublies
    seuil: int
    masquees: frozenset[Cle]

    def cellule(self, chiffre: Chiffre, mois_total: int, *, espaces: bool = False) -> str:
        """« 7812 » (in a sentence « 7 812 »), « 45,3 % », « s » or « ND », with what is known of it."""
        if chiffre.statut == "ND":
            return SANS_OBJET if chiffre.motif_nd == "sans_objet" else "ND"
        if chiffre.statut != "partiel":
            return self._valeur(chiffre, espaces=espaces)
        valeur = self._valeur(chiffre, espaces=True)
        return f"ND (partiel : {valeur}, {chiffre.mois_calculables} mois sur {mois_total})"

    def _valeur(self, chiffre: Chiffre, *, espaces: bool) -> str:
        if chiffre.cle in self.masquees:
            return MASQUE
        if chiffre.nombre is None:
            return SANS_OBJET
        if chiffre.unite == "part":
            return _pourcentage(chiffre)
        if chiffre.unite == "oui / non":
            return "oui" if chiffre.nombre else "non"
        if chiffre.nombre != int(chiffre.nombre):
            return f"{chiffre.nombre:.1f}".replace(".", ",")
        return nombre_espace(int(chiffre.nombre)) if espaces else str(int(chiffre.nombre))

    def phrase(self, phrase: Phrase) -> str:
        """A sentence whose figures are masked as the cells are."""
        masquee = phrase.cle in self.masquees or (self.seuil > 0 and petit(phrase.nombre, self.seuil))
        nombre = MASQUE if masquee else "" if phrase.nombre is None else nombre_espace(phrase.nombre)
        return _PERSONNES.sub(self._personnes, phrase.texte.replace("{n}", nombre))

    def _personnes(self, trouve: re.Match[str]) -> str:
        return f"({MASQUE} personnes" if petit(int(trouve[1]), self.seuil) else trouve[0]


def _pourcentage(chiffre: Chiffre) -> str:
    """To one decimal, half up, from the integers: the same on every machine."""
    dixiemes = (2000 * (chiffre.numerateur or 0) + (chiffre.denominateur or 1)) // (
        2 * (chiffre.denominateur or 1)
    )
    return f"{dixiemes // 10},{dixiemes % 10} %"


# ---------------------------------------------------------------- what is masked


def cellules_masquees(
    publies_: ChiffresPublies, seuil: int, aussi: Collection[Cle] = frozenset()
) -> frozenset[Cle]:
    """The cells of the committee's extract, the figures of its comments and those that the report shows
    besides (``aussi``), that must not be read."""
    montres = dict(_montres(publies_, aussi))
    comptes = {
        cle: int(c.nombre) for cle, c in montres.items() if c.unite not in MESUREES and c.nombre is not None
    }
    sommes = sorted(_sommes(publies_, comptes), key=repr)
    masquees: set[Cle] = set()
    for famille in sorted({_famille(cle) for cle in comptes}):  # no sum ties two families
        siens = {cle: nombre for cle, nombre in comptes.items() if _famille(cle) == famille}
        siennes = (s for s in sommes if _famille(s.total) == famille)
        masquees |= masquer(siens, siennes, seuil, _candidats_trop_precis(siens, seuil))
    return frozenset(masquees | _entrainees(montres, masquees | _en_attente(publies_, seuil), seuil))


def _candidats_trop_precis(comptes: Mapping[Cle, int], seuil: int) -> set[Cle]:
    """Where few candidates are écartés, their number gives way, rather than that of the entries."""
    return {
        cle._replace(mesure="candidats")
        for cle, nombre in comptes.items()
        if (cle.code, cle.mesure) == (_ENTONNOIR, "ecartes") and petit(nombre, seuil)
    }


def _famille(cle: Cle) -> tuple[str, str]:
    lies = cle.code in _LIES and (cle.code == _ENTONNOIR or cle.mesure == "nombre")
    return ("", "") if lies else (cle.code, cle.mesure)


def _montres(publies_: ChiffresPublies, aussi: Collection[Cle]) -> Iterator[tuple[Cle, Chiffre]]:
    secrets = {i.code: i for i in publies() if i.secret}
    dans_phrases = {p.cle for phrases in _commentees(publies_) for p in phrases}
    for cle, chiffre in sorted(publies_.chiffres.items()):
        indicateur = secrets.get(cle.code)
        au_comite = indicateur and (
            cle in dans_phrases or (not cle.axe and _au_comite(indicateur, cle.mesure))
        )
        if au_comite or cle in aussi:
            yield cle, chiffre


def _au_comite(indicateur: Indicateur, mesure: str) -> bool:
    return any(m.nom == mesure and m.comite for m in indicateur.mesures)


def _sommes(publies_: ChiffresPublies, comptes: dict[Cle, int]) -> Iterator[Somme[Cle]]:
    """Territoires and total; months and longer period; modalités and whole; stages of the funnel."""
    mois = {(p.type_periode, p.periode): p.mois for p in publies_.periodes}
    parts = [t.code for t in publies_.territoires if t.code != TOTAL]
    repartitions: dict[tuple[Cle, str], list[Cle]] = {}
    for cle in comptes:
        yield from _etages(cle)
        if cle.axe:
            repartitions.setdefault((cle._replace(axe="", modalite=""), cle.axe), []).append(cle)
        if cle.territoire == TOTAL:
            yield Somme(cle, tuple(cle._replace(territoire=t) for t in parts))
        if cle.type_periode != "mois":
            mensuelles = (cle._replace(type_periode="mois", periode=m) for m in mois[cle[4], cle[5]])
            yield Somme(cle, tuple(c for c in mensuelles if c in comptes))
    for (total, axe), liste in repartitions.items():
        yield Somme(total, tuple(liste))
        if axe == _DELAI:
            yield from _dans_le_delai(total)


def _etages(cle: Cle) -> Iterator[Somme[Cle]]:
    """What two stages of the funnel that follow each other say together, for a month and a territoire."""
    if (cle.code, cle.mesure) == (_ENTONNOIR, "presents"):
        entrees = cle._replace(code=_ENTREES, mesure="nombre")
        etape = {m: cle._replace(mesure=m) for somme in _ETAGES for m in somme}
        yield from (Somme(etape[total], (etape[part], etape[reste])) for total, part, reste in _ETAGES)
        yield Somme(etape["candidats"], (entrees, cle._replace(mesure="ecartes")))


def _dans_le_delai(total: Cle) -> Iterator[Somme[Cle]]:
    """The first classes of delay make V2-2, at 15 days or at one month: the sum that holds is kept."""
    orientes = total._replace(code=_ORIENTES)
    for classes in (_QUINZE_JOURS, (*_QUINZE_JOURS, "15_mois")):
        yield Somme(orientes, tuple(total._replace(axe=_DELAI, modalite=c) for c in classes))


def _en_attente(publies_: ChiffresPublies, seuil: int) -> set[Cle]:
    """The entries that wait, when few, shown or not: the entries and a rate say how many it leaves out."""
    attentes = ((cle, c.nombre) for cle, c in publies_.chiffres.items() if cle.mesure == _EN_ATTENTE)
    return {cle for cle, nombre in attentes if nombre is not None and petit(int(nombre), seuil)}


def _entrainees(montres: Mapping[Cle, Chiffre], masquees: set[Cle], seuil: int) -> set[Cle]:
    """Figures that would give a masked one back, or nearly: the persons behind masked entries; a rate on few
    persons, or whose count, whose entries (its denominator, once all delays have elapsed) or those it leaves
    out (few en attente) are masked."""
    return {
        cle
        for cle, c in montres.items()
        if (cle.mesure in ("personnes_distinctes", "taux") and cle._replace(mesure="nombre") in masquees)
        or (c.unite == "part" and cle._replace(code=_ENTREES, mesure="nombre") in masquees)
        or (c.unite == "part" and cle._replace(mesure=_EN_ATTENTE) in masquees)
        or (c.unite in MESUREES and (petit(c.denominateur, seuil) or petit(c.numerateur, seuil)))
    }


# ---------------------------------------------------------------- comité départemental


def extrait_masque(publies_: ChiffresPublies, seuil: int, aussi: Collection[Cle] = frozenset()) -> Extrait:
    """What may leave the service."""
    return Extrait(publies_, seuil, cellules_masquees(publies_, seuil, aussi))


def ecrire_comite(extrait: Extrait, dossier: Path) -> Path:
    """Rows: indicators in the official wording; columns: each period, then comments."""
    entete = ["Indicateur", *_titres(extrait.publies), "Commentaires"]
    lignes = [_ligne_comite(extrait, i, m) for i in publies() for m in i.mesures if m.comite]
    return _ecrire(dossier / COMITE, [entete, *lignes])


def ecrire_bilan(extrait: Extrait, dossier: Path) -> Path:
    """The same figures as sentences ready to paste in a bilan: « Pour le 67 : 6 949 Pour le 68 : 4 465 »."""
    entete = ["Indicateur", *(p.libelle for p in extrait.publies.periodes)]
    lignes = [
        [m.libelle, *(_phrase_bilan(extrait, i, m, p) for p in extrait.publies.periodes)]
        for i in publies()
        for m in i.mesures
        if m.comite
    ]
    return _ecrire(dossier / BILAN, [entete, *lignes])


def _phrase_bilan(extrait: Extrait, indicateur: Indicateur, mesure: Mesure, periode: Periode) -> str:
    return " ".join(
        f"{_lieu(chiffre.cle.territoire)} : {extrait.cellule(chiffre, len(periode.mois), espaces=True)}"
        for chiffre in _par_territoire(extrait.publies, indicateur.code, mesure.nom, periode)
    )


def _lieu(territoire: str) -> str:
    return {TOTAL: "Total", "HORS": "Hors territoire"}.get(territoire, f"Pour le {territoire}")


def ecrire_chiffres(extrait: Extrait, dossier: Path) -> Path:
    """The same cells one a row, named by their codes: for a spreadsheet's pivot, and for ``comparer``."""
    lignes = [
        [*chiffre.cle, extrait.cellule(chiffre, len(periode.mois)), chiffre.statut, chiffre.motif_nd or ""]
        for indicateur in publies()
        for mesure in indicateur.mesures
        if mesure.comite
        for periode in extrait.publies.periodes
        for chiffre in _par_territoire(extrait.publies, indicateur.code, mesure.nom, periode)
    ]
    return _ecrire(dossier / CHIFFRES, [COLONNES_CHIFFRES, *lignes])


def lire_chiffres(publication: Path) -> dict[Cle, str]:
    """The cells that a publication shows outside the service, as it shows them."""
    with (publication / DIFFUSION / CHIFFRES).open(encoding="utf-8-sig", newline="") as fichier:
        lignes = csv.DictReader(fichier, delimiter=";")
        return {
            Cle(**{champ: ligne[champ] for champ in Cle._fields}): ligne["valeur"].removeprefix("'")
            for ligne in lignes
        }


def _titres(publies_: ChiffresPublies) -> list[str]:
    return [
        f"{p.libelle} – {t.libelle if t.code in (TOTAL, 'HORS') else f'{t.libelle} ({t.code})'}"
        for p in publies_.periodes
        for t in publies_.territoires
    ]


def _ligne_comite(extrait: Extrait, indicateur: Indicateur, mesure: Mesure) -> list[str]:
    cellules = [
        extrait.cellule(chiffre, len(periode.mois))
        for periode in extrait.publies.periodes
        for chiffre in _par_territoire(extrait.publies, indicateur.code, mesure.nom, periode)
    ]
    tete = mesure is indicateur.mesures[0]
    return [mesure.libelle, *cellules, _commentaire(extrait, indicateur) if tete else ""]


def _par_territoire(publies_: ChiffresPublies, code: str, mesure: str, periode: Periode) -> Iterator[Chiffre]:
    for territoire in publies_.territoires:
        yield publies_.chiffres[
            Cle(code, "", "", mesure, periode.type_periode, periode.periode, territoire.code)
        ]


def _commentaire(extrait: Extrait, indicateur: Indicateur) -> str:
    """What holds of all periods, then for each jalon and year what is said of the total, then the months that
    are not available."""
    morceaux = []
    generales: dict[str, None] = {}
    for periode in _periodes_commentees(extrait.publies):
        phrases = extrait.publies.phrases.get(
            (indicateur.code, periode.type_periode, periode.periode, TOTAL), ()
        )
        generales |= {p.texte: None for p in phrases if p.generale}
        dites = [extrait.phrase(p) for p in phrases if not p.generale]
        if dites:
            morceaux.append(f"{periode.libelle} : {' '.join(dites)}")
    return " | ".join([*generales, *morceaux, *_mois_absents(extrait.publies, indicateur)])


def _periodes_commentees(publies_: ChiffresPublies) -> list[Periode]:
    return [p for p in publies_.periodes if p.type_periode in ("jalon", "annee")]


def _commentees(publies_: ChiffresPublies) -> Iterator[tuple[Phrase, ...]]:
    for indicateur in publies():
        for p in _periodes_commentees(publies_):
            yield publies_.phrases.get((indicateur.code, p.type_periode, p.periode, TOTAL), ())


def _mois_absents(publies_: ChiffresPublies, indicateur: Indicateur) -> list[str]:
    absents = [
        f"{c.cle.periode} {c.motif_nd}"
        for p in publies_.periodes
        if p.type_periode == "mois"
        for c in _par_territoire(publies_, indicateur.code, indicateur.mesures[0].nom, p)
        if c.cle.territoire == TOTAL and c.statut == "ND" and c.motif_nd != "sans_objet"
    ]
    return [f"Mois non disponibles : {', '.join(absents)}."] if absents else []


# ---------------------------------------------------------------- services de l'État


def ecrire_ddets(publies_: ChiffresPublies, dossier: Path) -> Path:
    """The contractual totals by territoire and period, unmasked, for the State's services only."""
    extrait = Extrait(publies_, 0, frozenset())
    entete = list(COLONNES_DDETS)
    lignes = [
        _ligne_ddets(extrait, indicateur, mesure, periode, chiffre)
        for indicateur in publies()
        if indicateur.volet in VOLETS_CONTRACTUELS
        for mesure in indicateur.mesures
        if mesure.comite
        for periode in publies_.periodes
        for chiffre in _par_territoire(publies_, indicateur.code, mesure.nom, periode)
    ]
    return _ecrire(dossier / DDETS, [[DESTINATAIRE], entete, *lignes])


def _ligne_ddets(
    extrait: Extrait, indicateur: Indicateur, mesure: Mesure, periode: Periode, chiffre: Chiffre
) -> list[str]:
    return [
        indicateur.code,
        mesure.libelle,
        periode.type_periode,
        periode.libelle,
        periode.debut,
        periode.fin,
        chiffre.cle.territoire,
        extrait.cellule(chiffre, len(periode.mois)),
        chiffre.statut,
        chiffre.motif_nd or "",
        chiffre.commentaire or "",
    ]


def _ecrire(chemin: Path, lignes: Iterable[Sequence[str]]) -> Path:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
        ecrivain = csv.writer(fichier, delimiter=";", lineterminator="\r\n")
        ecrivain.writerows([[texte_sur(cellule) for cellule in ligne] for ligne in lignes])
    return chemin
