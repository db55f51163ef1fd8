"""Counted or not, and why: suivi en cours, continuation, the reasons of annexe 4 (3-rules § 3.3)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipelines.configuration import Regles
from tests.sql.atelier import CONFIGURATION, choisir, enchainer, executer, im
from tests.sql.depot import Ligne, mois

M = im(2024, 6)
OUVERTURE = date(2020, 1, 1)


def candidat(du_mois: int = M, **valeurs: Any) -> Ligne:
    """The person 1, candidate in June 2024, compared to May."""
    defaut = {
        "p": 1,
        "im": du_mois,
        "mois": mois(0, du_mois),
        "territoire": "67",
        "organisme": "CAF671",
        "im_compare": du_mois - 1,
        "debut_episode": mois(0, du_mois),
        "numero_demande_rsa": "d1",
    }
    return defaut | valeurs


def suivi(**valeurs: Any) -> Ligne:
    """A suivi of 2022, without end."""
    defaut = {
        "p": 1,
        "emetteur": "principal",
        "id_orientation": "o1",
        "version": 1,
        "debut_suivi": date(2022, 3, 1),
        "statut": "en_cours",
    }
    return defaut | valeurs


def rupture(nature: str, jour: date, **valeurs: Any) -> Ligne:
    defaut = {
        "p": 1,
        "nature": nature,
        "date_rupture": jour,
        "im_vue": im(jour.year, jour.month),
        "im_fin": 0,
    }
    return defaut | valeurs


# Suivi en cours


def en_cours(suivis: list[Ligne], ruptures: tuple[Ligne, ...] = (), **du_candidat: Any) -> list[str]:
    """The suivi that stands in the way of the candidate, if any."""
    donnees = {
        "candidats": [candidat(**du_candidat)],
        "suivis_personnes": suivis,
        "ruptures": list(ruptures),
    }
    return [s["id_orientation"] for s in enchainer("suivis_en_cours", donnees)]


@pytest.mark.parametrize(
    ("debut", "attendu"), [(date(2024, 5, 31), ["o1"]), (date(2024, 6, 1), []), (date(2024, 6, 2), [])]
)
def test_un_suivi_est_en_cours_s_il_commence_avant_l_episode(debut: date, attendu: list[str]) -> None:
    assert en_cours([suivi(debut_suivi=debut)]) == attendu


def test_un_suivi_commence_apres_la_demande_appartient_a_cette_entree() -> None:
    depuis_la_demande = {"debut_episode": date(2024, 5, 20)}
    assert en_cours([suivi(debut_suivi=date(2024, 5, 25))], **depuis_la_demande) == []
    assert en_cours([suivi(debut_suivi=date(2024, 5, 19))], **depuis_la_demande) == ["o1"]


@pytest.mark.parametrize(
    ("fin", "attendu"), [(None, ["o1"]), (date(2024, 6, 1), ["o1"]), (date(2024, 5, 31), [])]
)
def test_un_suivi_fini_avant_l_episode_n_est_plus_en_cours(fin: date | None, attendu: list[str]) -> None:
    assert en_cours([suivi(date_fin=fin)]) == attendu


def test_le_suivi_d_autrui_ne_compte_pas() -> None:
    assert en_cours([suivi(p=2)]) == []


@pytest.mark.parametrize("nature", ["radiation", "sortie", "suspension_longue"])
@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2022, 2, 28), ["o1"]),
        (date(2022, 3, 2), []),
        (date(2024, 5, 31), []),
        (date(2024, 6, 1), ["o1"]),
    ],
)
def test_une_rupture_entre_le_debut_du_suivi_et_l_episode_le_ferme(
    nature: str, jour: date, attendu: list[str]
) -> None:
    assert en_cours([suivi()], (rupture(nature, jour),)) == attendu


def test_le_jour_meme_une_radiation_ferme_le_suivi_mais_pas_une_suspension() -> None:
    jour = date(2022, 3, 1)
    assert en_cours([suivi()], (rupture("radiation", jour),)) == []
    assert en_cours([suivi()], (rupture("suspension_longue", jour),)) == ["o1"]


def test_la_radiation_d_autrui_ne_ferme_rien() -> None:
    assert en_cours([suivi()], (rupture("radiation", date(2023, 1, 1), p=2),)) == ["o1"]


def test_une_suspension_finie_apres_le_mois_ne_ferme_pas_encore_le_suivi() -> None:
    assert en_cours([suivi()], (rupture("suspension_longue", date(2023, 1, 1), im_fin=M + 3),)) == ["o1"]


def test_une_longue_suspension_du_passe_a_ferme_le_suivi_pour_de_bon() -> None:
    assert en_cours([suivi()], (rupture("suspension_longue", date(2022, 4, 1), im_fin=M - 6),)) == []


def test_un_seul_suivi_encore_ouvert_suffit() -> None:
    ferme, ouvert = suivi(), suivi(id_orientation="o2", debut_suivi=date(2023, 5, 1))
    assert en_cours([ferme, ouvert], (rupture("radiation", date(2023, 1, 1)),)) == ["o2"]


def test_de_plusieurs_suivis_on_montre_celui_du_debut_le_plus_recent_puis_du_plus_grand_id() -> None:
    anciens = [suivi(id_orientation="z"), suivi(id_orientation="a", debut_suivi=date(2023, 5, 1))]
    assert en_cours([*anciens, suivi(id_orientation="b", debut_suivi=date(2023, 5, 1))]) == ["b"]


def test_sans_le_critere_3_aucun_suivi_ne_fait_obstacle() -> None:
    donnees = {"candidats": [candidat()], "suivis_personnes": [suivi()], "ruptures": []}
    sans_critere = replace(CONFIGURATION, regles=Regles(criteres=(1, 2)))
    assert enchainer("suivis_en_cours", donnees, configuration=sans_critere) == []


# suivis_examines, ruptures_suivis: what `pilotage expliquer` shows of the same judgement


def test_chaque_suivi_est_examine_commence_ou_non_fini_ou_non() -> None:
    suivis = [
        suivi(id_orientation="avant"),
        suivi(id_orientation="fini", date_fin=date(2024, 5, 31)),
        suivi(id_orientation="du jour", debut_suivi=date(2024, 6, 1)),
    ]
    examines = executer("suivis_examines", {"candidats": [candidat()], "suivis_personnes": suivis})
    assert choisir(examines, "id_orientation", "commence", "termine") == [
        ("avant", True, False),
        ("du jour", False, False),
        ("fini", True, True),
    ]


def test_une_rupture_d_avant_le_suivi_se_lit_sans_le_fermer_une_d_apres_ne_se_lit_pas() -> None:
    jours = (date(2021, 5, 31), date(2023, 1, 1), date(2024, 6, 1))
    donnees = {
        "candidats": [candidat()],
        "suivis_personnes": [suivi()],
        "ruptures": [rupture("radiation", jour) for jour in jours],
    }
    lues = choisir(enchainer("ruptures_suivis", donnees), "date_rupture", "ferme")
    assert sorted(lues) == [(jours[0], False), (jours[1], True)]


# Continuation: « nobody has oriented this person yet: it is the same entry »

JANVIER = im(2024, 1)


def continuations(
    suivis: tuple[Ligne, ...] = (),
    ruptures: tuple[Ligne, ...] = (),
    obstacles: tuple[int, ...] = (),
    regles: Regles | None = None,
) -> list[int]:
    """Months that continue an entry, for the person candidate in January and June."""
    donnees = {
        "candidats": [candidat(JANVIER), candidat(M)],
        "suivis_en_cours": [{"p": 1, "im": m} for m in obstacles],
        "suivis_personnes": list(suivis),
        "ruptures": list(ruptures),
    }
    configuration = replace(CONFIGURATION, regles=regles or Regles())
    return [c["im"] for c in enchainer("continuations", donnees, configuration=configuration)]


def test_reentrer_sans_avoir_ete_oriente_continue_la_meme_entree() -> None:
    assert continuations() == [M]


def test_la_lecture_nouvelle_compte_chaque_reentree() -> None:
    assert continuations(regles=Regles(reentree_non_orientee="nouvelle")) == []


def test_sans_le_critere_3_il_n_y_a_pas_de_continuation() -> None:
    assert continuations(regles=Regles(criteres=(1, 2))) == []


@pytest.mark.parametrize(
    ("debut", "attendu"),
    [(date(2023, 12, 31), [M]), (date(2024, 1, 1), []), (date(2024, 5, 31), []), (date(2024, 6, 1), [M])],
)
def test_une_orientation_entre_les_deux_entrees_en_fait_une_nouvelle(debut: date, attendu: list[int]) -> None:
    assert continuations((suivi(debut_suivi=debut),)) == attendu


@pytest.mark.parametrize("nature", ["radiation", "sortie", "suspension_longue"])
def test_une_rupture_entre_les_deux_entrees_en_fait_une_nouvelle(nature: str) -> None:
    assert continuations(ruptures=(rupture(nature, date(2024, 3, 31)),)) == []
    assert continuations(ruptures=(rupture(nature, date(2023, 3, 31)),)) == [M]


def test_une_entree_ecartee_pour_suivi_n_est_pas_a_continuer() -> None:
    assert continuations(obstacles=(JANVIER,)) == []


def test_un_suivi_en_cours_prime_la_continuation() -> None:
    assert continuations(obstacles=(M,)) == []


def test_on_continue_l_entree_precedente_et_non_une_plus_ancienne() -> None:
    donnees = {
        "candidats": [candidat(JANVIER), candidat(JANVIER + 2), candidat(M)],
        "suivis_en_cours": [],
        "suivis_personnes": [suivi(debut_suivi=date(2024, 2, 10))],
    }
    assert [c["im"] for c in enchainer("continuations", donnees)] == [M]


def test_une_reentree_dit_ce_qui_la_separe_de_la_precedente() -> None:
    donnees = {
        "candidats": [candidat(JANVIER), candidat(M)],
        "suivis_en_cours": [],
        "suivis_personnes": [suivi(debut_suivi=date(2024, 2, 10)), suivi(debut_suivi=date(2024, 3, 10))],
        "ruptures": [rupture("radiation", date(2024, 4, 30))],
    }
    (reentree,) = choisir(
        executer("reentrees", donnees), "im", "im_precedent", "suivi_depuis", "rupture_depuis"
    )
    assert reentree == (M, JANVIER, date(2024, 2, 10), date(2024, 4, 30))


# motif_inclusion: the first of eight that holds


def decision(
    situations: tuple[Ligne, ...] = (),
    ruptures: tuple[Ligne, ...] = (),
    lignes: tuple[Ligne, ...] = (),
    suivis: tuple[Ligne, ...] = (),
    **du_candidat: Any,
) -> Ligne:
    """The decision on the candidate, from its past."""
    actuel = candidat(**du_candidat)
    donnees = {
        "candidats": [actuel],
        "situations": [*situations, actuel_soumis(actuel)],
        "ruptures": list(ruptures),
        "lignes_en_vigueur": list(lignes),
        "suivis_personnes": list(suivis),
        "premiers_mois": [
            {"organisme": "", "premier_mois": OUVERTURE},
            {"organisme": "CAF671", "premier_mois": OUVERTURE},
        ],
        "completude": [{"territoire": "67", "im": M, "criteres_verifiables": True}],
    }
    (unique,) = enchainer("decisions", donnees)
    return unique


def actuel_soumis(actuel: Ligne) -> Ligne:
    return {"p": 1, "im": actuel["im"], "classe_etat": "versable", "soumis": True, "inconnue": False}


def vu(du_mois: int, classe: str = "versable", top: bool | None = True, **valeurs: Any) -> Ligne:
    """A past situation of the person 1."""
    soumis = classe == "versable" and bool(top)
    inconnue = classe == "versable" and top is None
    defaut = {
        "p": 1,
        "im": du_mois,
        "classe_etat": classe,
        "top_droits_devoirs": top,
        "soumis": soumis,
        "inconnue": inconnue,
    }
    return defaut | valeurs


def motif(*situations: Ligne, **reste: Any) -> str:
    unique = decision(situations, **reste)
    assert unique["nouvel_entrant"]
    inclusion: str = unique["motif_inclusion"]
    return inclusion


def test_primo_demandeur_jamais_soumis_demande_recente() -> None:
    assert motif(date_demande=date(2024, 5, 20)) == "primo_demandeur"


def test_qui_attendait_sa_decision_en_etat_0_est_primo_demandeur() -> None:
    assert motif(vu(M - 1, "autre"), date_demande=date(2024, 5, 20)) == "primo_demandeur"


@pytest.mark.parametrize(("demande", "attendu"), [(OUVERTURE, "primo_demandeur"), (date(2019, 12, 31), None)])
def test_un_primo_demandeur_a_demande_depuis_l_ouverture_de_l_entrepot(
    demande: date, attendu: str | None
) -> None:
    assert motif(date_demande=demande) == (attendu or "retour_hors_historique")


def test_une_demande_precedente_n_est_pas_une_premiere_demande() -> None:
    recente = {"date_demande": date(2024, 5, 20), "numero_demande_precedente": "d0"}
    assert motif(**recente) == "retour_hors_historique"
    assert motif(vu(M - 8, "autre"), **recente) == "autre_retour"


def test_qui_fut_soumis_n_est_pas_primo_demandeur() -> None:
    assert motif(vu(M - 8), vu(M - 1, "autre"), date_demande=date(2024, 5, 20)) == "autre_retour"


def test_jamais_vu_d_une_vieille_demande_est_un_retour_hors_historique() -> None:
    assert motif(date_demande=date(2015, 1, 1)) == "retour_hors_historique"
    assert motif() == "retour_hors_historique"


ARRIVEE = {"date_arrivee_mutation": date(2024, 5, 10), "organisme_cedant": "CAF751"}


def test_emmenagement_venu_d_un_organisme_d_ailleurs() -> None:
    assert motif(**ARRIVEE) == "emmenagement"


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2024, 3, 31), False),
        (date(2024, 4, 1), True),
        (date(2024, 6, 30), True),
        (date(2024, 7, 1), False),
    ],
)
def test_emmenagement_du_premier_jour_de_m_2_au_dernier_de_m(jour: date, attendu: bool) -> None:
    assert (motif(**(ARRIVEE | {"date_arrivee_mutation": jour})) == "emmenagement") is attendu


def test_venir_d_un_de_nos_organismes_n_est_pas_emmenager() -> None:
    assert motif(**(ARRIVEE | {"organisme_cedant": "CAF681"})) != "emmenagement"


@pytest.mark.parametrize(("mois_soumis", "attendu"), [(M - 2, True), (M - 1, False)])
def test_qui_fut_soumis_depuis_son_arrivee_n_emmenage_plus(mois_soumis: int, attendu: bool) -> None:
    passe = (vu(mois_soumis), vu(M - 1, "autre")) if mois_soumis < M - 1 else (vu(mois_soumis),)
    assert (motif(*passe, **ARRIVEE) == "emmenagement") is attendu


RADIATION = rupture("radiation", date(2024, 3, 31))


def test_retour_apres_radiation_posterieure_au_dernier_mois_soumis() -> None:
    assert motif(vu(M - 4), vu(M - 1, "autre"), ruptures=(RADIATION,)) == "retour_apres_radiation"


def test_une_sortie_vaut_radiation() -> None:
    sortie = rupture("sortie", date(2024, 3, 1), im_fin=M)
    assert motif(vu(M - 4), ruptures=(sortie,)) == "retour_apres_radiation"


def test_une_radiation_anterieure_au_dernier_mois_soumis_n_est_pas_le_motif() -> None:
    ancienne = rupture("radiation", date(2023, 3, 31))
    assert motif(vu(M - 4), vu(M - 1, "autre"), ruptures=(ancienne,)) == "autre_retour"


def test_une_radiation_ancienne_montree_ensuite_l_est() -> None:
    montree = rupture("radiation", date(2023, 3, 31), im_vue=M - 2)
    assert motif(vu(M - 4), vu(M - 1, "autre"), ruptures=(montree,)) == "retour_apres_radiation"


def test_jamais_soumis_mais_radie_depuis_qu_on_le_connait() -> None:
    assert motif(vu(M - 5, "autre"), ruptures=(RADIATION,)) == "retour_apres_radiation"


SUSPENSION = rupture("suspension_longue", date(2023, 1, 10), im_fin=M)


def test_retour_de_suspension_avec_ou_sans_suivi() -> None:
    passe = (vu(M - 20), vu(M - 1, "suspendu"))
    assert motif(*passe, ruptures=(SUSPENSION,)) == "retour_suspension_plus_12_mois"
    assert motif(*passe, ruptures=(SUSPENSION,), suivis=(suivi(),)) == "retour_suspension_plus_12_mois"


def test_une_longue_suspension_du_passe_n_est_pas_le_motif() -> None:
    passee = SUSPENSION | {"im_fin": M - 4}
    assert motif(vu(M - 4), vu(M - 1, "autre"), ruptures=(passee,)) == "autre_retour"


def test_passage_sous_500_au_mois_precedent_versable_top_0() -> None:
    assert motif(vu(M - 20), vu(M - 1, top=False)) == "passage_sous_500"


def test_un_top_manquant_le_mois_precedent_n_est_pas_un_passage_sous_500() -> None:
    assert motif(vu(M - 20), vu(M - 2, top=False), vu(M - 1, top=None), im_compare=M - 2) == "autre_retour"


def test_entree_dans_un_foyer_deja_connu() -> None:
    foyer = {"p": 2, "im": M - 6, "numero_demande_rsa": "d1"}
    assert motif(lignes=(foyer,), date_demande=date(2023, 1, 1)) == "entree_dans_foyer"


def test_un_foyer_connu_ce_mois_seulement_n_est_pas_une_entree_dans_un_foyer() -> None:
    foyer = {"p": 2, "im": M, "numero_demande_rsa": "d1"}
    assert motif(lignes=(foyer,), date_demande=date(2023, 1, 1)) == "primo_demandeur"


def test_l_ordre_des_motifs_emmenagement_puis_radiation_puis_suspension_puis_500() -> None:
    passe = (vu(M - 20), vu(M - 1, top=False))
    tout = (RADIATION, SUSPENSION)
    assert motif(*passe, ruptures=tout, **ARRIVEE) == "emmenagement"
    assert motif(*passe, ruptures=tout) == "retour_apres_radiation"
    assert motif(*passe, ruptures=(SUSPENSION,)) == "retour_suspension_plus_12_mois"


# motif_exclusion


def exclusion(*situations: Ligne, **reste: Any) -> str:
    unique = decision(situations, suivis=(suivi(),), **reste)
    assert not unique["nouvel_entrant"]
    motif_exclusion: str = unique["motif_exclusion"]
    return motif_exclusion


def test_aller_retour_revenus() -> None:
    assert exclusion(vu(M - 20), vu(M - 1, top=False)) == "aller_retour_revenus"


def test_suspension_moins_12_mois() -> None:
    assert exclusion(vu(M - 3), vu(M - 1, "suspendu")) == "suspension_moins_12_mois"


def test_absence_courte() -> None:
    assert exclusion(vu(M - 2)) == "absence_courte"


@pytest.mark.parametrize(
    ("passe", "reste"),
    [
        ((), {}),
        ((vu(M - 2), vu(M - 1, "clos")), {}),
        ((vu(M - 2), vu(M - 1, "autre")), {}),
        ((vu(M - 3), vu(M - 2, top=False), vu(M - 1, top=None)), {"im_compare": M - 2}),
        ((vu(M - 3, "suspendu"),), {"im_compare": M - 2}),
    ],
)
def test_suivi_en_cours_pour_tout_le_reste(passe: tuple[Ligne, ...], reste: dict[str, Any]) -> None:
    assert exclusion(*passe, **reste) == "suivi_en_cours"


# decisions


def decisions(verifiables: bool = True, **tables: list[Ligne]) -> list[Ligne]:
    donnees = {
        "candidats": [candidat(JANVIER), candidat(M)],
        "situations": [],
        "ruptures": [],
        "lignes_en_vigueur": [],
        "suivis_personnes": [],
        "premiers_mois": [{"organisme": "", "premier_mois": OUVERTURE}],
        "completude": [
            {"territoire": "67", "im": m, "criteres_verifiables": verifiables} for m in (JANVIER, M)
        ],
    }
    return enchainer("decisions", donnees | tables)


def test_la_continuation_se_dit_entree_deja_comptee() -> None:
    assert choisir(decisions(), "im", "nouvel_entrant", "motif_exclusion") == [
        (JANVIER, True, None),
        (M, False, "entree_deja_comptee"),
    ]


def test_l_entree_ecartee_montre_le_debut_et_le_statut_du_suivi() -> None:
    vues = decisions(suivis_personnes=[suivi(statut="suspendu")])
    assert (
        choisir(vues, "nouvel_entrant", "debut_suivi", "statut_suivi")
        == [(False, date(2022, 3, 1), "suspendu")] * 2
    )


def test_un_critere_non_verifiable_ne_decide_de_personne() -> None:
    assert decisions(verifiables=False) == []


def test_la_variante_sans_critere_3_compte_chaque_candidat() -> None:
    donnees = {
        "candidats": [candidat(JANVIER), candidat(M)],
        "suivis_personnes": [suivi()],
        "situations": [],
        "ruptures": [],
        "lignes_en_vigueur": [],
        "premiers_mois": [{"organisme": "", "premier_mois": OUVERTURE}],
        "completude": [{"territoire": "67", "im": m, "criteres_verifiables": True} for m in (JANVIER, M)],
    }
    sans = replace(CONFIGURATION, regles=Regles(criteres=(1, 2)))
    assert choisir(enchainer("decisions", donnees, configuration=sans), "nouvel_entrant") == [(True,)] * 2


def test_chaque_candidat_a_un_motif_de_chaque_sorte_que_l_on_compte_ou_non() -> None:
    donnees = {
        "candidats": [candidat()],
        "situations": [vu(M - 20), vu(M - 1, top=False)],
        "premiers_mois": [{"organisme": "", "premier_mois": OUVERTURE}],
    }
    inclusions = enchainer("motifs_inclusion", donnees)
    exclusions = enchainer("motifs_exclusion", donnees)
    assert choisir(inclusions, "p", "im", "motif_inclusion") == [(1, M, "passage_sous_500")]
    assert choisir(exclusions, "p", "im", "motif_exclusion") == [(1, M, "aller_retour_revenus")]


def test_le_passe_d_un_candidat_ne_dit_rien_d_une_veille_inconnue() -> None:
    donnees = {"candidats": [candidat(im_compare=M - 2)], "situations": [vu(M - 3), vu(M - 1, top=None)]}
    passe = executer("antecedents", donnees)
    assert choisir(passe, "im_premier_vu", "im_dernier_soumis", "classe_veille", "absente_la_veille") == [
        (M - 3, M - 3, None, False)
    ]


def test_le_mart_des_ecartees_ne_montre_qu_elles() -> None:
    retenu = {"p": 1, "mois": mois(2024, 1), "im": JANVIER, "territoire": "67", "nouvel_entrant": True}
    ecarte = retenu | {
        "p": 2,
        "nouvel_entrant": False,
        "motif_exclusion": "absence_courte",
        "debut_suivi": date(2022, 3, 1),
        "statut_suivi": "en_cours",
        "debut_episode": date(2024, 1, 1),
    }
    personnes = [{"p": 1, "id_personne": "n1"}, {"p": 2, "id_personne": "n2"}]
    publiees = executer("entrees_ecartees", {"decisions": [retenu, ecarte], "personnes": personnes})
    assert choisir(publiees, "id_personne", "motif_exclusion", "date_debut_suivi", "statut_suivi") == [
        ("n2", "absence_courte", date(2022, 3, 1), "en_cours")
    ]
