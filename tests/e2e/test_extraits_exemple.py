"""The extracts of the sample: each table says what it is for, and agrees with the others."""

import csv
import zipfile
from pathlib import Path

import pytest

from contracts.catalogue import axes
from pipelines.configuration import Configuration
from pipelines.publication.extraits import DIFFUSION, lire_chiffres
from pipelines.publication.publier import publier


@pytest.fixture(scope="module")
def publication(exemple: Configuration) -> Path:
    return publier(exemple).dossier


def _lire(publication: Path, fichier: str) -> list[dict[str, str]]:
    with (publication / DIFFUSION / f"{fichier}.csv").open(encoding="utf-8-sig", newline="") as flux:
        return list(csv.DictReader(flux, delimiter=";"))


def test_la_fiche_action_a_quatre_lignes_par_action_et_les_valeurs_declarees_de_t_1(
    publication: Path,
) -> None:
    lignes = _lire(publication, "fiche_action")
    actions = list(dict.fromkeys(ligne["Action"] for ligne in lignes))
    assert actions[0] == "Toutes les actions"
    assert len(actions) > 2
    assert [ligne["Indicateur"][:4] for ligne in lignes] == ["FA-1", "FA-2", "FA-3", "FA-4"] * len(actions)
    t_1 = next(titre for titre in lignes[0] if titre.startswith("Résultat au 31.12.2022") and "(67)" in titre)
    assert {ligne[t_1][:24] for ligne in lignes if ligne["Indicateur"].startswith("FA-1")} == {
        "déclaré, non recalculé :"
    }
    assert not any(titre.startswith("2024-1") for titre in lignes[0])  # a fiche knows no month


def test_la_table_oarsa_se_lit_dans_les_deux_sens(publication: Path) -> None:
    """A column a type of organisme, a block a 31 December and territoire; where nothing is masked, it adds
    up.
    """
    lignes = _lire(publication, "oarsa")
    colonnes = list(lignes[0])
    assert colonnes[:4] == ["Situation au", "Territoire", "Caractéristique", "Modalité"]
    assert len(colonnes) == 4 + len(axes()["type_organisme"].modalites) + 1
    assert {ligne["Situation au"] for ligne in lignes} == {"31/12/2022", "31/12/2023", "31/12/2024"}
    lisibles = 0
    for ligne in lignes:
        nombres = list(ligne.values())[4:]
        if "s" not in nombres:
            assert sum(map(int, nombres[:-1])) == int(nombres[-1])
            lisibles += 1
    assert lisibles > len(lignes) / 3
    ensembles = {
        (ligne["Situation au"][-4:], ligne["Territoire"]): ligne["Ensemble"]
        for ligne in lignes
        if ligne["Caractéristique"] == "Ensemble"
    }
    chiffres = {
        (cle.periode, cle.territoire): texte
        for cle, texte in lire_chiffres(publication).items()
        if cle.code == "V2-3" and cle.type_periode == "annee"
    }
    assert ensembles["2024", "Total"] == chiffres["2024", "TOTAL"] != "s"
    assert ensembles["2023", "Bas-Rhin (67)"] == chiffres["2023", "67"]


def test_les_parcours_types_disent_ce_qui_est_demande_de_v2_a(publication: Path) -> None:
    lignes = _lire(publication, "parcours_types")
    assert list(lignes[0]) == [
        *("Nom", "Durée (mois)", "Contenu", "Modalités", "Public cible"),
        *("Coût unitaire (euros)", "Places financées", "Places occupées au 31/12/2024"),
    ]
    social = next(ligne for ligne in lignes if ligne["Nom"] == "Social")
    assert social["Places financées"].isdigit()
    assert social["Places occupées au 31/12/2024"].isdigit()
    assert "," in social["Coût unitaire (euros)"]


def test_les_commentaires_du_departement_sont_sous_les_chiffres_qu_ils_couvrent(publication: Path) -> None:
    comite = _lire(publication, "comite_departemental")
    dits = {ligne["Indicateur"]: ligne["Commentaires"].replace("’", "'") for ligne in comite}
    assert "Reprise des dossiers dans un nouveau logiciel" not in dits["Sortants"]
    assert "Accès au logiciel de suivi coupé" in dits["Sortants"]
    orientations = "Taux d'orientations professionnelles (objectif 70 % des nouveaux entrants)"
    declare = "Déclaré, non recalculé : 42,0 % (Univers de données ; Fiche action T-1)."
    assert declare in dits[orientations].replace("\N{NO-BREAK SPACE}", " ")


def test_le_classeur_n_a_ni_formule_ni_lien(publication: Path) -> None:
    with zipfile.ZipFile(publication / DIFFUSION / "pilotage.xlsx") as archive:
        assert not any("hyperlink" in nom for nom in archive.namelist())
        feuilles = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(feuilles) == 8
    for feuille in feuilles:
        assert b"<f>" not in feuille
        assert b"<hyperlink" not in feuille
        assert b'state="frozen"' in feuille
