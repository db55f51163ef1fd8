"""What is measured of the deliveries themselves: frequency, delay, rows set aside, rows tied to a person,
tops missing (6-catalogue: Q-1 to Q-5)."""

from datetime import date
from typing import Any

import pytest

from tests.sql.atelier import choisir, enchainer, executer, im
from tests.sql.depot import Depot, Ligne, mois

MARS = mois(2024, 3)


# Q-1: transmissions


def transmissions(*receptions: tuple[str, date, date], attendus: tuple[str, ...] = ("67",)) -> list[Ligne]:
    """Receptions (organisme, mois, day) of organismes that serve ``attendus``."""
    donnees = {
        "receptions_caf": [{"organisme": o, "mois": m, "date_reception": jour} for o, m, jour in receptions],
        "attendus": [{"territoire": t, "organisme": o} for t in attendus for o in {r[0] for r in receptions}],
    }
    return executer("transmissions", donnees)


def test_q1_plusieurs_fichiers_d_un_organisme_le_meme_jour_font_une_transmission() -> None:
    """Of the earliest month that they describe."""
    jour = date(2024, 4, 5)
    vus = transmissions(("CAF671", MARS, jour), ("CAF671", mois(2024, 2), jour), ("CAF681", MARS, jour))
    assert choisir(vus, "organisme", "mois") == [("CAF671", mois(2024, 2)), ("CAF681", MARS)]


def test_q1_l_ecart_court_depuis_la_transmission_precedente_du_meme_organisme() -> None:
    vus = transmissions(
        ("CAF671", mois(2024, 2), date(2024, 3, 5)),
        ("MSA680", mois(2024, 2), date(2024, 3, 20)),
        ("CAF671", MARS, date(2024, 4, 5)),
    )
    assert choisir(vus, "organisme", "ecart_jours") == [("CAF671", None), ("CAF671", 31), ("MSA680", None)]


def test_q1_un_organisme_de_deux_territoires_transmet_a_chacun_et_une_fois_au_total() -> None:
    vus = transmissions(("MSA680", MARS, date(2024, 4, 5)), attendus=("67", "68", "TOTAL"))
    assert choisir(vus, "territoire") == [("67",), ("68",), ("TOTAL",)]


# Q-2


def test_q2_le_retard_est_celui_du_premier_flux_mensuel_complet_et_non_d_un_renvoi() -> None:
    depot = Depot().caf("a", MARS, [], recu_le=date(2024, 4, 5)).caf("b", MARS, [], recu_le=date(2024, 4, 20))
    depot.caf("c", MARS, [], recu_le=date(2024, 4, 2), complementaire=True)
    depot.caf("d", MARS, [], recu_le=date(2024, 3, 30), type_flux="I")
    vus = enchainer("retards_transmission", depot.tables)
    assert choisir(vus, "territoire", "retard_jours") == [("67", 5), ("TOTAL", 5)]


def test_q2_un_flux_recu_avant_la_fin_du_mois_a_un_retard_negatif() -> None:
    depot = Depot().caf("a", MARS, [], recu_le=date(2024, 3, 29))
    assert choisir(enchainer("retards_transmission", depot.tables), "retard_jours")[0] == (-2,)


def test_q1_et_q2_se_mesurent_sur_les_seuls_mois_disponibles() -> None:
    trimestre = {"type_periode": "trimestre", "periode": "2024-T1"}
    donnees = {
        "periodes_mois": [trimestre | {"mois": mois(2024, r)} for r in (1, 2, 3)],
        "motifs_nd": [
            {
                "profil": "complet",
                "mois": mois(2024, r),
                "territoire": "67",
                "motif_nd": "x" if r == 2 else None,
            }
            for r in (1, 2, 3)
        ],
        "catalogue_mesures": [
            {"code": c, "mesure": m, "nature": n, "profil": "complet"}
            for c, m, n in (
                ("Q-1", "nombre", "somme"),
                ("Q-1", "mediane", "directe"),
                ("Q-2", "moyenne", "directe"),
            )
        ],
        "transmissions": [
            {"territoire": "67", "organisme": "CAF671", "mois": mois(2024, r), "ecart_jours": e}
            for r, e in ((1, None), (1, 14), (2, 90), (3, 31), (3, 40))
        ],
        "retards_transmission": [
            {"territoire": "67", "organisme": "CAF671", "mois": mois(2024, r), "retard_jours": j}
            for r, j in ((1, 5), (2, 90), (3, 8))
        ],
    }
    vus = executer("valeurs_transmissions", donnees)
    assert choisir(vus, "code", "mesure", "valeur", "effectif") == [
        ("Q-1", "mediane", 31, 3),
        ("Q-2", "moyenne", 6.5, 2),
    ]


# Q-3


def test_q3_les_lignes_ecartees_se_rapportent_aux_lignes_lues_par_table_et_pour_la_caf_au_total() -> None:
    livraisons = [
        {"id_livraison": "a", "source": "beneficiaires", "rejets": 1, "lignes": 99},
        {"id_livraison": "b", "source": "beneficiaires", "rejets": 0, "lignes": 100},
        {"id_livraison": "c", "source": "contrats", "rejets": 3, "lignes": 7},
    ]
    portees = [
        {"id_livraison": i, "mois": MARS, "territoire": t}
        for i, t in (("a", "67"), ("b", "67"), ("c", "TOTAL"))
    ]
    vus = executer("comptes_q_3", {"livraisons_recues": livraisons, "portees_livraisons": portees})
    assert choisir(vus, "territoire", "modalite", "compte", "base") == [
        ("67", "", 1, 200),
        ("TOTAL", "contrats", 3, 10),
    ]


# Q-4


def rapprochements(**donnees: list[Ligne]) -> list[tuple[Any, ...]]:
    return choisir(executer("rapprochements", donnees), "source", "mois", "rapprochee")


def test_q4_une_orientation_reorientee_ne_compte_qu_une_fois_au_mois_de_son_premier_debut() -> None:
    versions = [
        {"version": 1, "debut_suivi": date(2024, 2, 9), "p": None},
        {"version": 2, "debut_suivi": date(2024, 3, 9), "p": 1},
    ]
    assert rapprochements(versions_orientations=versions) == [("orientations", mois(2024, 2), False)]


@pytest.mark.parametrize(
    ("source", "colonne"),
    [
        ("rendez_vous", "date_rdv"),
        ("contrats", "date_signature"),
        ("diagnostics", "date_diagnostic"),
        ("prestations", "date_debut"),
        ("participations", "date_entree"),
        ("reprises_emploi", "date_debut"),
    ],
)
def test_q4_une_ligne_compte_au_mois_de_sa_date_et_une_ligne_sans_date_ne_compte_pas(
    source: str, colonne: str
) -> None:
    connue = {"source": source, "id_livraison": "a"}
    vus = rapprochements(
        lignes_connues=[connue | {"ligne": 1, "p": 1}, connue | {"ligne": 2}, connue | {"ligne": 3}],
        **{
            f"entree_{source}": [{"id_livraison": "a", "ligne": n, colonne: date(2024, 3, n)} for n in (1, 2)]
        },
    )
    assert sorted(vus) == [(source, MARS, False), (source, MARS, True)]


def test_q4_une_inscription_compte_au_mois_de_l_inscription() -> None:
    inscriptions = [{"p": p, "date_inscription": date(2024, 3, 2)} for p in (1, None)]
    vus = rapprochements(inscriptions_connues=inscriptions)
    assert sorted(vus) == [("france_travail", MARS, False), ("france_travail", MARS, True)]


def test_q4_la_tete_est_celle_des_orientations_et_france_travail_est_a_cote() -> None:
    lignes = [
        {"source": s, "mois": MARS, "rapprochee": r}
        for s, r in (
            ("orientations", True),
            ("orientations", False),
            ("france_travail", True),
            ("contrats", False),
        )
    ]
    vus = executer("comptes_q_4", {"rapprochements": lignes})
    assert choisir(vus, "modalite", "mesure", "compte", "base") == [
        ("", "taux", 1, 2),
        ("", "taux_france_travail", 1, 1),
        ("contrats", "taux", 0, 1),
        ("france_travail", "taux", 1, 1),
        ("orientations", "taux", 1, 2),
    ]
    assert {v["territoire"] for v in vus} == {"TOTAL"}


# Q-5


def test_q5_un_top_manquant_ne_se_compte_que_sur_les_droits_versables() -> None:
    situations = [
        {"classe_etat": c, "top_droits_devoirs": top, "mois": MARS, "im": im(2024, 3), "territoire": "67"}
        for c, top in (("versable", None), ("versable", True), ("versable", False), ("suspendu", None))
    ]
    assert choisir(executer("comptes_q_5", {"situations": situations}), "compte", "base") == [(1, 3)]


# V3-M6


def test_v3_m6_rapporte_les_satisfaits_aux_reponses_et_ignore_une_enquete_sans_nombre() -> None:
    enquetes = [
        {"date": date(2024, 3, 31), "public": "personnes", "nombre_reponses": 10, "nombre_satisfaits": 7},
        {"date": date(2024, 3, 1), "public": "professionnels", "nombre_reponses": 5, "nombre_satisfaits": 5},
        {"date": date(2024, 3, 1), "public": "personnes", "nombre_reponses": 50, "nombre_satisfaits": None},
        {"date": date(2024, 4, 1), "public": "personnes", "nombre_reponses": 0, "nombre_satisfaits": 0},
    ]
    vus = executer("comptes_satisfaction", {"enquetes_connues": enquetes})
    assert choisir(vus, "mois", "modalite", "compte", "base") == [
        (MARS, "", 12, 15),
        (MARS, "personnes", 7, 10),
        (MARS, "professionnels", 5, 5),
        (mois(2024, 4), "", 0, 0),
        (mois(2024, 4), "personnes", 0, 0),
    ]
