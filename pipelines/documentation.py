"""``make docs``: dictionary, indicators and checks, written from the contracts and never by hand."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from contracts.catalogue import CROIX, Axe, Indicateur, Mesure, axes, catalogue
from contracts.cles import CLES_PERSONNE
from contracts.definitions import Champ, Table
from contracts.marts import MARTS
from contracts.regles import REGLES
from contracts.tables import TABLES, champs
from contracts.vues import VUES
from pipelines.affichage import dire

DOSSIER = Path(__file__).resolve().parents[1] / "docs"
AVERTISSEMENT = "<!-- Écrit par « make docs » à partir de contracts/ : ne pas modifier à la main. -->"
GRAVITES = {
    "refus": "fichier refusé",
    "suspecte": "livraison suspecte",
    "rejet": "ligne écartée",
    "avertissement": "avertissement",
}
PERIODES = {
    "mois": "mois",
    "trimestre": "trimestre",
    "semestre": "semestre",
    "annee": "année",
    "jalon": "jalon",
}
VOLETS = {
    "1": "Volet 1 : moyens",
    "2": "Volet 2 : entrées et orientations",
    "FA": "Fiches action",
    "F1": "Fiche 1 : orientation",
    "3": "Volet 3 : accompagnement",
    "CALPAE": "Séries des bilans CALPAE",
    "S": "Sorties et contrats",
    "Q": "Qualité des données",
}
NATURES = {
    "somme": "somme des mois",
    "taux": "rapport de deux sommes sur la période",
    "stock": "au dernier mois de la période",
    "taux_stock": "rapport, au dernier mois de la période",
    "distincte": "personnes distinctes sur la période",
    "directe": "sur toute la période",
    "declaree": "déclarée par le département",
}
# The needs of the calendar: what must have been received, and the reasons written when it was not.
BESOINS: dict[str, tuple[str, tuple[str, ...]]] = {
    "complet": ("le fichier CAF/MSA du mois", ("livraison_manquante",)),
    "calculable": (
        "les fichiers CAF/MSA du mois et du précédent",
        ("premier_mois", "livraison_manquante"),
    ),
    "entrants": (
        "les fichiers CAF/MSA du mois et du précédent, et des orientations (critère 3)",
        ("premier_mois", "livraison_manquante", "source_absente: orientations"),
    ),
    "suite_12_mois": ("les fichiers CAF/MSA douze mois plus tard", ("historique_insuffisant",)),
    "total_seulement": ("", ("sans_objet",)),
}
MOTIFS: dict[str, tuple[str, str]] = {
    "premier_mois": (
        "c'est le premier mois reçu : sans mois précédent, toute personne semblerait entrer",
        "rien ; pour remonter plus loin, déposez les mois d'avant",
    ),
    "livraison_manquante: CAF671 2024-03": (
        "cet organisme indispensable n'a pas livré ce mois",
        "réclamez le fichier ; même reçu tard, il remplit le chiffre",
    ),
    "source_absente: contrats": (
        "un émetteur en service dans ce territoire n'a jamais livré cette table (volet1 : pas cette année)",
        "déposez la table, ou donnez à l'émetteur ses dates de service (`debut`, `fin`)",
    ),
    "colonne_absente: prestations.duree_heures": (
        "un émetteur de ce territoire livre la table sans cette colonne (volet1 : case vide)",
        "ajoutez-la à l'export, ou décrivez son titre dans `colonnes`",
    ),
    "historique_insuffisant": (
        "le chiffre se lit douze mois plus tard, et ces mois ne sont pas reçus",
        "rien : attendez",
    ),
    "sans_objet": (
        "l'indicateur n'a pas de sens ici : sorte de période, ou source qui ne connaît pas les territoires",
        "rien : lisez l'année, le jalon ou `TOTAL`",
    ),
}


def pages() -> dict[str, str]:
    """Every generated page, by file name."""
    return {
        "dictionnaire.md": _page(_dictionnaire()),
        "indicateurs.md": _page(_indicateurs()),
        "controles.md": _page(_controles()),
    }


def main() -> None:
    for nom, texte in pages().items():
        (DOSSIER / nom).write_text(texte, encoding="utf-8", newline="\n")
        dire(f"docs/{nom}")


def _page(lignes: Iterator[str]) -> str:
    return "\n".join([AVERTISSEMENT, *lignes]) + "\n"


def _dictionnaire() -> Iterator[str]:
    yield "# Dictionnaire des données"
    yield ""
    yield "Ce que chaque table contient, colonne par colonne. Les mots du métier : [glossaire](glossaire.md)."
    yield ""
    yield "## Tables reçues"
    for table in TABLES.values():
        yield from _table_recue(table)
    yield ""
    yield "## Tables publiées"
    for mart in MARTS.values():
        niveau = "données personnelles pseudonymisées" if mart.niveau == "personne" else "agrégat"
        yield from ("", f"### {mart.nom}", "", f"{mart.description} ({niveau})", "")
        yield from _tableau(("Colonne", "Type", "Description"), _colonnes(mart.champs()))
    yield from ("", "## Vues de `pilotage.duckdb`", "", "Elles ne contiennent rien de plus que les tables.")
    for vue in VUES.values():
        yield from ("", f"### {vue.nom}", "", vue.description, "")
        yield from _tableau(("Colonne", "Type", "Description"), _colonnes(vue.champs()))
    yield from ("", "Les codes, mesures et répartitions des indicateurs : [indicateurs](indicateurs.md).")


def _table_recue(table: Table) -> Iterator[str]:
    requises = " ; ".join(_alternative(colonnes) for colonnes in table.requises)
    yield from ("", f"### {table.nom}", "", table.description, "", f"Colonnes exigées : {requises}.", "")
    yield from _tableau(("Colonne", "Type", "Description"), _colonnes(champs(table)))


def _alternative(colonnes: Sequence[str]) -> str:
    if tuple(colonnes) == CLES_PERSONNE:
        return "une clé de personne"
    return " ou ".join(f"`{colonne}`" for colonne in colonnes)


def _colonnes(par_nom: dict[str, Champ]) -> Iterator[tuple[str, ...]]:
    for nom, champ in par_nom.items():
        codes = f" Valeurs : {', '.join(champ.codes)}." if champ.codes else ""
        restreint = " **Donnée personnelle : jamais publiée.**" if champ.personnel else ""
        yield f"`{nom}`", champ.type, f"{champ.description.rstrip('.')}.{codes}{restreint}"


def _indicateurs() -> Iterator[str]:
    yield "# Les indicateurs"
    yield ""
    yield "Ce qui est publié, et rien d'autre : libellé officiel, définition, ce qu'il faut avoir reçu."
    yield "Les règles : [regles.md](regles.md). Les mots du métier : [glossaire.md](glossaire.md)."
    yield ""
    yield from _tableau(("Code", "Libellé officiel"), ((_ancre(i.code), i.libelle) for i in _tous()))
    yield from ("", "## Pourquoi un chiffre est ND", "")
    motifs = ((f"`{motif}`", sens, quoi) for motif, (sens, quoi) in MOTIFS.items())
    yield from _tableau(("Motif", "Ce que cela veut dire", "Que faire"), motifs)
    yield ""
    yield "Si une partie seulement des mois d'une période est ND, elle est `partiel`, avec le premier motif."
    yield from ("", "## Ce que permet chaque table", "")
    yield from _tableau(("Table", "Indicateurs, ou parties d'indicateurs"), _usages())
    for volet, liste in groupby(_tous(), key=lambda i: i.volet):
        yield from ("", f"## {VOLETS[volet]}")
        for indicateur in liste:
            yield from _indicateur(indicateur)
    yield from ("", "## Répartitions", "")
    entetes = ("Axe", "Libellé", "Modalités", "La somme est le total ?", "Il lui faut de plus")
    yield from _tableau(entetes, map(_axe, axes().values()))


def _tous() -> Iterator[Indicateur]:
    yield from catalogue().values()


def _ancre(code: str) -> str:
    return f"[{code}](#{code.lower()})"


def _usages() -> Iterator[tuple[str, ...]]:
    """For each delivered table, the indicators that are ND, wholly or in part, without it."""
    for table in TABLES:
        codes = [_ancre(i.code) for i in _tous() if table in _tables(i)]
        if codes:
            yield f"[{table}](dictionnaire.md#{table})", ", ".join(codes)


def _tables(indicateur: Indicateur) -> set[str]:
    lues = {besoin.split(".")[0] for mesure in indicateur.mesures for besoin in mesure.besoins}
    if lues & {"complet", "calculable", "entrants"}:
        lues.add("beneficiaires")
    if "entrants" in lues:
        lues.add("orientations")
    return lues


def _indicateur(indicateur: Indicateur) -> Iterator[str]:
    besoins = indicateur.mesures[0].besoins
    yield from ("", f"### {indicateur.code}", "", f"**{indicateur.libelle}**", "", indicateur.definition, "")
    yield f"* Unité : {indicateur.unite}. Périodes : {_periodes(indicateur)}."
    yield f"* Il faut : {_il_faut(besoins)}. Sinon ND : {_motifs(besoins)}."
    if "total_seulement" in besoins:
        yield "* Pour l'ensemble seulement : la source ne connaît pas les territoires."
    if indicateur.recul_jours:
        yield f"* Stabilisé {indicateur.recul_jours} jours plus tard : il faut attendre ce qui est compté."
    if indicateur.axes:
        yield f"* Répartitions : {', '.join(_nom_axe(axes()[nom]) for nom in indicateur.axes)}."
    yield ""
    lignes = (_mesure(mesure, besoins) for mesure in indicateur.mesures)
    yield from _tableau(("Mesure", "Ce que c'est", "Unité", "Calcul", "Il lui faut de plus"), lignes)


def _il_faut(besoins: Sequence[str]) -> str:
    return " ; ".join(filter(None, map(_besoin, besoins)))


def _besoin(besoin: str) -> str:
    if besoin in BESOINS:
        return BESOINS[besoin][0]
    if "|" in besoin:  # one of the two columns is enough
        return f"la colonne `{besoin.replace('|', '` ou `')}`"
    return f"la {'colonne' if '.' in besoin else 'table'} `{besoin}`"


def _motifs(besoins: Sequence[str]) -> str:
    motifs: dict[str, None] = {}
    for besoin in besoins:
        source = f"{'colonne' if '.' in besoin else 'source'}_absente: {besoin.split('|')[0]}"
        motifs |= dict.fromkeys(BESOINS[besoin][1] if besoin in BESOINS else (source,))
    return ", ".join(f"`{motif}`" for motif in motifs)


def _periodes(indicateur: Indicateur) -> str:
    periodes = ", ".join(PERIODES[periode] for periode in indicateur.periodes)
    if indicateur.au is None:
        return periodes
    mois, jour = indicateur.au.split("-")
    return f"{periodes} (seulement si la période finit le {jour}/{mois})"


def _nom_axe(axe: Axe) -> str:
    return f"`{axe.nom}`" + (" (ne s'additionne pas)" if axe.non_additif else "")


def _mesure(mesure: Mesure, communs: Sequence[str]) -> tuple[str, ...]:
    propres = [besoin for besoin in mesure.besoins if besoin not in communs]
    autres = not set(communs) <= set(mesure.besoins)
    de_plus = f"seulement : {_il_faut(mesure.besoins)}" if autres else _il_faut(propres)
    return f"`{mesure.nom}`", mesure.libelle, mesure.unite, _calcul(mesure), de_plus


def _calcul(mesure: Mesure) -> str:
    if mesure.au_dernier_mois:
        return NATURES["taux_stock" if mesure.nature == "taux_stock" else "stock"]
    return NATURES[mesure.nature]


def _axe(axe: Axe) -> tuple[str, ...]:
    if CROIX in axe.nom:
        modalites = "chaque couple"
    else:
        modalites = ", ".join(f"`{m}`" for m in axe.modalites) or "celles des données"
    somme = f"non : {axe.non_additif}" if axe.non_additif else "oui"
    de_plus = "la table nommée" if axe.besoin_par_modalite else _il_faut(axe.colonnes)
    return f"`{axe.nom}`", axe.libelle, modalites, somme, de_plus


def _controles() -> Iterator[str]:
    yield "# Contrôles"
    yield ""
    yield "Chaque règle a un identifiant stable, repris dans les messages, les rejets et la table `qualite`."
    for gravite, titre in GRAVITES.items():
        regles = [regle for regle in REGLES.values() if regle.gravite == gravite]
        yield from ("", f"## {titre[0].upper()}{titre[1:]}", "")
        yield from _tableau(("Règle", "Constat", "Que faire"), ((r.id, r.texte, r.conseil) for r in regles))


def _tableau(entetes: Sequence[str], lignes: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield _rangee(entetes)
    yield _rangee(["---"] * len(entetes))
    for ligne in lignes:
        yield _rangee(ligne)


def _rangee(cases: Sequence[str]) -> str:
    return "| " + " | ".join(case.replace("|", "\\|") for case in cases) + " |"


if __name__ == "__main__":
    main()
