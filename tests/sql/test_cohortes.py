"""What becomes of the entrants, person by person: first rendez-vous, first CER, first diagnostic and action,
durations, exit after twelve months (6-catalogue: C-2 to C-4, F1-1, F1-2, FA-3, V3-M2, V3-M4, S-1; 3-rules
§ 3.5)."""

from datetime import date
from typing import Any

import pytest

from pipelines.configuration import Regles
from tests.sql.atelier import choisir, executer, im
from tests.sql.depot import Ligne, mois

MARS = {"im": im(2024, 3), "mois": mois(2024, 3)}
T0 = date(2024, 4, 5)


def entree(**valeurs: Any) -> Ligne:
    """The person 1, nouvel entrant of March 2024 in the territoire 67, T0 5 April."""
    defaut = {"p": 1, "territoire": "67", "debut_episode": date(2024, 3, 1), "date_reception_t0": T0}
    return defaut | MARS | valeurs


def suite(entrees: list[Ligne] | None = None, **tables: list[Ligne]) -> list[Ligne]:
    """What followed each entry; each row of the tables is of the person 1 unless said."""
    donnees = {f"{nom}": [{"p": 1} | ligne for ligne in lignes] for nom, lignes in tables.items()}
    return executer("suites_entrees", {"entrees": entrees or [entree()]} | donnees)


# suites_entrees


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [(date(2024, 2, 29), None), (date(2024, 3, 1), date(2024, 3, 1)), (date(2025, 1, 2),) * 2],
)
def test_un_cer_signe_avant_l_episode_n_est_pas_le_premier_cer_de_l_entree(
    jour: date, attendu: date | None
) -> None:
    vus = suite(contrats_connus=[{"type": "CER", "date_signature": jour}])
    assert choisir(vus, "premier_cer") == [(attendu,)]


def test_le_premier_cer_est_le_plus_ancien_et_un_ppae_n_en_est_pas_un() -> None:
    contrats = [
        {"type": "PPAE", "date_signature": date(2024, 3, 2)},
        {"type": "CER", "date_signature": date(2024, 6, 1)},
        {"type": "CER", "date_signature": date(2024, 5, 1)},
        {"type": None, "date_signature": date(2024, 3, 3)},
    ]
    assert choisir(suite(contrats_connus=contrats), "premier_cer") == [(date(2024, 5, 1),)]


def test_ce_qui_suit_l_entree_suivante_lui_appartient() -> None:
    seconde = entree(im=im(2025, 1), mois=mois(2025, 1), debut_episode=date(2024, 12, 20))
    contrats = [{"type": "CER", "date_signature": jour} for jour in (date(2024, 12, 19), date(2024, 12, 20))]
    vus = suite([entree(), seconde], contrats_connus=contrats)
    assert choisir(vus, "im", "premier_cer") == [
        (im(2024, 3), date(2024, 12, 19)),
        (im(2025, 1), date(2024, 12, 20)),
    ]


def test_le_contrat_d_autrui_ou_de_personne_ne_compte_pas() -> None:
    contrats = [{"p": p, "type": "CER", "date_signature": date(2024, 5, 1)} for p in (2, None)]
    assert choisir(suite(contrats_connus=contrats), "premier_cer") == [(None,)]


def test_un_rendez_vous_d_accompagnement_annule_n_est_pas_fixe_un_rendez_vous_prevu_l_est() -> None:
    def accompagnement(presence: str | None, jour: int) -> Ligne:
        return {"type": "accompagnement", "presence": presence, "date_rdv": date(2024, 5, jour)}

    vus = suite(rendez_vous_connus=[accompagnement("annule", 1), accompagnement("prevu", 9)])
    assert choisir(vus, "premier_rdv_accompagnement", "premier_rdv_honore") == [(date(2024, 5, 9), None)]
    vus = suite(rendez_vous_connus=[accompagnement(None, 3), accompagnement("absent", 4)])
    assert choisir(vus, "premier_rdv_accompagnement", "premier_rdv_honore") == [(date(2024, 5, 3), None)]


def test_de_deux_rendez_vous_le_meme_jour_l_un_honore_suffit() -> None:
    jour = {"date_rdv": date(2024, 4, 9)}
    rdv = [jour | {"type": "orientation", "presence": p} for p in ("absent", "honore")]
    vus = suite(rendez_vous_connus=rdv)
    assert choisir(vus, "premier_rdv_honore", "premier_rdv_accompagnement") == [(date(2024, 4, 9), None)]


def test_un_rendez_vous_sans_date_ne_compte_pas() -> None:
    vus = suite(rendez_vous_connus=[{"type": "accompagnement", "presence": "honore", "date_rdv": None}])
    assert choisir(vus, "premier_rdv_honore", "premier_rdv_accompagnement") == [(None, None)]


def test_la_premiere_action_est_celle_du_jour_du_diagnostic_ou_d_apres_et_non_la_precedente() -> None:
    diagnostics = [{"date_diagnostic": date(2024, 5, d)} for d in (6, 20)]
    prestations = [{"date_debut": jour} for jour in (date(2024, 5, 5), date(2024, 5, 6), date(2024, 6, 1))]
    vus = suite(diagnostics_connus=diagnostics, prestations_connues=prestations)
    assert choisir(vus, "premier_diagnostic", "premiere_action") == [(date(2024, 5, 6),) * 2]


def test_sans_diagnostic_il_n_y_a_pas_de_premiere_action() -> None:
    vus = suite(prestations_connues=[{"date_debut": date(2024, 5, 6)}])
    assert choisir(vus, "premier_diagnostic", "premiere_action") == [(None, None)]


def test_une_entree_sans_suite_a_tout_de_meme_sa_ligne() -> None:
    assert len(suite([entree(), entree(p=2)])) == 2


# C-2, C-3, C-4


def calpae(entrees: list[Ligne], **suites: Any) -> dict[tuple[str, str], int]:
    """Counts that are not zero, by code and mesure."""
    lignes = [{"p": e["p"], "im": e["im"]} | suites for e in entrees]
    comptes = executer("comptes_calpae", {"entrees": entrees, "suites_entrees": lignes})
    return {(c["code"], c["mesure"]): c["compte"] for c in comptes if c["compte"]}


@pytest.mark.parametrize(
    ("rdv", "a_temps"),
    [(date(2024, 4, 24), True), (date(2024, 4, 25), False), (date(2024, 4, 2), True)],
)
def test_c2_un_rendez_vous_14_jours_apres_l_orientation_est_a_deux_semaines_15_non(
    rdv: date, a_temps: bool
) -> None:
    vus = calpae([entree(date_orientation=date(2024, 4, 10))], premier_rdv_accompagnement=rdv)
    assert vus == {("C-2", "nombre"): 1} | ({("C-2", "deux_semaines"): 1} if a_temps else {})


def test_c2_sans_orientation_le_rendez_vous_est_fixe_mais_pas_a_deux_semaines() -> None:
    assert calpae([entree()], premier_rdv_accompagnement=date(2024, 4, 6)) == {("C-2", "nombre"): 1}


@pytest.mark.parametrize(
    ("t0", "cer", "a_temps"),
    [
        (T0, date(2024, 6, 4), True),
        (T0, date(2024, 6, 5), False),
        (date(2023, 12, 31), date(2024, 2, 28), True),
        (
            date(2023, 12, 31),
            date(2024, 2, 29),
            False,
        ),  # two months from 31 December: 29 February, a leap year
        (T0, date(2024, 3, 2), True),  # before T0: in time
    ],
)
def test_c3_le_premier_cer_est_signe_avant_t0_plus_deux_mois(t0: date, cer: date, a_temps: bool) -> None:
    vus = calpae([entree(date_reception_t0=t0)], premier_cer=cer)
    assert vus == {("C-3", "nombre"): 1} | ({("C-3", "deux_mois"): 1} if a_temps else {})


def test_c4_compte_les_orientations_en_accompagnement_global_quel_que_soit_le_delai() -> None:
    def vus(**valeurs: Any) -> dict[tuple[str, str], int]:
        return calpae([entree(**valeurs)])

    oriente = {"date_orientation": date(2024, 12, 1)}
    assert vus(**oriente, accompagnement_global=True) == {("C-4", "nombre"): 1}
    assert vus(**oriente, accompagnement_global=False) == {}
    assert vus(**oriente) == {}


# F1-1


def test_f1_1_les_orientes_dont_le_parcours_est_inconnu_ne_sont_pas_au_denominateur() -> None:
    oriente = {"date_orientation": date(2024, 4, 10)}
    parcours = ("professionnel", "professionnel", "socio_professionnel", "social", None)
    entrees = [entree(p=n, type_parcours=t, **oriente) for n, t in enumerate(parcours)]
    entrees.append(entree(p=9, type_parcours="professionnel"))  # not oriented
    vus = executer("comptes_f1_1", {"entrees": entrees})
    assert choisir(vus, "mesure", "compte", "base") == [("taux", 2, 4), ("taux_elargi", 3, 4)]


# V2-1, V2-2, V2-2N and those that repeat them


def publiee(**valeurs: Any) -> Ligne:
    defaut = {
        "mois": mois(2024, 3),
        "territoire": "67",
        "id_personne": "a",
        "motif_inclusion": "primo_demandeur",
    }
    return defaut | {"dans_delai": False, "statut_orientation": "non_oriente"} | valeurs


def test_v2_1_fa_1_et_v3_m1a_disent_le_meme_nombre_et_les_axes_comptent_chaque_entree_une_fois() -> None:
    entrees = [publiee(sexe="1", tranche_age="30-39"), publiee(sexe="2"), publiee()]
    vus = executer("comptes_v2_1", {"entrees_publiees": entrees})
    assert {v["code"]: v["compte"] for v in vus if v["axe"] == ""} == {"V2-1": 3, "FA-1": 3, "V3-M1a": 3}
    axes = [(v["axe"], v["modalite"], v["compte"]) for v in vus if v["axe"]]
    assert axes == [
        ("motif_inclusion", "primo_demandeur", 3),
        ("sexe", "1", 1),
        ("sexe", "2", 1),
        ("sexe", "inconnu", 1),
        ("tranche_age", "30-39", 1),
        ("tranche_age", "inconnu", 2),
    ]


def test_v2_2_un_succes_precoce_n_est_pas_encore_dans_le_taux() -> None:
    entrees = [
        publiee(dans_delai=True, delai_echu=True, delai_jours=1),
        publiee(dans_delai=True, delai_echu=False, delai_jours=-3, anticipee=True, oriente_1_mois=True),
        publiee(delai_echu=True, delai_jours=15, oriente_1_mois=True),
        publiee(delai_echu=False, statut_orientation="en_attente"),
    ]
    vus = executer("comptes_v2_2", {"entrees_publiees": entrees})
    assert {v["mesure"]: v["compte"] for v in vus if v["code"] == "V2-2" and not v["axe"]} == {
        "nombre": 2,
        "taux": 1,
        "exactement_15_jours": 1,
        "un_jour": 2,
        "un_mois": 2,
        "deja_orientes": 1,
        "en_attente": 1,
        "anticipees": 1,
    }
    assert [v["base"] for v in vus if v["mesure"] == "taux"] == [2]
    assert {v["code"]: v["compte"] for v in vus if v["code"] != "V2-2"} == {"FA-2": 2, "C-1": 2}


def test_v2_2_ne_repartit_que_les_orientes_dans_le_delai() -> None:
    entrees = [publiee(dans_delai=True, type_parcours="social"), publiee(type_parcours="social")]
    vus = executer("comptes_v2_2", {"entrees_publiees": entrees})
    assert [(v["modalite"], v["compte"]) for v in vus if v["axe"] == "type_parcours"] == [("social", 1)]


def test_v2_2n_ne_compte_que_des_orientes() -> None:
    absent = {"absent_rdv_orientation": True}
    entrees = [publiee(date_orientation=T0, **absent), publiee(**absent), publiee(date_orientation=T0)]
    assert choisir(executer("comptes_v2_2n", {"entrees_publiees": entrees}), "compte") == [(1,)]


@pytest.mark.parametrize(("seuil", "dans_delai"), [("15_jours", False), ("1_mois", True)])
def test_le_seuil_dit_ce_qu_est_le_delai(seuil: Any, dans_delai: bool) -> None:
    donnees = {"nouveaux_entrants": [{"oriente_15_jours": False, "oriente_1_mois": True}]}
    vus = executer("entrees_publiees", donnees, Regles(seuil=seuil))
    assert choisir(vus, "dans_delai") == [(dans_delai,)]


def test_chaque_entree_compte_dans_son_territoire_et_au_total() -> None:
    vus = executer("entrees_par_territoire", {"entrees_publiees": [publiee(), publiee(territoire="HORS")]})
    assert choisir(vus, "territoire") == [("67",), ("HORS",), ("TOTAL",), ("TOTAL",)]


# FA-3


def concernees(entrees: list[Ligne], *participations: Ligne) -> list[tuple[Any, ...]]:
    donnees = {"entrees": entrees, "participations_connues": [{"p": 1} | p for p in participations]}
    return choisir(executer("comptes_fa_3", donnees), "modalite", "compte")


@pytest.mark.parametrize(
    ("jour", "compte"), [(date(2024, 2, 29), 0), (date(2024, 3, 1), 1), (date(2026, 1, 1), 1)]
)
def test_fa_3_une_participation_commencee_avant_l_episode_ne_concerne_pas_l_entree(
    jour: date, compte: int
) -> None:
    attendus = [("", compte), ("A1", compte)] if compte else []
    assert concernees([entree()], {"code_action": "A1", "date_entree": jour}) == attendus


def test_fa_3_deux_actions_font_un_entrant_concerne_et_un_par_action() -> None:
    actions = [{"code_action": a, "date_entree": date(2024, 4, 2)} for a in ("A1", "A2", "A2", None)]
    assert concernees([entree()], *actions) == [("", 1), ("A1", 1), ("A2", 1), ("inconnu", 1)]


def test_fa_3_une_participation_apres_l_entree_suivante_est_a_celle_ci() -> None:
    seconde = entree(im=im(2024, 9), mois=mois(2024, 9), debut_episode=date(2024, 9, 1))
    donnees = {
        "entrees": [entree(), seconde],
        "participations_connues": [{"p": 1, "code_action": "A1", "date_entree": date(2024, 9, 1)}],
    }
    vus = executer("comptes_fa_3", donnees)
    assert choisir([v for v in vus if not v["axe"]], "mois", "compte") == [(mois(2024, 9), 1)]


# F1-2, V3-M2, V3-M4: durations


def durees(code: str, observation: date | None = date(2024, 6, 1), **valeurs: Any) -> list[tuple[Any, ...]]:
    """(serie, jours, observee) of the only entry."""
    suites = {c: valeurs.pop(c) for c in list(valeurs) if c.startswith("premier")}
    donnees = {
        "entrees": [entree(**valeurs)],
        "suites_entrees": [{"p": 1, "im": im(2024, 3)} | suites],
        "observation": [{"territoire": "67", "date_observation": observation}],
    }
    return choisir(
        [d for d in executer("durees", donnees) if d["code"] == code], "serie", "jours", "observee"
    )


def test_f1_2_le_delai_court_de_t0_et_de_l_ouverture_du_droit() -> None:
    vus = durees("F1-2", date_orientation=date(2024, 4, 15), date_ouverture_droit=date(2024, 3, 6))
    assert vus == [("", 10, True), ("ouverture", 40, True)]


def test_f1_2_un_non_oriente_attend_encore_a_la_date_d_observation() -> None:
    assert durees("F1-2") == [("", 57, False)]


def test_f1_2_une_orientation_anticipee_a_un_delai_negatif() -> None:
    assert durees("F1-2", date_orientation=date(2024, 3, 26)) == [("", -10, True)]


def test_f1_2_un_non_oriente_dont_rien_n_est_connu_depuis_t0_est_censure_avant_t0() -> None:
    assert durees("F1-2", observation=date(2024, 4, 1)) == [("", -4, False)]


def test_f1_2_sans_orientation_jamais_recue_il_n_y_a_pas_de_duree() -> None:
    assert durees("F1-2", observation=None) == []


def test_v3_m2_va_de_l_ouverture_du_droit_au_premier_entretien_honore() -> None:
    honore = {"premier_rdv_honore": date(2024, 4, 20)}
    assert durees("V3-M2", date_ouverture_droit=date(2024, 3, 1), **honore) == [("", 50, True)]
    assert durees("V3-M2", **honore) == durees("V3-M2", date_ouverture_droit=date(2024, 3, 1)) == []


def test_v3_m4_va_du_premier_diagnostic_a_la_premiere_action() -> None:
    assert durees("V3-M4", premier_diagnostic=date(2024, 4, 2), premiere_action=date(2024, 4, 2)) == [
        ("", 0, True)
    ]
    assert durees("V3-M4", premier_diagnostic=date(2024, 4, 2)) == []


def test_les_durees_observees_se_comptent_par_mois_et_par_serie() -> None:
    duree = {"code": "F1-2", "mois": mois(2024, 3), "territoire": "67", "jours": 3, "observee": True}
    lignes = [duree | {"serie": ""}, duree | {"serie": "", "observee": False}, duree | {"serie": "ouverture"}]
    vus = executer("comptes_durees", {"durees": lignes})
    assert choisir(vus, "mesure", "compte") == [("nombre", 1), ("nombre_ouverture", 1)]


# S-1


def sortie_a_12_mois(
    *apres: Ligne, livres: tuple[str, ...] = ("CAF671",), **donnees: Any
) -> list[tuple[Any, ...]]:
    """(mesure, compte, base): the person 1, soumise at the CAF in March 2024; ``apres``: later."""
    avant = MARS | {"soumis": True, "organisme": "CAF671", "etat_dossier": "2"}
    lignes = [{"p": 1, "territoire": "67"} | ligne for ligne in (avant, *apres)]
    tables = {
        "situations": lignes,
        "lignes_en_vigueur": [{c: ligne[c] for c in ("p", "im", "etat_dossier")} for ligne in lignes],
        "calendrier_organismes": [{"organisme": o, "im": im(2025, 3), "livre": True} for o in livres],
    }
    return choisir(executer("comptes_s_1", tables | donnees), "mesure", "compte", "base")


def en(annee: int, rang: int, etat: str, organisme: str = "CAF671", **valeurs: Any) -> Ligne:
    defaut = {"im": im(annee, rang), "mois": mois(annee, rang), "etat_dossier": etat, "organisme": organisme}
    return defaut | {"soumis": False} | valeurs


def test_s1_qui_n_a_plus_de_ligne_12_mois_apres_est_sorti() -> None:
    assert sortie_a_12_mois() == [("taux", 0, 0), ("taux_ensemble", 1, 1)]
    assert sortie_a_12_mois(entrees=[entree()]) == [("taux", 1, 1), ("taux_ensemble", 1, 1)]


@pytest.mark.parametrize(
    ("etat", "sortie"), [("0", 1), ("1", 1), ("2", 0), ("3", 0), ("4", 0), ("5", 1), ("6", 1)]
)
def test_s1_seuls_les_etats_2_3_et_4_sont_encore_au_rsa(etat: str, sortie: int) -> None:
    assert sortie_a_12_mois(en(2025, 3, etat))[1] == ("taux_ensemble", sortie, 1)


@pytest.mark.parametrize("rang", [2, 4])
def test_s1_onze_ou_treize_mois_apres_ne_disent_rien(rang: int) -> None:
    assert sortie_a_12_mois(en(2025, rang, "2"))[1] == ("taux_ensemble", 1, 1)


def test_s1_qui_a_deux_dossiers_dont_un_ouvert_n_est_pas_sorti() -> None:
    """situation(p, M) would be that of one dossier: any row in état 2, 3 or 4 counts."""
    situations = [
        MARS | {"p": 1, "territoire": "67", "soumis": True, "organisme": "CAF671"},
        en(2025, 3, "5", p=1, territoire="67"),
    ]
    donnees = {
        "situations": situations,
        "lignes_en_vigueur": [{"p": 1, "im": im(2025, 3), "etat_dossier": e} for e in ("5", "3")],
    }
    assert choisir(executer("comptes_s_1", donnees), "compte", "base")[1] == (0, 1)


def test_s1_qui_depend_d_un_organisme_qui_n_a_pas_livre_est_laisse_de_cote() -> None:
    assert sortie_a_12_mois(livres=()) == []


def test_s1_c_est_l_organisme_de_la_derniere_ligne_qui_compte_et_non_celui_du_depart() -> None:
    """Mutation to the MSA in June, the MSA's March missing: nobody knows; its March there: out."""
    mutee = en(2024, 6, "2", "MSA680", soumis=True)
    assert sortie_a_12_mois(mutee) == []
    assert sortie_a_12_mois(mutee, livres=("MSA680",))[1] == ("taux_ensemble", 1, 1)


def test_s1_qui_est_mise_de_cote_12_mois_apres_n_est_pas_sortie() -> None:
    assert sortie_a_12_mois(personnes_ecartees=[{"p": 1, "im": im(2025, 3)}]) == []


def test_s1_une_ligne_connue_suffit_meme_si_son_organisme_d_avant_n_a_pas_livre() -> None:
    assert sortie_a_12_mois(en(2025, 3, "5", "MSA680"), livres=())[1] == ("taux_ensemble", 1, 1)
