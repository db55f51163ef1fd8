"""``make docs``: the dictionary and the list of checks, written from the contracts and never by hand."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from contracts.catalogue import axes, catalogue
from contracts.cles import CLES_PERSONNE
from contracts.definitions import Champ, Table
from contracts.marts import MARTS
from contracts.regles import REGLES
from contracts.tables import TABLES, champs
from pipelines.affichage import dire

DOSSIER = Path(__file__).resolve().parents[1] / "docs"
AVERTISSEMENT = "<!-- Écrit par « make docs » à partir de contracts/ : ne pas modifier à la main. -->"
GRAVITES = {
    "refus": "fichier refusé",
    "suspecte": "livraison suspecte",
    "rejet": "ligne écartée",
    "avertissement": "avertissement",
}


def pages() -> dict[str, str]:
    """Every generated page, by file name."""
    return {"dictionnaire.md": _page(_dictionnaire()), "controles.md": _page(_controles())}


def main() -> None:
    for nom, texte in pages().items():
        (DOSSIER / nom).write_text(texte, encoding="utf-8", newline="\n")
        dire(f"docs/{nom}")


def _page(lignes: Iterator[str]) -> str:
    return "\n".join([AVERTISSEMENT, *lignes]) + "\n"


def _dictionnaire() -> Iterator[str]:
    yield "# Dictionnaire des données"
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
    yield from ("", "## Catalogue des indicateurs", "")
    yield from _tableau(
        ("Code", "Libellé officiel", "Définition", "Unité", "Répartitions", "Il faut"),
        (
            (
                i.code,
                i.libelle,
                i.definition,
                i.unite,
                ", ".join(axes()[nom].libelle for nom in i.axes),
                ", ".join(f"`{b}`" for b in i.mesures[0].besoins),
            )
            for i in catalogue().values()
        ),
    )
    yield from ("", "Ce qui ne s'additionne pas :", "")
    for axe in axes().values():
        if axe.non_additif:
            yield f"* {axe.libelle} : {axe.non_additif}."


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
