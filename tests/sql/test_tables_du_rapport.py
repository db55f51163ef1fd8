"""The tables that only the report reads: classes of delay, calendar of receptions."""

from collections import Counter
from datetime import date
from typing import Any

import duckdb

from pipelines.calcul.modeles import modeles
from tests.sql.monde import Monde, mois

DELAIS = (-3, 0, 1, 2, 7, 8, 14, 15, 20, 45, 60, 61, 90, 91, 200, None, None)


def _monde(**valeurs: Any) -> Monde:
    monde = Monde(**valeurs)
    for rang, delai in enumerate(DELAIS):
        monde.entree(
            mois(2024, 2 + rang % 3), "67" if rang % 2 else "68", delai_jours=delai, delai_echu=rang != 16
        )
    return monde


def _distribution(connexion: duckdb.DuckDBPyConnection, territoire: str = "TOTAL") -> dict[str, int]:
    lignes = connexion.execute(
        "select classe, nombre from distribution_delais "
        "where periode = '2024' and territoire = ? order by ordre",
        [territoire],
    ).fetchall()
    return dict(lignes)


def test_chaque_delai_est_dans_sa_classe() -> None:
    assert _distribution(_monde().connexion()) == {
        "avant": 1,
        "0_1": 2,
        "2_7": 2,
        "8_15": 2,
        "15_mois": 2,
        "mois_60": 2,
        "61_90": 2,
        "91": 2,
        "non_oriente": 1,
        "en_attente": 1,
    }


def test_les_classes_font_le_nombre_d_entrees_et_les_premieres_les_orientes() -> None:
    connexion = _monde().connexion()
    for territoire in ("67", "68", "TOTAL"):
        classes = _distribution(connexion, territoire)
        valeurs = connexion.execute(
            "select coalesce(valeur, valeur_partielle) from indicateurs "
            "where code in ('V2-1', 'V2-2') and axe = '' and mesure = 'nombre' "
            "and periode = '2024' and territoire = ? order by code",
            [territoire],
        ).fetchall()
        assert valeurs == [(sum(classes.values()),), (sum(list(classes.values())[:4]),)]


def test_un_mois_qui_manque_n_est_dans_aucune_classe() -> None:
    monde = _monde(manquants={("CAF671", mois(2024, 3)), ("CAF681", mois(2024, 3))})
    assert sum(_distribution(monde.connexion()).values()) == sum(rang % 3 == 0 for rang in range(len(DELAIS)))


def test_une_classe_vide_vaut_zero() -> None:
    monde = Monde()
    monde.entree(mois(2024, 2), delai_jours=3)
    assert Counter(_distribution(monde.connexion()).values()) == {0: 9, 1: 1}


def test_le_calendrier_dit_ce_qui_est_recu_quel_jour_et_ce_qui_manque() -> None:
    monde = Monde(manquants={("CAF681", mois(2024, 5))})
    connexion = monde.connexion()
    connexion.execute(
        "insert into livraisons (organisme, mois, type_flux, date_reception, etat) values "
        "('CAF671', '2024-03-01', 'M', '2024-04-20', 'en_vigueur'), "
        "('CAF671', '2024-03-01', 'M', '2024-04-08', 'complementaire'), "
        "('CAF671', '2024-03-01', 'I', '2024-03-02', 'quotidienne'), "
        "('CAF681', '2024-05-01', 'M', '2024-06-09', 'suspecte')"
    )
    connexion.execute(
        "update livraisons set etat = 'remplacee' "
        "where organisme = 'CAF671' and mois = '2024-03-01' and date_reception = '2024-04-05'"
    )
    lignes = _calendrier(connexion)
    assert lignes["CAF671", 2] == (1, date(2024, 3, 5), date(2024, 3, 5), 5, "recu")
    assert lignes["CAF671", 3] == (2, date(2024, 4, 5), date(2024, 4, 20), 5, "recu")
    assert lignes["CAF681", 5] == (1, date(2024, 6, 9), None, 9, "suspect")
    connexion.execute("delete from livraisons where etat = 'suspecte'")
    assert _calendrier(connexion)["CAF681", 5] == (0, None, None, None, "manquant")
    assert len(lignes) == 2 * 6


def _calendrier(connexion: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], tuple[Any, ...]]:
    """The model run again over the deliveries as they now are."""

    connexion.execute(
        f"create or replace table calendrier_receptions as\n{modeles()['calendrier_receptions'].texte}"
    )
    lignes = connexion.execute(
        "select organisme, month(mois), fichiers, premiere_reception, reception_en_vigueur, retard_jours, "
        "etat from calendrier_receptions"
    ).fetchall()
    return {(organisme, rang): tuple(reste) for organisme, rang, *reste in lignes}
