"""What leaves the service says nothing of fewer than five people, even to a reader who subtracts."""

import random

import pytest

from pipelines.publication.secret import Somme, masquer, petit
from tests.attaquant import Attaquant

Case = tuple[object, ...]
Sommes = list[Somme[Case]]


def _trouves(comptes: dict[Case, int], sommes: Sommes, masques: frozenset[Case]) -> set[Case]:
    """The small numbers that the rest gives back; a masked number is 1 or more."""
    attaquant = _attaquant(comptes, masques)
    for somme in sommes:
        attaquant.poser(somme.total, somme.parts)
    return set(attaquant.trouver([cle for cle in masques if petit(comptes[cle], 5)]))


def _attaquant(comptes: dict[Case, int], masques: frozenset[Case]) -> Attaquant:
    attaquant = Attaquant()
    for cle, nombre in comptes.items():
        if cle in masques:
            attaquant.ignorer(cle, 1)
        else:
            attaquant.lire(cle, nombre)
    return attaquant


def _masquer(comptes: dict[str, int], *sommes: Somme[str], **autres: list[str]) -> frozenset[str]:
    return masquer(comptes, sommes, 5, **autres)


def test_un_a_quatre_sont_masques_pas_zero_ni_cinq() -> None:
    assert [petit(n, 5) for n in (None, 0, 1, 4, 5)] == [False, False, True, True, False]


def test_une_cellule_masquee_seule_dans_une_somme_fait_masquer_la_plus_petite_autre_non_nulle() -> None:
    comptes = {"67": 3, "68": 40, "HORS": 0, "TOTAL": 43}
    assert _masquer(comptes, Somme("TOTAL", ("67", "68", "HORS"))) == {"67", "68"}


def test_deux_cellules_masquees_se_protegent_l_une_l_autre() -> None:
    comptes = {"67": 3, "68": 4, "69": 30, "TOTAL": 37}
    assert _masquer(comptes, Somme("TOTAL", ("67", "68", "69"))) == {"67", "68"}


def test_deux_uns_ne_se_protegent_pas_car_leur_somme_dit_un_chacun() -> None:
    comptes = {"67": 1, "68": 1, "69": 30, "TOTAL": 32}
    assert _masquer(comptes, Somme("TOTAL", ("67", "68", "69"))) == {"67", "68", "69"}


def test_un_petit_total_est_masque_avec_sa_seule_part() -> None:
    comptes = {"67": 2, "68": 0, "TOTAL": 2}
    assert _masquer(comptes, Somme("TOTAL", ("67", "68"))) == {"67", "TOTAL"}


def test_une_somme_qui_ne_tombe_pas_juste_ne_rend_rien() -> None:
    comptes = {"67": 3, "68": 40, "TOTAL": 50}
    assert _masquer(comptes, Somme("TOTAL", ("67", "68"))) == {"67"}


def test_une_petite_difference_fait_masquer_le_plus_petit_des_deux() -> None:
    """18 oriented out of 20 entries: two are not. 14 would say nothing."""
    somme = Somme("entrants", ("orientés", "non orientés"))
    assert _masquer({"entrants": 20, "orientés": 18, "non orientés": 2}, somme, deduits=["non orientés"]) == {
        "orientés"
    }
    assert not _masquer({"entrants": 20, "orientés": 14, "non orientés": 6}, somme, deduits=["non orientés"])


def test_une_part_entiere_ou_nulle_se_lit() -> None:
    for orientes in (0, 20):
        comptes = {"entrants": 20, "orientés": orientes, "autres": 20 - orientes}
        assert not _masquer(comptes, Somme("entrants", ("orientés", "autres")), deduits=["autres"])


def test_le_masque_se_propage_des_territoires_aux_mois() -> None:
    comptes: dict[Case, int] = {("01", "67"): 3, ("01", "68"): 40, ("01", "T"): 43}
    comptes |= {("02", "67"): 20, ("02", "68"): 30, ("02", "T"): 50}
    comptes |= {("T1", "67"): 23, ("T1", "68"): 70, ("T1", "T"): 93}
    sommes: Sommes = [Somme((m, "T"), ((m, "67"), (m, "68"))) for m in ("01", "02", "T1")]
    sommes += [Somme(("T1", t), (("01", t), ("02", t))) for t in ("67", "68", "T")]
    masques = masquer(comptes, sommes, 5)
    assert ("01", "67") in masques
    assert not _trouves(comptes, sommes, masques)


def test_un_total_montre_ne_serre_pas_les_cellules_masquees_entre_un_et_leur_valeur() -> None:
    """One in each of three months, in two territoires: each year is 3 or more; a total of 6 says it all."""
    mois, lieux = ("01", "02", "03"), ("67", "68")
    comptes: dict[Case, int] = {(m, t): 1 for m in mois for t in lieux} | {(m, "T"): 2 for m in mois}
    comptes |= {("annee", "67"): 3, ("annee", "68"): 3, ("annee", "T"): 6}
    sommes: Sommes = [Somme((m, "T"), tuple((m, t) for t in lieux)) for m in (*mois, "annee")]
    sommes += [Somme(("annee", t), tuple((m, t) for m in mois)) for t in (*lieux, "T")]
    petites = frozenset(cle for cle, nombre in comptes.items() if petit(nombre, 5))
    assert _trouves(comptes, sommes, petites) == petites
    assert masquer(comptes, sommes, 5) == {*petites, ("annee", "T")}


@pytest.mark.parametrize("graine", range(30))
def test_un_lecteur_qui_resout_toutes_les_sommes_ne_retrouve_aucune_cellule(graine: int) -> None:
    comptes, sommes = _tableau(random.Random(graine))
    masques = masquer(comptes, sommes, 5)
    petites = {c for c, n in comptes.items() if petit(n, 5)}
    assert petites <= masques
    assert all(comptes[c] for c in masques)
    assert not _trouves(comptes, sommes, masques)


def _tableau(hasard: random.Random) -> tuple[dict[Case, int], Sommes]:
    """Months, territoires, and of each a part: with all totals."""
    mois, territoires = range(hasard.randint(2, 6)), range(hasard.randint(2, 4))
    comptes: dict[Case, int] = {}
    for m in mois:
        for t in territoires:
            comptes[m, t, "tout"] = hasard.choice((0, 1, 2, 3, 7, 12, 40))
            comptes[m, t, "part"] = hasard.randint(0, comptes[m, t, "tout"])
    sommes: Sommes = []
    for quoi in ("tout", "part"):
        for t in territoires:
            parts = tuple((m, t, quoi) for m in mois)
            comptes["annee", t, quoi] = sum(comptes[c] for c in parts)
            sommes.append(Somme(("annee", t, quoi), parts))
        for m in (*mois, "annee"):
            parts = tuple((m, t, quoi) for t in territoires)
            comptes[m, "TOTAL", quoi] = sum(comptes[c] for c in parts)
            sommes.append(Somme((m, "TOTAL", quoi), parts))
    return comptes, sommes


@pytest.mark.parametrize("graine", range(20))
def test_ni_ce_qui_manque_a_une_part_pour_faire_le_tout(graine: int) -> None:
    comptes, sommes = _tableau(random.Random(1000 + graine))
    restes: dict[Case, int] = {}
    for m, t, quoi in list(comptes):
        if quoi == "part":
            restes[m, t, "reste"] = comptes[m, t, "tout"] - comptes[m, t, "part"]
            sommes.append(Somme((m, t, "tout"), ((m, t, "part"), (m, t, "reste"))))
    masques = masquer(comptes | restes, sommes, 5, deduits=restes)
    attaquant = _attaquant(comptes, masques)
    for cle in restes:
        attaquant.ignorer(cle, 0)
    for somme in sommes:
        attaquant.poser(somme.total, somme.parts)
    petits = [c for c, n in (comptes | restes).items() if petit(n, 5)]
    assert not attaquant.trouver(petits)
