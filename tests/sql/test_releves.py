"""Relevés of the CD: what one émetteur said on one day (4-interface § 4.4, 4.5; 3-rules § 3.6)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipelines.configuration import Configuration, Source
from tests.sql.atelier import CONFIGURATION, choisir, enchainer, executer
from tests.sql.depot import Depot, Ligne, mois, personne

EN_FLUX = replace(CONFIGURATION, sources=(Source("orientations", mode="flux"),))
JOUR_1 = date(2024, 2, 5)
JOUR_2 = date(2024, 3, 5)
JOUR_3 = date(2024, 4, 5)


def orientations(*identifiants: str, **valeurs: Any) -> list[Ligne]:
    """Rows of orientations that say the same but for their id."""
    return [
        {"id_orientation": i, "cle_nir": "nir-a", "date_envoi_courrier": date(2024, 1, 20)} | valeurs
        for i in identifiants
    ]


def identifiants(nombre: int) -> tuple[str, ...]:
    return tuple(f"o{rang:03d}" for rang in range(nombre))


def juges(depot: Depot, configuration: Configuration = CONFIGURATION) -> list[tuple[Any, ...]]:
    """(rang, suspect, retenu) of each relevé."""
    resultat = enchainer("releves_juges", depot.tables, configuration=configuration)
    return sorted(choisir(resultat, "rang", "suspect", "retenu"))


# What a relevé is


def test_les_fichiers_d_un_emetteur_recus_le_meme_jour_font_un_seul_releve() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1")).cd("b", JOUR_1, orientations("o2"))
    depot.cd("c", JOUR_2, orientations("o1"))
    vus = enchainer("releves", depot.tables)
    assert sorted(choisir(vus, "id_livraison", "rang")) == [("a", 1), ("b", 1), ("c", 2)]


def test_deux_emetteurs_ont_chacun_leurs_releves() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1")).cd("b", JOUR_2, orientations("o1"), emetteur="autre")
    vus = enchainer("releves", depot.tables)
    assert sorted(choisir(vus, "id_livraison", "rang")) == [("a", 1), ("b", 1)]


def test_une_confirmation_est_un_releve_de_plus() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1"), confirme_le=(JOUR_3,))
    vus = enchainer("releves", depot.tables)
    assert choisir(vus, "id_livraison", "date_reception", "rang") == [("a", JOUR_1, 1), ("a", JOUR_3, 2)]


def test_une_confirmation_posterieure_a_arrete_au_n_est_pas_connue() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1"), confirme_le=(JOUR_3,))
    assert len(enchainer("releves", depot.tables, arrete_au=JOUR_2)) == 1


def test_un_fichier_de_la_caf_n_est_pas_un_releve() -> None:
    depot = Depot().caf("l1", mois(2024, 1), [personne("a")])
    assert enchainer("releves", depot.tables) == []


# « > 5 % of a CD stock's ids vanished », above 30 ids


@pytest.mark.parametrize(("restants", "suspect"), [(95, False), (94, True)])
def test_plus_de_cinq_pour_cent_d_identifiants_disparus_est_suspect(restants: int, suspect: bool) -> None:
    depot = Depot().cd("a", JOUR_1, orientations(*identifiants(100)))
    depot.cd("b", JOUR_2, orientations(*identifiants(restants)))
    assert juges(depot) == [(1, False, True), (2, suspect, not suspect)]


@pytest.mark.parametrize(("nombre", "suspect"), [(30, False), (31, True)])
def test_la_disparition_ne_se_juge_qu_au_dessus_de_trente_identifiants(nombre: int, suspect: bool) -> None:
    depot = Depot().cd("a", JOUR_1, orientations(*identifiants(nombre)))
    depot.cd("b", JOUR_2, orientations(*identifiants(5)))
    assert juges(depot)[1] == (2, suspect, not suspect)


def test_des_identifiants_nouveaux_ne_compensent_pas_les_disparus() -> None:
    depot = Depot().cd("a", JOUR_1, orientations(*identifiants(40)))
    depot.cd("b", JOUR_2, orientations(*(f"n{i}" for i in range(40))))
    assert juges(depot)[1] == (2, True, False)


def test_d_un_flux_rien_ne_disparait() -> None:
    depot = Depot().cd("a", JOUR_1, orientations(*identifiants(40)))
    depot.cd("b", JOUR_2, orientations("neuf"))
    assert juges(depot, EN_FLUX)[1] == (2, False, True)


def test_un_releve_suspect_accepte_compte() -> None:
    depot = Depot().cd("a", JOUR_1, orientations(*identifiants(40)))
    depot.cd("b", JOUR_2, orientations("o001"), acceptee=True)
    assert juges(depot)[1] == (2, True, True)


def test_le_releve_suivant_se_compare_au_dernier_qui_compte() -> None:
    depot = Depot().cd("a", JOUR_1, orientations(*identifiants(40)))
    depot.cd("b", JOUR_2, orientations("o001")).cd("c", JOUR_3, orientations(*identifiants(39)))
    assert juges(depot) == [(1, False, True), (2, True, False), (3, False, True)]


def test_deux_fichiers_du_meme_jour_se_jugent_ensemble() -> None:
    depot = Depot().cd("a", JOUR_1, orientations(*identifiants(40)))
    depot.cd("b", JOUR_2, orientations(*identifiants(40)[:20]))
    depot.cd("c", JOUR_2, orientations(*identifiants(40)[20:]))
    assert juges(depot)[1] == (2, False, True)


def test_peu_d_ensembles_de_releves_couvrent_tous_les_identifiants() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1", "o2", "o3")).cd("b", JOUR_2, orientations("o1", "o2"))
    vus = enchainer("identifiants_releves", depot.tables)
    assert sorted(choisir(vus, "rangs", "nombre")) == [([1], 1), ([1, 2], 2)]


# What counts


def test_seuls_comptent_les_fichiers_des_releves_retenus_et_le_dernier_est_dit() -> None:
    depot = Depot().cd("a", JOUR_1, orientations(*identifiants(40)), confirme_le=(JOUR_3,))
    depot.cd("suspect", JOUR_2, orientations("o1"))
    vus = enchainer("fichiers_retenus", depot.tables)
    assert choisir(vus, "id_livraison", "rang", "dernier") == [("a", 1, False), ("a", 3, True)]


def test_un_contenu_dit_dans_trois_releves_se_lit_une_fois() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1"), confirme_le=(JOUR_2, JOUR_3))
    vus = enchainer("contenus_orientations", depot.tables)
    assert [(c["id_orientation"], sorted(c["rangs"])) for c in vus] == [("o1", [1, 2, 3])]


# States: A → B → A


def etats(depot: Depot) -> list[tuple[Any, ...]]:
    vus = enchainer("etats_orientations", depot.tables)
    return sorted(choisir(vus, "rang", "organisme_referent", "vu_du", "vu_au"))


def test_un_contenu_qui_revient_apres_un_autre_fait_trois_etats() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1", organisme_referent="A"), confirme_le=(JOUR_3,))
    depot.cd("b", JOUR_2, orientations("o1", organisme_referent="B"))
    assert etats(depot) == [
        (1, "A", JOUR_1, JOUR_1),
        (2, "B", JOUR_2, JOUR_2),
        (3, "A", JOUR_3, JOUR_3),
    ]


def test_le_meme_contenu_confirme_fait_un_seul_etat() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1", organisme_referent="A"), confirme_le=(JOUR_2, JOUR_3))
    assert etats(depot) == [(1, "A", JOUR_1, JOUR_3)]


def test_un_identifiant_disparu_d_un_stock_garde_ses_dernieres_valeurs_et_cela_se_voit() -> None:
    depot = Depot().cd("a", JOUR_1, orientations("o1", organisme_referent="A"))
    depot.cd("b", JOUR_2, orientations("o2", organisme_referent="A"))
    assert etats(depot) == [(1, "A", JOUR_1, JOUR_1), (2, "A", JOUR_2, JOUR_2)]


# Persons: « tied by the first of cle_nir, cle_dem, cle_mat, cle_ft that belongs to exactly one person »

CLES = [
    {"sorte": "nir", "cle": "n1", "p": 1},
    {"sorte": "dem", "cle": "d1", "p": 1},
    {"sorte": "dem", "cle": "d2", "p": 2},
    {"sorte": "mat", "cle": "m3", "p": 3},
    {"sorte": "ft", "cle": "f4", "p": 4},
]
RETENU = {
    "source": "orientations",
    "emetteur": "principal",
    "rang": 1,
    "id_livraison": "a",
    "date_reception": JOUR_1,
    "mode": "stock",
    "dernier": True,
}


@pytest.mark.parametrize(
    ("cles", "attendu", "contradictoire"),
    [
        ({"cle_nir": "n1"}, 1, False),
        ({"cle_nir": "inconnu", "cle_dem": "d2"}, 2, False),
        ({"cle_mat": "m3", "cle_ft": "f4"}, 3, True),
        ({"cle_ft": "f4"}, 4, False),
        ({"cle_nir": "n1", "cle_dem": "d2"}, 1, True),
        ({"cle_nir": "n1", "cle_dem": "d1"}, 1, False),
        ({"cle_nir": "inconnu"}, None, False),
    ],
)
def test_une_orientation_se_rattache_par_sa_premiere_cle_d_une_seule_personne(
    cles: Ligne, attendu: int | None, contradictoire: bool
) -> None:
    contenu = {"emetteur": "principal", "id_orientation": "o1", "rangs": [1]} | cles
    donnees = {"contenus_orientations": [contenu], "fichiers_retenus": [RETENU], "cles_personnes": CLES}
    etat = executer("etats_orientations", donnees)
    assert choisir(etat, "p", "cles_contradictoires") == [(attendu, contradictoire)]


def test_deux_fichiers_du_meme_jour_qui_se_contredisent_ecartent_l_identifiant_et_non_les_autres() -> None:
    """What an earlier relevé said of it stays."""
    depot = Depot().cd("a", JOUR_1, [{"id_orientation": "o1", "type_organisme": "ft"}])
    depot.cd("b", JOUR_2, [{"id_orientation": i, "type_organisme": "ccas"} for i in ("o1", "o2")])
    depot.cd("c", JOUR_2, [{"id_orientation": "o1", "type_organisme": "cd"}, {"id_orientation": "o3"}])
    depot.cd("d", JOUR_2, [{"id_orientation": "o3"}])
    etats = enchainer("etats_orientations", depot.tables)
    assert sorted((e["id_orientation"], e["rang"], e["type_organisme"]) for e in etats) == [
        ("o1", 1, "ft"),
        ("o2", 2, "ccas"),
        ("o3", 2, None),
    ]
    assert choisir(enchainer("identifiants_contradictoires", depot.tables), "identifiant", "nombre") == [
        ("o1", 2)
    ]
