"""T0, the orientation that ends the delay, in time or not (3-rules § 3.4, annexe 4 § 4)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pipelines.configuration import Regles
from tests.sql.atelier import choisir, executer, im
from tests.sql.depot import Ligne, mois

M = im(2024, 2)
MOIS = mois(2024, 2)
T0 = date(2024, 3, 1)
INCLUSIVE = Regles(borne_delai="inclusive")


def entree(du_mois: int = M, **valeurs: Any) -> Ligne:
    """The person 1, nouvel entrant of February 2024."""
    defaut = {
        "p": 1,
        "im": du_mois,
        "mois": mois(0, du_mois),
        "territoire": "67",
        "debut_episode": mois(0, du_mois),
        "depuis_declencheur": False,
        "nouvel_entrant": True,
        "motif_inclusion": "primo_demandeur",
    }
    return defaut | valeurs


# T0: « the earliest date_reception among deliveries (in force or not) that show p soumis »


def livraison(identifiant: str, recue_le: date, type_flux: str = "M", **valeurs: Any) -> Ligne:
    defaut = {
        "id_livraison": identifiant,
        "date_reception": recue_le,
        "creee_le": datetime.combine(recue_le, datetime.min.time()),
        "type_flux": type_flux,
        "complementaire": False,
    }
    return defaut | valeurs


def montre(identifiant: str, **valeurs: Any) -> Ligne:
    """A row of the delivery that shows the person 1 soumis in February."""
    defaut = {
        "p": 1,
        "im": M,
        "mois": MOIS,
        "organisme": "CAF671",
        "etat_dossier": "2",
        "top_droits_devoirs": True,
        "id_livraison": identifiant,
    }
    return defaut | valeurs


def t0(
    livraisons: list[Ligne], lignes: list[Ligne], fenetres: tuple[Ligne, ...] = ()
) -> list[tuple[Any, ...]]:
    donnees = {
        "decisions": [entree()],
        "livraisons_recues": livraisons,
        "lignes": lignes,
        "fenetres_quotidiennes": list(fenetres),
    }
    vus = executer("receptions_t0", donnees)
    return choisir(vus, "date_reception_t0", "source_t0", "id_livraison_t0")


def test_t0_est_la_premiere_livraison_mensuelle_qui_le_montre_soumis() -> None:
    livraisons = [livraison("premiere", date(2024, 3, 1)), livraison("renvoi", date(2024, 3, 20))]
    assert t0(livraisons, [montre("premiere"), montre("renvoi")]) == [(T0, "mensuel", "premiere")]


def test_celui_que_seul_le_renvoi_montre_a_pour_t0_le_renvoi() -> None:
    livraisons = [livraison("premiere", date(2024, 3, 1)), livraison("renvoi", date(2024, 3, 20))]
    assert t0(livraisons, [montre("premiere", p=2), montre("renvoi")]) == [
        (date(2024, 3, 20), "mensuel", "renvoi")
    ]


@pytest.mark.parametrize(
    "valeurs",
    [
        {"top_droits_devoirs": False},
        {"top_droits_devoirs": None},
        {"etat_dossier": "4"},
        {"im": M - 1, "mois": mois(2024, 1)},
        {"date_fin_rattachement": date(2024, 2, 29)},
    ],
)
def test_une_livraison_qui_ne_le_montre_pas_soumis_en_ce_mois_ne_compte_pas(valeurs: Ligne) -> None:
    livraisons = [livraison("avant", date(2024, 2, 20)), livraison("premiere", date(2024, 3, 1))]
    assert t0(livraisons, [montre("avant", **valeurs), montre("premiere")]) == [(T0, "mensuel", "premiere")]


def test_un_quotidien_de_la_fenetre_peut_donner_t0() -> None:
    livraisons = [livraison("q", date(2024, 2, 20), "I"), livraison("m", date(2024, 3, 1))]
    fenetre = livraison("q", date(2024, 2, 20)) | {"organisme": "CAF671", "im": M}
    fenetre = {c: fenetre[c] for c in ("id_livraison", "organisme", "im", "date_reception", "creee_le")}
    assert t0(livraisons, [montre("q"), montre("m")], (fenetre,)) == [(date(2024, 2, 20), "quotidien", "q")]
    assert t0(livraisons, [montre("q"), montre("m")]) == [(T0, "mensuel", "m")]


# Daily files: « created after the first monthly delivery for M−1 and not after the first for M »


def fenetres(*quotidiens: datetime, **premiere: Any) -> list[tuple[Any, ...]]:
    """The months for whose entries these daily files may give T0: January's monthly file was created on
    5 February at noon, February's on 8 March at noon."""
    mensuelles = [
        livraison("janvier", date(2024, 2, 7), creee_le=datetime(2024, 2, 5, 12)),
        livraison("fevrier", date(2024, 3, 9), creee_le=datetime(2024, 3, 8, 12), **premiere),
        livraison("fevrier-bis", date(2024, 3, 20), creee_le=datetime(2024, 3, 20, 12)),
    ]
    quotidiennes = [livraison(f"q{rang}", q.date(), "I", creee_le=q) for rang, q in enumerate(quotidiens)]
    de_janvier = {"organisme": "CAF671", "im": M - 1, "mois": mois(2024, 1)}
    de_fevrier = {"organisme": "CAF671", "im": M, "mois": MOIS}
    receptions = [
        mensuelles[0] | de_janvier,
        *(m | de_fevrier for m in mensuelles[1:]),
        *(q | de_fevrier for q in quotidiennes),
    ]
    return choisir(executer("fenetres_quotidiennes", {"receptions_caf": receptions}), "id_livraison", "im")


@pytest.mark.parametrize(
    ("cree_le", "attendu"),
    [
        (datetime(2024, 2, 5, 12, 0), []),
        (datetime(2024, 2, 5, 12, 1), [("q0", M)]),
        (datetime(2024, 3, 5), [("q0", M)]),
        (datetime(2024, 3, 8, 12, 0), [("q0", M)]),
        (datetime(2024, 3, 8, 12, 1), []),
    ],
)
def test_la_fenetre_va_du_premier_mensuel_de_m_1_exclu_au_premier_de_m_compris(
    cree_le: datetime, attendu: list[Any]
) -> None:
    assert fenetres(cree_le) == attendu


def test_une_complementaire_n_est_pas_la_premiere_mensuelle() -> None:
    assert fenetres(datetime(2024, 3, 15), complementaire=True) == [("q0", M)]


def test_le_quotidien_d_un_autre_organisme_n_entre_pas_dans_la_fenetre() -> None:
    communs = {"organisme": "CAF671", "im": M, "mois": MOIS}
    receptions = [
        livraison("janvier", date(2024, 2, 5)) | communs | {"im": M - 1},
        livraison("fevrier", date(2024, 3, 5)) | communs,
        livraison("q", date(2024, 2, 20), "I") | communs | {"organisme": "MSA680"},
    ]
    assert executer("fenetres_quotidiennes", {"receptions_caf": receptions}) == []


def test_chaque_reception_de_la_caf_se_lit_par_organisme_et_par_mois() -> None:
    parties = [{"id_livraison": "l1", "organisme": o, "mois": MOIS} for o in ("CAF671", "MSA680")]
    donnees = {"livraisons_recues": [livraison("l1", T0)], "entree_parties": parties}
    vues = executer("receptions_caf", donnees)
    assert choisir(vues, "organisme", "im", "date_reception") == [("CAF671", M, T0), ("MSA680", M, T0)]


# Fin: « the earliest date_envoi_courrier or date_designation_referent of p's suivis whose start is ≥
# debut_episode and < the debut_episode of p's next nouvel entrant »


def suivi(identifiant: str = "o1", **valeurs: Any) -> Ligne:
    defaut = {"p": 1, "emetteur": "principal", "id_orientation": identifiant, "version": 1}
    dates = [valeurs.get(c) for c in ("date_envoi_courrier", "date_designation_referent", "date_decision")]
    debut = min((d for d in dates if d is not None), default=None)
    return defaut | {"debut_suivi": debut} | valeurs


def orientation(
    *suivis: Ligne, regles: Regles | None = None, suivantes: tuple[Ligne, ...] = ()
) -> Ligne | None:
    """What ends the delay of February's entry."""
    donnees = {"decisions": [entree(), *suivantes], "suivis_personnes": list(suivis)}
    resultat = executer("orientations_entrees", donnees, regles)
    return next((ligne for ligne in resultat if ligne["im"] == M), None)


def fin(*suivis: Ligne, regles: Regles | None = None, suivantes: tuple[Ligne, ...] = ()) -> tuple[Any, ...]:
    vue = orientation(*suivis, regles=regles, suivantes=suivantes)
    return (vue["date_orientation"], vue["source_date_orientation"]) if vue else (None, None)


LETTRE = date(2024, 3, 15)
REFERENT = date(2024, 3, 12)
DEUX_DATES = {"date_envoi_courrier": LETTRE, "date_designation_referent": REFERENT}


def test_la_premiere_du_courrier_et_du_referent_finit_le_delai() -> None:
    assert fin(suivi(**DEUX_DATES)) == (REFERENT, "referent")
    assert fin(suivi(date_envoi_courrier=LETTRE)) == (LETTRE, "courrier")


def test_le_courrier_l_emporte_le_meme_jour() -> None:
    assert fin(suivi(date_envoi_courrier=LETTRE, date_designation_referent=LETTRE)) == (LETTRE, "courrier")


def test_la_date_qui_finit_est_une_regle() -> None:
    assert fin(suivi(**DEUX_DATES), regles=Regles(regle_date_fin="courrier")) == (LETTRE, "courrier")
    assert fin(suivi(**DEUX_DATES), regles=Regles(regle_date_fin="referent")) == (REFERENT, "referent")
    seul_courrier = suivi(date_envoi_courrier=LETTRE)
    assert fin(seul_courrier, regles=Regles(regle_date_fin="referent")) == (None, None)


def test_un_suivi_commence_avant_l_episode_ne_finit_pas_ce_delai() -> None:
    assert fin(suivi(date_decision=date(2024, 1, 31), date_envoi_courrier=LETTRE)) == (None, None)


def test_un_suivi_commence_le_jour_de_l_episode_le_finit() -> None:
    assert fin(suivi(date_envoi_courrier=MOIS)) == (MOIS, "courrier")


def test_un_suivi_de_l_entree_suivante_ne_finit_pas_celle_ci() -> None:
    suivante = entree(im(2024, 9))
    septembre = suivi(date_envoi_courrier=date(2024, 9, 1))
    aout = suivi("o2", date_envoi_courrier=date(2024, 8, 31))
    assert fin(septembre, suivantes=(suivante,)) == (None, None)
    assert fin(septembre, aout, suivantes=(suivante,)) == (date(2024, 8, 31), "courrier")


def test_une_continuation_ne_borne_pas_la_fenetre() -> None:
    continuation = entree(im(2024, 9), nouvel_entrant=False)
    septembre = suivi(date_envoi_courrier=date(2024, 9, 10))
    assert fin(septembre, suivantes=(continuation,)) == (date(2024, 9, 10), "courrier")


def test_une_decision_que_personne_n_a_dite_ne_finit_rien() -> None:
    vue = orientation(suivi(date_decision=date(2024, 3, 2)))
    assert vue is not None
    assert (vue["date_orientation"], vue["decide_non_notifie"]) == (None, True)


def test_une_decision_suivie_d_un_courrier_est_notifiee() -> None:
    vue = orientation(suivi(date_decision=date(2024, 3, 2), date_envoi_courrier=LETTRE))
    assert vue is not None
    assert (vue["date_orientation"], vue["decide_non_notifie"]) == (LETTRE, False)


def test_le_meme_jour_accompagnement_global_puis_france_travail_puis_le_plus_petit_id() -> None:
    o3 = suivi("o3", date_envoi_courrier=LETTRE, type_organisme="ccas", accompagnement_global=True)
    o2 = suivi("o2", date_envoi_courrier=LETTRE, type_organisme="ft", accompagnement_global=False)
    o1 = suivi("o1", date_envoi_courrier=LETTRE, type_organisme="departement")
    o0 = suivi("o0", date_envoi_courrier=LETTRE, type_organisme="autre")
    for liste, attendu in (([o1, o2, o3], "ccas"), ([o1, o2], "ft"), ([o1, o0], "autre")):
        vue = orientation(*liste)
        assert vue is not None
        assert vue["type_organisme"] == attendu


def test_les_autres_colonnes_viennent_de_la_ligne_choisie() -> None:
    premiere = suivi("o9", date_envoi_courrier=REFERENT, type_parcours="social", organisme_referent="CCAS")
    seconde = suivi("o1", date_envoi_courrier=LETTRE, type_parcours="pro", organisme_referent="FT")
    vue = orientation(premiere, seconde)
    assert vue is not None
    assert (vue["type_parcours"], vue["organisme_referent"]) == ("social", "CCAS")


# Delay, in time or not


def delai(
    orientee_le: date | None,
    observe_au: date = date(2024, 12, 31),
    regles: Regles | None = None,
    recue_le: date = T0,
    **decision: Any,
) -> Ligne:
    """February's entry, told of on ``recue_le``, oriented on ``orientee_le``."""
    orientations = [{"p": 1, "im": M, "date_orientation": orientee_le, "decide_non_notifie": False}]
    donnees = {
        "decisions": [entree(**decision)],
        "situations": [{"p": 1, "im": M, "organisme": "CAF671", "role": "DEM"}],
        "receptions_t0": [{"p": 1, "im": M, "date_reception_t0": recue_le, "source_t0": "mensuel"}],
        "orientations_entrees": orientations if orientee_le else [],
        "observation": [{"territoire": "67", "date_observation": observe_au}],
    }
    (unique,) = executer("entrees", donnees, regles)
    return unique


@pytest.mark.parametrize(
    ("jour", "jours", "stricte", "inclusive"),
    [
        (date(2024, 3, 15), 14, True, True),
        (date(2024, 3, 16), 15, False, True),
        (date(2024, 3, 17), 16, False, False),
    ],
)
def test_avant_le_16_mars_pour_une_notification_du_1er(
    jour: date, jours: int, stricte: bool, inclusive: bool
) -> None:
    assert (delai(jour)["delai_jours"], delai(jour)["oriente_15_jours"]) == (jours, stricte)
    assert delai(jour, regles=INCLUSIVE)["oriente_15_jours"] is inclusive


@pytest.mark.parametrize(
    ("recue_le", "dernier_jour"),
    [
        (date(2024, 3, 1), date(2024, 3, 31)),
        (date(2024, 1, 31), date(2024, 2, 28)),
        (date(2023, 1, 31), date(2023, 2, 27)),
        (date(2024, 2, 29), date(2024, 3, 28)),
        (date(2024, 12, 5), date(2025, 1, 4)),
    ],
)
def test_un_mois_calendaire_ramene_a_la_fin_du_mois(recue_le: date, dernier_jour: date) -> None:
    lendemain = dernier_jour + timedelta(1)
    assert delai(dernier_jour, recue_le=recue_le)["oriente_1_mois"]
    assert not delai(lendemain, recue_le=recue_le)["oriente_1_mois"]
    assert delai(lendemain, recue_le=recue_le, regles=INCLUSIVE)["oriente_1_mois"]


def test_une_orientation_anterieure_a_t0_est_anticipee_et_dans_le_delai() -> None:
    e = delai(date(2024, 1, 25), recue_le=date(2024, 3, 5))
    assert (e["delai_jours"], e["anticipee"], e["oriente_15_jours"]) == (-40, True, True)
    assert delai(T0)["anticipee"] is False


@pytest.mark.parametrize(
    ("observe_au", "regles", "echu"),
    [
        (date(2024, 3, 15), None, False),
        (date(2024, 3, 16), None, True),
        (date(2024, 3, 16), INCLUSIVE, False),
        (date(2024, 3, 17), INCLUSIVE, True),
        (date(2024, 3, 31), Regles(seuil="1_mois"), False),
        (date(2024, 4, 1), Regles(seuil="1_mois"), True),
        (date(2024, 4, 1), Regles(seuil="1_mois", borne_delai="inclusive"), False),
    ],
)
def test_le_delai_est_echu_quand_l_observation_atteint_l_echeance(
    observe_au: date, regles: Regles | None, echu: bool
) -> None:
    assert delai(None, observe_au, regles)["delai_echu"] is echu


@pytest.mark.parametrize(
    ("jour", "observe_au", "statut"),
    [
        (date(2024, 3, 10), date(2024, 3, 12), "oriente_dans_delai"),
        (date(2024, 3, 20), date(2024, 4, 12), "oriente_hors_delai"),
        (None, date(2024, 4, 12), "non_oriente"),
        (None, date(2024, 3, 10), "en_attente"),
    ],
)
def test_statut_de_l_orientation(jour: date | None, observe_au: date, statut: str) -> None:
    assert delai(jour, observe_au)["statut_orientation"] == statut


def test_sans_aucune_orientation_observee_le_delai_n_est_pas_echu_et_rien_n_est_vide() -> None:
    e = delai(None)
    booleens = ("anticipee", "oriente_15_jours", "oriente_1_mois", "delai_echu", "decide_non_notifie")
    assert all(isinstance(e[b], bool) for b in (*booleens, "absent_rdv_orientation"))
    assert e["accompagnement_global"] is None


def test_le_seuil_d_un_mois_decide_du_statut_sans_toucher_aux_deux_autres_colonnes() -> None:
    e = delai(date(2024, 3, 25), regles=Regles(seuil="1_mois"))
    assert e["statut_orientation"] == "oriente_dans_delai"
    assert (e["oriente_15_jours"], e["oriente_1_mois"]) == (False, True)


def test_un_candidat_ecarte_n_a_pas_de_delai() -> None:
    donnees = {
        "decisions": [entree(nouvel_entrant=False)],
        "situations": [{"p": 1, "im": M}],
        "receptions_t0": [{"p": 1, "im": M, "date_reception_t0": T0}],
        "observation": [{"territoire": "67", "date_observation": T0}],
    }
    assert executer("entrees", donnees) == []


def test_l_ouverture_du_droit_est_celle_du_fichier_sinon_le_declencheur_s_il_fait_l_episode() -> None:
    episode = {"debut_episode": date(2024, 1, 20), "depuis_declencheur": True}
    assert delai(None, **episode)["date_ouverture_droit"] == date(2024, 1, 20)
    assert delai(None)["date_ouverture_droit"] is None


# « oriented people who did not come to their rendez-vous d'orientation »


def absents(*rendez_vous: tuple[date, str], genre: str = "orientation") -> bool:
    """Is February's entry one, whose next entry is of September, observed up to 31 October?"""
    donnees = {
        "decisions": [entree(), entree(im(2024, 9))],
        "observation": [{"territoire": "67", "date_observation": date(2024, 10, 31)}],
        "rendez_vous_connus": [
            {"p": 1, "date_rdv": jour, "presence": presence, "type": genre} for jour, presence in rendez_vous
        ],
    }
    return M in {ligne["im"] for ligne in executer("rdv_orientation", donnees)}


MARS = date(2024, 3, 20)


@pytest.mark.parametrize(
    ("presence", "attendu"), [("absent", True), ("excuse", True), ("honore", False), ("prevu", False)]
)
def test_absent_ou_excuse_a_son_rendez_vous_d_orientation(presence: str, attendu: bool) -> None:
    assert absents((MARS, presence)) is attendu


def test_qui_vient_a_un_second_rendez_vous_n_est_pas_absent() -> None:
    assert not absents((MARS, "absent"), (date(2024, 4, 2), "honore"))


def test_un_autre_rendez_vous_ne_compte_pas() -> None:
    assert not absents((MARS, "absent"), genre="suivi")


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2024, 1, 31), False),
        (date(2024, 2, 1), True),
        (date(2024, 8, 31), True),
        (date(2024, 9, 1), False),
    ],
)
def test_le_rendez_vous_est_celui_de_cet_episode(jour: date, attendu: bool) -> None:
    assert absents((jour, "absent")) is attendu


def test_un_rendez_vous_posterieur_a_l_observation_n_est_pas_connu() -> None:
    donnees = {
        "decisions": [entree()],
        "observation": [{"territoire": "67", "date_observation": date(2024, 3, 19)}],
        "rendez_vous_connus": [{"p": 1, "date_rdv": MARS, "presence": "absent", "type": "orientation"}],
    }
    assert executer("rdv_orientation", donnees) == []


# Mart


def test_le_mart_des_nouveaux_entrants_dit_l_age_en_fin_de_mois() -> None:
    def tranche(naissance: date | None) -> list[tuple[Any, ...]]:
        une = {"p": 1, "im": M, "mois": MOIS, "mois_naissance": naissance}
        donnees = {"entrees": [une], "personnes": [{"p": 1, "id_personne": "n1"}]}
        return choisir(executer("nouveaux_entrants", donnees), "id_personne", "tranche_age")

    assert tranche(mois(1999, 3)) == [("n1", "0-24")]
    assert tranche(mois(1999, 2)) == [("n1", "25-29")]
    assert tranche(mois(1994, 2)) == [("n1", "30-39")]
    assert tranche(mois(1984, 2)) == [("n1", "40-49")]
    assert tranche(mois(1974, 2)) == [("n1", "50-59")]
    assert tranche(mois(1964, 2)) == [("n1", "60+")]
    assert tranche(None) == [("n1", None)]
