"""situation(p, M): one row a person and month, soumis or not, inconnue or not (3-rules § 3.2)."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from pipelines.configuration import Regles
from tests.sql.atelier import choisir, executer, im
from tests.sql.depot import Ligne

M = im(2024, 3)


def ligne(marque: str, **valeurs: Any) -> Ligne:
    """A row of the person 1 in March; ``marque`` names it (in id_livraison)."""
    defaut = {"p": 1, "im": M, "etat_dossier": "2", "top_droits_devoirs": False}
    return defaut | valeurs | {"id_livraison": marque}


def situations(*lignes: Ligne, regles: Regles | None = None, ecartees: tuple[int, ...] = ()) -> list[Ligne]:
    donnees = {
        "lignes_en_vigueur": list(lignes),
        "personnes_ecartees": [{"p": p, "im": M} for p in ecartees],
    }
    return executer("situations", donnees, regles)


def gagnante(*lignes: Ligne) -> str:
    """The row chosen, whatever the order in which they were read."""
    aller, retour = situations(*lignes), situations(*reversed(lignes))
    assert aller == retour
    assert len(aller) == 1
    marque: str = aller[0]["id_livraison"]
    return marque


# « the row that is soumis first, then état in the order 2, 4, 3, 0, 1, 6, 5, then the latest date_demande,
# then the greatest numero_demande_rsa, organisme, matricule, nulls last »


def test_la_ligne_soumise_passe_avant_une_demande_plus_recente() -> None:
    recente = ligne("recente", date_demande=date(2024, 2, 1))
    assert gagnante(ligne("soumise", top_droits_devoirs=True), recente) == "soumise"


@pytest.mark.parametrize(("avant", "apres"), list(pairwise("2430165")))
def test_l_ordre_des_etats_est_2_4_3_0_1_6_5(avant: str, apres: str) -> None:
    recente = ligne("apres", etat_dossier=apres, date_demande=date(2024, 2, 1))
    assert gagnante(ligne("avant", etat_dossier=avant), recente) == "avant"


def test_a_etat_egal_la_demande_la_plus_recente() -> None:
    ancienne = ligne("ancienne", date_demande=date(2015, 1, 1), numero_demande_rsa="9")
    recente = ligne("recente", date_demande=date(2024, 1, 1), numero_demande_rsa="1")
    assert gagnante(ancienne, recente) == "recente"


def test_une_demande_sans_date_vient_apres() -> None:
    assert gagnante(ligne("datee", date_demande=date(1990, 1, 1)), ligne("sans")) == "datee"


@pytest.mark.parametrize("colonne", ["numero_demande_rsa", "organisme", "matricule"])
def test_puis_les_plus_grands_numeros_les_absents_en_dernier(colonne: str) -> None:
    petit, grand, sans = ligne("petit", **{colonne: "1"}), ligne("grand", **{colonne: "2"}), ligne("sans")
    assert gagnante(petit, grand) == "grand"
    assert gagnante(petit, sans) == "petit"


def test_le_numero_de_demande_prime_l_organisme_qui_prime_le_matricule() -> None:
    a = ligne("a", numero_demande_rsa="2", organisme="CAF671", matricule="1")
    b = ligne("b", numero_demande_rsa="1", organisme="MSA680", matricule="9")
    c = ligne("c", numero_demande_rsa="1", organisme="CAF671", matricule="9")
    assert gagnante(a, b) == "a"
    assert gagnante(b, c) == "b"


def test_caf_et_msa_sont_reunies_avant_toute_comparaison() -> None:
    caf = ligne("caf", organisme="CAF671", etat_dossier="5")
    assert gagnante(caf, ligne("msa", organisme="MSA680", top_droits_devoirs=True)) == "msa"


def test_chacun_a_sa_ligne_chaque_mois() -> None:
    vues = situations(ligne("a"), ligne("b", p=2), ligne("c", im=M + 1))
    assert choisir(vues, "id_livraison") == [("a",), ("b",), ("c",)]


# Classes of état


@pytest.mark.parametrize(
    ("etat", "classe"),
    [
        ("2", "versable"),
        ("3", "suspendu"),
        ("4", "suspendu"),
        ("5", "clos"),
        ("6", "clos"),
        ("0", "autre"),
        ("1", "autre"),
    ],
)
def test_classes_d_etat(etat: str, classe: str) -> None:
    assert choisir(situations(ligne("a", etat_dossier=etat)), "classe_etat") == [(classe,)]


def test_les_etats_versables_sont_une_regle() -> None:
    larges = Regles(etats_versables=("2", "3", "4"))
    vues = situations(ligne("a", etat_dossier="4", top_droits_devoirs=True), regles=larges)
    assert choisir(vues, "classe_etat", "soumis") == [("versable", True)]


# soumis = état versable and top = 1


@pytest.mark.parametrize(
    ("etat", "top", "soumis"),
    [
        ("2", True, True),
        ("2", False, False),
        ("2", None, False),
        ("3", True, False),
        ("4", True, False),
        ("5", True, False),
        ("6", True, False),
        ("0", True, False),
        ("1", True, False),
    ],
)
def test_le_top_seul_ne_suffit_pas_l_etat_seul_non_plus(etat: str, top: bool | None, soumis: bool) -> None:
    vues = situations(ligne("a", etat_dossier=etat, top_droits_devoirs=top))
    assert choisir(vues, "soumis") == [(soumis,)]


# inconnue


def test_un_droit_versable_sans_top_est_inconnu() -> None:
    vues = situations(ligne("a", top_droits_devoirs=None))
    assert choisir(vues, "soumis", "inconnue") == [(False, True)]


def test_un_etat_suspendu_sans_top_est_connu() -> None:
    vues = situations(ligne("a", etat_dossier="4", top_droits_devoirs=None))
    assert choisir(vues, "inconnue") == [(False,)]


def test_qui_a_une_ligne_ecartee_est_inconnu_malgre_une_autre_ligne_close() -> None:
    vues = situations(ligne("a", etat_dossier="5"), ligne("b", p=2, etat_dossier="5"), ecartees=(1,))
    assert choisir(vues, "p", "inconnue") == [(1, True), (2, False)]


def test_qui_est_vu_soumis_par_ailleurs_reste_connu() -> None:
    vues = situations(ligne("a", top_droits_devoirs=True), ecartees=(1,))
    assert choisir(vues, "soumis", "inconnue") == [(True, False)]
