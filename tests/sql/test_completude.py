"""What can be computed for a month and a territoire, and up to when (3-rules § 3.2, 3.3, 3.4)."""

from datetime import date
from typing import Any

import pytest

from pipelines.configuration import Regles
from tests.sql.atelier import choisir, executer, im
from tests.sql.depot import Ligne, mois

JANVIER, FEVRIER, MARS, AVRIL = (mois(2024, rang) for rang in (1, 2, 3, 4))
CALENDRIER = [
    {
        "mois": m,
        "im": im(2024, m.month),
        "dernier_jour": date.fromordinal(mois(2024, m.month + 1).toordinal() - 1),
    }
    for m in (JANVIER, FEVRIER, MARS, AVRIL)
]
TERRITOIRES = [{"territoire": "67"}, {"territoire": "68"}, {"territoire": "TOTAL"}]
VERIFIABLES = [
    {
        "territoire": t["territoire"],
        "mois": m["mois"],
        "criteres_verifiables": True,
        "orientations_en_retard": False,
    }
    for t in TERRITOIRES
    for m in CALENDRIER
]


def manque(organisme: str, du_mois: date, territoire: str, **valeurs: Any) -> Ligne:
    defaut = {
        "territoire": territoire,
        "organisme": organisme,
        "mois": du_mois,
        "im": im(du_mois.year, du_mois.month),
        "indispensable": True,
        "personnes_avant": 0,
    }
    return defaut | valeurs


def completude(manques: list[Ligne], verifiables: list[Ligne] = VERIFIABLES) -> dict[tuple[str, date], Ligne]:
    """What is said of each (territoire, mois)."""
    donnees = {
        "calendrier": CALENDRIER,
        "territoires": TERRITOIRES,
        "manques": manques,
        "criteres_verifiables": verifiables,
    }
    return {(c["territoire"], c["mois"]): c for c in executer("completude", donnees)}


# Calculable: every indispensable organisme has a delivery in force for M and M−1


def test_le_premier_mois_n_est_pas_calculable_puis_tous_le_sont() -> None:
    c = completude([])
    assert [c["67", m]["motif_nd"] for m in (JANVIER, FEVRIER)] == ["premier_mois", None]
    assert [c["67", m]["calculable"] for m in (JANVIER, FEVRIER, MARS, AVRIL)] == [False, True, True, True]
    assert c["67", JANVIER]["complet"]


def test_un_mois_manquant_rend_nd_ce_mois_et_le_suivant_avec_sa_raison() -> None:
    c = completude([manque("CAF681", MARS, "68"), manque("CAF681", MARS, "TOTAL")])
    for territoire in ("68", "TOTAL"):
        assert [c[territoire, m]["motif_nd"] for m in (FEVRIER, MARS, AVRIL)] == [
            None,
            "livraison_manquante: CAF681 2024-03",
            "livraison_manquante: CAF681 2024-03",
        ]
        assert [c[territoire, m]["complet"] for m in (FEVRIER, MARS, AVRIL)] == [True, False, True]
    assert all(c["67", m]["calculable"] for m in (FEVRIER, MARS, AVRIL))


def test_la_raison_nomme_le_plus_ancien_mois_manquant_puis_le_premier_code() -> None:
    c = completude(
        [manque("CAF671", AVRIL, "TOTAL"), manque("MSA680", MARS, "TOTAL"), manque("CAF681", MARS, "TOTAL")]
    )
    assert c["TOTAL", AVRIL]["motif_nd"] == "livraison_manquante: CAF681 2024-03"


def test_un_organisme_facultatif_manquant_laisse_calculer_a_titre_provisoire() -> None:
    absente = manque("MSA680", MARS, "67", indispensable=False, personnes_avant=12)
    c = completude([absente])
    assert c["67", MARS]["calculable"]
    assert c["67", MARS]["facultatif_manquant"]
    assert c["67", MARS]["hors"] == "MSA680 (12 personnes au dernier mois reçu)"
    assert (c["67", FEVRIER]["facultatif_manquant"], c["67", FEVRIER]["hors"]) == (False, None)


def test_le_mois_qui_suit_un_facultatif_manquant_est_provisoire_aussi() -> None:
    c = completude([manque("MSA680", MARS, "67", indispensable=False, personnes_avant=12)])
    assert c["67", AVRIL]["facultatif_manquant"]


# Who must deliver


def test_hors_et_total_attendent_tous_les_organismes() -> None:
    donnees = {
        "territoires": [*TERRITOIRES, {"territoire": "HORS"}],
        "config_organismes": [
            {"organisme": "CAF671", "territoire": "67", "indispensable": True},
            {"organisme": "MSA680", "territoire": "68", "indispensable": False},
        ],
    }
    attendus = executer("attendus", donnees)
    assert sorted(choisir(attendus, "territoire", "organisme", "indispensable")) == [
        ("67", "CAF671", True),
        ("68", "MSA680", False),
        ("HORS", "CAF671", True),
        ("HORS", "MSA680", False),
        ("TOTAL", "CAF671", True),
        ("TOTAL", "MSA680", False),
    ]


def test_ce_qui_manque_dit_combien_de_personnes_au_dernier_mois_recu() -> None:
    attendu = {"territoire": "67", "organisme": "MSA680", "indispensable": False}
    donnees = {
        "attendus": [attendu],
        "calendrier_organismes": [
            {"organisme": "MSA680", "mois": m["mois"], "im": m["im"], "livre": m["mois"] == FEVRIER}
            for m in CALENDRIER
        ],
        "lignes_en_vigueur": [
            {"organisme": "MSA680", "im": im(2024, 2), "p": 1},
            {"organisme": "MSA680", "im": im(2024, 2), "p": 1},
            {"organisme": "MSA680", "im": im(2024, 2), "p": 2},
            {"organisme": "CAF671", "im": im(2024, 2), "p": 3},
        ],
    }
    manques = executer("manques", donnees)
    assert sorted(choisir(manques, "mois", "personnes_avant")) == [(JANVIER, 0), (MARS, 2), (AVRIL, 2)]


# Criterion 3 must be verifiable


def emetteur(nom: str, dernier: date | None, territoire: str = "67", **service: date) -> Ligne:
    defaut = {"debut": date(1, 1, 1), "fin": date(9999, 12, 31)}
    return {"territoire": territoire, "emetteur": nom, "dernier_releve": dernier} | defaut | service


def criteres(*emetteurs: Ligne, regles: Regles | None = None) -> dict[date, Ligne]:
    """What is said of territoire 67, by month."""
    donnees = {
        "calendrier": CALENDRIER,
        "territoires": TERRITOIRES,
        "emetteurs_orientations": list(emetteurs),
    }
    resultat = executer("criteres_verifiables", donnees, regles)
    return {c["mois"]: c for c in resultat if c["territoire"] == "67"}


def test_sans_orientations_jamais_recues_le_critere_3_n_est_pas_verifiable() -> None:
    assert not criteres(emetteur("principal", None))[AVRIL]["criteres_verifiables"]
    assert criteres(emetteur("principal", date(2024, 5, 5)))[AVRIL]["criteres_verifiables"]


def test_un_territoire_sans_emetteur_n_est_pas_verifiable() -> None:
    assert not criteres(emetteur("iodas-68", date(2024, 5, 5), "68"))[AVRIL]["criteres_verifiables"]


def test_le_total_demande_les_orientations_de_chaque_territoire() -> None:
    """A territoire that no émetteur serves makes the TOTAL not available, whatever the others deliver."""
    donnees = {"calendrier": CALENDRIER, "territoires": [*TERRITOIRES, {"territoire": "HORS"}]}
    iodas = [emetteur("iodas", date(2024, 5, 5), t) for t in ("67", "HORS", "TOTAL")]
    vus = executer("criteres_verifiables", donnees | {"emetteurs_orientations": iodas})
    assert {v["territoire"]: v["criteres_verifiables"] for v in vus if v["mois"] == AVRIL} == {
        "67": True,
        "68": False,
        "HORS": True,
        "TOTAL": False,
    }


def test_un_emetteur_en_service_qui_n_a_jamais_livre_compte_comme_une_absence() -> None:
    deux = (emetteur("iodas", date(2024, 5, 5)), emetteur("webrsa", None))
    assert not criteres(*deux)[AVRIL]["criteres_verifiables"]


def test_un_emetteur_hors_service_ce_mois_ne_manque_pas() -> None:
    ancien = emetteur("webrsa", None, fin=date(2024, 2, 29))
    c = criteres(emetteur("iodas", date(2024, 5, 5)), ancien)
    assert [c[m]["criteres_verifiables"] for m in (FEVRIER, MARS)] == [False, True]


def test_sans_le_critere_3_dans_les_regles_il_n_y_a_rien_a_verifier() -> None:
    assert criteres(regles=Regles(criteres=(1, 2)))[AVRIL]["criteres_verifiables"]


@pytest.mark.parametrize(("recu_le", "retard"), [(date(2024, 4, 29), True), (date(2024, 4, 30), False)])
def test_des_orientations_recues_avant_la_fin_du_mois_sont_en_retard(recu_le: date, retard: bool) -> None:
    assert criteres(emetteur("principal", recu_le))[AVRIL]["orientations_en_retard"] is retard


def test_un_critere_non_verifiable_se_dit_source_absente() -> None:
    refus = [v | {"criteres_verifiables": v["territoire"] != "67"} for v in VERIFIABLES]
    c = completude([], refus)
    assert c["67", MARS]["motif_nd_criteres"] == "source_absente: orientations"
    assert c["68", MARS]["motif_nd_criteres"] is None
    assert c["67", MARS]["calculable"]


def test_des_orientations_en_retard_rendent_le_mois_provisoire() -> None:
    retard = [v | {"orientations_en_retard": v["mois"] == AVRIL} for v in VERIFIABLES]
    c = completude([], retard)
    assert [c["67", m]["orientations_en_retard"] for m in (MARS, AVRIL)] == [False, True]


def test_les_emetteurs_de_hors_et_total_sont_tous_les_emetteurs() -> None:
    donnees = {
        "territoires": TERRITOIRES,
        "config_emetteurs": [
            {"source": "orientations", "emetteur": "iodas", "territoire": "67"},
            {"source": "orientations", "emetteur": "webrsa", "territoire": "68", "fin": date(2024, 2, 29)},
            {"source": "rendez_vous", "emetteur": "agenda", "territoire": "67"},
        ],
        "fichiers_retenus": [
            {"source": "orientations", "emetteur": "iodas", "date_reception": date(2024, 3, 5)},
            {"source": "orientations", "emetteur": "iodas", "date_reception": date(2024, 4, 5)},
            {"source": "rendez_vous", "emetteur": "iodas", "date_reception": date(2024, 5, 5)},
        ],
    }
    vus = executer("emetteurs_orientations", donnees)
    assert sorted(choisir(vus, "territoire", "emetteur", "fin", "dernier_releve")) == [
        ("67", "iodas", date(9999, 12, 31), date(2024, 4, 5)),
        ("68", "webrsa", date(2024, 2, 29), None),
        ("TOTAL", "iodas", date(9999, 12, 31), date(2024, 4, 5)),
        ("TOTAL", "webrsa", date(2024, 2, 29), None),
    ]


# date_observation


def observation(*emetteurs: Ligne) -> dict[str, date]:
    donnees = {"territoires": TERRITOIRES, "emetteurs_orientations": list(emetteurs)}
    vus = executer("observation", donnees, arrete_au=date(2024, 6, 30))
    return dict(choisir(vus, "territoire", "date_observation"))


def test_on_observe_jusqu_au_dernier_releve_de_l_emetteur_le_plus_en_retard() -> None:
    vues = observation(emetteur("iodas", date(2024, 6, 5)), emetteur("webrsa", date(2024, 5, 7)))
    assert vues["67"] == date(2024, 5, 7)


def test_on_n_observe_pas_au_dela_d_arrete_au() -> None:
    assert observation(emetteur("iodas", date(2024, 7, 5)))["67"] == date(2024, 6, 30)


def test_un_emetteur_qui_a_cesse_ne_fige_pas_l_observation() -> None:
    ancien = emetteur("webrsa", date(2023, 1, 5), fin=date(2023, 12, 31))
    assert observation(emetteur("iodas", date(2024, 6, 5)), ancien)["67"] == date(2024, 6, 5)


def test_un_emetteur_qui_n_a_encore_rien_livre_ne_fait_rien_savoir_de_plus() -> None:
    """Without the new one's first relevé, nothing is known after the old one's last."""
    ancien = emetteur("webrsa", date(2024, 5, 7), fin=date(2024, 5, 31))
    vues = observation(ancien, emetteur("iodas", None, debut=date(2024, 6, 1)))
    assert vues == {"67": date(2024, 5, 7), "68": date(2024, 6, 30), "TOTAL": date(2024, 5, 7)}


def test_sans_emetteur_en_service_on_observe_jusqu_au_dernier_releve_recu() -> None:
    ancien = emetteur("webrsa", date(2024, 5, 7), fin=date(2024, 5, 31))
    assert observation(ancien)["67"] == date(2024, 5, 7)


def test_le_total_s_observe_comme_son_territoire_le_plus_en_retard() -> None:
    vues = observation(emetteur("iodas", date(2024, 6, 5)), emetteur("solis", date(2024, 5, 7), "68"))
    assert vues["TOTAL"] == date(2024, 5, 7)
