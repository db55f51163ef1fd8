"""Suivis are historised: versions of an orientation (3-rules § 3.6, start in § 3.3)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipelines.configuration import Regles
from tests.sql.atelier import CONFIGURATION, choisir, enchainer, executer
from tests.sql.depot import Ligne

LETTRE = date(2024, 3, 10)
RELEVES = {1: date(2024, 4, 5), 2: date(2024, 5, 5), 3: date(2024, 6, 5), 4: date(2024, 7, 5)}


def etat(rang: int, dernier: int | None = None, **valeurs: Any) -> Ligne:
    """What relevé ``rang`` (up to ``dernier``) says of the orientation o1 of person 1."""
    defaut = {
        "emetteur": "principal",
        "id_orientation": "o1",
        "p": 1,
        "rang": rang,
        "vu_du": RELEVES[rang],
        "vu_au": RELEVES[dernier or rang],
        "type_organisme": "departement",
        "statut": "en_cours",
        "date_envoi_courrier": LETTRE,
    }
    return defaut | valeurs


def versions(*etats: Ligne, regles: Regles | None = None) -> list[Ligne]:
    """The versions of the orientations told, in order."""
    configuration = replace(CONFIGURATION, regles=regles or Regles())
    donnees = {"etats_orientations": list(etats)}
    resultat = enchainer("versions_orientations", donnees, configuration=configuration)
    return sorted(resultat, key=lambda v: (v["emetteur"], v["id_orientation"], v["version"]))


def suivis(*etats: Ligne) -> list[Ligne]:
    """The suivis of known persons."""
    vues = executer("suivis_personnes", {"versions_orientations": versions(*etats)})
    return sorted(vues, key=lambda v: (v["emetteur"], v["id_orientation"], v["version"]))


# Start of a suivi: « the earliest of date_envoi_courrier, date_designation_referent, date_decision; if none
# but organisme_referent is filled, the date_reception of the first delivery that holds it »


@pytest.mark.parametrize("colonne", ["date_envoi_courrier", "date_designation_referent", "date_decision"])
def test_un_suivi_commence_a_la_premiere_de_ses_trois_dates(colonne: str) -> None:
    dates = dict.fromkeys(("date_envoi_courrier", "date_designation_referent", "date_decision"), LETTRE)
    (v,) = versions(etat(1, **(dates | {colonne: date(2024, 1, 9)})))
    assert v["debut_suivi"] == date(2024, 1, 9)


def test_une_seule_decision_connue_est_un_debut() -> None:
    (v,) = versions(etat(1, date_envoi_courrier=None, date_decision=date(2021, 5, 12)))
    assert v["debut_suivi"] == date(2021, 5, 12)


SANS_DATE = {"date_envoi_courrier": None, "organisme_referent": "CCAS"}


def test_un_referent_sans_date_commence_au_premier_releve_qui_le_dit() -> None:
    (v,) = versions(etat(2, **SANS_DATE), etat(3, 4, **SANS_DATE, type_parcours="social"))
    assert v["debut_suivi"] == RELEVES[2]


def test_un_autre_referent_toujours_sans_date_commence_au_releve_qui_le_nomme() -> None:
    vues = versions(etat(1, **SANS_DATE), etat(2, **(SANS_DATE | {"organisme_referent": "Mission locale"})))
    assert choisir(vues, "version", "debut_suivi") == [(1, RELEVES[1]), (2, RELEVES[2])]


def test_une_date_ecrite_ensuite_corrige_le_debut_d_un_referent_sans_date() -> None:
    (v,) = versions(etat(2, **SANS_DATE), etat(3, organisme_referent="CCAS", date_envoi_courrier=LETTRE))
    assert v["debut_suivi"] == LETTRE


# Versions


def test_un_orientation_qui_ne_change_pas_est_une_seule_version() -> None:
    assert choisir(versions(etat(1, 4)), "version", "debut_suivi", "vu_du", "vu_au") == [
        (1, LETTRE, RELEVES[1], RELEVES[4])
    ]


@pytest.mark.parametrize(("jours", "nombre"), [(31, 1), (32, 2), (-60, 1)])
def test_un_debut_plus_tardif_de_plus_de_31_jours_ouvre_une_version(jours: int, nombre: int) -> None:
    apres = LETTRE + timedelta(jours)
    assert len(versions(etat(1), etat(2, date_envoi_courrier=apres))) == nombre


def test_le_delai_de_correction_est_une_regle() -> None:
    apres = etat(2, date_envoi_courrier=LETTRE + timedelta(20))
    assert len(versions(etat(1), apres, regles=Regles(correction_jours=10))) == 2


def test_une_correction_prend_la_place_les_dernieres_valeurs_l_emportent() -> None:
    corrigee = etat(2, date_envoi_courrier=LETTRE + timedelta(5), type_parcours="social")
    assert choisir(
        versions(etat(1, type_parcours="pro"), corrigee), "version", "debut_suivi", "type_parcours"
    ) == [(1, LETTRE + timedelta(5), "social")]


def test_un_autre_type_d_organisme_ouvre_une_version_meme_au_meme_debut() -> None:
    assert len(versions(etat(1), etat(2, type_organisme="ft"))) == 2


def test_un_autre_organisme_n_ouvre_une_version_que_si_le_debut_est_plus_tardif() -> None:
    avant = etat(1, organisme_referent="CCAS")
    meme_debut = etat(2, organisme_referent="Mission locale")
    plus_tard = meme_debut | {"date_envoi_courrier": LETTRE + timedelta(1)}
    assert len(versions(avant, meme_debut)) == 1
    assert len(versions(avant, plus_tard)) == 2


@pytest.mark.parametrize("colonne", ["organisme_referent", "type_organisme"])
def test_un_blanc_ne_differe_jamais(colonne: str) -> None:
    plein, blanc = etat(1, **{colonne: "ft"}), etat(2, **{colonne: None})
    assert len(versions(plein, blanc)) == 1
    assert len(versions(etat(1, **{colonne: None}), etat(2, **{colonne: "ft"}))) == 1


def test_la_reorientation_ferme_la_version_precedente_la_veille() -> None:
    septembre = date(2024, 9, 15)
    vus = suivis(etat(1), etat(2, date_envoi_courrier=septembre, organisme_referent="autre"))
    assert choisir(vus, "version", "debut_suivi", "date_fin", "cause_fin") == [
        (1, LETTRE, date(2024, 9, 14), "reorientation"),
        (2, septembre, None, None),
    ]


def test_chaque_version_garde_ses_propres_valeurs() -> None:
    septembre = date(2024, 9, 15)
    vus = suivis(etat(1, type_parcours="social"), etat(2, date_envoi_courrier=septembre, type_parcours="pro"))
    assert choisir(vus, "date_envoi_courrier", "type_parcours") == [(LETTRE, "social"), (septembre, "pro")]


def test_une_version_deja_finie_avant_la_suivante_garde_sa_fin() -> None:
    fin = date(2024, 5, 1)
    vus = suivis(etat(1, date_fin=fin), etat(2, date_envoi_courrier=date(2024, 9, 15)))
    assert choisir(vus, "date_fin", "cause_fin") == [(fin, "date_fin"), (None, None)]


def test_on_compare_au_debut_de_la_version_courante_et_non_a_l_origine() -> None:
    etats = [etat(r, date_envoi_courrier=LETTRE + timedelta(25 * (r - 1))) for r in (1, 2, 3)]
    assert len(versions(*etats)) == 1


def test_chaque_etat_dit_sa_version_et_le_debut_alors_connu() -> None:
    etats = [etat(1), etat(2, date_envoi_courrier=LETTRE + timedelta(5)), etat(3, type_organisme="ft")]
    vus = executer("etats_versions", {"etats_orientations": etats})
    assert sorted(choisir(vus, "rang", "version", "debut")) == [
        (1, 1, LETTRE),
        (2, 1, LETTRE + timedelta(5)),
        (3, 2, LETTRE),
    ]


def test_une_orientation_d_un_autre_emetteur_ou_d_un_autre_id_n_est_pas_une_version() -> None:
    autre = etat(2, emetteur="second", type_organisme="ft")
    assert choisir(versions(etat(1), autre, etat(3, id_orientation="o2")), "version") == [(1,), (1,), (1,)]


# End: « clos without date_fin: the date_reception of the first delivery that says so, flagged »


def test_clos_sans_date_finit_au_premier_releve_qui_le_dit() -> None:
    vus = suivis(etat(1), etat(2, 4, statut="clos"))
    assert choisir(vus, "date_fin", "cause_fin") == [(RELEVES[2], "clos_sans_date")]


def test_clos_avec_sa_date_finit_a_sa_date() -> None:
    fin = date(2024, 4, 30)
    vus = suivis(etat(1), etat(2, statut="clos"), etat(3, statut="clos", date_fin=fin))
    assert choisir(vus, "date_fin", "cause_fin") == [(fin, "date_fin")]


def test_clos_puis_rouvert_n_est_pas_clos() -> None:
    assert choisir(suivis(etat(1, statut="clos"), etat(2)), "date_fin", "cause_fin") == [(None, None)]


def test_rouvert_puis_clos_finit_a_la_seconde_annonce() -> None:
    vus = suivis(etat(1, statut="clos"), etat(2), etat(3, 4, statut="clos"))
    assert choisir(vus, "date_fin") == [(RELEVES[3],)]


# Persons


def test_une_orientation_de_personne_n_est_pas_un_suivi() -> None:
    assert suivis(etat(1, p=None)) == []


def test_un_etat_qui_ne_nomme_plus_la_personne_ne_la_perd_pas() -> None:
    assert choisir(suivis(etat(1), etat(2, p=None, type_parcours="pro")), "p", "type_parcours") == [
        (1, "pro")
    ]


def test_le_meme_suivi_de_deux_emetteurs_compte_une_fois() -> None:
    assert choisir(suivis(etat(1), etat(1, emetteur="autre")), "emetteur") == [("autre",)]


@pytest.mark.parametrize(
    "difference",
    [{"p": 2}, {"date_envoi_courrier": date(2024, 3, 11)}, {"type_organisme": "ft"}],
)
def test_un_suivi_different_d_un_autre_emetteur_compte_a_part(difference: Ligne) -> None:
    assert len(suivis(etat(1), etat(1, emetteur="autre", **difference))) == 2


def test_deux_orientations_du_meme_emetteur_restent_deux_suivis() -> None:
    assert len(suivis(etat(1), etat(1, id_orientation="o2"))) == 2


# Mart suivis


def test_le_mart_suivis_nomme_la_personne_et_ne_perd_rien() -> None:
    suivi = {"p": 7, "emetteur": "principal", "id_orientation": "o1", "version": 2, "debut_suivi": LETTRE}
    donnees = {"suivis_personnes": [suivi], "personnes": [{"p": 7, "id_personne": "n7"}]}
    publies = executer("suivis", donnees)
    assert choisir(publies, "id_personne", "id_orientation", "version", "debut_suivi") == [
        ("n7", "o1", 2, LETTRE)
    ]
