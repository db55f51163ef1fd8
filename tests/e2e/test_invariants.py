"""Each invariant of a publication holds of the sample, and sees what breaks it: one that
nothing breaks checks nothing."""

import pytest

from pipelines.calcul.calculer import Calcul
from pipelines.publication.invariants import invariants

RUPTURES = {
    "candidats_entrants_ou_ecartes": "update entonnoir_mensuel set ecartes = ecartes + 1",
    "catalogue_publie": "delete from indicateurs where code = 'V2-1' and periode = '2024'",
    "decisions_expliquees": "update situations_mensuelles set decision = 'ecarte' where soumis",
    "entonnoir_decroissant": "update entonnoir_mensuel set soumis = versables + 1",
    "entonnoir_total": "update entonnoir_mensuel set soumis = soumis + 1 where territoire = 'TOTAL'",
    "entrants_comptes": "delete from nouveaux_entrants where mois = date '2024-03-01'",
    "indicateurs_egalent_entonnoir": "update indicateurs set valeur = valeur + 1 where code = 'V2-1'",
    "nd_explique": "update indicateurs set motif_nd = null where statut = 'ND'",
    "nd_vide": "update indicateurs set numerateur = 0 where statut = 'ND'",
    "orientations_coherentes": "update nouveaux_entrants set delai_jours = delai_jours + 1",
    "parties_et_touts": "update indicateurs set valeur = valeur + 1 where code = 'C-1'",
    "parts_entre_0_et_1": "update indicateurs set numerateur = denominateur + 1 where unite = 'part'",
    "personnes_distinctes_bornees": "update indicateurs set valeur = 9999 where territoire = 'TOTAL'",
    "repartitions_completes": "update indicateurs set valeur = valeur + 1 where axe = 'sexe'",
    "soumis_partout_les_memes": "update indicateurs set denominateur = denominateur + 1 where code = 'S-2'",
    "taux_coherents": "update indicateurs set numerateur = numerateur + 1 where code = 'V2-2'",
    "territoire_toujours_dit": "update nouveaux_entrants set territoire = null",
    "total_somme_des_territoires": "update indicateurs set valeur = valeur + 1 where territoire = 'TOTAL'",
    "une_decision_par_mois": "insert into nouveaux_entrants from nouveaux_entrants limit 1",
    "une_situation_par_mois": "insert into situations_mensuelles from situations_mensuelles limit 1",
    "variantes_bornees": "update variantes set ecart = ecart - 1",
}


def test_les_invariants_tiennent_sur_l_exemple(calcul_exemple: Calcul) -> None:
    rompus = [
        i.nom
        for i in invariants()
        if calcul_exemple.connexion.execute(f"select count(*) from ({i.requete})").fetchone() != (0,)
    ]
    assert rompus == []


def test_chaque_invariant_a_sa_rupture() -> None:
    assert {i.nom for i in invariants()} == set(RUPTURES)


@pytest.mark.parametrize("nom", RUPTURES)
def test_un_invariant_voit_ce_qui_le_rompt(calcul_exemple: Calcul, nom: str) -> None:
    (invariant,) = [i for i in invariants() if i.nom == nom]
    connexion = calcul_exemple.connexion
    connexion.begin()
    try:
        connexion.execute(RUPTURES[nom])
        assert connexion.execute(invariant.requete).fetchall()
    finally:
        connexion.rollback()
