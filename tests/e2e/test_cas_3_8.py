"""The 24 worked cases of 3.8: each alone in its store, then those that the sample holds, all together."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.calcul.calculer import Calcul, calculer
from pipelines.configuration import Configuration, charger
from pipelines.simulation.cas import CAS
from pipelines.simulation.exemple import cas_plantes
from tests.e2e.cas import CLE_DE_TEST, calcul_du_cas, departement_du_cas, ecarts, jours, lire, lire_cle

PLANTES = [cas.numero for cas in cas_plantes()]


@pytest.mark.parametrize("numero", sorted(CAS), ids=lambda n: f"cas_{n}")
def test_a_case_alone_gives_its_rows(numero: int, tmp_path: Path) -> None:
    with calcul_du_cas(numero, tmp_path) as calcul:
        cle = lire_cle(charger(tmp_path / "pilotage.toml"))
        assert ecarts(calcul.connexion, numero, CAS[numero].attendu, cle) == []


@pytest.mark.parametrize("numero", [n for n, cas in CAS.items() if cas.autrement])
def test_a_case_under_another_rule_gives_other_rows(numero: int, tmp_path: Path) -> None:
    for rang, (regles, attendus) in enumerate(CAS[numero].autrement):
        dossier = tmp_path / str(rang)
        with calcul_du_cas(numero, dossier, dict(regles)) as calcul:
            cle = lire_cle(charger(dossier / "pilotage.toml"))
            assert ecarts(calcul.connexion, numero, attendus, cle) == []


def test_a_success_stays_a_success_in_every_later_publication(tmp_path: Path) -> None:
    """Case 21, published in April, in September before the editor overwrites the id, and in November."""
    configuration = departement_du_cas(21, tmp_path)
    entree = CAS[21].attendu[:1]
    for jour in jours("2024-04-10", "2024-09-30", "2024-11-10"):
        with calculer(configuration, jour) as calcul:
            assert ecarts(calcul.connexion, 21, entree, lire_cle(configuration)) == []


def test_before_the_correction_arrives_its_person_is_not_counted(tmp_path: Path) -> None:
    """Case 12 as of 19/03: the re-sent February file of the 20th does not exist yet."""
    configuration = departement_du_cas(12, tmp_path)
    with calculer(configuration, date(2024, 3, 19)) as calcul:
        entrants = lire(calcul.connexion, "nouveaux_entrants", {"mois": date(2024, 2, 1)})
        assert [ligne["date_reception_t0"] for ligne in entrants] == [date(2024, 3, 1)]


@pytest.mark.parametrize("numero", [n for n in PLANTES if not CAS[n].arrete_au], ids=lambda n: f"cas_{n}")
def test_the_sample_shows_the_case(numero: int, calcul_exemple: Calcul) -> None:
    attendus = [a for a in CAS[numero].attendu if not a.seul]
    assert ecarts(calcul_exemple.connexion, numero, attendus, bytes.fromhex(CLE_DE_TEST)) == []


@pytest.mark.parametrize("numero", [n for n in PLANTES if CAS[n].arrete_au], ids=lambda n: f"cas_{n}")
def test_the_sample_shows_the_case_as_of_its_day(numero: int, exemple: Configuration) -> None:
    with calculer(exemple, CAS[numero].arrete_au) as calcul:
        attendus = [a for a in CAS[numero].attendu if not a.seul]
        assert ecarts(calcul.connexion, numero, attendus, bytes.fromhex(CLE_DE_TEST)) == []


def test_a_missing_month_of_a_msa_that_may_miss_leaves_the_sample_calculable(calcul_exemple: Calcul) -> None:
    """Case 11's counterpart: MSA680 is not indispensable in the sample, its August 2023 is missing."""
    for mois in jours("2023-08-01", "2023-09-01"):
        for territoire in ("67", "68", "TOTAL"):
            lignes = lire(
                calcul_exemple.connexion, "entonnoir_mensuel", {"mois": mois, "territoire": territoire}
            )
            assert [ligne["calculable"] for ligne in lignes] == [True]
            completude = lire(
                calcul_exemple.connexion, "completude", {"mois": mois, "territoire": territoire}
            )
            assert completude[0]["facultatif_manquant"]


def test_nothing_in_the_sample_waits_for_a_decision(calcul_exemple: Calcul) -> None:
    etats = calcul_exemple.connexion.execute("select distinct etat from livraisons order by 1").fetchall()
    assert ("suspecte",) not in etats
    assert {("complementaire",), ("en_vigueur",), ("quotidienne",), ("remplacee",)} <= set(etats)


def test_the_sample_has_5_to_25_new_entrants_per_1000_people_and_month(calcul_exemple: Calcul) -> None:
    (taux,) = calcul_exemple.connexion.execute(
        "select 1000 * sum(nouveaux_entrants) / sum(presents) from entonnoir_mensuel"
        " where territoire = 'TOTAL' and calculable"
    ).fetchall()[0]
    assert 5 <= taux <= 25


def test_the_sample_shows_ids_that_changed_and_a_nir_borne_by_two(calcul_exemple: Calcul) -> None:
    causes = calcul_exemple.connexion.execute("select distinct cause from alias_personnes").fetchall()
    assert {("nir_connu_ensuite",), ("nir_devenu_ambigu",)} <= set(causes)
    assert lire(calcul_exemple.connexion, "qualite", {"regle": "IDE-003"})
