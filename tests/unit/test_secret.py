"""What leaves the service says nothing of fewer than five people, even to a reader who subtracts."""

import random

from pipelines.publication.secret import Somme, determinees, encadrees, masquer, petit


def test_un_a_quatre_sont_masques_pas_zero_ni_cinq() -> None:
    assert [petit(n, 5) for n in (None, 0, 1, 4, 5)] == [False, False, True, True, False]


def test_une_cellule_masquee_seule_dans_une_somme_fait_masquer_la_plus_petite_autre_non_nulle() -> None:
    comptes = {"67": 3, "68": 40, "HORS": 0, "TOTAL": 43}
    assert masquer(comptes, [Somme("TOTAL", ("67", "68", "HORS"))], 5) == {"67", "68"}


def test_deux_cellules_masquees_se_protegent_l_une_l_autre() -> None:
    comptes = {"67": 3, "68": 4, "69": 30, "TOTAL": 37}
    assert masquer(comptes, [Somme("TOTAL", ("67", "68", "69"))], 5) == {"67", "68"}


def test_deux_uns_ne_se_protegent_pas_car_leur_somme_dit_un_chacun() -> None:
    comptes = {"67": 1, "68": 1, "69": 30, "TOTAL": 32}
    assert masquer(comptes, [Somme("TOTAL", ("67", "68", "69"))], 5) == {"67", "68", "69"}


def test_un_petit_total_est_masque_avec_sa_seule_part() -> None:
    comptes = {"67": 2, "68": 0, "TOTAL": 2}
    assert masquer(comptes, [Somme("TOTAL", ("67", "68"))], 5) == {"67", "TOTAL"}


def test_une_somme_qui_ne_tombe_pas_juste_ne_rend_rien() -> None:
    comptes = {"67": 3, "68": 40, "TOTAL": 50}
    assert masquer(comptes, [Somme("TOTAL", ("67", "68"))], 5) == {"67"}


def test_le_masque_se_propage_des_territoires_aux_mois() -> None:
    comptes = {("01", "67"): 3, ("01", "68"): 40, ("01", "T"): 43, ("02", "67"): 20, ("02", "68"): 30}
    comptes |= {("02", "T"): 50, ("T1", "67"): 23, ("T1", "68"): 70, ("T1", "T"): 93}
    sommes = [Somme((m, "T"), ((m, "67"), (m, "68"))) for m in ("01", "02", "T1")]
    sommes += [Somme(("T1", t), (("01", t), ("02", t))) for t in ("67", "68", "T")]
    masquees = masquer(comptes, sommes, 5)
    assert ("01", "67") in masquees
    assert not determinees(sommes, masquees)


def test_un_total_montre_ne_serre_pas_les_cellules_masquees_entre_un_et_leur_valeur() -> None:
    """One in each of three months, in two territoires: each year is 3 or more; a total of 6 says it all."""
    mois, lieux = ("01", "02", "03"), ("67", "68")
    comptes = {(m, t): 1 for m in mois for t in lieux} | {(m, "T"): 2 for m in mois}
    comptes |= {("annee", "67"): 3, ("annee", "68"): 3, ("annee", "T"): 6}
    sommes = [Somme((m, "T"), tuple((m, t) for t in lieux)) for m in (*mois, "annee")]
    sommes += [Somme(("annee", t), tuple((m, t) for m in mois)) for t in (*lieux, "T")]
    petites = {cle for cle, nombre in comptes.items() if petit(nombre, 5)}
    assert not determinees(sommes, petites)
    assert set(encadrees(comptes, sommes, petites)) == petites
    assert masquer(comptes, sommes, 5) == {*petites, ("annee", "T")}


def test_un_lecteur_qui_resout_toutes_les_sommes_ne_retrouve_aucune_cellule() -> None:
    hasard = random.Random(67)
    for _ in range(150):
        mois, territoires = range(hasard.randint(2, 6)), range(hasard.randint(2, 4))
        comptes = {(m, t): hasard.choice((0, 1, 2, 3, 7, 12, 40)) for m in mois for t in territoires}
        sommes = []
        for t in territoires:
            comptes["annee", t] = sum(comptes[m, t] for m in mois)
            sommes.append(Somme(("annee", t), tuple((m, t) for m in mois)))
        for m in (*mois, "annee"):
            comptes[m, "TOTAL"] = sum(comptes[m, t] for t in territoires)
            sommes.append(Somme((m, "TOTAL"), tuple((m, t) for t in territoires)))
        masquees = masquer(comptes, sommes, 5)
        petites = {c for c, n in comptes.items() if 1 <= n <= 4}
        assert petites <= masquees
        assert all(comptes[c] for c in masquees)
        assert petites.isdisjoint(determinees(sommes, masquees))
        assert petites.isdisjoint(encadrees(comptes, sommes, masquees))
