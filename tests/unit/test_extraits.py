"""What the committee and the State's services receive: layout, wording, ND, secrecy, no formula."""

import csv
from datetime import date
from pathlib import Path

import pytest

from contracts.catalogue import catalogue, publies
from pipelines.publication import chiffres_publies, extraits
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


@pytest.fixture
def comite(publies_: chiffres_publies.ChiffresPublies, tmp_path: Path) -> list[dict[str, str]]:
    return _lire(extraits.ecrire_comite(extraits.extrait_masque(publies_, 5), tmp_path))


def _lire(fichier: Path) -> list[dict[str, str]]:
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        return list(csv.DictReader(flux, delimiter=";"))


def _lignes(lues: list[dict[str, str]], code: str) -> list[dict[str, str]]:
    """The rows of one indicator, in the order of its measures."""
    libelles = [m.libelle for m in catalogue()[code].mesures if m.comite]
    return [ligne for libelle in libelles for ligne in lues if ligne["Indicateur"] == libelle]


def test_le_fichier_s_ouvre_dans_un_excel_francais(
    publies_: chiffres_publies.ChiffresPublies, tmp_path: Path
) -> None:
    octets = extraits.ecrire_comite(extraits.extrait_masque(publies_, 5), tmp_path).read_bytes()
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
    assert "Hors MSA680 (s personnes au dernier mois reçu) : 2024-03." in commentaire
    assert "ne se sont pas présentés au rendez-vous d'orientation : 0." in commentaire
    assert commentaire.count("Objectif : 100 %") == 1
    assert "Autres orientations dans le délai : 160." in commentaire
    assert (
        "Mois non disponibles : 2024-01 premier_mois, 2024-05 livraison_manquante: CAF681 2024-05"
        in commentaire
    )


def test_un_taux_ne_rend_pas_les_quelques_entrees_en_attente_que_le_commentaire_masque(
    tmp_path: Path,
) -> None:
    """80 entries, a rate of 39 / 78: two are waiting, in March."""
    monde = Monde(jalons=[JALON])
    for rang in range(78):
        monde.entree(mois(2024, 2 + rang // 39), delai_jours=1 if rang % 2 else 40)
    for _ in range(2):
        monde.entree(mois(2024, 3), delai_echu=False)
    publies_ = chiffres_publies.lire(monde.connexion())
    lues = _lire(extraits.ecrire_comite(extraits.extrait_masque(publies_, 5), tmp_path))
    orientes, taux = _lignes(lues, "V2-2")
    assert "En attente, délai non écoulé : s." in orientes["Commentaires"]
    assert orientes["Résultat au 31.03.2024 – Total"] == "39"
    for lieu in ("Bas-Rhin (67)", "Total"):
        assert taux[f"Résultat au 31.03.2024 – {lieu}"] == taux[f"2024-03 – {lieu}"] == "s"
        assert taux[f"2024-02 – {lieu}"] == "48,7 %"


def test_le_bilan_donne_les_memes_chiffres_en_phrases_pretes_a_coller(
    publies_: chiffres_publies.ChiffresPublies, tmp_path: Path
) -> None:
    lues = _lire(extraits.ecrire_bilan(extraits.extrait_masque(publies_, 5), tmp_path))
    bilan = _lignes(lues, "V2-1")[0]
    assert bilan["2024-04"] == "Pour le 67 : 240 Pour le 68 : 40 Total : 280"
    assert bilan["2024-03"].startswith("Pour le 67 : s Pour le 68 : s Total : ")
    assert bilan["2024-01"] == "Pour le 67 : ND Pour le 68 : ND Total : ND"


def test_les_cellules_du_comite_se_relisent_une_par_ligne(
    publies_: chiffres_publies.ChiffresPublies, comite: list[dict[str, str]], tmp_path: Path
) -> None:
    extraits.ecrire_chiffres(extraits.extrait_masque(publies_, 5), tmp_path / extraits.DIFFUSION)
    lues = extraits.lire_chiffres(tmp_path)
    assert sorted(lues.values()) == sorted(v for ligne in comite for v in list(ligne.values())[1:-1])
    mars = chiffres_publies.Cle("V2-1", "", "", "nombre", "mois", "2024-03", "68")
    entrees = next(ligne for ligne in comite if ligne["Indicateur"] == "Nombre de nouveaux entrants")
    assert lues[mars] == entrees["2024-03 – Haut-Rhin (68)"] == "s"


def test_ce_qui_ne_compte_pas_des_personnes_n_est_pas_masque(comite: list[dict[str, str]]) -> None:
    assert _lignes(comite, "Q-1")[0]["2024-03 – Bas-Rhin (67)"] == "1"


def test_le_meme_calcul_donne_les_memes_octets(tmp_path: Path) -> None:
    fichiers = [
        extraits.ecrire_comite(
            extraits.extrait_masque(chiffres_publies.lire(_monde().connexion()), 5), tmp_path / str(n)
        ).read_bytes()
        for n in range(2)
    ]
    assert fichiers[0] == fichiers[1]


def test_l_etat_recoit_les_totaux_contractuels_sans_masque(
    publies_: chiffres_publies.ChiffresPublies, tmp_path: Path
) -> None:
    fichier = extraits.ecrire_ddets(publies_, tmp_path)
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
    fichier = extraits.ecrire_comite(
        extraits.extrait_masque(chiffres_publies.lire(monde.connexion()), 5), tmp_path
    )
    assert all(not nom.startswith("=") for nom in _lire(fichier)[0])


def test_un_nombre_dans_une_phrase_a_ses_espaces() -> None:
    assert [extraits.nombre_espace(n) for n in (0, 812, 7812.0, 1234567)] == [
        "0",
        "812",
        "7 812",
        "1 234 567",
    ]
    assert extraits.nombre_espace(1012.5) == "1 012,5"
