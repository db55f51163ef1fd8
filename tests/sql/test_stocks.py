"""Stocks at the month's end and exits: registered, in a suivi, under contract, in accompagnement intensif;
who is no longer soumis (6-catalogue: V2-3, V2-A, V3-M1, V3-M1b, V3-M3, V3-M5, S-2)."""

from datetime import date
from typing import Any

import pytest

from pipelines.configuration import Regles
from tests.sql.atelier import choisir, enchainer, executer, im
from tests.sql.depot import Ligne, mois

FIN_MARS = date(2024, 3, 31)
CALENDRIER = [
    {"mois": mois(a, r), "im": im(a, r), "dernier_jour": date.fromordinal(mois(a, r + 1).toordinal() - 1)}
    for a, r in ((2024, 1), (2024, 2), (2024, 3), (2024, 4))
]


def soumise(annee: int = 2024, rang: int = 3, **valeurs: Any) -> Ligne:
    """The person 1, soumise in March 2024 in the territoire 67, paid by the CAF."""
    defaut = {"p": 1, "im": im(annee, rang), "mois": mois(annee, rang), "territoire": "67"}
    return (
        defaut
        | {"organisme": "CAF671", "soumis": True, "inconnue": False, "classe_etat": "versable"}
        | valeurs
    )


# V3-M1, V3-M1a: registered at France Travail


def inscrits(**inscription: Any) -> list[int]:
    """The months of early 2024 in which the person 1 is registered."""
    donnees = {"calendrier": CALENDRIER, "inscriptions_connues": [{"p": 1} | inscription]}
    return [m["im"] - im(2024, 0) for m in executer("inscrits_du_mois", donnees)]


@pytest.mark.parametrize(
    ("inscription", "sortie", "attendus"),
    [
        (date(2024, 2, 29), None, [2, 3, 4]),  # on the last day of a leap February
        (date(2024, 3, 1), None, [3, 4]),
        (date(2010, 1, 1), date(2024, 3, 30), [1, 2]),
        (date(2010, 1, 1), date(2024, 3, 31), [1, 2]),  # a cessation on day d: not registered on d
        (date(2010, 1, 1), date(2024, 4, 1), [1, 2, 3]),
        (None, None, []),
    ],
)
def test_est_inscrit_au_dernier_jour_qui_l_est_deja_et_n_en_est_pas_encore_sorti(
    inscription: date | None, sortie: date | None, attendus: list[int]
) -> None:
    assert inscrits(date_inscription=inscription, date_sortie=sortie) == attendus


def test_deux_inscriptions_en_cours_font_une_personne_inscrite() -> None:
    lignes = [{"p": 1, "date_inscription": date(2023, 1, n)} for n in (1, 2)]
    vus = executer("inscrits_du_mois", {"calendrier": CALENDRIER[:1], "inscriptions_connues": lignes})
    assert choisir(vus, "p") == [(1,)]


def test_v3_m1_compte_les_soumis_inscrits_parmi_les_soumis_et_v3_m1a_parmi_les_entrees() -> None:
    donnees = {
        "situations": [soumise(), soumise(p=2), soumise(p=3, soumis=False)],
        "inscrits_du_mois": [{"p": p, "im": im(2024, 3)} for p in (1, 3, 4)],
        "entrees": [{"p": p, "im": im(2024, 3), "mois": mois(2024, 3), "territoire": "67"} for p in (1, 2)],
    }
    vus = executer("comptes_inscrits", donnees)
    assert choisir(vus, "code", "mesure", "compte", "base") == [
        ("V3-M1", "nombre", 1, None),
        ("V3-M1", "taux", 1, 2),
        ("V3-M1a", "inscrits", 1, None),
    ]


# V3-M1b: sortants


def sortants(*apres: Ligne, livre: bool = True, **donnees: Any) -> list[str]:
    """The classes of exit of who was soumise at the CAF in February, given her March."""
    tables = {
        "situations": [soumise(rang=2), *apres],
        "calendrier_organismes": [{"organisme": "CAF671", "im": im(2024, 3), "livre": livre}],
    }
    return [s["classe_sortie"] for s in executer("sortants", tables | donnees)]


def test_brsa_soumise_en_m_moins_1_radiee_en_m_est_sortante_motif_clos() -> None:
    assert sortants(soumise(soumis=False, classe_etat="clos")) == ["clos"]


@pytest.mark.parametrize(
    ("classe", "attendu"),
    [("suspendu", "suspendu"), ("autre", "autre"), ("versable", "versable_non_soumis")],
)
def test_une_sortante_est_rangee_par_sa_situation_en_m(classe: str, attendu: str) -> None:
    assert sortants(soumise(soumis=False, classe_etat=classe)) == [attendu]


def test_qui_est_encore_soumise_n_est_pas_sortante() -> None:
    assert sortants(soumise()) == []


def test_qui_n_a_plus_de_ligne_est_sortante_si_son_organisme_a_livre() -> None:
    assert sortants() == ["absent"]
    assert sortants(livre=False) == []


def test_une_situation_inconnue_n_est_pas_une_sortie() -> None:
    assert sortants(soumise(soumis=False, inconnue=True)) == []
    assert sortants(personnes_ecartees=[{"p": 1, "im": im(2024, 3)}]) == []


def test_passee_a_la_msa_et_suspendue_elle_est_sortante_meme_si_la_caf_manque() -> None:
    a_la_msa = soumise(organisme="MSA680", soumis=False, classe_etat="suspendu")
    assert sortants(a_la_msa, livre=False) == ["suspendu"]


def test_un_sortant_compte_dans_le_territoire_et_au_mois_qui_suivent_sa_derniere_soumission() -> None:
    vus = executer(
        "sortants",
        {
            "situations": [
                soumise(2023, 12),
                soumise(2024, 1, soumis=False, territoire="68", classe_etat="clos"),
            ],
            "calendrier_organismes": [{"organisme": "CAF671", "im": im(2024, 1), "livre": True}],
        },
    )
    assert choisir(vus, "mois", "territoire", "classe_sortie") == [(mois(2024, 1), "67", "clos")]
    comptes = executer("comptes_sortants", {"sortants": vus})
    assert choisir(comptes, "axe", "modalite", "compte") == [("", "", 1), ("classe_sortie", "clos", 1)]


# Suivis at the month's end


def suivi(**valeurs: Any) -> Ligne:
    defaut = {"p": 1, "emetteur": "principal", "id_orientation": "o1", "version": 1}
    return (
        defaut
        | {"debut_suivi": date(2022, 5, 1), "type_organisme": "ccas", "type_parcours": "social"}
        | valeurs
    )


def en_cours(*suivis: Ligne, ruptures: tuple[Ligne, ...] = (), **soumission: Any) -> list[tuple[Any, ...]]:
    """(rang, id) of the suivis en cours on 31 March."""
    donnees = {
        "situations": [soumise(**soumission)],
        "suivis_personnes": list(suivis),
        "ruptures": [{"p": 1, "im_fin": 0} | r for r in ruptures],
    }
    return sorted(choisir(executer("suivis_du_mois", donnees), "rang", "id_orientation"))


@pytest.mark.parametrize(
    ("debut", "fin", "attendu"),
    [
        (date(2024, 3, 31), None, True),
        (date(2024, 4, 1), None, False),
        (date(2022, 5, 1), date(2024, 3, 30), False),
        (date(2022, 5, 1), date(2024, 3, 31), True),
    ],
)
def test_un_suivi_est_en_cours_au_dernier_jour_du_mois(debut: date, fin: date | None, attendu: bool) -> None:
    assert bool(en_cours(suivi(debut_suivi=debut, date_fin=fin))) == attendu


def test_de_deux_suivis_en_cours_le_premier_est_celui_du_debut_le_plus_recent_puis_du_plus_grand_id() -> None:
    vus = en_cours(
        suivi(id_orientation="a"),
        suivi(id_orientation="b", debut_suivi=date(2023, 1, 1)),
        suivi(id_orientation="c", debut_suivi=date(2023, 1, 1)),
    )
    assert vus == [(1, "c"), (2, "b"), (3, "a")]


def test_qui_n_est_pas_soumise_n_a_pas_de_suivi_du_mois() -> None:
    assert en_cours(suivi(), soumis=False) == []


@pytest.mark.parametrize(
    ("nature", "jour", "reste"),
    [
        ("radiation", date(2022, 4, 30), True),
        ("radiation", date(2022, 5, 1), False),
        ("suspension_longue", date(2022, 5, 1), True),
        ("suspension_longue", date(2022, 5, 2), False),
        ("sortie", FIN_MARS, False),
        ("radiation", date(2024, 4, 1), True),
    ],
)
def test_une_rupture_depuis_le_debut_du_suivi_et_jusqu_a_la_fin_du_mois_le_ferme(
    nature: str, jour: date, reste: bool
) -> None:
    assert bool(en_cours(suivi(), ruptures=({"nature": nature, "date_rupture": jour},))) == reste


def test_une_sortie_apprise_plus_tard_ne_ferme_pas_encore_le_suivi() -> None:
    sortie = {"nature": "sortie", "date_rupture": date(2024, 2, 1), "im_fin": im(2024, 6)}
    assert en_cours(suivi(), ruptures=(sortie,)) == [(1, "o1")]


def test_un_suivi_ferme_laisse_sa_place_au_precedent_ouvert_apres_la_rupture() -> None:
    radiation = {"nature": "radiation", "date_rupture": date(2023, 1, 1)}
    apres = suivi(id_orientation="o2", debut_suivi=date(2023, 2, 1))
    assert en_cours(suivi(), apres, ruptures=(radiation,)) == [(1, "o2")]


def test_la_sortie_de_qui_revient_sans_etre_candidate_ferme_aussi_ses_suivis() -> None:
    """Absent in January and February, a March that no organisme delivered, soumise in April, which is not
    calculable: no candidate, and yet out since January."""
    vue = {"p": 1, "organisme": "CAF671", "inconnue": False, "etat_dossier": "2", "soumis": True}
    mois_vus = [(2023, 11), (2023, 12), (2024, 4)]
    livres = [m for m in range(im(2023, 11), im(2024, 5)) if m != im(2024, 3)]
    donnees = {
        "situations": [vue | {"im": im(a, r), "mois": mois(a, r), "territoire": "67"} for a, r in mois_vus],
        "calendrier_organismes": [
            {"organisme": "CAF671", "im": m, "mois": mois(0, m), "livre": True, "mois_complet": True}
            for m in livres
        ],
        "candidats": [],
        "suivis_personnes": [suivi()],
        "lignes": [],
        "personnes_ecartees": [],
    }
    assert choisir(enchainer("sorties", donnees), "date_rupture") == [(date(2024, 1, 1),)]
    assert choisir(enchainer("suivis_du_mois", donnees), "im") == [(im(2023, 11),), (im(2023, 12),)]


def test_une_suspension_longue_ferme_les_suivis_meme_si_les_etats_3_et_4_sont_dits_versables() -> None:
    """Soumise each month by that rule, so never a candidate: 13 months suspended end her suivi even so."""
    vue = {"p": 1, "organisme": "CAF671", "inconnue": False, "soumis": True, "territoire": "67"}
    suspendue = vue | {"etat_dossier": "4", "date_suspension": date(2023, 2, 1)}
    donnees = {
        "situations": [suspendue | {"im": m, "mois": mois(0, m)} for m in range(im(2023, 2), im(2024, 3))]
        + [vue | {"etat_dossier": "2", "im": im(2024, 3), "mois": mois(2024, 3)}],
        "calendrier_organismes": [],
        "candidats": [],
        "suivis_personnes": [suivi()],
        "lignes": [],
        "personnes_ecartees": [],
    }
    longues = choisir(enchainer("suspensions_longues", donnees), "date_rupture", "im_fin")
    assert longues == [(date(2023, 2, 1), im(2024, 3))]
    assert (im(2024, 3),) not in choisir(enchainer("suivis_du_mois", donnees), "im")


# V3-M3


def test_v3_m3_range_chaque_soumis_une_fois_selon_le_parcours_de_son_suivi_le_plus_recent() -> None:
    du_mois = {"im": im(2024, 3)}
    suivis = [
        du_mois | {"p": 1, "rang": 1, "type_parcours": "social"},
        du_mois | {"p": 1, "rang": 2, "type_parcours": "professionnel"},
        du_mois | {"p": 2, "rang": 1, "type_parcours": None},
    ]
    donnees = {"situations": [soumise(p=p) for p in (1, 2, 3)], "suivis_du_mois": suivis}
    vus = executer("comptes_parcours", donnees)
    assert choisir(vus, "modalite", "compte") == [("", 3), ("inconnu", 1), ("sans_suivi", 1), ("social", 1)]


# V2-3: OARSA


def oarsa(suivis: list[Ligne] | None = None, **situation: Any) -> list[Ligne]:
    """The stock of 31/12/2024 of one person."""
    en_decembre = {"p": 1, "im": im(2024, 12), "dernier_jour": date(2024, 12, 31), "rang": 1}
    defaut = [{"type_organisme": "ccas"}] if suivis is None else suivis
    donnees = {
        "situations": [soumise(2024, 12, date_demande=date(2024, 11, 1), **situation)],
        "suivis_du_mois": [en_decembre | s for s in defaut],
    }
    return executer("stock_oarsa", donnees)


@pytest.mark.parametrize(
    ("code", "enfants", "attendu"),
    [
        ("CEL", 0, "seul"),
        ("CEL", 2, "seul_enfants"),
        ("VEU", 1, "seul_enfants"),
        ("MAR", 0, "couple"),
        ("VIM", 3, "couple_enfants"),
        ("CEL", None, "inconnu"),
        (None, 1, "inconnu"),
        ("XYZ", 0, "inconnu"),
    ],
)
def test_v2_3_la_situation_familiale_se_lit_du_code_de_la_cnaf_et_des_enfants(
    code: str | None, enfants: int | None, attendu: str
) -> None:
    (ligne,) = oarsa(situation_famille=code, nombre_enfants=enfants)
    assert ligne["situation_familiale"] == attendu


@pytest.mark.parametrize(
    ("demande", "rattachement", "attendu"),
    [
        (date(2024, 7, 1), None, "moins_6_mois"),
        (date(2024, 6, 30), None, "6_12_mois"),
        (date(2024, 1, 1), None, "6_12_mois"),
        (date(2023, 12, 31), None, "1_2_ans"),
        (date(2022, 12, 31), None, "2_5_ans"),
        (date(2020, 2, 29), None, "2_5_ans"),
        (date(2019, 12, 31), None, "5_ans_et_plus"),
        (date(2010, 1, 1), date(2024, 12, 1), "moins_6_mois"),  # the later of the two
        (None, date(2019, 12, 31), "5_ans_et_plus"),
        (None, None, "inconnu"),
    ],
)
def test_v2_3_l_anciennete_court_de_la_demande_ou_du_rattachement_le_plus_tardif(
    demande: date | None, rattachement: date | None, attendu: str
) -> None:
    donnees = {
        "situations": [soumise(2024, 12, date_demande=demande, date_rattachement=rattachement)],
        "suivis_du_mois": [
            {
                "p": 1,
                "im": im(2024, 12),
                "dernier_jour": date(2024, 12, 31),
                "rang": 1,
                "type_organisme": "ft",
            }
        ],
    }
    assert choisir(executer("stock_oarsa", donnees), "anciennete") == [(attendu,)]


def test_v2_3_compte_un_organisme_connu_par_son_nom_ou_par_son_type() -> None:
    assert choisir(oarsa([{"organisme_referent": "CCAS de X"}]), "type_organisme") == [("inconnu",)]
    assert choisir(oarsa([{"type_organisme": "ft"}]), "type_organisme") == [("ft",)]
    assert oarsa([{}]) == []


def test_v2_3_de_deux_suivis_celui_dont_l_organisme_est_connu_compte_meme_s_il_est_plus_ancien() -> None:
    suivis = [{"rang": 1}, {"rang": 2, "type_organisme": "ft"}, {"rang": 3, "type_organisme": "ccas"}]
    assert choisir(oarsa(suivis), "type_organisme") == [("ft",)]


def test_v2_3_ne_lit_que_decembre_et_que_les_soumis() -> None:
    suivis = [
        {"p": p, "im": im(2024, r), "rang": 1, "type_organisme": "ft"} for p in (1, 2) for r in (11, 12)
    ]
    situations = [soumise(2024, 11), soumise(2024, 12, soumis=False), soumise(2024, 12, p=2)]
    vus = executer("stock_oarsa", {"situations": situations, "suivis_du_mois": suivis})
    assert choisir(vus, "p", "mois") == [(2, mois(2024, 12))]


def test_v2_3_chaque_croisement_compte_chaque_personne_une_fois() -> None:
    personne = {"mois": mois(2024, 12), "territoire": "67", "type_organisme": "ft", "tranche_age": "25-29"}
    personne |= {"sexe": "1", "situation_familiale": "seul", "anciennete": "1_2_ans"}
    vus = executer("comptes_v2_3", {"stock_oarsa": [personne, personne | {"type_organisme": "inconnu"}]})
    totaux: dict[str, int] = {}
    for v in vus:
        totaux[v["axe"]] = totaux.get(v["axe"], 0) + v["compte"]
    croises = {f"type_organisme × {c}" for c in ("tranche_age", "sexe", "situation_familiale", "anciennete")}
    assert totaux == dict.fromkeys(("", "type_organisme", *croises), 2)
    assert ("type_organisme × sexe", "inconnu × 1", 1) in choisir(vus, "axe", "modalite", "compte")


# V3-M5: hours


def heures(*prestations: Ligne) -> dict[int, float]:
    """Hours a week of the person 1, by month of 2024."""
    donnees = {"calendrier": CALENDRIER, "prestations_connues": [{"p": 1} | p for p in prestations]}
    return {h["im"] - im(2024, 0): float(h["heures_semaine"]) for h in executer("heures_du_mois", donnees)}


def test_les_heures_se_repartissent_egalement_du_premier_au_dernier_jour_compris() -> None:
    """31 hours from 16 January to 15 February, 31 days: one a day, 16 then 15."""
    vus = heures({"date_debut": date(2024, 1, 16), "date_fin": date(2024, 2, 15), "duree_heures": 31})
    assert vus == {1: round(16 * 7 / 31, 4), 2: round(15 * 7 / 29, 4)}


def test_sans_date_de_fin_les_heures_sont_du_premier_jour() -> None:
    assert heures({"date_debut": date(2024, 2, 29), "duree_heures": 29}) == {2: 7.0}


def test_les_heures_d_avant_et_d_apres_le_calendrier_ne_reviennent_pas_aux_mois_connus() -> None:
    vus = heures({"date_debut": date(2023, 12, 1), "date_fin": date(2024, 1, 31), "duree_heures": 62})
    assert vus == {1: 7.0}


def test_les_heures_de_plusieurs_prestations_s_ajoutent_et_une_duree_inconnue_ne_compte_pas() -> None:
    jour = {"date_debut": date(2024, 2, 10)}
    vus = heures(jour | {"duree_heures": 20}, jour | {"duree_heures": 9}, jour, {"duree_heures": 5})
    assert vus == {2: 7.0}


@pytest.mark.parametrize("semaines", [4, 7, 9, 13, 15])
def test_quinze_heures_par_semaine_font_quinze_heures_quel_que_soit_le_mois(semaines: int) -> None:
    """An exact threshold: 15 hours in each of n weeks, spread over months of 29, 30 and 31 days."""
    debut = date(2024, 1, 1)
    fin = date.fromordinal(debut.toordinal() + 7 * semaines - 1)
    vus = heures({"date_debut": debut, "date_fin": fin, "duree_heures": 15 * semaines})
    assert all(h == 15 for m, h in vus.items() if mois(2024, m + 1) <= fin)


def test_v3_m5_et_s_2_se_rapportent_aux_soumis() -> None:
    donnees = {
        "situations": [soumise(p=p) for p in (1, 2, 3)],
        "heures_du_mois": [
            {"p": 1, "im": im(2024, 3), "heures_semaine": 15},
            {"p": 2, "im": im(2024, 3), "heures_semaine": 14.99},
            {"p": 3, "im": im(2024, 2), "heures_semaine": 30},
        ],
        "contrats_connus": [{"p": 3, "date_signature": date(2024, 1, 1)}],
    }
    vus = executer("comptes_soumis", donnees)
    assert choisir(vus, "code", "compte", "base") == [("S-2", 1, 3), ("V3-M5", 1, 3)]
    exigeant = executer("comptes_soumis", donnees, Regles(heures_intensif=16))
    assert choisir(exigeant, "code", "compte", "base")[1] == ("V3-M5", 0, 3)


@pytest.mark.parametrize(
    ("signature", "fin", "compte"),
    [
        (date(2019, 1, 1), None, 1),  # a contract before the episode, without end: still in force
        (FIN_MARS, None, 1),
        (date(2024, 4, 1), None, 0),
        (date(2023, 1, 1), FIN_MARS, 1),
        (date(2023, 1, 1), date(2024, 3, 30), 0),
    ],
)
def test_s_2_un_contrat_est_en_vigueur_au_dernier_jour(
    signature: date, fin: date | None, compte: int
) -> None:
    contrats = [{"p": 1, "type": t, "date_signature": signature, "date_fin": fin} for t in ("CER", "PPAE")]
    vus = executer("comptes_soumis", {"situations": [soumise()], "contrats_connus": contrats})
    assert choisir(vus, "code", "compte", "base")[0] == ("S-2", compte, 1)


# V2-A


def parcours_mobilisables(*parcours: Ligne, occupations: tuple[str, ...] = ()) -> dict[tuple[str, str], Any]:
    """(modalite, mesure) → value, for the year 2024."""
    an = {"type_periode": "annee", "periode": "2024", "debut": date(2024, 1, 1), "fin": date(2024, 12, 31)}
    suivis = [{"im": im(2024, 12), "rang": 1, "type_parcours": t} for t in occupations]
    donnees = {"periodes": [an], "parcours_connus": list(parcours), "suivis_du_mois": suivis}
    return {(v["modalite"], v["mesure"]): v["valeur"] for v in executer("valeurs_parcours", donnees)}


def test_v2_a_somme_les_places_et_leur_cout() -> None:
    vus = parcours_mobilisables(
        {"nom": "A", "places_financees": 20, "cout_unitaire": 150.5},
        {"nom": "B", "places_financees": 10, "cout_unitaire": 0},
    )
    ensemble = {mesure: valeur for (modalite, mesure), valeur in vus.items() if not modalite}
    assert ensemble == {"nombre": 2, "places_financees": 30, "cout_total": 3010}
    assert vus["A", "cout_unitaire"] == 150.5


def test_v2_a_une_somme_dont_un_terme_manque_n_est_pas_une_somme() -> None:
    vus = parcours_mobilisables({"nom": "A", "places_financees": 20, "cout_unitaire": 1}, {"nom": "B"})
    assert (vus["", "nombre"], vus["", "places_financees"], vus["", "cout_total"]) == (2, None, None)
    assert vus["A", "places_financees"] == 20


def test_v2_a_les_places_occupees_se_comptent_quand_le_parcours_est_un_type_de_parcours() -> None:
    vus = parcours_mobilisables(
        {"nom": "Socio-professionnel"},
        {"nom": "Social"},
        {"nom": "Atelier cuisine"},
        occupations=("socio_professionnel", "socio_professionnel"),
    )
    occupees = {modalite: v for (modalite, mesure), v in vus.items() if mesure == "places_occupees"}
    assert occupees == {"Socio-professionnel": 2, "Social": 0, "Atelier cuisine": None}


# V1


def test_v1_donne_les_moyens_de_l_annee_ou_finit_la_periode() -> None:
    jalon = {"type_periode": "jalon", "periode": "T0", "debut": date(2023, 10, 1), "fin": date(2024, 3, 31)}
    moyens = [
        {"annee": "2023", "etp_chefferie": 1, "etp_numerique": 0.5, "feuille_de_route": False},
        {"annee": "2024", "etp_chefferie": 2.5, "etp_numerique": None, "feuille_de_route": True},
    ]
    vus = executer("valeurs_moyens", {"periodes": [jalon], "moyens_connus": moyens})
    assert choisir(vus, "code", "valeur") == [("V1-1", 2.5), ("V1-2", None), ("V1-3", 1)]
