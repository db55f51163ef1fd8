"""What changed since the publication that readers had until now: the figures, and what explains them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.catalogue import catalogue
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurPilotage
from pipelines.publication.chiffres_publies import Cle, Periode
from pipelines.publication.comparaison import phrases
from pipelines.publication.comparaison.comparer import comparer_publiees
from pipelines.publication.comparaison.designation import a_paraitre, retrouver
from pipelines.publication.comparaison.resultat import Comparaison, Ecart
from pipelines.publication.comparaison.vue import GroupeDit, Ligne, masquee
from pipelines.publication.extraits import lire_chiffres
from pipelines.publication.rapport import mots
from pipelines.publication.rapport.chiffres_cles import nom_de_periode
from pipelines.publication.rapport.choix import Choix
from pipelines.publication.rapport.lecture import ENTREES, NOMBRE, ORIENTES, TAUX
from pipelines.publication.rapport.tableaux import Case, Tableau, nom_complet, tableau
from pipelines.publication.rapport.vue import Vue
from pipelines.publication.secret import MASQUE

SUIVIS = ((ENTREES, NOMBRE), (ORIENTES, NOMBRE), (ORIENTES, TAUX))
LIGNES_MAX = 30
LIVRAISONS_MAX = 6


@dataclass(frozen=True)
class Evolutions:
    """``resume`` answers « why did they move? » in a sentence or two; ``entrees``: what is no longer the same
    (files, rules, software); ``suites``: what the tables leave out."""

    resume: str
    entrees: tuple[str, ...] = ()
    tableaux: tuple[Tableau, ...] = ()
    suites: tuple[str, ...] = ()


def confronter(
    configuration: Configuration,
    vue: Vue,
    precedente: Path,
    dossier: Path,
    nom: str,
    entrees: dict[str, Any],
) -> Evolutions:
    """The publication being written in ``dossier``, against the one that readers had. A previous one that is
    damaged, of another key, or too old to say what it masks, is not compared to, and the page says so."""
    apres = a_paraitre(nom, dossier, entrees)
    try:
        avant = retrouver(configuration, precedente.name)
        cellules = lire_chiffres(avant.dossier), lire_chiffres(dossier)
        comparaison = comparer_publiees(configuration, avant, apres)
    except (ErreurPilotage, OSError, KeyError):
        return Evolutions("La publication précédente ne se compare pas à celle-ci.")
    lignes = list(masquee(comparaison, *cellules, configuration.seuil_secret))
    return evolutions(comparaison, lignes, vue.choix)


def evolutions(comparaison: Comparaison, lignes: Sequence[Ligne], choix: Choix) -> Evolutions:
    """``lignes``: the figures that differ, as they may be shown."""
    deux_cotes = [x for x in lignes if x.ecart.avant and x.ecart.apres]
    changees = [x for x in deux_cotes if not x.ecart.statut_seul]
    lisibles = [x for x in changees if x.difference != MASQUE]
    longues = [(periode, _longues(lisibles, periode)) for periode in choix.periodes()]
    mois = _mensuelles(changees, choix)
    return Evolutions(
        resume=_resume(comparaison, mois),
        entrees=tuple(_entrees(comparaison)),
        tableaux=(*_chiffres_cles(longues, choix), *_mois_et_causes(comparaison, mois, choix)),
        suites=tuple(_suites(changees, lisibles, len(deux_cotes) - len(changees), len(mois))),
    )


def _longues(lignes: Sequence[Ligne], periode: Periode) -> list[Ligne]:
    """The headline figures over a period that the page shows."""
    nom = (periode.type_periode, periode.periode)
    return [x for x in lignes if _suivie(x.ecart.cle) and x.ecart.cle[4:6] == nom]


def _mensuelles(lignes: Sequence[Ligne], choix: Choix) -> list[Ligne]:
    """The counts of each month, the last first, territoire by territoire: there the causes are known."""
    codes = {t.code for t in choix.territoires if len(choix.territoires) == 1 or t.code != "TOTAL"}
    montres = [
        x
        for x in lignes
        if _suivie(x.ecart.cle)
        and x.ecart.cle.mesure == NOMBRE
        and x.ecart.cle.type_periode == "mois"
        and x.ecart.cle.territoire in codes
    ]
    return sorted(montres, key=lambda x: x.ecart.cle.periode, reverse=True)


def _suivie(cle: Cle) -> bool:
    return not cle.axe and (cle.code, cle.mesure) in SUIVIS


# ---------------------------------------------------------------- sentences


def _resume(comparaison: Comparaison, lignes: Sequence[Ligne]) -> str:
    """« Since such a day: which months are new, which moved, and why »."""
    depuis = mots.jour_en_lettres(comparaison.arrete_au_avant)
    nouveaux = {e.cle.periode for e in comparaison.ecarts if _nouveau(e)}
    bouges = {x.ecart.cle.periode for x in lignes}
    morceaux = [f"mois publiés pour la première fois : {mots.mois_en_liste(nouveaux)}"] if nouveaux else []
    if bouges:
        causes = dict.fromkeys(phrases.cause(g.cause, comparaison) for x in lignes for g in x.groupes)
        pourquoi = f", causes : {', '.join(causes)}" if causes else ""
        morceaux.append(f"mois déjà publiés qui ont bougé : {mots.mois_en_liste(bouges)}{pourquoi}")
    else:
        morceaux.append("aucun mois déjà publié n’a bougé")
    return f"Depuis la publication arrêtée au {depuis}, {' ; '.join(morceaux)}."


def _entrees(comparaison: Comparaison) -> Iterator[str]:
    """What the two publications were not made from alike."""
    if comparaison.arrete_au_avant != comparaison.arrete_au_apres:
        avant, apres = comparaison.arrete_au_avant, comparaison.arrete_au_apres
        yield f"Date d’arrêté : {mots.jour_en_lettres(avant)}, puis {mots.jour_en_lettres(apres)}."
    natures: dict[str, dict[str, None]] = {}
    for changement in comparaison.livraisons:
        nature = f"{phrases.nature(changement)}{phrases.PRESENCES[changement.presence]}"
        natures.setdefault(nature, {})[phrases.livraison(changement)] = None
    for nature, livraisons in sorted(natures.items()):
        yield f"{nature[:1].upper()}{nature[1:]} : {_en_liste(list(livraisons))}."
    for regle, (avant_, apres_) in comparaison.regles.items():
        valeurs = f"{phrases.valeur_de_regle(avant_)}, puis {phrases.valeur_de_regle(apres_)}"
        yield f"Règle {regle} : {valeurs}."
    for empreinte in comparaison.empreintes:
        yield f"A changé : {phrases.METHODES.get(empreinte, empreinte)}."
    if comparaison.separation:
        yield f"Les effets de la méthode et des fichiers ne sont pas séparés : {comparaison.separation}."


def _en_liste(noms: list[str]) -> str:
    suite = f" et {len(noms) - LIVRAISONS_MAX} autres" if len(noms) > LIVRAISONS_MAX else ""
    return f"{', '.join(noms[:LIVRAISONS_MAX])}{suite}"


def _suites(changees: Sequence[Ligne], lisibles: Sequence[Ligne], statuts: int, mois: int) -> Iterator[str]:
    if mois > LIGNES_MAX:
        yield f"Lignes qui ne sont pas montrées ici : {mois - LIGNES_MAX}."
    dits = {code for code, _ in SUIVIS}
    autres = dict.fromkeys(x.ecart.cle.code for x in changees if x.ecart.cle.code not in dits)
    if autres:
        yield f"Ont aussi bougé, en tout ou partie : {', '.join(autres)}."
    if len(changees) > len(lisibles):
        yield f"Écarts que le secret statistique ne laisse pas lire : {len(changees) - len(lisibles)}."
    if statuts:
        yield f"Chiffres qui n’ont changé que de statut (provisoire, stabilisé) : {statuts}."


def _nouveau(ecart: Ecart) -> bool:
    return ecart.avant is None and ecart.cle.type_periode == "mois"


# ---------------------------------------------------------------- tables


def _chiffres_cles(longues: list[tuple[Periode, list[Ligne]]], choix: Choix) -> Iterator[Tableau]:
    noms = {t.code: nom_complet(t) for t in choix.territoires}
    for periode, lignes in longues:
        if lignes:
            yield tableau(
                f"Chiffres clés qui ont bougé, {mots.minuscule(nom_de_periode(periode))}",
                ("Indicateur", "Territoire", "Avant", "Maintenant", "Écart"),
                [[_nom(x), _lieu(x, noms), *_valeurs(x)] for x in lignes],
            )


def _mois_et_causes(comparaison: Comparaison, lignes: list[Ligne], choix: Choix) -> Iterator[Tableau]:
    noms = {t.code: nom_complet(t) for t in choix.territoires}
    if lignes:
        yield tableau(
            "Mois qui ont bougé, et pourquoi",
            ("Mois", "Territoire", "Indicateur", "Avant", "Maintenant", "Écart", "Pourquoi"),
            [
                [
                    mots.mois_en_lettres(x.ecart.cle.periode),
                    _lieu(x, noms),
                    _nom(x),
                    *_valeurs(x),
                    " ; ".join(_pourquoi(g, comparaison) for g in x.groupes),
                ]
                for x in lignes[:LIGNES_MAX]
            ],
        )


def _lieu(ligne: Ligne, noms: Mapping[str, str]) -> Case:
    return Case(noms.get(ligne.ecart.cle.territoire, ""), "lieu")


def _nom(ligne: Ligne) -> str:
    cle = ligne.ecart.cle
    return next(m.libelle for m in catalogue()[cle.code].mesures if m.nom == cle.mesure)


def _valeurs(ligne: Ligne) -> list[Case]:
    """Before, after, difference, as they may be shown."""
    textes = (ligne.avant, ligne.apres, ligne.difference)
    return [Case(mots.insecable(t) or "–", "masque" if t == MASQUE else "chiffre") for t in textes]


def _pourquoi(groupe: GroupeDit, comparaison: Comparaison) -> str:
    comptes = phrases.comptes({nom: getattr(groupe, nom) for nom in phrases.COMPTES})
    return f"{phrases.cause(groupe.cause, comparaison)} ({comptes})"
