"""Deliveries: suspecte, accepted, in force, complementary (3-rules § 3.2, 4-interface § 4.2 and 4.5)."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.sql.atelier import choisir, enchainer, executer, im
from tests.sql.depot import Depot, Ligne, mois, personne

JANVIER = mois(2024, 1)
FEVRIER = mois(2024, 2)
MARS = mois(2024, 3)


def partie(rang: int, du_mois: date, dossiers: int = 100, **valeurs: Any) -> Ligne:
    """A complete monthly delivery of CAF671, the ``rang``-th received: l1, l2…"""
    defaut = {
        "id_livraison": f"l{rang}",
        "organisme": "CAF671",
        "mois": du_mois,
        "dossiers": dossiers,
        "lignes_etat_2": dossiers,
        "tops_manquants": 0,
        "soumis": 100,
        "compte_faux": False,
        "acceptee": False,
        "rang": rang,
    }
    return defaut | valeurs


def motifs(*parties: Ligne) -> list[str]:
    """Why the last delivery told is suspecte."""
    jugees = executer("parties_jugees", {"parties_mensuelles": list(parties)})
    dernier: list[str] = max(jugees, key=lambda j: j["rang"])["motifs"]
    return dernier


def retenues(*parties: Ligne) -> list[str]:
    """The deliveries that count."""
    jugees = executer("parties_jugees", {"parties_mensuelles": list(parties)})
    return [j["id_livraison"] for j in sorted(jugees, key=lambda j: j["rang"]) if j["retenue"]]


def en_vigueur(depot: Depot, arrete_au: date = date(2024, 12, 31)) -> list[tuple[Any, ...]]:
    """(mois, delivery) in force."""
    return choisir(enchainer("en_vigueur", depot.tables, arrete_au), "mois", "id_livraison")


def des_dossiers(nombre: int, **valeurs: Any) -> list[Ligne]:
    """That many persons, each alone in a dossier."""
    return [personne(f"{rang:03d}", **valeurs) for rang in range(nombre)]


# Suspecte: « dossiers ≠ NBTOTDOSRSATRANSM »


def test_un_fichier_dont_le_nombre_de_dossiers_n_est_pas_celui_annonce_est_suspect() -> None:
    assert motifs(partie(1, JANVIER, compte_faux=True)) == ["LIV-001"]


def test_le_nombre_annonce_compte_meme_pour_un_petit_fichier() -> None:
    depot = Depot().caf("l1", JANVIER, des_dossiers(3), dossiers_annonces=4)
    assert choisir(enchainer("parties_jugees", depot.tables), "motifs", "retenue") == [(["LIV-001"], False)]


def test_un_fichier_qui_n_annonce_rien_ou_annonce_juste_n_est_pas_suspect() -> None:
    depot = Depot().caf("l1", JANVIER, des_dossiers(3))
    depot.caf("l2", FEVRIER, des_dossiers(3), dossiers_annonces=3)
    assert choisir(enchainer("parties_jugees", depot.tables), "motifs", "retenue") == [([], True)] * 2


# « fewer than 98 % of the dossiers of the delivery it would replace »


@pytest.mark.parametrize(("dossiers", "attendu"), [(97, ["LIV-002"]), (98, []), (100, [])])
def test_un_renvoi_de_moins_de_98_pour_cent_des_dossiers_est_suspect(
    dossiers: int, attendu: list[str]
) -> None:
    assert motifs(partie(1, JANVIER, 100), partie(2, JANVIER, dossiers)) == attendu


@pytest.mark.parametrize(("dossiers", "attendu"), [(30, []), (31, ["LIV-002"])])
def test_le_renvoi_n_est_juge_qu_au_dessus_de_trente_dossiers(dossiers: int, attendu: list[str]) -> None:
    parties = (partie(1, JANVIER, dossiers, soumis=10), partie(2, JANVIER, dossiers - 2, soumis=10))
    assert motifs(*parties) == attendu


def test_un_renvoi_se_juge_contre_celui_en_vigueur_et_non_contre_un_suspect() -> None:
    parties = (partie(1, JANVIER, 100), partie(2, JANVIER, 50), partie(3, JANVIER, 97))
    assert motifs(*parties) == ["LIV-002"]
    assert retenues(*parties) == ["l1"]


def test_un_renvoi_se_juge_contre_le_suspect_des_qu_il_est_accepte() -> None:
    parties = (partie(1, JANVIER, 100), partie(2, JANVIER, 50, acceptee=True), partie(3, JANVIER, 49))
    assert motifs(*parties) == []
    assert retenues(*parties) == ["l1", "l2", "l3"]


# « dossiers or soumis ± 10 % against the previous month in force »


@pytest.mark.parametrize(
    ("dossiers", "attendu"), [(89, ["LIV-003"]), (90, []), (110, []), (111, ["LIV-003"])]
)
def test_dix_pour_cent_de_dossiers_de_plus_ou_de_moins_qu_au_mois_d_avant(
    dossiers: int, attendu: list[str]
) -> None:
    assert motifs(partie(1, JANVIER, 100), partie(2, FEVRIER, dossiers)) == attendu


@pytest.mark.parametrize(("soumis", "attendu"), [(89, ["LIV-004"]), (90, []), (110, []), (111, ["LIV-004"])])
def test_dix_pour_cent_de_soumis_de_plus_ou_de_moins_qu_au_mois_d_avant(
    soumis: int, attendu: list[str]
) -> None:
    parties = (partie(1, JANVIER, 200, soumis=100), partie(2, FEVRIER, 200, soumis=soumis))
    assert motifs(*parties) == attendu


def test_sous_trente_et_un_dossiers_au_mois_d_avant_les_pourcentages_ne_jugent_rien() -> None:
    avant = partie(1, JANVIER, 30, soumis=30)
    assert motifs(avant, partie(2, FEVRIER, 60, soumis=60)) == []


def test_deux_raisons_se_disent_ensemble() -> None:
    parties = (partie(1, JANVIER, 100), partie(2, FEVRIER, 50, soumis=50, compte_faux=True))
    assert motifs(*parties) == ["LIV-001", "LIV-003", "LIV-004"]


def test_sans_mois_precedent_en_vigueur_rien_a_comparer() -> None:
    assert motifs(partie(1, JANVIER, 100), partie(2, MARS, 10)) == []


def test_un_mois_precedent_suspect_et_non_accepte_ne_juge_pas_le_suivant() -> None:
    parties = (partie(1, JANVIER, compte_faux=True), partie(2, FEVRIER, 10))
    assert motifs(*parties) == []


def test_un_organisme_n_est_pas_juge_contre_un_autre() -> None:
    msa = partie(1, FEVRIER, 10, organisme="MSA680", id_livraison="m1")
    jugees = executer("parties_jugees", {"parties_mensuelles": [partie(1, JANVIER), msa]})
    assert [j["motifs"] for j in jugees] == [[], []]


# « > 1 % of état 2 rows without top »


@pytest.mark.parametrize(("manquants", "attendu"), [(1, []), (2, ["LIV-005"])])
def test_plus_d_un_pour_cent_d_etats_2_sans_top_est_suspect(manquants: int, attendu: list[str]) -> None:
    assert motifs(partie(1, JANVIER, 100, tops_manquants=manquants)) == attendu


@pytest.mark.parametrize(("lignes", "attendu"), [(30, []), (31, ["LIV-005"])])
def test_les_tops_manquants_ne_jugent_qu_au_dessus_de_trente(lignes: int, attendu: list[str]) -> None:
    assert motifs(partie(1, JANVIER, lignes_etat_2=lignes, tops_manquants=lignes)) == attendu


def test_les_comptes_d_une_livraison_sont_ceux_de_ses_lignes() -> None:
    lignes = [
        personne("a"),
        personne("b", top_droits_devoirs=None),
        personne("c", top_droits_devoirs=False),
        personne("d", etat_dossier="4"),
    ]
    comptes = enchainer("parties_mensuelles", Depot().caf("l1", JANVIER, lignes).tables)
    assert choisir(comptes, "dossiers", "lignes_etat_2", "tops_manquants", "soumis") == [(4, 3, 1, 1)]


# Acceptance


def test_une_livraison_suspecte_n_est_en_vigueur_qu_acceptee() -> None:
    suspecte = partie(1, JANVIER, compte_faux=True)
    assert retenues(suspecte) == []
    assert retenues(suspecte | {"acceptee": True}) == ["l1"]


# En vigueur


def test_en_vigueur_est_la_derniere_recue_et_remplace_les_autres_en_entier() -> None:
    depot = Depot().caf("premiere", JANVIER, [personne("a")])
    depot.caf("renvoi", JANVIER, [personne("b")], recu_le=date(2024, 2, 20))
    assert en_vigueur(depot) == [(JANVIER, "renvoi")]
    assert choisir(enchainer("lignes_en_vigueur", depot.tables), "numero_demande_rsa") == [("dem-b",)]


def test_recues_le_meme_jour_la_derniere_creee_est_en_vigueur() -> None:
    jour = date(2024, 2, 5)
    depot = Depot().caf("z", JANVIER, [personne("a")], jour, datetime(2024, 2, 3, 9, 0))
    depot.caf("a", JANVIER, [personne("a")], jour, datetime(2024, 2, 3, 9, 1))
    assert en_vigueur(depot) == [(JANVIER, "a")]


def test_la_reception_prime_la_creation() -> None:
    depot = Depot().caf("neuf", JANVIER, [personne("a")], date(2024, 2, 5), datetime(2024, 2, 4))
    depot.caf("vieux", JANVIER, [personne("a")], date(2024, 2, 6), datetime(2024, 2, 1))
    assert en_vigueur(depot) == [(JANVIER, "vieux")]


def test_ce_qui_est_recu_apres_arrete_au_n_existe_pas() -> None:
    depot = Depot().caf("l1", JANVIER, [personne("a")])
    depot.caf("l2", JANVIER, [personne("b")], recu_le=date(2024, 3, 1))
    assert en_vigueur(depot, date(2024, 2, 29)) == [(JANVIER, "l1")]
    assert en_vigueur(depot, date(2024, 3, 1)) == [(JANVIER, "l2")]


def test_un_fichier_quotidien_n_est_jamais_en_vigueur() -> None:
    depot = Depot().caf("q", JANVIER, [personne("a")], type_flux="I")
    assert en_vigueur(depot) == []


def test_une_table_sans_creation_compte_comme_creee_le_jour_de_sa_reception() -> None:
    recue = {"id": "l1", "date_reception": date(2024, 2, 5)}
    recues = executer("livraisons_recues", {"entree_livraisons": [recue]})
    assert choisir(recues, "creee_le", "complementaire") == [(datetime(2024, 2, 5), False)]


# Complementary deliveries


def test_un_second_fichier_tout_en_anomalie_ne_prend_pas_la_place_du_complet() -> None:
    depot = Depot().caf("complet", FEVRIER, des_dossiers(100))
    depot.caf("anomalies", FEVRIER, des_dossiers(37), date(2024, 3, 5), complementaire=True)
    assert en_vigueur(depot) == [(FEVRIER, "complet")]


def test_un_dossier_complementaire_s_ajoute_ou_le_complet_ne_l_a_pas() -> None:
    depot = Depot().caf("complet", FEVRIER, [personne("a", etat_dossier="2")])
    lignes = [personne("a", etat_dossier="4"), personne("b", etat_dossier="3")]
    depot.caf("anomalies", FEVRIER, lignes, date(2024, 3, 6), complementaire=True)
    vues = enchainer("lignes_en_vigueur", depot.tables)
    assert choisir(vues, "id_livraison", "numero_demande_rsa", "etat_dossier") == [
        ("anomalies", "dem-b", "3"),
        ("complet", "dem-a", "2"),
    ]


def test_de_deux_complementaires_la_derniere_recue_compte() -> None:
    depot = Depot().caf("complet", FEVRIER, [personne("a")])
    depot.caf("c1", FEVRIER, [personne("b")], date(2024, 3, 6), complementaire=True)
    depot.caf("c2", FEVRIER, [personne("b"), personne("c")], date(2024, 3, 7), complementaire=True)
    vues = enchainer("lignes_en_vigueur", depot.tables)
    assert choisir(vues, "id_livraison", "numero_demande_rsa") == [
        ("c2", "dem-b"),
        ("c2", "dem-c"),
        ("complet", "dem-a"),
    ]


def test_une_complementaire_sans_complete_ne_fait_pas_un_mois() -> None:
    depot = Depot().caf("c1", FEVRIER, [personne("b")], complementaire=True)
    assert en_vigueur(depot) == []
    assert enchainer("lignes_en_vigueur", depot.tables) == []


# « A row whose date_fin_rattachement ≤ last day of M gives none »


@pytest.mark.parametrize(("fin", "lignes"), [(date(2024, 2, 29), 0), (date(2024, 3, 1), 1), (None, 1)])
def test_qui_a_quitte_le_dossier_avant_la_fin_du_mois_n_y_est_plus(fin: date | None, lignes: int) -> None:
    depot = Depot().caf("l1", FEVRIER, [personne("a", date_fin_rattachement=fin)])
    assert len(enchainer("lignes_en_vigueur", depot.tables)) == lignes


# What blocks a publication (exit code 4)


def jugee(rang: int, du_mois: date, retenue: bool) -> Ligne:
    return {
        "id_livraison": f"l{rang}",
        "organisme": "CAF671",
        "mois": du_mois,
        "rang": rang,
        "retenue": retenue,
        "motifs": [] if retenue else ["LIV-001", "LIV-003"],
    }


def test_une_suspecte_non_decidee_bloque_la_publication_et_dit_pourquoi() -> None:
    bloquantes = executer("livraisons_bloquantes", {"parties_jugees": [jugee(1, JANVIER, False)]})
    assert choisir(bloquantes, "id_livraison", "qui", "mois", "motifs") == [
        ("l1", "CAF671", JANVIER, "LIV-001, LIV-003")
    ]


def test_une_plus_recente_en_vigueur_pour_le_meme_mois_la_rend_sans_objet() -> None:
    jugees = [jugee(1, JANVIER, False), jugee(2, JANVIER, True)]
    assert executer("livraisons_bloquantes", {"parties_jugees": jugees}) == []


def test_une_plus_ancienne_ou_un_autre_mois_ne_debloque_rien() -> None:
    jugees = [jugee(1, JANVIER, True), jugee(2, JANVIER, False), jugee(3, FEVRIER, True)]
    bloquantes = executer("livraisons_bloquantes", {"parties_jugees": jugees})
    assert choisir(bloquantes, "id_livraison") == [("l2",)]


def test_un_releve_suspect_du_cd_bloque_jusqu_a_un_plus_recent_qui_compte() -> None:
    releve = {"source": "orientations", "emetteur": "iodas", "id_livraison": "o2", "rang": 2}
    suspect = {"source": "orientations", "emetteur": "iodas", "rang": 2, "retenu": False}
    donnees = {"releves": [releve], "releves_juges": [suspect]}
    assert choisir(executer("livraisons_bloquantes", donnees), "id_livraison") == [("o2",)]
    donnees["releves_juges"].append(suspect | {"rang": 3, "retenu": True})
    assert executer("livraisons_bloquantes", donnees) == []


# Calendar and territoires


def test_le_calendrier_va_du_premier_au_dernier_mois_livre_lacunes_comprises() -> None:
    livres = [{"organisme": "CAF671", "mois": m} for m in (mois(2023, 12), MARS)]
    assert choisir(executer("calendrier", {"en_vigueur": livres}), "mois", "im", "dernier_jour") == [
        (mois(2023, 12), im(2023, 12), date(2023, 12, 31)),
        (JANVIER, im(2024, 1), date(2024, 1, 31)),
        (FEVRIER, im(2024, 2), date(2024, 2, 29)),
        (MARS, im(2024, 3), date(2024, 3, 31)),
    ]


def test_chaque_organisme_attendu_a_livre_ou_non_chaque_mois() -> None:
    depot = Depot().caf("a", JANVIER, [personne("a")]).caf("b", FEVRIER, [personne("a")])
    depot.caf("c", FEVRIER, [personne("b")], organisme="CAF681")
    vus = enchainer("calendrier_organismes", depot.tables)
    assert sorted(choisir(vus, "mois", "organisme", "livre", "mois_complet")) == [
        (JANVIER, "CAF671", True, False),
        (JANVIER, "CAF681", False, False),
        (JANVIER, "MSA680", False, False),
        (FEVRIER, "CAF671", True, True),
        (FEVRIER, "CAF681", True, True),
        (FEVRIER, "MSA680", False, True),
    ]


def test_le_prefixe_le_plus_long_decide_du_territoire_et_aucun_donne_hors() -> None:
    donnees = {
        "entree_beneficiaires": [{"code_commune": c} for c in ("67482", "67999", "75056", None)],
        "config_prefixes": [
            {"prefixe": "67", "territoire": "67"},
            {"prefixe": "674", "territoire": "EURO"},
        ],
    }
    assert choisir(executer("communes", donnees), "code_commune", "territoire") == [
        ("67482", "EURO"),
        ("67999", "67"),
        ("75056", "HORS"),
    ]


def test_une_personne_sans_commune_est_hors_territoire() -> None:
    depot = Depot().caf("l1", JANVIER, [personne("a", code_commune=None)])
    assert choisir(enchainer("lignes", depot.tables), "territoire") == [("HORS",)]


def test_hors_n_existe_que_si_quelqu_un_y_est_et_total_toujours() -> None:
    config = [{"code": "67", "libelle": "Bas-Rhin", "ordre": 0}]
    sans = executer("territoires", {"config_territoires": config})
    avec = executer(
        "territoires", {"config_territoires": config, "lignes_en_vigueur": [{"territoire": "HORS"}]}
    )
    assert {t["territoire"] for t in sans} == {"67", "TOTAL"}
    assert {t["territoire"] for t in avec} == {"67", "HORS", "TOTAL"}
