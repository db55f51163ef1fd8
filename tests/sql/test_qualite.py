"""What the controls have found is told once, with its rule, month and territoire, and never a value."""

from datetime import date
from typing import Any

import pytest

from contracts.regles import REGLES
from tests.sql.atelier import enchainer, executer, im, references
from tests.sql.depot import Depot, Ligne, mois, personne

MARS = mois(2024, 3)


def qualite(donnees: dict[str, list[Ligne]]) -> list[tuple[Any, ...]]:
    """(regle, gravite, source, mois, territoire, nombre, message), where something was found."""
    return [tuple(ligne.values()) for ligne in enchainer("qualite", references("catalogue_regles") | donnees)]


def _de(regle: str, lignes: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [ligne[1:] for ligne in lignes if ligne[0] == regle]


def test_un_magasin_vide_n_a_rien_a_dire() -> None:
    assert qualite({}) == []


def test_les_avertissements_et_les_rejets_de_la_reception_portent_mois_territoire_et_colonne() -> None:
    depot = Depot().caf("a", MARS, [personne("p")], organisme="CAF681").cd("o", date(2024, 4, 10), [])
    depot.tables["entree_avertissements"] = [
        {"id_livraison": "a", "regle": "CAF-101", "colonne": "motif_cloture", "nombre": 4}
    ]
    depot.tables["entree_rejets_par_regle"] = [
        {"id_livraison": "o", "regle": "IDE-002", "colonne": None, "nombre": 2}
    ]
    lignes = qualite(depot.tables)
    texte = REGLES["CAF-101"].texte
    assert _de("CAF-101", lignes) == [
        ("avertissement", "beneficiaires", MARS, "68", 4, f"{texte} (motif_cloture)")
    ]
    assert _de("IDE-002", lignes) == [
        ("rejet", "orientations", mois(2024, 4), "TOTAL", 2, REGLES["IDE-002"].texte)
    ]


def test_une_livraison_suspecte_puis_remplacee_est_dite_avec_son_organisme_et_son_mois() -> None:
    jugee = {
        "id_livraison": "a",
        "organisme": "CAF671",
        "mois": MARS,
        "motifs": ["LIV-003"],
        "retenue": False,
    }
    depot = Depot().caf("a", MARS, [personne("p")])
    lignes = qualite(depot.tables | {"parties_jugees": [jugee]})
    assert _de("LIV-003", lignes)[0][:5] == ("suspecte", "beneficiaires", MARS, "67", 1)
    assert _de("PUB-002", lignes)[0][5].endswith("(CAF671 2024-03)")


@pytest.mark.parametrize(
    ("regle", "situation"),
    [
        ("PUB-001", {"territoire": "HORS", "classe_etat": "versable", "top_droits_devoirs": True}),
        ("PUB-007", {"territoire": "67", "classe_etat": "versable", "top_droits_devoirs": None}),
    ],
)
def test_les_personnes_hors_territoire_ou_sans_top_sont_comptees_par_mois(
    regle: str, situation: Ligne
) -> None:
    lignes = qualite({"situations": [{"mois": MARS, "p": p} | situation for p in (1, 2, 3)]})
    assert [ligne[1:5] for ligne in _de(regle, lignes)] == [
        ("beneficiaires", MARS, situation["territoire"], 3)
    ]


def test_une_livraison_manquante_est_dite_pour_chacun_de_ses_territoires() -> None:
    manques = [
        {"territoire": t, "organisme": "MSA680", "mois": MARS, "im": im(2024, 3), "indispensable": False}
        for t in ("67", "68", "TOTAL")
    ]
    lignes = qualite({"manques": manques})
    assert [(ligne[3], ligne[5]) for ligne in _de("PUB-006", lignes)] == [
        ("67", "livraison manquante (MSA680)"),
        ("68", "livraison manquante (MSA680)"),
    ]


def test_ce_qui_n_est_rattache_a_personne_est_compte_et_jamais_tu() -> None:
    lignes = qualite(
        {"non_rapprochees": [{"source": "orientations", "emetteur": "iodas-67", "nombre": 3, "total": 40}]}
    )
    assert _de("IDE-009", lignes)[0][4:] == (3, f"{REGLES['IDE-009'].texte} (iodas-67, sur 40)")


def test_les_identifiants_que_deux_fichiers_d_un_jour_disent_autrement_sont_signales() -> None:
    vues = [{"source": "orientations", "rang": 2, "identifiant": i, "nombre": 2} for i in ("o1", "o2")]
    anomalies = executer("anomalies_identite", {"identifiants_contradictoires": vues})
    lignes = qualite({"anomalies_identite": anomalies})
    assert [ligne[4:] for ligne in _de("TAB-004", lignes)] == [(4, REGLES["TAB-004"].texte)]


def test_les_identifiants_disparus_du_stock_sont_signales() -> None:
    retenus = [
        {"source": "orientations", "emetteur": "e", "id_livraison": f"o{r}", "rang": r, "mode": "stock"}
        | {"date_reception": date(2024, 3 + r, 10)}
        for r in (1, 2)
    ]
    contenus = [
        {"emetteur": "e", "id_orientation": "reste", "rangs": [1, 2]},
        {"emetteur": "e", "id_orientation": "parti", "rangs": [1]},
    ]
    lignes = qualite({"fichiers_retenus": retenus, "contenus_orientations": contenus})
    assert [ligne[2:5] for ligne in _de("PUB-003", lignes)] == [(mois(2024, 5), "TOTAL", 1)]


def test_une_date_d_entree_dans_le_flux_qui_n_est_pas_t0_est_signalee_et_ne_change_rien() -> None:
    entree = {
        "p": 1,
        "im": im(2024, 2),
        "mois": mois(2024, 2),
        "territoire": "67",
        "debut_episode": mois(2024, 2),
        "date_reception_t0": date(2024, 3, 1),
    }
    suivi = {"p": 1, "debut_suivi": date(2024, 3, 10), "date_entree_flux": date(2024, 3, 8)}
    autre = entree | {"p": 2}
    exacte = suivi | {"p": 2, "date_entree_flux": date(2024, 3, 1)}
    ecarts = executer("ecarts_entree_flux", {"entrees": [entree, autre], "suivis_personnes": [suivi, exacte]})
    assert ecarts == [{"mois": mois(2024, 2), "territoire": "67", "nombre": 1}]
