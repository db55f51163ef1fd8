"""What the committee and the State's services receive: layout, wording, ND, secrecy, no formula."""

import csv
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from contracts.catalogue import catalogue, publies
from pipelines.publication import chiffres_publies, extraits
from pipelines.publication.chiffres_publies import Cle
from pipelines.publication.extraits.ddets import ecrire_ddets
from pipelines.publication.extraits.diffusion import ecrire_diffusion
from tests.sql.monde import Monde, mois

JALON = ("T1", date(2024, 2, 1), date(2024, 3, 31), "Résultat au 31.03.2024")


def _monde() -> Monde:
    """Big figures in 67, three entries in 68, one month of 68 missing, one optional organisme missing."""
    monde = Monde(
        manquants={("CAF681", mois(2024, 5))},
        jalons=[JALON],
        hors={mois(2024, 3): "MSA680 (3 personnes au dernier mois reçu)"},
    )
    for rang in range(1200):
        monde.entree(
            mois(2024, 2 + rang % 5), "67", delai_jours=rang % 30, accompagnement_global=rang % 3 == 0
        )
    for rang in range(120):
        monde.entree(mois(2024, (2, 4, 6)[rang % 3]), "68", delai_jours=rang % 30)
    for delai in (3, 20, 40):
        monde.entree(mois(2024, 3), "68", delai_jours=delai, accompagnement_global=True)
    return monde


@pytest.fixture(scope="module")
def publies_() -> chiffres_publies.ChiffresPublies:
    return chiffres_publies.lire(_monde().connexion())


@pytest.fixture(scope="module")
def dossier(publies_: chiffres_publies.ChiffresPublies, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is handed on of this world, then of other ones by ``_diffuser``."""
    return _diffuser(publies_, tmp_path_factory.mktemp("diffusion"))


def _diffuser(publies_: chiffres_publies.ChiffresPublies, dossier: Path) -> Path:
    ecrire_diffusion(extraits.extrait_masque(publies_, 5), dossier)
    return dossier


@pytest.fixture(scope="module")
def comite(dossier: Path) -> list[dict[str, str]]:
    return _lire(dossier / "comite_departemental.csv")


def _lire(fichier: Path) -> list[dict[str, str]]:
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        return list(csv.DictReader(flux, delimiter=";"))


def _lignes(lues: list[dict[str, str]], code: str) -> list[dict[str, str]]:
    """The rows of one indicator, in the order of its measures."""
    libelles = [m.libelle for m in catalogue()[code].mesures if m.comite]
    return [ligne for libelle in libelles for ligne in lues if ligne["Indicateur"] == libelle]


def test_le_fichier_s_ouvre_dans_un_excel_francais(dossier: Path) -> None:
    octets = (dossier / "comite_departemental.csv").read_bytes()
    assert octets.startswith(b"\xef\xbb\xbfIndicateur;")
    assert (
        octets.count(b"\n")
        == octets.count(b"\r\n")
        == 1 + sum(m.comite for i in publies() for m in i.mesures)
    )


def test_une_ligne_par_indicateur_une_colonne_par_periode_et_territoire_puis_les_commentaires(
    comite: list[dict[str, str]],
) -> None:
    colonnes = list(comite[0])
    assert [ligne["Indicateur"] for ligne in comite] == [
        m.libelle for i in publies() for m in i.mesures if m.comite
    ]
    assert colonnes[1:4] == [
        "Résultat au 31.03.2024 – Bas-Rhin (67)",
        "Résultat au 31.03.2024 – Haut-Rhin (68)",
        "Résultat au 31.03.2024 – Total",
    ]
    assert colonnes[4] == "2024 – Bas-Rhin (67)"
    assert colonnes[-2:] == ["2024-06 – Total", "Commentaires"]


def test_les_chiffres_les_nd_et_les_partiels_sont_ecrits_en_toutes_lettres(
    comite: list[dict[str, str]],
) -> None:
    entrants, taux = _lignes(comite, "V2-1")[0], _lignes(comite, "V2-2")[1]
    assert entrants["2024-01 – Total"] == "ND"
    assert entrants["2024-04 – Bas-Rhin (67)"] == "240"
    assert entrants["2024 – Bas-Rhin (67)"] == "ND (partiel : 1 200, 5 mois sur 12)"
    assert taux["2024-04 – Bas-Rhin (67)"] == "50,0 %"


def test_les_petits_nombres_sont_masques_avec_une_cellule_complementaire(
    comite: list[dict[str, str]],
) -> None:
    entrants, personnes, orientes, taux = _lignes(comite, "V2-1") + _lignes(comite, "V2-2")
    assert entrants["2024-03 – Haut-Rhin (68)"] == "s"
    assert "s" in (entrants["2024-03 – Bas-Rhin (67)"], entrants["2024-03 – Total"])
    assert personnes["2024-03 – Haut-Rhin (68)"] == "s"
    assert orientes["2024-03 – Haut-Rhin (68)"] == "s"
    assert taux["2024-03 – Haut-Rhin (68)"] == "s"
    assert entrants["2024-02 – Haut-Rhin (68)"] in ("40", "s")


def test_aucune_cellule_masquee_ne_se_retrouve_par_soustraction(comite: list[dict[str, str]]) -> None:
    for ligne in _lignes(comite, "V2-1")[:1] + _lignes(comite, "V2-2")[:1]:
        for periode in ("2024-02", "2024-03", "2024-04", "Résultat au 31.03.2024"):
            cellules = [ligne[f"{periode} – {t}"] for t in ("Bas-Rhin (67)", "Haut-Rhin (68)", "Total")]
            assert cellules.count("s") != 1


def test_les_commentaires_sont_masques_comme_les_cellules(comite: list[dict[str, str]]) -> None:
    commentaire = _lignes(comite, "V2-2")[0]["Commentaires"]
    assert "Hors MSA680 (s personnes au dernier mois reçu) : mars\N{NO-BREAK SPACE}2024." in commentaire
    assert "ne se sont pas présentés au rendez-vous d'orientation : 0." in commentaire
    assert commentaire.count("Objectif : 100 %") == 1
    assert "Autres orientations dans le délai : 160." in commentaire
    assert (
        "Mois non disponibles : janvier 2024 (c’est le premier mois reçu : rien ne dit qui était déjà soumis "
        "aux droits et devoirs le mois d’avant) ; mai à juin 2024 (le fichier de mai 2024 de la CAF 681 n’a "
        "pas été reçu)."
    ) in commentaire.replace("\N{NO-BREAK SPACE}", " ")


def test_un_taux_ne_rend_pas_les_quelques_entrees_en_attente_que_le_commentaire_masque(
    tmp_path: Path,
) -> None:
    """80 entries, a rate of 39 / 78: two are waiting, in March."""
    monde = Monde(jalons=[JALON])
    for rang in range(78):
        monde.entree(mois(2024, 2 + rang // 39), delai_jours=1 if rang % 2 else 40)
    for _ in range(2):
        monde.entree(mois(2024, 3), delai_echu=False)
    _diffuser(chiffres_publies.lire(monde.connexion()), tmp_path)
    orientes, taux = _lignes(_lire(tmp_path / "comite_departemental.csv"), "V2-2")
    assert "En attente, délai non écoulé : s." in orientes["Commentaires"]
    assert orientes["Résultat au 31.03.2024 – Total"] == "39"
    for lieu in ("Bas-Rhin (67)", "Total"):
        assert taux[f"Résultat au 31.03.2024 – {lieu}"] == taux[f"2024-03 – {lieu}"] == "s"
        assert taux[f"2024-02 – {lieu}"] == "48,7 %"


def test_le_bilan_donne_les_memes_chiffres_en_phrases_pretes_a_coller(
    dossier: Path, comite: list[dict[str, str]]
) -> None:
    bilan = _lignes(_lire(dossier / "bilan.csv"), "V2-1")[0]
    assert bilan["Commentaires"] == _lignes(comite, "V2-1")[0]["Commentaires"]
    assert bilan["2024-04"] == "Pour le 67 : 240 Pour le 68 : 40 Total : 280"
    assert bilan["2024-03"].startswith("Pour le 67 : s Pour le 68 : s Total : ")
    assert bilan["2024-01"] == "Pour le 67 : ND Pour le 68 : ND Total : ND"


def test_les_cellules_du_comite_se_relisent_une_par_ligne(
    publies_: chiffres_publies.ChiffresPublies, comite: list[dict[str, str]], tmp_path: Path
) -> None:
    _diffuser(publies_, tmp_path / extraits.DIFFUSION)
    lues = extraits.lire_chiffres(tmp_path)
    assert sorted(lues.values()) == sorted(v for ligne in comite for v in list(ligne.values())[1:-1])
    mars = chiffres_publies.Cle("V2-1", "", "", "nombre", "mois", "2024-03", "68")
    entrees = next(ligne for ligne in comite if ligne["Indicateur"] == "Nombre de nouveaux entrants")
    assert lues[mars] == entrees["2024-03 – Haut-Rhin (68)"] == "s"


def test_ce_qui_ne_compte_pas_des_personnes_n_est_pas_masque(comite: list[dict[str, str]]) -> None:
    assert _lignes(comite, "Q-1")[0]["2024-03 – Bas-Rhin (67)"] == "1"


def test_le_meme_calcul_donne_les_memes_octets(tmp_path: Path) -> None:
    dossiers = [_diffuser(chiffres_publies.lire(_monde().connexion()), tmp_path / str(n)) for n in range(2)]
    contenus = [{f.name: f.read_bytes() for f in dossier.iterdir()} for dossier in dossiers]
    assert contenus[0] == contenus[1]
    assert len(contenus[0]) == 7


def test_l_etat_recoit_les_totaux_contractuels_sans_masque(
    publies_: chiffres_publies.ChiffresPublies, tmp_path: Path
) -> None:
    fichier = ecrire_ddets(publies_, tmp_path)
    lignes = fichier.read_text(encoding="utf-8-sig").splitlines()
    assert lignes[0] == "destinataire : services de l'État"
    tables = list(csv.DictReader(lignes[1:], delimiter=";"))
    assert {ligne["code"] for ligne in tables} == {
        i.code for i in publies() if i.volet in ("1", "2", "FA", "F1")
    }
    mars = [
        ligne["valeur"]
        for ligne in tables
        if ligne["code"] == "V2-1" and ligne["periode"] == "2024-03" and ligne["territoire"] == "68"
    ]
    assert mars == ["3", "3"]  # entries, then distinct persons


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r"])
def test_aucun_texte_n_est_pris_pour_une_formule(debut: str) -> None:
    assert extraits.texte_sur(f"{debut}1+1") == f"'{debut}1+1"


def test_le_libelle_d_un_jalon_ne_peut_pas_etre_une_formule(tmp_path: Path) -> None:
    monde = Monde(jalons=[("T1", date(2024, 2, 1), date(2024, 3, 31), "=HYPERLINK(1)")])
    dossier = _diffuser(chiffres_publies.lire(monde.connexion()), tmp_path)
    for fichier in dossier.glob("*.csv"):
        assert not any(c.startswith("=") for ligne in _lignes_brutes(fichier) for c in ligne)
    entetes = _feuille(dossier, "Comité départemental")[0]
    assert any(str(entete).startswith("=HYPERLINK(1) – ") for entete in entetes)  # a text, not a formula


def _lignes_brutes(fichier: Path) -> list[list[str]]:
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        return list(csv.reader(flux, delimiter=";"))


def test_un_nombre_dans_une_phrase_a_ses_espaces() -> None:
    assert [extraits.nombre_espace(n) for n in (0, 812, 7812.0, 1234567)] == [
        "0",
        "812",
        "7 812",
        "1 234 567",
    ]
    assert extraits.nombre_espace(1012.5) == "1 012,5"


# ---------------------------------------------------------------- declared figures


def _declarer(connexion: duckdb.DuckDBPyConnection, *valeurs: tuple[object, ...]) -> None:
    for valeur in valeurs:
        connexion.execute(
            "insert into declarations_connues by name select ? as code, ? as type_periode, ? as periode, "
            "? as territoire, ? as valeur, null as methode, 'bilan' as source",
            valeur,
        )


@pytest.fixture(scope="module")
def declare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Years and a jalon that the store does not reach, a year that it does, and figures of few persons."""
    connexion = _monde().connexion()
    _declarer(
        connexion,
        *(("V2-1", "annee", "2019", t, n) for t, n in (("67", 6949), ("68", 4465), ("TOTAL", 11414))),
        *(("V2-2", "annee", "2019", t, n) for t, n in (("67", 3), ("68", 40), ("TOTAL", 43))),
        ("V2-1", "jalon", "T-1", "TOTAL", 1234),
        ("F1-1", "jalon", "T-1", "TOTAL", 0.42),
        ("F1-2", "jalon", "T-1", "TOTAL", 95.5),
        ("V2-1", "mois", "2024-01", "67", 310),
        ("V2-1", "mois", "2024-04", "67", 250),
    )
    return _diffuser(chiffres_publies.lire(connexion), tmp_path_factory.mktemp("declare"))


def test_une_valeur_declaree_a_sa_colonne_meme_hors_de_nos_mois(declare: Path) -> None:
    lues = _lire(declare / "comite_departemental.csv")
    entrants = _lignes(lues, "V2-1")[0]
    assert list(entrants)[1:7] == [
        *(f"T-1 – {t}" for t in ("Bas-Rhin (67)", "Haut-Rhin (68)", "Total")),
        *(f"Résultat au 31.03.2024 – {t}" for t in ("Bas-Rhin (67)", "Haut-Rhin (68)", "Total")),
    ]
    assert entrants["2019 – Total"] == "déclaré, non recalculé : 11 414"
    assert entrants["T-1 – Total"] == "déclaré, non recalculé : 1 234"
    assert entrants["T-1 – Bas-Rhin (67)"] == "ND"
    assert _lignes(lues, "F1-1")[0]["T-1 – Total"] == "déclaré, non recalculé : 42,0 %"
    assert _lignes(lues, "F1-2")[0]["T-1 – Total"] == "déclaré, non recalculé : 95,5"


def test_une_valeur_declaree_remplace_un_nd_et_s_ajoute_a_notre_chiffre(declare: Path) -> None:
    entrants = _lignes(_lire(declare / "comite_departemental.csv"), "V2-1")[0]
    assert entrants["2024-01 – Bas-Rhin (67)"] == "déclaré, non recalculé : 310"
    assert entrants["2024-04 – Bas-Rhin (67)"] == "240 ; déclaré, non recalculé : 250"
    assert entrants["2024 – Bas-Rhin (67)"] == "ND (partiel : 1 200, 5 mois sur 12)"  # never added to ours


def test_le_bilan_porte_les_valeurs_declarees(declare: Path) -> None:
    bilan = _lignes(_lire(declare / "bilan.csv"), "V2-1")[0]
    assert bilan["2019"] == (
        "Pour le 67 : déclaré, non recalculé : 6 949 Pour le 68 : déclaré, non recalculé : 4 465 "
        "Total : déclaré, non recalculé : 11 414"
    )


def test_une_petite_valeur_declaree_est_masquee_et_ne_se_retrouve_pas(declare: Path) -> None:
    orientes = _lignes(_lire(declare / "comite_departemental.csv"), "V2-2")[0]
    lieux = ("Bas-Rhin (67)", "Haut-Rhin (68)", "Total")
    textes = [orientes[f"2019 – {lieu}"].removeprefix("déclaré, non recalculé : ") for lieu in lieux]
    assert textes == ["s", "s", "43"]


# ---------------------------------------------------------------- the workbook


def _feuille(dossier: Path, nom: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(dossier / "pilotage.xlsx").get_sheet_by_name(nom).to_python()


def test_le_classeur_a_une_feuille_par_extrait_puis_les_definitions_et_les_commentaires(
    dossier: Path,
) -> None:
    feuilles = CalamineWorkbook.from_path(dossier / "pilotage.xlsx").sheet_names
    extraits_ = ["Comité départemental", "Bilan", "Fiche action", "OARSA", "Parcours types", "Chiffres"]
    assert feuilles == [*extraits_, "Définitions", "Commentaires"]
    fichiers = ["comite_departemental", "bilan", "fiche_action", "oarsa", "parcours_types", "chiffres"]
    for feuille, fichier in zip(extraits_, fichiers, strict=True):
        assert len(_feuille(dossier, feuille)) == len(_lignes_brutes(dossier / f"{fichier}.csv"))


def test_un_nombre_est_un_nombre_et_le_reste_du_texte(dossier: Path, comite: list[dict[str, str]]) -> None:
    entetes, *lignes = _feuille(dossier, "Comité départemental")
    par_nom = {str(ligne[0]): dict(zip(map(str, entetes), ligne, strict=True)) for ligne in lignes}
    entrants, taux = (
        par_nom[ligne["Indicateur"]] for ligne in (_lignes(comite, "V2-1")[0], _lignes(comite, "V2-2")[1])
    )
    assert entrants["2024-04 – Bas-Rhin (67)"] == 240.0
    assert taux["2024-04 – Bas-Rhin (67)"] == 0.5
    assert entrants["2024-03 – Haut-Rhin (68)"] == "s"
    assert entrants["2024-01 – Total"] == "ND"
    assert entrants["2024 – Bas-Rhin (67)"] == "ND (partiel : 1 200, 5 mois sur 12)"


def test_chaque_page_du_classeur_dit_de_quelle_publication_elle_est(dossier: Path) -> None:
    with zipfile.ZipFile(dossier / "pilotage.xlsx") as archive:
        feuilles = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        pieds = [archive.read(nom).decode("utf-8") for nom in feuilles]
    assert len(pieds) > 5
    assert all("données arrêtées au 31/12/2025, publication 2025-12-31_" in pied for pied in pieds)


def test_chaque_cellule_du_classeur_dit_ce_que_dit_le_csv(dossier: Path) -> None:
    """Masked there, masked here; a number is the one that is printed, without more decimals."""
    for ligne_csv, ligne_classeur in zip(
        _lignes_brutes(dossier / "comite_departemental.csv"),
        _feuille(dossier, "Comité départemental"),
        strict=True,
    ):
        for texte, valeur in zip(ligne_csv, ligne_classeur, strict=True):
            if isinstance(valeur, float):
                part = texte.endswith(" %")
                lu = float(texte.removesuffix(" %").replace(",", "."))
                assert valeur == pytest.approx(lu / 100 if part else lu)
            else:
                assert str(valeur) == texte.removeprefix("'")


def test_les_definitions_viennent_du_catalogue(dossier: Path) -> None:
    entetes, *lignes = _feuille(dossier, "Définitions")
    assert entetes == ["Code", "Libellé", "Définition", "Unité", "Besoins"]
    assert [ligne[0] for ligne in lignes][: len(publies())] == [i.code for i in publies()]
    assert [ligne[0] for ligne in lignes][len(publies())] == "s"


# ---------------------------------------------------------------- one masking for all


def test_le_meme_chiffre_sous_plusieurs_codes_est_masque_partout_ou_nulle_part(
    publies_: chiffres_publies.ChiffresPublies,
) -> None:
    masquees = extraits.cellules_masquees(publies_, 5)
    vus = 0
    for cle in publies_.chiffres:
        if (
            cle.code in ("V2-1", "V2-2")
            and not cle.axe
            and cle.mesure == "nombre"
            and cle.type_periode != "mois"
        ):
            fiche = cle._replace(code={"V2-1": "FA-1", "V2-2": "FA-2"}[cle.code])
            assert (cle in masquees) == (fiche in masquees)
            vus += 1
    assert vus


def test_ce_qu_aucun_extrait_ne_montre_n_est_pas_lisible(publies_: chiffres_publies.ChiffresPublies) -> None:
    """Nothing was decided on it: whoever asks reads « s »."""
    cle = Cle("V2-1", "sexe", "1", "nombre", "mois", "2024-04", "67")
    chiffre = publies_.chiffres[cle]
    assert chiffre.nombre == 240
    assert extraits.extrait_masque(publies_, 5).cellule(chiffre, 1) == "s"
    assert extraits.extrait_masque(publies_, 5, [cle]).cellule(chiffre, 1) == "240"
