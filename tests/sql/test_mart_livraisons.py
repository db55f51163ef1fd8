"""The mart of deliveries: each delivery and what became of it (4-interface § 4.7)."""

from dataclasses import replace
from datetime import date
from typing import Any

from pipelines.configuration import Source
from tests.sql.atelier import CONFIGURATION, choisir, enchainer, executer
from tests.sql.depot import Depot, mois, personne

FEVRIER = mois(2024, 2)


def etats(depot: Depot) -> dict[Any, str]:
    """The état of each delivery."""
    return dict(choisir(enchainer("livraisons", depot.tables), "id_livraison", "etat"))


def test_en_vigueur_remplacee_quotidienne_complementaire() -> None:
    depot = Depot().caf("l1", FEVRIER, [personne("a")])
    depot.caf("l2", FEVRIER, [personne("a")], date(2024, 3, 20))
    depot.caf("anomalies", FEVRIER, [personne("b")], date(2024, 3, 21), complementaire=True)
    depot.caf("q", mois(2024, 3), [personne("a")], date(2024, 3, 22), type_flux="I")
    assert etats(depot) == {
        "l1": "remplacee",
        "l2": "en_vigueur",
        "anomalies": "complementaire",
        "q": "quotidienne",
    }


def test_suspecte_puis_acceptee() -> None:
    depot = Depot().caf("l1", FEVRIER, [personne("a")])
    depot.caf("douteuse", mois(2024, 3), [personne("a")], dossiers_annonces=9)
    assert etats(depot)["douteuse"] == "suspecte"
    depot.tables["entree_livraisons"][-1]["acceptee"] = True
    assert etats(depot) == {"l1": "en_vigueur", "douteuse": "acceptee"}


def test_un_fichier_de_deux_organismes_a_une_ligne_par_organisme_et_par_mois() -> None:
    depot = Depot().caf("l1", FEVRIER, [personne("a")])
    depot.tables["entree_parties"].append(
        {"id_livraison": "l1", "organisme": "MSA680", "mois": FEVRIER, "dossiers": 0}
    )
    vues = enchainer("livraisons", depot.tables)
    assert sorted(choisir(vues, "id_livraison", "organisme", "mois")) == [
        ("l1", "CAF671", FEVRIER),
        ("l1", "MSA680", FEVRIER),
    ]


def test_les_releves_du_cd_le_dernier_est_en_vigueur() -> None:
    ligne = {"id_orientation": "o1", "date_envoi_courrier": date(2024, 1, 5)}
    depot = Depot().cd("o1", date(2024, 2, 5), [ligne]).cd("o2", date(2024, 3, 5), [ligne])
    assert etats(depot) == {"o1": "remplacee", "o2": "en_vigueur"}


def test_d_un_flux_du_cd_tout_reste_en_vigueur() -> None:
    """The rows of an earlier file still count: a later one adds to it."""
    depot = Depot().cd("o1", date(2024, 2, 5), [{"id_orientation": "o1"}])
    depot.cd("o2", date(2024, 3, 5), [{"id_orientation": "o2"}])
    en_flux = replace(CONFIGURATION, sources=(Source("orientations", mode="flux"),))
    vues = enchainer("livraisons", depot.tables, configuration=en_flux)
    assert {v["etat"] for v in vues} == {"en_vigueur"}


def test_un_releve_suspect_du_cd_se_voit_et_ne_remplace_rien() -> None:
    lignes = [{"id_orientation": f"o{i}", "date_envoi_courrier": date(2024, 1, 5)} for i in range(40)]
    depot = Depot().cd("plein", date(2024, 2, 5), lignes).cd("vide", date(2024, 3, 5), lignes[:1])
    assert etats(depot) == {"plein": "en_vigueur", "vide": "suspecte"}
    depot.tables["entree_livraisons"][-1]["acceptee"] = True
    assert etats(depot) == {"plein": "remplacee", "vide": "acceptee"}


def test_les_avertissements_d_une_livraison_se_comptent() -> None:
    recue = {
        "id_livraison": "ft",
        "source": "france_travail",
        "date_reception": date(2024, 3, 5),
        "date_enregistrement": "2024-03-06T08:00:00Z",
        "lignes": 10,
        "rejets": 1,
    }
    avertissements = [
        {"id_livraison": "ft", "regle": r, "nombre": n} for r, n in (("FTR-001", 2), ("TAB-003", 3))
    ]
    donnees = {"livraisons_recues": [recue], "entree_avertissements": avertissements}
    vues = executer("livraisons", donnees)
    assert choisir(vues, "source", "lignes", "rejets", "avertissements", "date_enregistrement", "etat") == [
        ("france_travail", 10, 1, 5, date(2024, 3, 6), "en_vigueur")
    ]


def test_un_flux_de_zero_dossier_est_en_vigueur_et_garde_son_mois() -> None:
    depot = Depot().caf("vide", FEVRIER, [])
    depot.tables["entree_livraisons"][-1]["date_reference"] = date(2024, 2, 29)
    lignes = enchainer("livraisons", depot.tables)
    assert choisir(lignes, "id_livraison", "mois", "etat") == [("vide", FEVRIER, "en_vigueur")]


def test_les_livraisons_de_france_travail_s_ajoutent_et_restent_en_vigueur() -> None:
    recues = [
        {
            "id_livraison": nom,
            "source": "france_travail",
            "date_reception": recu_le,
            "date_enregistrement": f"{recu_le}T08:00:00Z",
        }
        for nom, recu_le in (("ft1", date(2024, 3, 5)), ("ft2", date(2024, 6, 5)))
    ]
    lignes = executer("livraisons", {"livraisons_recues": recues})
    assert choisir(lignes, "id_livraison", "etat") == [("ft1", "en_vigueur"), ("ft2", "en_vigueur")]
