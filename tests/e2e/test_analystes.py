"""The questions of docs/analystes.md, taken from the page itself and asked of the sample's publication."""

import re
from pathlib import Path

import duckdb
import pytest

from contracts.catalogue import catalogue
from contracts.vues import VUES
from pipelines.configuration import Configuration
from pipelines.documentation import DOSSIER
from pipelines.publication.publier import publier

PAGE = (DOSSIER / "analystes.md").read_text(encoding="utf-8")
BLOC = re.compile(r"```sql\n-- dans (\S+)\n(.*?)```", re.S)
QUESTIONS = [(fichier, texte) for fichier, texte in BLOC.findall(PAGE)]


@pytest.fixture(scope="module")
def publication(exemple: Configuration) -> Path:
    return publier(exemple).dossier


@pytest.fixture(autouse=True)
def dans_la_publication(publication: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page stands in the publication's folder."""
    monkeypatch.chdir(publication)


def demander(fichier: str, texte: str) -> list[dict[str, object]]:
    with duckdb.connect(fichier, read_only=True) as base:
        resultat = base.execute(texte)
        colonnes = [colonne[0] for colonne in resultat.description]
        return [dict(zip(colonnes, ligne, strict=True)) for ligne in resultat.fetchall()]


def test_tout_bloc_sql_dit_dans_quel_fichier_il_se_lance() -> None:
    assert len(QUESTIONS) == PAGE.count("```sql\n") >= 12
    assert {fichier for fichier, _ in QUESTIONS} == {"pilotage.duckdb", "personnes/personnes.duckdb"}


@pytest.mark.parametrize(("fichier", "texte"), QUESTIONS, ids=[t.split("\n")[0] for _, t in QUESTIONS])
def test_chaque_question_a_une_reponse(fichier: str, texte: str) -> None:
    lignes = demander(fichier, texte)
    assert lignes
    colonnes = lignes[0].keys()
    assert all(any(ligne[c] is not None for ligne in lignes) for c in colonnes), "a column that says nothing"


def test_ce_qui_se_recompte_par_personne_egale_ce_qui_est_publie() -> None:
    (question,) = [(f, t) for f, t in QUESTIONS if "ecart_entrees" in t]
    lignes = demander(*question)
    assert sum(int(str(ligne["entrees"])) for ligne in lignes) > 100
    assert {(ligne["ecart_entrees"], ligne["ecart_orientes"]) for ligne in lignes} == {(0, 0)}


def test_la_somme_d_une_grille_oarsa_est_le_total() -> None:
    (question,) = [(f, t) for f, t in QUESTIONS if "V2-3" in t]
    lignes = demander(*question)
    for periode in {ligne["periode"] for ligne in lignes}:
        parts = [float(str(ligne["part_pour_cent"])) for ligne in lignes if ligne["periode"] == periode]
        assert sum(parts) == pytest.approx(100, abs=0.05 * len(parts))


def test_les_vues_disent_ce_que_disent_les_tables() -> None:
    """One row a grain, nothing added, and of the whole only what has a meaning."""
    comptes = {
        "v_indicateurs_totaux": "axe = '' and motif_nd is distinct from 'sans_objet'",
        "v_repartitions": "axe != '' and motif_nd is distinct from 'sans_objet'",
        "v_taux_15_jours": "code = 'V2-2' and mesure = 'nombre' and axe = ''",
    }
    with duckdb.connect("pilotage.duckdb", read_only=True) as base:
        for vue, condition in comptes.items():
            requete = f"select (select count(*) from {vue}) = count(*) from indicateurs where {condition}"
            assert base.execute(requete).fetchall() == [(True,)], vue
        touchees = (
            "select count(*) from indicateurs where axe = '' and valeur is null and motif_nd != 'sans_objet'"
        )
        assert base.execute(f"select ({touchees}) = sum(periodes) from v_non_disponibles").fetchall() == [
            (True,)
        ]
        for vue in VUES.values():
            colonnes = {n: t for n, t, *_ in base.execute(f"describe select * from {vue.nom}").fetchall()}
            assert tuple(colonnes) == vue.colonnes


def test_un_nd_publie_porte_un_motif_que_la_page_des_indicateurs_annonce() -> None:
    page = (DOSSIER / "indicateurs.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"\n### (\S+)\n(.*?)(?=\n##|\Z)", page, re.S))
    lignes = demander("pilotage.duckdb", "select distinct code, mesure, motif_nd from v_non_disponibles")
    vus = [(str(n["code"]), str(n["motif_nd"])) for n in lignes if n["mesure"] == _tete(str(n["code"]))]
    assert len({motif.split(":")[0] for _, motif in vus}) >= 4
    for code, motif in vus:
        sans_fichier = motif.split(":")[0] if motif.startswith("livraison_manquante") else motif
        assert f"`{sans_fichier}`" in sections[code].split("Sinon ND : ")[1].splitlines()[0]


def _tete(code: str) -> str:
    return catalogue()[code].mesures[0].nom


def test_les_fichiers_d_une_publication_que_les_pages_nomment_y_sont(publication: Path) -> None:
    nommes = {
        chemin
        for page in DOSSIER.glob("*.md")
        for chemin in re.findall(
            r"`((?:extraits|marts|personnes)/[^`…<]*|[a-z]+\.(?:duckdb|html))`",
            page.read_text(encoding="utf-8"),
        )
    }
    assert {"pilotage.duckdb", "extraits/diffusion/", "personnes/personnes.duckdb"} <= nommes
    assert [chemin for chemin in sorted(nommes) if not (publication / chemin).exists()] == []
