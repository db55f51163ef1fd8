"""rapport.html, what the committee opens: read as a document, as who hunts secrets, in a browser."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from contracts.catalogue import publies
from pipelines.configuration import Configuration, charger
from pipelines.publication.dossiers import verifier_publication
from pipelines.publication.publier import publier
from pipelines.reception.recevoir import recevoir
from pipelines.simulation import simuler

NAVIGATEUR = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
VIDES = {"meta", "link", "br", "img", "input", "hr", "rect", "line", "path"}
SEUIL = 5
TAILLES = {"petit": (150, 8), "grand": (2500, 6), "debut": (400, 3)}  # dossiers, months


@dataclass
class Element:
    """One element of the page."""

    nom: str
    attributs: dict[str, str]
    parent: "Element | None"
    enfants: list["Element"] = field(default_factory=list)
    textes: list[str] = field(default_factory=list)

    def tous(self, *noms: str) -> Iterator["Element"]:
        """Those of these names below this one, in the order of the page."""
        for enfant in self.enfants:
            if enfant.nom in noms:
                yield enfant
            yield from enfant.tous(*noms)

    def texte(self) -> str:
        return " ".join([*self.textes, *(e.texte() for e in self.enfants)]).strip()


class Lecteur(HTMLParser):
    """The page as a tree; a closing tag that closes nothing is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.racine = self.ici = Element("document", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {nom: valeur or "" for nom, valeur in attrs}, self.ici)
        self.ici.enfants.append(element)
        if tag not in VIDES or tag == "path":
            self.ici = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ici.enfants.append(Element(tag, {nom: valeur or "" for nom, valeur in attrs}, self.ici))

    def handle_endtag(self, tag: str) -> None:
        assert self.ici.nom == tag, f"</{tag}> closes <{self.ici.nom}>"
        assert self.ici.parent is not None
        self.ici = self.ici.parent

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.ici.textes.append(data.strip())


def lire(html: str) -> Element:
    lecteur = Lecteur()
    lecteur.feed(html)
    assert lecteur.ici is lecteur.racine
    return lecteur.racine


@pytest.fixture(scope="module", params=TAILLES)
def configuration(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """A simulated département, received: most counts are small, or few are, or it starts."""
    return _recu(tmp_path_factory.mktemp(request.param), *TAILLES[request.param])


def _recu(racine: Path, dossiers: int, mois: int) -> Configuration:
    simuler(racine, dossiers=dossiers, mois=mois, graine=5, format="csv")
    configuration = charger(racine / "pilotage.toml")
    recevoir([configuration.depot], configuration)
    return configuration


@pytest.fixture(scope="module")
def rapport(configuration: Configuration) -> Path:
    return publier(configuration).dossier / "rapport.html"


@pytest.fixture(scope="module")
def page(rapport: Path) -> Element:
    return lire(rapport.read_text(encoding="utf-8"))


# ---------------------------------------------------------------- a document


def test_la_page_est_en_francais_et_ses_titres_se_suivent(page: Element) -> None:
    (html,) = page.tous("html")
    assert html.attributs["lang"] == "fr"
    niveaux = [int(titre.nom[1]) for titre in page.tous("h1", "h2", "h3", "h4", "h5", "h6")]
    assert niveaux.count(1) == 1
    assert niveaux[0] == 1
    assert all(suivant <= niveau + 1 for niveau, suivant in pairwise(niveaux))
    assert all(titre.texte() for titre in page.tous("h1", "h2", "h3", "title"))


def test_la_page_se_suffit(rapport: Path, page: Element) -> None:
    assert not list(page.tous("script", "link", "img", "iframe", "object", "embed", "base", "form"))
    texte = rapport.read_text(encoding="utf-8")
    assert "http:" not in texte
    assert "https:" not in texte
    assert "@import" not in texte
    assert "@font-face" not in texte
    identifiants = {e.attributs["id"] for e in _elements(page) if "id" in e.attributs}
    for adresse in re.findall(r'(?:href|src)="([^"]*)"|url\(([^)]*)\)', texte):
        cible = "".join(adresse)
        assert cible.startswith("#")
        assert cible[1:] in identifiants
    assert not [nom for e in _elements(page) for nom in e.attributs if nom.startswith("on")]


def test_le_lien_d_evitement_est_le_premier_et_mene_au_contenu(page: Element) -> None:
    premier = next(page.tous("a"))
    (contenu,) = page.tous("main")
    assert premier.attributs["href"] == f"#{contenu.attributs['id']}"


def test_aucun_identifiant_ne_sert_deux_fois(page: Element) -> None:
    identifiants = Counter(e.attributs["id"] for e in _elements(page) if "id" in e.attributs)
    assert max(identifiants.values()) == 1


def test_chaque_graphique_se_lit_sans_le_voir(page: Element) -> None:
    figures = list(page.tous("figure"))
    assert len(figures) == 9
    for figure in figures:
        assert list(figure.tous("figcaption"))
        for dessin in figure.tous("svg"):
            assert dessin.attributs["role"] == "img"
            titre, description = dessin.enfants[:2]
            assert (titre.nom, description.nom) == ("title", "desc")
            assert dessin.attributs["aria-labelledby"].split() == [
                titre.attributs["id"],
                description.attributs["id"],
            ]
            assert len(titre.texte()) > 15
            assert len(description.texte()) > 30
            (tableau,) = figure.tous("table")
            assert len(list(tableau.tous("tr"))) > 2


def test_chaque_tableau_a_sa_legende_et_ses_entetes(page: Element) -> None:
    tableaux = list(page.tous("table"))
    assert tableaux
    for tableau in tableaux:
        (legende,) = tableau.tous("caption")
        assert legende.texte()
        entetes = list(tableau.tous("th"))
        assert {e.attributs["scope"] for e in entetes} == {"col", "row"}
        colonnes = sum(e.attributs["scope"] == "col" for e in entetes)
        for ligne in list(tableau.tous("tr"))[1:]:
            assert len(list(ligne.tous("th", "td"))) == colonnes


def test_les_raisons_sont_des_phrases(page: Element) -> None:
    (manque,) = [s for s in page.tous("section") if s.attributs["aria-labelledby"] == "manque"]
    assert "premier mois reçu" in manque.texte()
    brut = re.compile(
        r"premier_mois|livraison_manquante|source_absente|colonne_absente|historique_insuffisant"
    )
    assert not brut.search(page.texte())


def _elements(element: Element) -> Iterator[Element]:
    for enfant in element.enfants:
        yield enfant
        yield from _elements(enfant)


# ---------------------------------------------------------------- secrecy


def test_aucun_petit_nombre_de_personnes_n_est_montre(page: Element) -> None:
    """In cells, in cards, on charts; what does not count persons apart."""
    sans_secret = {i.code for i in publies() if not i.secret}
    for ligne in page.tous("tr"):
        entete = next(ligne.tous("th")).texte()
        if entete not in sans_secret:
            assert not [
                c for c in ligne.tous("td") if c.attributs["class"] == "chiffre" and _petit(c.texte())
            ]
    assert not [p for p in page.tous("p") if "valeur" in p.attributs.get("class", "") and _petit(p.texte())]
    for dessin in page.tous("svg"):
        assert not [t for t in dessin.tous("text") if _petit(t.texte())]


def _petit(texte: str) -> bool:
    nombre = re.sub(r"[\s(p)]", "", texte)
    return nombre.isdigit() and 1 <= int(nombre) < SEUIL


def test_ce_qui_est_masque_n_est_pas_dessine(page: Element) -> None:
    """As many bars as figures that are shown and not zero."""
    for identifiant in ("delais", "type_parcours", "type_organisme", "accompagnement_global"):
        (figure,) = [f for f in page.tous("figure") if f.attributs["id"] == f"figure-{identifiant}"]
        (dessin,) = figure.tous("svg")
        lignes = [list(ligne.tous("td"))[-1] for ligne in list(figure.tous("tr"))[1:]]
        montrees = [c for c in lignes if c.attributs["class"] == "chiffre" and c.texte() != "0"]
        barres = [p for p in dessin.tous("path") if p.attributs.get("stroke-width") == "0.8"]
        assert len(barres) == len(montrees)
        textes = Counter(t.texte() for t in dessin.tous("text"))
        assert textes["s"] == sum(c.attributs["class"] == "masque" for c in lignes)


def test_la_courbe_arrondit_et_ne_descend_que_par_groupes(page: Element, rapport: Path) -> None:
    (figure,) = [f for f in page.tous("figure") if f.attributs["id"] == "figure-survie"]
    parts = [c.texte() for ligne in figure.tous("tr") for c in list(ligne.tous("td"))[-1:]]
    assert all(re.fullmatch(r"\d+\s%", part) for part in parts)
    if "petit" in str(rapport):
        assert len(parts) < 10


# ---------------------------------------------------------------- beside the publication before

VEILLE = date(2024, 12, 20)


@pytest.fixture(scope="module")
def suivie(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """A département that publishes twice."""
    return _recu(tmp_path_factory.mktemp("suivie"), 300, 4)


def _enchainer(configuration: Configuration, publications: Path) -> list[Path]:
    """December's file arrives between the two."""
    cd = replace(configuration, publications=publications)
    return [publier(cd, VEILLE).dossier, publier(cd).dossier]


def _manifeste(dossier: Path) -> dict[str, Any]:
    contenu: dict[str, Any] = json.loads((dossier / "publication.json").read_text(encoding="utf-8"))
    return contenu


def _section(dossier: Path, nom: str) -> str:
    page = lire((dossier / "rapport.html").read_text(encoding="utf-8"))
    (section,) = [s for s in page.tous("section") if s.attributs["aria-labelledby"] == nom]
    return section.texte()


def test_le_rapport_cite_la_publication_qu_il_remplace_et_les_chiffres_n_en_dependent_pas(
    suivie: Configuration, tmp_path: Path
) -> None:
    premiere, seconde = _enchainer(suivie, tmp_path / "une")
    seule = publier(replace(suivie, publications=tmp_path / "seule")).dossier
    assert "première publication" in _section(premiere, "evolutions")
    assert "20\N{NO-BREAK SPACE}décembre\N{NO-BREAK SPACE}2024" in _section(seconde, "evolutions")
    assert "publiés pour la première fois" in _section(seconde, "essentiel")
    assert _manifeste(premiere)["rapport"]["precedente"] is None
    assert _manifeste(seconde)["rapport"]["precedente"] == premiere.name
    assert seconde.name == seule.name
    assert _manifeste(seconde)["fichiers"] == _manifeste(seule)["fichiers"]


PROGRAMME = """
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from pipelines.configuration import charger
from pipelines.publication.publier import publier
cd = replace(charger(Path(sys.argv[1])), publications=Path(sys.argv[2]))
publier(cd, date.fromisoformat(sys.argv[3]))
publier(cd)
"""


def test_les_memes_entrees_dans_le_meme_ordre_redonnent_les_memes_octets(
    suivie: Configuration, tmp_path: Path
) -> None:
    """In another process, with other hashes of texts, in another folder."""
    arguments = [sys.executable, "-c", PROGRAMME, str(suivie.fichier), str(tmp_path / "autre"), str(VEILLE)]
    subprocess.run(arguments, check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    for dossier in _enchainer(suivie, tmp_path / "une"):
        autre = tmp_path / "autre" / dossier.name / "rapport.html"
        assert autre.read_bytes() == (dossier / "rapport.html").read_bytes()


def test_une_precedente_abimee_n_empeche_pas_de_publier(suivie: Configuration, tmp_path: Path) -> None:
    cd = replace(suivie, publications=tmp_path)
    premiere = publier(cd, VEILLE).dossier
    (premiere / "extraits" / "diffusion" / "chiffres.csv").write_text("abîmé")
    seconde = publier(cd).dossier
    assert "ne se compare pas" in _section(seconde, "evolutions")
    assert verifier_publication(seconde)["rapport"]["precedente"] == premiere.name


# ---------------------------------------------------------------- in a browser

navigateur = pytest.mark.skipif(NAVIGATEUR is None, reason="no Chromium on this machine")
MESURE = """<script>
const large = document.documentElement.clientWidth;
const hors = [...document.querySelectorAll("body *")].filter(e => !e.closest(".defile, .trace, .evitement")
  && e.getBoundingClientRect().right > large + 1).map(e => e.tagName + "." + e.className);
document.body.dataset.hors = JSON.stringify(hors);
document.body.dataset.dessins = [...document.querySelectorAll("figure svg")]
  .filter(e => e.getBoundingClientRect().height > 40).length;
</script>"""


def _naviguer(page: Path, largeur: int, *options: str) -> subprocess.CompletedProcess[str]:
    assert NAVIGATEUR is not None
    commande = [NAVIGATEUR, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
    commande += [f"--user-data-dir={page.parent / 'profil'}", f"--window-size={largeur},1000", *options]
    return subprocess.run([*commande, page.as_uri()], capture_output=True, text=True, timeout=60)


@navigateur
@pytest.mark.parametrize("largeur", [500, 1200])
def test_rien_ne_deborde_de_la_page(rapport: Path, page: Element, tmp_path: Path, largeur: int) -> None:
    """The page's own policy refuses any script: it is taken off the copy that measures."""
    texte = re.sub(r"<meta http-equiv[^>]*>", "", rapport.read_text(encoding="utf-8"))
    copie = tmp_path / "rapport.html"
    copie.write_text(texte.replace("</body>", f"{MESURE}</body>"), encoding="utf-8")
    vue = _naviguer(copie, largeur, "--dump-dom").stdout
    assert 'data-hors="[]"' in vue
    assert f'data-dessins="{sum(1 for f in page.tous("figure") for _ in f.tous("svg"))}"' in vue


@navigateur
def test_le_navigateur_ne_se_plaint_de_rien(rapport: Path, tmp_path: Path) -> None:
    copie = tmp_path / "rapport.html"
    shutil.copy(rapport, copie)
    rendu = _naviguer(copie, 1200, "--dump-dom")
    assert "</main>" in rendu.stdout
    assert "CONSOLE" not in rendu.stderr
