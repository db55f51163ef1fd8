"""What the pages say is so: contracts write some; the others name commands, keys and files that exist."""

import re
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from contracts.catalogue import catalogue
from contracts.marts import MARTS
from contracts.regles import REGLES
from contracts.tables import TABLES
from contracts.vues import VUES
from pipelines.arguments import analyser
from pipelines.cli import COMMANDES
from pipelines.configuration import Configuration, Qualite, Regles, charger
from pipelines.documentation import AVERTISSEMENT, BESOINS, DOSSIER, NATURES, PERIODES, VOLETS, pages

RACINE = DOSSIER.parent
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted(DOSSIER.glob("*.md"))}
A_LA_MAIN = {nom: texte for nom, texte in PAGES.items() if not texte.startswith(AVERTISSEMENT)}
EXEMPLES = {"ID": "0" * 32, "A": "2025-01-20_a", "B": "2025-02-20_b"}  # what a page leaves to its reader
MINIMUM = """
[collectivite]
nom = "Collectivité d'exemple"
[chemins]
depot = "depot"
entrepot = "entrepot"
publications = "publications"
[confidentialite]
cle_fichier = "cle.txt"
[territoires.67]
libelle = "Bas-Rhin"
communes = ["67"]
[[organismes]]
code = "CAF671"
territoires = ["67"]
"""


# ---------------------------------------------------------------- written by the contracts


@pytest.mark.parametrize("nom", pages())
def test_la_page_est_a_jour(nom: str) -> None:
    assert PAGES[nom] == pages()[nom], "lancez « make docs » puis relisez la différence"


def test_chaque_table_chaque_colonne_et_chaque_regle_y_sont() -> None:
    dictionnaire, controles = pages()["dictionnaire.md"], pages()["controles.md"]
    for objet in (*TABLES.values(), *MARTS.values(), *VUES.values()):
        assert f"### {objet.nom}\n" in dictionnaire
        assert all(f"| `{colonne}` |" in dictionnaire for colonne in objet.colonnes)
    assert all(f"| {identifiant} |" in controles for identifiant in REGLES)


def test_chaque_indicateur_y_dit_ce_qu_il_compte_ce_qu_il_faut_et_ses_mesures() -> None:
    sections = dict(re.findall(r"\n### (\S+)\n(.*?)(?=\n##|\Z)", pages()["indicateurs.md"], re.S))
    assert sections.keys() == catalogue().keys()
    for code, indicateur in catalogue().items():
        assert f"**{indicateur.libelle}**\n\n{indicateur.definition}\n" in sections[code]
        assert all(f"| `{m.nom}` | {m.libelle} |" in sections[code] for m in indicateur.mesures)
        assert re.search(r"\* Il faut : .+\. Sinon ND : `.+`\.", sections[code])


def test_chaque_mot_du_catalogue_a_sa_phrase() -> None:
    mesures = [m for i in catalogue().values() for m in i.mesures]
    besoins = {besoin for m in mesures for besoin in m.besoins}
    assert {m.nature for m in mesures} <= NATURES.keys()
    assert {i.volet for i in catalogue().values()} == VOLETS.keys()
    assert {periode for i in catalogue().values() for periode in i.periodes} <= PERIODES.keys()
    assert {besoin for besoin in besoins if besoin.split(".")[0] not in TABLES} == BESOINS.keys()


# ---------------------------------------------------------------- written by hand


@pytest.mark.parametrize("nom", PAGES)
def test_les_liens_menent_a_une_page_et_a_un_titre(nom: str) -> None:
    for cible in re.findall(r"\]\(([^)\s]+)\)", PAGES[nom]):
        chemin, _, ancre = cible.partition("#")
        fichier = DOSSIER / chemin if chemin else DOSSIER / nom
        assert fichier.is_file(), cible
        assert not ancre or ancre in _ancres(fichier), cible


def _ancres(fichier: Path) -> set[str]:
    """The names that a Markdown site gives to the headings of a page."""
    titres = re.findall(r"^#+ (.+)$", fichier.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", titre.lower()).replace(" ", "-") for titre in titres}


@pytest.mark.parametrize("nom", A_LA_MAIN)
def test_chaque_commande_ecrite_existe_avec_ses_options(nom: str) -> None:
    for commande in re.findall(r"(?:`|^|« )pilotage ([a-zé-][^`»\n]*)", A_LA_MAIN[nom], re.M):
        mots = [EXEMPLES.get(mot, mot) for mot in shlex.split(commande)]
        if len(mots) == 1:
            assert mots[0] in COMMANDES, commande
        else:
            analyser(mots)


def test_chaque_commande_est_documentee() -> None:
    assert all(f"pilotage {commande}" in "".join(A_LA_MAIN.values()) for commande in COMMANDES)


@pytest.mark.parametrize("nom", A_LA_MAIN)
def test_chaque_configuration_montree_se_charge(nom: str, tmp_path: Path) -> None:
    for bloc in re.findall(r"```toml\n(.*?)```", A_LA_MAIN[nom], re.S):
        fichier = tmp_path / "pilotage.toml"
        fichier.write_text(bloc if "[collectivite]" in bloc else MINIMUM + bloc, encoding="utf-8")
        assert isinstance(charger(fichier), Configuration)


@pytest.mark.parametrize("nom", A_LA_MAIN)
def test_chaque_fichier_du_projet_qui_est_nomme_existe(nom: str) -> None:
    nommes = re.findall(r"`((?:contracts|data|docs|pipelines|sql|tests)/[^`]*)`", A_LA_MAIN[nom])
    for chemin in nommes:
        if not re.search(r"[<…]", chemin) and "publications" not in chemin:
            assert (RACINE / chemin).exists(), chemin


def test_chaque_cle_de_regles_est_dite_avec_son_defaut() -> None:
    for cle, defaut in asdict(Regles()).items():
        assert f"| `{cle}` | `{_toml(defaut)}` |" in PAGES["regles.md"]


def test_chaque_cle_de_qualite_est_dite_avec_son_defaut() -> None:
    for cle, defaut in asdict(Qualite()).items():
        assert f"`{cle}` ({defaut})" in PAGES["exploitation.md"]


def _toml(valeur: Any) -> str:
    if isinstance(valeur, tuple):
        return f"[{', '.join(map(_toml, valeur))}]"
    return f'"{valeur}"' if isinstance(valeur, str) else str(valeur)


def test_chaque_variante_publiee_est_expliquee() -> None:
    noms = re.findall(r"'(\w+)' as variante", _sql("marts"))
    assert len(set(noms)) >= 7
    assert all(f"| `{nom}` |" in PAGES["regles.md"] for nom in noms)


def _sql(couche: str) -> str:
    return "".join(p.read_text(encoding="utf-8") for p in sorted((RACINE / "sql" / couche).glob("*.sql")))


def test_l_accueil_mene_a_toutes_les_pages() -> None:
    liees = re.findall(r"\]\((\S+?\.md)\)", PAGES["index.md"])
    assert PAGES.keys() - {"index.md"} <= set(liees)
