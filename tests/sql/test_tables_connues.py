"""What is known of the tables of the CD and of France Travail: the last relevé of a stock, the last row of
each id of a flux, and whose row it is (2-formats § 2.2 and 2.3, 4-interface § 4.5 and 4.6)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from pipelines.configuration import Configuration, Source
from tests.sql.atelier import CONFIGURATION, choisir, enchainer, executer
from tests.sql.depot import Depot, Ligne, mois, personne

JOUR_1, JOUR_2, JOUR_3 = date(2024, 2, 5), date(2024, 3, 5), date(2024, 4, 5)
CONNUS = {
    "rendez_vous": "rendez_vous_connus",
    "contrats": "contrats_connus",
    "diagnostics": "diagnostics_connus",
    "prestations": "prestations_connues",
    "participations": "participations_connues",
    "reprises_emploi": "reprises_connues",
    "parcours_types": "parcours_connus",
    "volet1": "moyens_connus",
    "satisfaction": "enquetes_connues",
    "valeurs_declarees": "declarations_connues",
    "commentaires": "commentaires_connus",
}
IDENTIFIANTS = {
    "rendez_vous": "id_rdv",
    "contrats": "id_contrat",
    "diagnostics": "id_diagnostic",
    "prestations": "id_prestation",
    "participations": "id_participation",
    "reprises_emploi": "id_reprise",
    "parcours_types": "nom",
    "volet1": "annee",
    "satisfaction": "id_enquete",
    "valeurs_declarees": "id_valeur",
    "commentaires": "id_commentaire",
}
DETAILS: dict[str, tuple[str, Any, Any]] = {  # a column, and what it says first then after a correction
    "rendez_vous": ("presence", "prevu", "honore"),
    "contrats": ("date_fin", None, date(2024, 6, 30)),
    "diagnostics": ("freins", "sante", "sante+logement"),
    "prestations": ("duree_heures", 10, 12),
    "participations": ("date_sortie", None, date(2024, 3, 1)),
    "reprises_emploi": ("duree_mois", 3, 6),
    "parcours_types": ("places_financees", 20, 30),
    "volet1": ("etp_chefferie", 1, 2),
    "satisfaction": ("nombre_satisfaits", 8, 9),
    "valeurs_declarees": ("valeur", 100, 110),
    "commentaires": ("texte", "Grève", "Grève des agents"),
}
NOMINATIVES = ("rendez_vous", "contrats", "diagnostics", "prestations", "participations", "reprises_emploi")
toutes = pytest.mark.parametrize("source", CONNUS)
nominatives = pytest.mark.parametrize("source", NOMINATIVES)


def en_flux(source: str) -> Configuration:
    return replace(CONFIGURATION, sources=(Source(source, mode="flux"),))


def deux_releves(source: str) -> Depot:
    """The second relevé corrects the row 1 and no longer has the row 2."""
    cle, (colonne, avant, apres) = IDENTIFIANTS[source], DETAILS[source]
    depot = Depot().cd("a", JOUR_1, [{cle: "1", colonne: avant}, {cle: "2", colonne: avant}], source=source)
    return depot.cd("b", JOUR_2, [{cle: "1", colonne: apres}], source=source)


def vus(source: str, depot: Depot, configuration: Configuration = CONFIGURATION) -> list[Any]:
    """What is known of the column that the story changes, row by row."""
    connus = enchainer(CONNUS[source], depot.tables, configuration=configuration)
    return choisir(connus, DETAILS[source][0])


# Stock and flux


@toutes
def test_d_un_stock_le_dernier_releve_seul_compte_et_un_id_disparu_n_y_est_plus(source: str) -> None:
    assert vus(source, deux_releves(source)) == [(DETAILS[source][2],)]


@toutes
def test_d_un_flux_la_derniere_ligne_de_chaque_id_compte_et_corrige_la_precedente(source: str) -> None:
    _, avant, apres = DETAILS[source]
    connus = vus(source, deux_releves(source), en_flux(source))
    assert sorted(connus, key=str) == sorted([(apres,), (avant,)], key=str)


def test_un_stock_confirme_redevient_le_dernier_releve() -> None:
    depot = Depot().cd("a", JOUR_1, [{"id_rdv": "1"}], source="rendez_vous", confirme_le=(JOUR_3,))
    depot.cd("b", JOUR_2, [{"id_rdv": "2"}], source="rendez_vous")
    assert choisir(enchainer("rendez_vous_connus", depot.tables), "id_rdv") == [("1",)]


def test_ce_qui_est_recu_apres_arrete_au_n_est_pas_connu() -> None:
    depot = deux_releves("contrats")
    connus = enchainer("contrats_connus", depot.tables, arrete_au=date(2024, 2, 28))
    assert choisir(connus, "id_contrat") == [("1",), ("2",)]


def test_un_stock_suspect_non_accepte_ne_compte_pas() -> None:
    depot = Depot().cd("a", JOUR_1, [{"id_contrat": f"{n:02}"} for n in range(40)], source="contrats")
    depot.cd("b", JOUR_2, [{"id_contrat": "00"}], source="contrats")
    assert len(enchainer("contrats_connus", depot.tables)) == 40


def test_deux_emetteurs_gardent_chacun_leurs_lignes_meme_de_meme_identifiant() -> None:
    depot = Depot().cd("a", JOUR_1, [{"id_rdv": "1"}], source="rendez_vous", emetteur="nord")
    depot.cd("b", JOUR_2, [{"id_rdv": "1"}], source="rendez_vous", emetteur="sud")
    connus = enchainer("rendez_vous_connus", depot.tables)
    assert choisir(connus, "emetteur", "id_rdv") == [("nord", "1"), ("sud", "1")]


@pytest.mark.parametrize("source", ["volet1", "parcours_types"])
def test_une_annee_ou_un_parcours_de_deux_emetteurs_ne_compte_qu_une_fois(source: str) -> None:
    cle, (colonne, avant, apres) = IDENTIFIANTS[source], DETAILS[source]
    depot = Depot().cd("a", JOUR_1, [{cle: "2024", colonne: apres}], source=source, emetteur="sud")
    depot.cd("b", JOUR_2, [{cle: "2024", colonne: avant}], source=source, emetteur="nord")
    assert vus(source, depot) == [(avant,)]


# Files of one day that contradict one another


@toutes
def test_deux_fichiers_du_meme_jour_qui_se_contredisent_ecartent_l_identifiant(source: str) -> None:
    cle, (colonne, avant, apres) = IDENTIFIANTS[source], DETAILS[source]
    depot = Depot()
    for fichier, valeur in (("a", avant), ("b", apres)):
        depot.cd(fichier, JOUR_1, [{cle: "1", colonne: valeur}, {cle: "2", colonne: avant}], source=source)
    assert vus(source, depot) == [(avant,)]
    contradictoires = enchainer("identifiants_contradictoires", depot.tables)
    assert choisir(contradictoires, "source", "identifiant", "nombre") == [(source, "1", 2)]


def test_d_un_flux_un_identifiant_contredit_garde_sa_derniere_valeur_sure() -> None:
    depot = Depot().cd("a", JOUR_1, [{"id_rdv": "1", "presence": "prevu"}], source="rendez_vous")
    for fichier, presence in (("b", "absent"), ("c", "honore")):
        depot.cd(fichier, JOUR_2, [{"id_rdv": "1", "presence": presence}], source="rendez_vous")
    assert vus("rendez_vous", depot, en_flux("rendez_vous")) == [("prevu",)]


def test_la_meme_ligne_pour_deux_personnes_est_une_contradiction() -> None:
    depot = Depot()
    for fichier, nir in (("a", "nir-x"), ("b", "nir-y")):
        depot.cd(fichier, JOUR_1, [{"id_rdv": "1", "cle_nir": nir}], source="rendez_vous")
    assert enchainer("rendez_vous_connus", depot.tables) == []


# Whose row it is


@nominatives
def test_une_ligne_se_rattache_a_la_personne_de_sa_premiere_cle_sure(source: str) -> None:
    """The NIR that two people bear ties nobody, the matricule does; a row that no key ties is of nobody."""
    cle = IDENTIFIANTS[source]
    a = personne("a", cle_nir="nir-commun", cle_mat="mat-a")
    b = personne("b", cle_nir="nir-commun", cle_mat="mat-b", numero_demande_rsa="dem-a")
    depot = Depot().caf("m", mois(2024, 1), [a | {"numero_demande_rsa": "dem-a"}, b])
    lignes = [{cle: "1", "cle_nir": "nir-commun", "cle_mat": "mat-b"}, {cle: "2", "cle_nir": "nir-z"}]
    depot.cd("t", JOUR_2, lignes, source=source)
    personnes = {p["id_personne"]: p["p"] for p in enchainer("personnes", depot.tables)}
    connus = enchainer("lignes_connues", depot.tables)
    assert choisir(connus, "identifiant", "p") == [("1", personnes["dem-b"]), ("2", None)]


def test_ce_qui_n_est_rattache_a_personne_est_compte_par_emetteur() -> None:
    versions = [
        {"emetteur": "principal", "id_orientation": "o1", "version": 1, "p": 1},
        {"emetteur": "principal", "id_orientation": "o2", "version": 1},
        {"emetteur": "principal", "id_orientation": "o2", "version": 2},
    ]
    lignes = [
        {"source": "rendez_vous", "emetteur": "agenda", "identifiant": "r1"},
        {"source": "rendez_vous", "emetteur": "agenda", "identifiant": "r2", "p": 1},
        {"source": "contrats", "emetteur": "principal", "identifiant": "c1", "p": 1},
    ]
    donnees = {
        "versions_orientations": versions,
        "lignes_connues": lignes,
        "inscriptions_connues": [{"cle": "nir-z"}],
    }
    assert choisir(executer("non_rapprochees", donnees), "source", "emetteur", "nombre", "total") == [
        ("contrats", "principal", 0, 1),
        ("france_travail", "France Travail", 1, 1),
        ("orientations", "principal", 1, 2),
        ("rendez_vous", "agenda", 1, 2),
    ]


# lignes_nominatives, lignes_anonymes, lignes_retenues: the rows as received


def test_deux_lignes_qui_disent_la_meme_chose_ont_le_meme_contenu_ou_qu_elles_soient() -> None:
    lignes = [
        {"id_livraison": "a", "ligne": 2, "id_rdv": "1", "presence": "prevu"},
        {"id_livraison": "b", "ligne": 7, "id_rdv": "1", "presence": "prevu"},
        {"id_livraison": "c", "ligne": 2, "id_rdv": "1", "presence": "absent"},
    ]
    a, b, c = executer("lignes_nominatives", {"entree_rendez_vous": lignes})
    assert a["contenu"] == b["contenu"] != c["contenu"]


def test_une_cellule_vide_n_est_pas_confondue_avec_sa_voisine() -> None:
    lignes = [
        {"id_livraison": "a", "annee": "2024", "etp_chefferie": 1},
        {"id_livraison": "b", "annee": "2024", "etp_numerique": 1},
    ]
    a, b = executer("lignes_anonymes", {"entree_volet1": lignes})
    assert a["contenu"] != b["contenu"]


def test_les_lignes_d_un_releve_remplace_ne_sont_plus_retenues() -> None:
    retenu = {"source": "contrats", "emetteur": "principal", "mode": "stock"}
    donnees = {
        "fichiers_retenus": [
            retenu | {"rang": 1, "id_livraison": "a", "dernier": False},
            retenu | {"rang": 2, "id_livraison": "b", "dernier": True},
        ],
        "lignes_nominatives": [
            {"source": "contrats", "id_livraison": "a", "ligne": 1, "identifiant": "1"},
            {"source": "contrats", "id_livraison": "b", "ligne": 1, "identifiant": "2"},
            {"source": "contrats", "id_livraison": "jamais retenu", "ligne": 1, "identifiant": "3"},
        ],
    }
    assert choisir(executer("lignes_retenues", donnees), "identifiant", "nominative") == [("2", True)]


# France Travail


def inscription(livraison: str, **valeurs: Any) -> Ligne:
    """A row of the person a, registered on 1 February 2024."""
    return {"id_livraison": livraison, "cle_nir": "nir-a", "date_inscription": date(2024, 2, 1)} | valeurs


def inscriptions(*lignes: Ligne, modele: str = "inscriptions_connues") -> list[Ligne]:
    """Two deliveries, of February then of March."""
    recues = [
        {"id_livraison": i, "date_reception": jour, "creee_le": datetime(2024, 1, 1)}
        for i, jour in (("fevrier", JOUR_1), ("mars", JOUR_2))
    ]
    donnees = {
        "livraisons_recues": recues,
        "entree_france_travail": list(lignes),
        "cles_personnes": [{"sorte": "nir", "cle": "nir-a", "p": 1}, {"sorte": "ft", "cle": "ft-a", "p": 1}],
    }
    return enchainer(modele, donnees)


def test_une_inscription_est_celle_que_dit_la_derniere_livraison() -> None:
    connues = inscriptions(inscription("fevrier"), inscription("mars", date_cessation=date(2024, 2, 20)))
    assert choisir(connues, "p", "date_sortie") == [(1, date(2024, 2, 20))]


def test_une_inscription_disparue_du_fichier_suivant_reste() -> None:
    connues = inscriptions(inscription("fevrier"), inscription("mars", cle_nir="nir-z"))
    assert choisir(connues, "p", "date_inscription") == [(1, date(2024, 2, 1)), (None, date(2024, 2, 1))]


def test_une_reinscription_est_une_seconde_inscription() -> None:
    connues = inscriptions(inscription("fevrier"), inscription("mars", date_inscription=date(2024, 3, 1)))
    assert len(connues) == 2


def test_la_meme_personne_sous_deux_cles_n_a_qu_une_inscription() -> None:
    connues = inscriptions(inscription("fevrier"), inscription("mars", cle_nir=None, cle_ft="ft-a"))
    assert choisir(connues, "p") == [(1,)]


@pytest.mark.parametrize(
    ("cessation", "radiation", "sortie"),
    [
        (None, None, None),
        (date(2024, 3, 1), None, date(2024, 3, 1)),
        (None, date(2024, 3, 2), date(2024, 3, 2)),
        (date(2024, 3, 5), date(2024, 3, 2), date(2024, 3, 2)),
    ],
)
def test_on_sort_a_la_premiere_de_la_cessation_et_de_la_radiation(
    cessation: date | None, radiation: date | None, sortie: date | None
) -> None:
    connues = inscriptions(inscription("mars", date_cessation=cessation, date_radiation=radiation))
    assert choisir(connues, "date_sortie") == [(sortie,)]


def test_une_inscription_de_personne_reste_connue_par_sa_cle() -> None:
    connues = inscriptions(inscription("fevrier", cle_nir="nir-z"), inscription("mars", cle_nir="nir-z"))
    assert choisir(connues, "p", "cle") == [(None, "nir-z")]


def test_chaque_ligne_recue_de_france_travail_est_gardee_avec_sa_personne() -> None:
    recues = inscriptions(inscription("fevrier"), inscription("mars"), modele="inscriptions_recues")
    assert choisir(recues, "id_livraison", "p") == [("fevrier", 1), ("mars", 1)]
