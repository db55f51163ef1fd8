"""From the rows of the models to the ``Comparaison``: the steps put end to end, figure by figure."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from pipelines.publication.chiffres_publies import Cle
from pipelines.publication.comparaison.designation import Publiee
from pipelines.publication.comparaison.lignage import au_dernier_mois, tables_lues
from pipelines.publication.comparaison.rapprochement import Etape
from pipelines.publication.comparaison.resultat import (
    Changement,
    Comparaison,
    Ecart,
    Groupe,
    Personne,
    Valeur,
)

TAUX, BASE = "taux", "taux_base"

Groupes = Mapping[Cle, list[Groupe]]


@dataclass(frozen=True)
class Pas:
    """One figure in one step: from what to what."""

    methode: bool
    unite: str
    debut: date
    fin: date
    avant: Valeur | None
    apres: Valeur | None


def assembler(avant: Publiee, apres: Publiee, etapes: list[Etape], separation: str = "") -> Comparaison:
    """The steps from ``avant`` to ``apres`` (none: nothing differs), as one comparison."""
    return Comparaison(
        avant=avant.nom,
        apres=apres.nom,
        arrete_au_avant=avant.arrete_au,
        arrete_au_apres=apres.arrete_au,
        regles=_regles(avant.entrees["regles"], apres.entrees["regles"]),
        empreintes=tuple(_cles_differentes(avant.entrees["empreintes"], apres.entrees["empreintes"])),
        livraisons=tuple(_changement(ligne) for e in etapes for ligne in e.livraisons),
        ecarts=tuple(_ecarts(etapes, separation)),
        personnes=tuple(Personne(**ligne) for e in etapes for ligne in e.personnes),
        separation=separation,
    )


def _cles_differentes(avant: dict[str, Any], apres: dict[str, Any]) -> list[str]:
    return [cle for cle in sorted(avant | apres) if avant.get(cle) != apres.get(cle)]


def _regles(avant: dict[str, Any], apres: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {cle: (avant.get(cle), apres.get(cle)) for cle in _cles_differentes(avant, apres)}


def _changement(ligne: Mapping[str, Any]) -> Changement:
    return Changement(**{**ligne, "receptions": tuple(ligne["receptions"])})


def _ecarts(etapes: list[Etape], separation: str) -> Iterator[Ecart]:
    """In the order of the figures; a figure that the method moves and the files move back does not differ."""
    chiffres: dict[Cle, list[Pas]] = defaultdict(list)
    for une in etapes:
        for ligne in une.ecarts:
            chiffres[_cle(ligne)].append(_pas(une, ligne))
    differents = {cle: pas for cle, pas in sorted(chiffres.items()) if pas[0].avant != pas[-1].apres}
    valeurs = {cle for cle, pas in differents.items() if _autre_valeur(pas[0].avant, pas[-1].apres)}
    groupes, des_fichiers = _groupes(etapes), _groupes([e for e in etapes if not e.methode])
    expliques = {(ligne["code"], ligne["axe"], ligne["mesure"]) for e in etapes for ligne in e.aspects}
    for cle, pas in differents.items():
        ecart = Ecart(
            cle, pas[0].unite, pas[0].avant, pas[-1].apres, tables=tables_lues(cle.code, cle.mesure)
        )
        if not separation:
            ecart = replace(ecart, effet_methode=_effet(pas, True), effet_fichiers=_effet(pas, False))
        if cle.type_periode != "mois":
            ecart = replace(ecart, mois=tuple(_mois(cle, pas[0], valeurs)))
        elif (cle.code, cle.axe, cle.mesure) in expliques:
            ecart = _expliquer(ecart, pas, groupes, des_fichiers)
        yield ecart


def _cle(ligne: Mapping[str, Any]) -> Cle:
    return Cle(**{champ: ligne[champ] for champ in Cle._fields})


def _pas(une: Etape, ligne: Mapping[str, Any]) -> Pas:
    return Pas(
        methode=une.methode,
        unite=ligne["unite"],
        debut=ligne["debut"],
        fin=ligne["fin"],
        avant=_valeur(ligne, "avant"),
        apres=_valeur(ligne, "apres"),
    )


def _valeur(ligne: Mapping[str, Any], cote: str) -> Valeur | None:
    if not ligne[f"publie_{cote}"]:
        return None
    return Valeur(**{champ.name: ligne[f"{champ.name}_{cote}"] for champ in fields(Valeur)})


def _effet(pas: list[Pas], methode: bool) -> float | None:
    """What the steps of one kind add; none where a figure comes or goes."""
    effets = [_difference(p.avant, p.apres) for p in pas if p.methode == methode]
    return None if None in effets else sum(e for e in effets if e is not None)


def _difference(avant: Valeur | None, apres: Valeur | None) -> float | None:
    if avant is None or apres is None or avant.nombre is None or apres.nombre is None:
        return None
    return apres.nombre - avant.nombre


def _autre_valeur(avant: Valeur | None, apres: Valeur | None) -> bool:
    """Not only another statut."""
    return avant is None or apres is None or avant.compte != apres.compte


def _mois(cle: Cle, pas: Pas, differents: Collection[Cle]) -> Iterator[str]:
    """The months of a longer period (the last one, for a stock) whose same figure differs."""
    mois = pas.fin.replace(day=1) if au_dernier_mois(cle.code, cle.mesure) else pas.debut.replace(day=1)
    while mois <= pas.fin:
        if cle._replace(type_periode="mois", periode=f"{mois:%Y-%m}") in differents:
            yield f"{mois:%Y-%m}"
        mois = (mois + timedelta(days=31)).replace(day=1)


def _groupes(etapes: list[Etape]) -> dict[Cle, list[Groupe]]:
    groupes: dict[Cle, list[Groupe]] = defaultdict(list)
    for une in etapes:
        for ligne in une.groupes:
            cle = Cle._make(
                (*(ligne[c] for c in ("code", "axe", "modalite", "mesure")), "mois", f"{ligne['mois']:%Y-%m}",
                 ligne["territoire"])
            )  # fmt: skip
            champs = {champ.name: ligne[champ.name] for champ in fields(Groupe)}
            groupes[cle].append(Groupe(**champs | {"livraisons": tuple(ligne["livraisons"])}))
    return groupes


def _expliquer(ecart: Ecart, pas: list[Pas], groupes: Groupes, des_fichiers: Groupes) -> Ecart:
    """The groups of a monthly figure, and what they do not give back.

    The method's part is given exactly by the computation itself, whatever the persons.
    """
    cle = ecart.cle
    siens = tuple(groupes.get(cle, ()))
    if cle.mesure != TAUX:
        reste = _reste(pas, des_fichiers.get(cle, ()), lambda v: v.nombre)
        return replace(ecart, groupes=siens, reste=reste)
    cle_base = cle._replace(mesure=BASE)
    restes = (
        _reste(pas, des_fichiers.get(cle, ()), lambda v: v.numerateur),
        _reste(pas, des_fichiers.get(cle_base, ()), lambda v: v.denominateur),
    )
    base = tuple(groupes.get(cle_base, ()))
    return replace(ecart, groupes=siens, groupes_base=base, reste=sum(map(abs, restes)))


def _reste(pas: list[Pas], groupes: Iterable[Groupe], compte: Callable[[Valeur], float | None]) -> int:
    """A figure that is not available counts nobody."""
    attendu = sum(_compte(p.apres, compte) - _compte(p.avant, compte) for p in pas if not p.methode)
    return attendu - sum(g.solde for g in groupes)


def _compte(valeur: Valeur | None, compte: Callable[[Valeur], float | None]) -> int:
    return 0 if valeur is None or valeur.statut == "ND" else int(compte(valeur) or 0)
