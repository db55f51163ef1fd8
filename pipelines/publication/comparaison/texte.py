"""A comparison on the terminal: what changed among the inputs, then the figures, the most read first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from contracts.catalogue import catalogue
from pipelines.affichage import accord, dire, nombre, tableau
from pipelines.publication.comparaison import phrases
from pipelines.publication.comparaison.resultat import INCONNUE, METHODE, Changement, Comparaison, Ecart
from pipelines.publication.comparaison.vue import GroupeDit, Ligne
from pipelines.publication.secret import MASQUE, petit

DETAILLES = ("V2-1", "V2-2", "V2-2N")  # month by month, with the persons of each cause
LONGUES = ("annee", "jalon")
MESURES_LONGUES = ("nombre", "taux")
NOMMEES = 6  # deliveries, months or periods named one by one
NOMMEES_PAR_CAUSE = 2
EFFETS = ("Méthode", "Fichiers")


def montrer(comparaison: Comparaison, lignes: Sequence[Ligne], seuil: int) -> None:
    """Print everything that differs; ``lignes``: the figures whose values may be shown; ``seuil``: 0 within
    the service, where every number may be."""
    c = comparaison
    dire(f"De {c.avant} (arrêtée au {c.arrete_au_avant:%d/%m/%Y})")
    dire(f"à  {c.apres} (arrêtée au {c.arrete_au_apres:%d/%m/%Y})\n")
    if not (c.ecarts or c.methode_differe or c.fichiers_different):
        dire("Aucune différence.")
        return
    _entrees(c)
    if not c.ecarts:
        dire("Aucun indicateur ne diffère.")
        return
    changes = {e.cle: e for e in c.ecarts if e.avant and e.apres and not e.statut_seul}
    montrees = [ligne for ligne in lignes if ligne.ecart.cle in changes]
    dites = [*_mensuels(c, montrees), *_longues(montrees)]
    for ligne in dites:
        changes.pop(ligne.ecart.cle)
    _autres(c, list(changes.values()))
    _statuts([e for e in c.ecarts if e.statut_seul])
    _publies_d_un_cote(c)
    _conclusion(c, seuil)


# ---------------------------------------------------------------- inputs


def _entrees(c: Comparaison) -> None:
    dire("Ce qui a changé :")
    if c.arrete_au_avant != c.arrete_au_apres:
        dire(f"  • date d'arrêté : {c.arrete_au_avant:%d/%m/%Y} → {c.arrete_au_apres:%d/%m/%Y}")
    par_nature: dict[str, list[Changement]] = defaultdict(list)
    for changement in c.livraisons:
        par_nature[phrases.nature(changement) + phrases.PRESENCES[changement.presence]].append(changement)
    for nature in sorted(par_nature):
        siennes = sorted(
            par_nature[nature], key=lambda x: (x.mois or x.date_reception, x.source, x.id_livraison)
        )
        noms = [f"{phrases.livraison(x)} [{x.id_livraison}]" for x in siennes]
        dire(f"  • {nature} : {_liste(noms)}")
    for regle, (avant, apres) in c.regles.items():
        dire(f"  • règle {regle} : {phrases.valeur_de_regle(avant)} → {phrases.valeur_de_regle(apres)}")
    for empreinte in c.empreintes:
        dire(f"  • {phrases.METHODES.get(empreinte, empreinte)}")
    if c.methode_differe and c.fichiers_different:
        dire(_separation(c))
    dire()


def _separation(c: Comparaison) -> str:
    if c.separation:
        return f"Les effets de la méthode et des fichiers ne sont pas séparés : {c.separation}."
    if any(e.effet_methode for e in c.ecarts):
        return "Méthode : son effet sur les fichiers de la première. Fichiers : leur effet, à méthode égale."
    return (
        "La méthode nouvelle donne les mêmes chiffres sur les fichiers de la première : elle n'explique rien."
    )


def _liste(noms: Sequence[str], maximum: int = NOMMEES) -> str:
    distincts = list(dict.fromkeys(noms))
    suite = f"… ({nombre(len(distincts))} en tout)"
    return ", ".join(distincts if len(distincts) <= maximum else [*distincts[:maximum], suite])


# ---------------------------------------------------------------- figures shown one by one


def _mensuels(c: Comparaison, lignes: Sequence[Ligne]) -> list[Ligne]:
    """For each code, the months; gives the rows printed."""
    dites: list[Ligne] = []
    for code in DETAILLES:
        siennes = [x for x in lignes if _tete(x.ecart, code) and x.ecart.cle.type_periode == "mois"]
        siennes.sort(key=lambda x: (x.ecart.cle.periode, _rang(x.ecart.cle.territoire)))
        if siennes:
            effets = EFFETS if any(x.effets and x.ecart.effet_methode for x in lignes) else ()
            rangees = [rangee for ligne in siennes for rangee in _rangees(c, ligne, len(effets))]
            dire(f"{catalogue()[code].libelle} ({code}), par mois :\n")
            tableau(
                ["Mois", "Territoire", "Avant", "Après", "Écart", *effets, "Pourquoi"],
                rangees,
                a_droite=range(2, 5 + len(effets)),
            )
            dire()
        dites += siennes
    return dites


def _tete(ecart: Ecart, code: str) -> bool:
    return (ecart.cle.code, ecart.cle.axe, ecart.cle.mesure) == (code, "", "nombre")


def _rang(territoire: str) -> tuple[bool, bool, str]:
    return territoire == "TOTAL", territoire == "HORS", territoire


def _rangees(c: Comparaison, ligne: Ligne, effets: int) -> Iterator[list[str]]:
    """The figure with its first reason, then a row for each other one."""
    cle = ligne.ecart.cle
    raisons = [*_disponibilite(ligne.ecart), *(_raison(c, groupe) for groupe in ligne.groupes)]
    if not ligne.groupes and cle.territoire == "TOTAL":
        raisons.append("voir les territoires")
    tete = [cle.periode, cle.territoire, ligne.avant, ligne.apres, ligne.difference, *ligne.effets[:effets]]
    for rang, raison in enumerate(raisons or [""]):
        yield [*(tete if rang == 0 else [""] * len(tete)), raison]


def _disponibilite(ecart: Ecart) -> Iterator[str]:
    for valeur, quand in ((ecart.avant, "avant"), (ecart.apres, "après")):
        if valeur and valeur.motif_nd:
            yield f"ND {quand} ({valeur.motif_nd})"


def _raison(c: Comparaison, groupe: GroupeDit) -> str:
    noms = {x.id_livraison: phrases.livraison(x) for x in c.livraisons}
    livraisons = _liste([noms[i] for i in groupe.livraisons if i in noms], NOMMEES_PAR_CAUSE)
    quoi = phrases.cause(groupe.cause, c) + (f" ({livraisons})" if livraisons else "")
    return f"{quoi} : {phrases.comptes(vars(groupe))}"


def _longues(lignes: Sequence[Ligne]) -> list[Ligne]:
    """Years and jalons of the two indicators; gives the rows printed."""
    siennes = [
        ligne
        for ligne in lignes
        if ligne.ecart.cle.code in DETAILLES[:2]
        and not ligne.ecart.cle.axe
        and ligne.ecart.cle.mesure in MESURES_LONGUES
        and ligne.ecart.cle.type_periode in LONGUES
    ]
    if siennes:
        dire("Années et jalons (les causes sont celles des mois nommés) :\n")
        tableau(
            ["Indicateur", "Mesure", "Période", "Territoire", "Avant", "Après", "Écart", "Mois en cause"],
            [
                [
                    *_nom_long(x.ecart),
                    x.avant,
                    x.apres,
                    x.difference,
                    _etendue(x.ecart.mois),
                ]
                for x in siennes
            ],
            a_droite=(4, 5, 6),
        )
        dire()
    return siennes


def _nom_long(ecart: Ecart) -> tuple[str, str, str, str]:
    return ecart.cle.code, ecart.cle.mesure, ecart.cle.periode, ecart.cle.territoire


# ---------------------------------------------------------------- figures grouped


def _autres(c: Comparaison, ecarts: Iterable[Ecart]) -> None:
    """One row an indicator, measure and breakdown, in the catalogue's order."""
    groupes: dict[tuple[str, str, str], list[Ecart]] = defaultdict(list)
    for ecart in ecarts:
        groupes[ecart.cle.code, ecart.cle.mesure, ecart.cle.axe].append(ecart)
    ordre = list(catalogue())
    cles = sorted(groupes, key=lambda g: (ordre.index(g[0]) if g[0] in ordre else len(ordre), g[2], g[1]))
    if cles:
        dire("Les autres chiffres qui diffèrent :\n")
        tableau(
            ["Indicateur", "Mesure", "Répartition", "Chiffres", "Mois", "Pourquoi"],
            [
                [*_nom(*cle), nombre(len(groupes[cle])), _mois(groupes[cle]), _causes(c, groupes[cle])]
                for cle in cles
            ],
            a_droite=(3,),
        )
        dire()


def _nom(code: str, mesure: str, axe: str) -> tuple[str, str, str]:
    return code, mesure, f"par {axe}" if axe else ""


def _mois(ecarts: Sequence[Ecart]) -> str:
    """The months that differ, and those that the longer periods follow from."""
    mois = {e.cle.periode for e in ecarts if e.cle.type_periode == "mois"}
    return _etendue(mois | {m for e in ecarts for m in e.mois})


def _etendue(mois: Collection[str]) -> str:
    """« 2024-01, 2024-03 », « 2024-01 à 2024-12 (9) »."""
    tous = sorted(mois)
    return ", ".join(tous) if len(tous) < 3 else f"{tous[0]} à {tous[-1]} ({len(tous)})"


def _causes(c: Comparaison, ecarts: Sequence[Ecart]) -> str:
    """The causes of those explained person by person; else what changed among the tables that they read."""
    noms = [g.cause for e in ecarts for g in (*e.groupes, *e.groupes_base)]
    if noms:
        return ", ".join(phrases.cause(nom, c) for nom in sorted(set(noms)))
    tables = {table for e in ecarts for table in e.tables if e.effet_fichiers != 0}
    dites = sorted({phrases.nature(x) for x in c.livraisons if x.source in tables})
    if c.methode_differe and any(e.effet_methode != 0 for e in ecarts):
        dites.append(phrases.cause(METHODE, c))
    return ", ".join(dites) or "date d'arrêté"


def _statuts(ecarts: Sequence[Ecart]) -> None:
    passages: dict[str, int] = defaultdict(int)
    for ecart in ecarts:
        if ecart.avant and ecart.apres:
            de, a = (phrases.STATUTS[valeur.statut] for valeur in (ecart.avant, ecart.apres))
            passages[f"{de} → {a}" if de != a else f"{de}, autre motif ou autres mois"] += 1
    if passages:
        detail = " ; ".join(f"{passage} : {nombre(n)}" for passage, n in sorted(passages.items()))
        dire(f"Sans changer de valeur, d'autres chiffres changent de statut ({detail}).\n")


def _publies_d_un_cote(c: Comparaison) -> None:
    for titre, ecarts in (
        ("la seconde", [e for e in c.ecarts if e.avant is None]),
        ("la première", [e for e in c.ecarts if e.apres is None]),
    ):
        if ecarts:
            periodes = _liste(sorted({e.cle.periode for e in ecarts}))
            dire(f"Publiés par {titre} seulement : {accord(len(ecarts), 'chiffre')} ({periodes}).\n")


def _conclusion(c: Comparaison, seuil: int) -> None:
    inconnues = {(p.mois, p.territoire, p.id_personne) for p in c.personnes if p.cause == INCONNUE}
    restes = [e for e in c.ecarts if e.reste]
    if inconnues:
        combien = MASQUE if petit(len(inconnues), seuil) else nombre(len(inconnues))
        dire(f"{combien} personnes sans cause trouvée : « pilotage expliquer » dit leur situation.")
    if restes:
        dire(f"{accord(len(restes), 'chiffre')} diffèrent d'une part qu'aucune personne ne montre.")
    if not inconnues and not restes:
        dire("Chaque différence des nouveaux entrants et de leur orientation a sa cause.")


# ---------------------------------------------------------------- persons


def montrer_personnes(c: Comparaison) -> None:
    """Who came in, left, or is counted otherwise: within the service only."""
    noms = {x.id_livraison: phrases.livraison(x) for x in c.livraisons}
    dire("\nLes personnes :\n")
    tableau(
        ["Indicateur", "Mois", "Territoire", "Personne", "Mouvement", "Pourquoi", "Livraison"],
        [
            [
                p.code,
                f"{p.mois:%Y-%m}",
                p.territoire,
                p.id_personne,
                phrases.mouvement(p.solde, p.change),
                phrases.cause(p.cause, c) + (" (autre cause possible)" if p.autres_causes else ""),
                noms.get(p.id_livraison or "", ""),
            ]
            for p in c.personnes
        ],
    )
