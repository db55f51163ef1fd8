"""Persons: which keys are one person (4-interface § 4.6)."""

from datetime import date
from typing import Any

import pytest

from tests.sql.atelier import choisir, enchainer, executer, im
from tests.sql.depot import Depot, Ligne, mois

JANVIER = mois(2024, 1)
FEVRIER = mois(2024, 2)
MARS = mois(2024, 3)


def recu(*fichiers: list[Ligne]) -> Depot:
    """One file a month, from January, of these rows."""
    depot = Depot()
    for rang, lignes in enumerate(fichiers):
        depot.caf(f"l{rang + 1}", mois(2024, rang + 1), lignes)
    return depot


def cles(dem: str | None = None, nir: str | None = None, nai: str | None = "j", **autres: Any) -> Ligne:
    """The keys of one row; the dossier bears the name of the demande's key unless said."""
    return {"cle_dem": dem, "cle_nir": nir, "cle_naissance": nai, "numero_demande_rsa": "dossier"} | autres


def combien(depot: Depot) -> int:
    """How many persons; every row delivered has one."""
    lignes = enchainer("lignes", depot.tables)
    assert len(lignes) == len(depot.tables["entree_beneficiaires"])
    return len({ligne["p"] for ligne in lignes})


def ids(depot: Depot) -> list[str]:
    return sorted(p["id_personne"] for p in enchainer("personnes", depot.tables))


# « the same cle_dem is one person whatever the NIR (a provisional NIR gets replaced) »


def test_la_meme_demande_est_une_personne_quel_que_soit_son_nir() -> None:
    depot = recu([cles("d1", "nir-provisoire")], [cles("d1", "nir-definitif")])
    assert combien(depot) == 1


def test_la_meme_demande_avec_ou_sans_nir_est_une_personne() -> None:
    assert combien(recu([cles("d1")], [cles("d1", "n1")])) == 1


# « the same cle_nir and cle_naissance is one person » ; « a missing cle_naissance matches any »


def test_le_meme_nir_dans_deux_demandes_est_une_personne() -> None:
    assert combien(recu([cles("d1", "n1")], [cles("d2", "n1")])) == 1


def test_une_naissance_manquante_n_empeche_pas_le_nir_de_rattacher() -> None:
    assert combien(recu([cles("d1", "n1", "j1")], [cles("d2", "n1", None)])) == 1


def test_deux_conjoints_dont_l_un_sans_nir_sont_deux_personnes() -> None:
    depot = recu([cles("dem-a", "n1", "j1"), cles("dem-b", None, "j2", role="CJT")])
    assert combien(depot) == 2


def test_deux_personnes_sans_cle_commune_restent_deux() -> None:
    assert combien(recu([cles("d1", "n1"), cles("d2", "n2")])) == 2


# « cle_dem_precedente joins to that cle_dem »


def test_la_demande_precedente_rattache_a_l_ancienne_demande() -> None:
    depot = recu([cles("ancienne")], [cles("nouvelle", "n1", cle_dem_precedente="ancienne")])
    assert combien(depot) == 1


def test_une_demande_precedente_jamais_livree_ne_rattache_rien() -> None:
    depot = recu([cles("d1")], [cles("d2", cle_dem_precedente="jamais-vue")])
    assert combien(depot) == 2


def test_de_proche_en_proche_demandes_et_nirs_font_une_seule_personne() -> None:
    depot = recu(
        [cles("d1", "n1")],
        [cles("d2", "n1"), cles("d3", "n2", cle_dem_precedente="d2")],
        [cles("d4", "n2"), cles("d4", None)],
    )
    assert combien(depot) == 1


# « A cle_nir with two cle_naissance joins nothing by NIR and is nobody's id (warning IDE-003), unless the two
# were never delivered in the same month under one numero_demande_rsa: then it is a correction, one person »


def test_un_nir_a_deux_naissances_dans_une_livraison_ne_rattache_personne() -> None:
    depot = recu([cles("d1", "n1", "j1"), cles("d2", "n1", "j2")])
    assert combien(depot) == 2
    assert "n1" not in ids(depot)
    anomalies = enchainer("anomalies_identite", depot.tables)
    assert ("IDE-003", 1) in choisir(anomalies, "regle", "nombre")


def test_un_nir_ambigu_ne_rattache_pas_non_plus_un_autre_mois() -> None:
    depot = recu([cles("d1", "n1", "j1"), cles("d2", "n1", "j2")], [cles("d3", "n1", "j1")])
    assert combien(depot) == 3


def test_une_naissance_corrigee_le_mois_suivant_reste_une_personne() -> None:
    depot = recu([cles("d1", "n1", "j1")], [cles("d2", "n1", "j2")])
    assert combien(depot) == 1
    assert enchainer("nirs_ambigus", depot.tables) == []


def test_deux_naissances_le_meme_mois_dans_deux_demandes_est_une_correction() -> None:
    depot = recu(
        [cles("d1", "n1", "j1", numero_demande_rsa="A"), cles("d2", "n1", "j2", numero_demande_rsa="B")]
    )
    assert combien(depot) == 1


def test_deux_jumeaux_de_meme_nir_mal_saisi_restent_joints_par_leur_demande() -> None:
    depot = recu([cles("d1", "n1", "j1"), cles("d2", "n1", "j2")], [cles("d1", None, "j1")])
    assert combien(depot) == 2


def test_une_ligne_qui_n_a_qu_un_nir_ambigu_est_encore_quelqu_un() -> None:
    depot = recu([cles(None, "n1", "j1"), cles(None, "n1", "j2")])
    assert combien(depot) == 2


# « id_personne = the group's first delivered cle_nir (by date_reception, then smallest), else its first
# cle_dem »


def test_l_id_est_le_premier_nir_livre() -> None:
    assert ids(recu([cles("d1", "z-premier")], [cles("d1", "a-second")])) == ["z-premier"]


def test_de_deux_nirs_livres_le_meme_jour_l_id_est_le_plus_petit() -> None:
    assert ids(recu([cles("d1", "n2"), cles("d1", "n1")])) == ["n1"]


def test_un_nir_tardif_prend_la_place_de_la_demande() -> None:
    assert ids(recu([cles("d1")], [cles("d1", "n1")])) == ["n1"]


def test_sans_nir_l_id_est_la_premiere_demande() -> None:
    depot = recu([cles("z-premiere")], [cles("a-seconde", cle_dem_precedente="z-premiere")])
    assert ids(depot) == ["z-premiere"]


def test_ce_qui_est_recu_apres_arrete_au_ne_change_pas_l_id() -> None:
    depot = recu([cles("d1")], [cles("d1", "n1")])
    personnes = enchainer("personnes", depot.tables, arrete_au=date(2024, 2, 29))
    assert choisir(personnes, "id_personne") == [("d1",)]


def test_les_cles_livrees_disent_leur_premier_jour() -> None:
    depot = recu([cles("d1", "n1")], [cles("d1", "n1")])
    assert choisir(enchainer("cles_livrees", depot.tables), "cle_dem", "premiere_reception") == [
        ("d1", date(2024, 2, 5))
    ]


@pytest.mark.parametrize(
    ("ligne", "noeud"),
    [
        (cles("d1", "n1", cle_mat="m1"), "d1"),
        (cles(None, "n1", cle_mat="m1"), "n1"),
        (cles(None, None, cle_mat="m1", cle_ft="f1"), "m1"),
        (cles(None, None, cle_ft="f1"), "f1"),
    ],
)
def test_une_ligne_se_rattache_par_sa_demande_sinon_son_nir_sinon_le_reste(ligne: Ligne, noeud: str) -> None:
    livree = {c: v for c, v in ligne.items() if c.startswith("cle_")}
    identites = executer("identites", {"cles_livrees": [livree | {"premiere_reception": JANVIER}]})
    assert choisir(identites, "noeud") == [(noeud,)]


def test_la_composante_d_une_cle_est_sa_plus_petite_cle() -> None:
    identites = [
        {"noeud": "d2", "cle_dem": "d2", "cle_nir": "n1"},
        {"noeud": "d1", "cle_dem": "d1", "cle_nir": "n1"},
        {"noeud": "d3", "cle_dem": "d3"},
    ]
    composantes = executer("composantes", {"identites": identites})
    assert choisir(composantes, "noeud", "racine") == [
        ("d1", "d1"),
        ("d2", "d1"),
        ("d3", "d3"),
        ("n1", "d1"),
    ]


def test_chaque_noeud_a_la_personne_de_sa_composante() -> None:
    donnees = {
        "composantes": [{"noeud": "d1", "racine": "d1"}, {"noeud": "n1", "racine": "d1"}],
        "personnes": [{"racine": "d1", "p": 7}],
    }
    assert choisir(executer("noeuds_personnes", donnees), "noeud", "p") == [("d1", 7), ("n1", 7)]


# Keys that tie the rows of the CD: those « that belong to exactly one person »


def cles_personnes(depot: Depot) -> set[tuple[Any, ...]]:
    return set(choisir(enchainer("cles_personnes", depot.tables), "sorte", "cle"))


def test_une_cle_de_deux_personnes_ne_rattache_plus() -> None:
    depot = recu([cles("d1", "n1", cle_mat="m1"), cles("d2", "n2", "j2", cle_mat="m1", cle_ft="f2")])
    assert cles_personnes(depot) == {
        ("nir", "n1"),
        ("nir", "n2"),
        ("dem", "d1"),
        ("dem", "d2"),
        ("ft", "f2"),
    }


def test_un_nir_ambigu_ne_rattache_pas_une_ligne_du_cd() -> None:
    depot = recu([cles("d1", "n1", "j1"), cles("d2", "n1", "j2")])
    assert cles_personnes(depot) == {("dem", "d1"), ("dem", "d2")}


def test_la_demande_precedente_rattache_aussi_une_ligne_du_cd() -> None:
    depot = recu([cles("d2", "n1", cle_dem_precedente="d1")])
    assert ("dem", "d1") in cles_personnes(depot)


def test_des_cles_qui_rattachent_deux_personnes_sont_comptees() -> None:
    etat = {"emetteur": "principal", "id_orientation": "o1", "cles_contradictoires": True}
    anomalies = executer("anomalies_identite", {"etats_orientations": [etat, etat]})
    assert ("IDE-004", 1) in choisir(anomalies, "regle", "nombre")


# Rows set aside: their person is inconnue that month


def test_une_ligne_ecartee_rend_sa_personne_inconnue_ce_mois() -> None:
    depot = recu([cles("d1", "n1")], [cles("d2", "n2", "j2")])
    rejet = {"organisme": "CAF671", "mois": FEVRIER, "cle_nir": "n1", "ligne": 9}
    depot.tables["entree_rejets"] = [
        rejet | {"id_livraison": "l2"},
        rejet | {"id_livraison": "l2", "ligne": 7},
        rejet | {"id_livraison": "remplacee"},
        rejet | {"id_livraison": "l2", "cle_nir": "jamais-vu"},
    ]
    personnes = {p["id_personne"]: p["p"] for p in enchainer("personnes", depot.tables)}
    ecartees = enchainer("personnes_ecartees", depot.tables)
    montree = (personnes["n1"], im(2024, 2), "l2", 7)
    assert choisir(ecartees, "p", "im", "id_livraison", "ligne") == [montree]


# alias_personnes: « an id that changed is never reported as one person lost and one gained »


def alias(depot: Depot) -> list[tuple[Any, ...]]:
    return sorted(set(choisir(enchainer("alias_personnes", depot.tables), "ancien_id", "id_personne")))


def test_l_id_remplace_par_un_nir_tardif_est_un_alias() -> None:
    assert alias(recu([cles("d1")], [cles("d1", "n1")])) == [("d1", "n1")]


def test_le_nir_d_une_demande_rattachee_ensuite_est_un_alias() -> None:
    depot = recu([cles("d1", "n1"), cles("d2", "n2")], [cles("d2", "n2", cle_dem_precedente="d1")])
    assert alias(depot) == [("n2", "n1")]


def test_un_nir_jamais_id_n_est_l_alias_de_personne() -> None:
    assert alias(recu([cles("d1", "n1")], [cles("d1", "n2")])) == []


def test_un_nir_devenu_ambigu_reste_l_alias_de_celui_dont_il_etait_l_id() -> None:
    depot = recu([cles("d1", "n1", "j1")], [cles("d1", "n1", "j1"), cles("d2", "n1", "j2")])
    assert alias(depot) == [("n1", "d1")]


def test_qui_n_a_jamais_change_d_id_n_a_pas_d_alias() -> None:
    assert alias(recu([cles("d1", "n1")], [cles("d1", "n1")])) == []
