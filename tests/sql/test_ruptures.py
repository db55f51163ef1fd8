"""What ends the suivis of a person: radiation, sortie, suspension longue (3-rules § 3.3)."""

from datetime import date, datetime
from typing import Any

import pytest

from pipelines.configuration import Regles
from tests.sql.atelier import choisir, enchainer, executer, im
from tests.sql.depot import Depot, Ligne, mois, personne

JANVIER = im(2023, 1)


# Radiations: « a row of p in any monthly or daily delivery received ≤ arrete_au, état 5 or 6 »


def clotures(*lignes: Ligne, livraisons: tuple[Ligne, ...] = (), **tables: list[Ligne]) -> list[Ligne]:
    """Closing rows of the candidate 1; each delivery is created at noon of the 5th unless told."""
    ids = {ligne["id_livraison"] for ligne in lignes} - {
        livraison["id_livraison"] for livraison in livraisons
    }
    recues = [{"id_livraison": i, "creee_le": datetime(2023, 4, 5, 12)} for i in sorted(ids)]
    donnees = {
        "lignes": list(lignes),
        "livraisons_recues": [*recues, *livraisons],
    }
    return executer("clotures", donnees | tables)


def fermee(**valeurs: Any) -> Ligne:
    """Closed in March 2023."""
    defaut = {
        "p": 1,
        "id_livraison": "mars",
        "organisme": "CAF671",
        "mois": mois(2023, 3),
        "im": im(2023, 3),
        "numero_demande_rsa": "d1",
        "etat_dossier": "5",
        "motif_cloture": "RFD",
    }
    return defaut | valeurs


@pytest.mark.parametrize(("etat", "nombre"), [("5", 1), ("6", 1), ("2", 0), ("3", 0), ("4", 0), ("0", 0)])
def test_une_cloture_est_un_etat_5_ou_6(etat: str, nombre: int) -> None:
    assert len(clotures(fermee(etat_dossier=etat))) == nombre


def test_elle_est_datee_de_sa_date_sinon_du_dernier_jour_du_mois_du_fichier() -> None:
    assert choisir(clotures(fermee(date_cloture=date(2023, 3, 12))), "date_cloture") == [(date(2023, 3, 12),)]
    assert choisir(clotures(fermee()), "date_cloture") == [(date(2023, 3, 31),)]


def test_la_cloture_de_qui_n_est_jamais_candidat_est_connue_aussi() -> None:
    """V2-3 and V3-M3 judge the suivis of whoever is soumis."""
    assert choisir(clotures(fermee(p=2)), "p") == [(2,)]


@pytest.mark.parametrize(
    ("motif", "continuite"), [("MUT", True), ("RGD", True), ("EFF", True), ("RFD", False), (None, False)]
)
def test_mutation_regroupement_et_effacement_ne_radient_pas(motif: str | None, continuite: bool) -> None:
    assert choisir(clotures(fermee(motif_cloture=motif)), "continuite") == [(continuite,)]


def test_seule_une_cloture_sans_continuite_et_non_annulee_est_une_radiation() -> None:
    jour = date(2023, 3, 31)
    cloture = {"p": 1, "im": im(2023, 3), "date_cloture": jour, "continuite": False, "annulee": False}
    donnees = {
        "clotures": [
            cloture,
            cloture | {"im": im(2023, 4)},
            cloture | {"p": 2, "continuite": True},
            cloture | {"p": 3, "annulee": True},
        ]
    }
    radiations = executer("radiations", donnees)
    assert choisir(radiations, "p", "date_rupture", "im_vue") == [(1, jour, im(2023, 3))]


def test_un_fichier_quotidien_ou_remplace_radie_aussi() -> None:
    depot = Depot()
    depot.caf("ferme", mois(2023, 3), [personne("a", etat_dossier="5", motif_cloture="RFD")])
    depot.caf("renvoi", mois(2023, 3), [personne("a", cle_dem="autre")], date(2023, 4, 20))
    depot.caf("q", mois(2023, 5), [personne("a", etat_dossier="6")], date(2023, 5, 13), type_flux="I")
    depot.caf("retour", mois(2023, 7), [personne("a", cle_dem="encore")])
    (p,) = {ligne["p"] for ligne in enchainer("lignes", depot.tables)}
    radiations = enchainer("radiations", depot.tables | {"candidats": [{"p": p, "im": im(2023, 7)}]})
    assert choisir(radiations, "date_rupture") == [(date(2023, 3, 31),), (date(2023, 5, 31),)]


# « If p's row of the same numero_demande_rsa is in état 2, 3 or 4 in the first monthly delivery in force
# created after the closing row's delivery, the closure is annulled »


def suite(*lignes: Ligne, cree_le: datetime = datetime(2023, 5, 5, 12)) -> dict[str, Any]:
    """The monthly delivery in force of April, made after March's."""
    return {
        "livraisons": ({"id_livraison": "avril", "creee_le": cree_le},),
        "en_vigueur": [{"organisme": "CAF671", "im": im(2023, 4), "id_livraison": "avril"}],
        "lignes_en_vigueur": list(lignes),
    }


def rouverte(**valeurs: Any) -> Ligne:
    defaut = {
        "p": 1,
        "organisme": "CAF671",
        "im": im(2023, 4),
        "numero_demande_rsa": "d1",
        "etat_dossier": "2",
    }
    return defaut | valeurs


@pytest.mark.parametrize(
    ("etat", "annulee"), [("2", True), ("3", True), ("4", True), ("0", False), ("5", False)]
)
def test_la_meme_demande_rouverte_dans_le_fichier_suivant_annule_la_cloture(etat: str, annulee: bool) -> None:
    vues = clotures(fermee(), **suite(rouverte(etat_dossier=etat)))
    assert choisir(vues, "annulee") == [(annulee,)]


def test_une_autre_demande_ouverte_n_annule_rien() -> None:
    assert choisir(clotures(fermee(), **suite(rouverte(numero_demande_rsa="d2"))), "annulee") == [(False,)]


def test_un_fichier_cree_avant_la_cloture_n_annule_rien() -> None:
    avant = suite(rouverte(), cree_le=datetime(2023, 4, 5, 11))
    assert choisir(clotures(fermee(), **avant), "annulee") == [(False,)]


def test_seul_le_premier_fichier_suivant_annule() -> None:
    tables = suite()
    tables["livraisons"] += ({"id_livraison": "mai", "creee_le": datetime(2023, 6, 5)},)
    tables["en_vigueur"].append({"organisme": "CAF671", "im": im(2023, 5), "id_livraison": "mai"})
    tables["lignes_en_vigueur"].append(rouverte(im=im(2023, 5)))
    assert choisir(clotures(fermee(), **tables), "annulee") == [(False,)]


# Months of a person


def parcours(*etats: tuple[int, str] | tuple[int, str, dict[str, Any]]) -> list[Ligne]:
    """The known months of the candidate 1: (month, état, else)."""
    situations = [
        {"p": 1, "im": e[0], "mois": mois(0, e[0]), "organisme": "CAF671", "etat_dossier": e[1]}
        | {"inconnue": False, "top_droits_devoirs": True}
        | (e[2] if len(e) > 2 else {})
        for e in etats
    ]
    return executer("parcours", {"candidats": [{"p": 1}], "situations": situations})


def du(debut: int, nombre: int, etat: str, **valeurs: Any) -> list[tuple[int, str, dict[str, Any]]]:
    """``nombre`` months in the same état from ``debut``."""
    return [(debut + rang, etat, valeurs) for rang in range(nombre)]


@pytest.mark.parametrize(
    ("etat", "valeurs", "suspendue"),
    [
        ("3", {}, True),
        ("4", {}, True),
        ("2", {}, False),
        ("0", {}, False),
        ("4", {"motifs_suspension": "05"}, False),
        ("4", {"motifs_suspension": "05", "top_droits_devoirs": False}, True),
        ("4", {"motifs_suspension": "06"}, True),
        ("4", {"motifs_suspension": "05+06"}, True),
        ("3", {"motifs_suspension": "05"}, True),
    ],
)
def test_suspendu_est_etat_3_ou_4_sauf_motif_05_avec_top_1(
    etat: str, valeurs: dict[str, Any], suspendue: bool
) -> None:
    assert choisir(parcours((JANVIER, etat, valeurs)), "suspendue") == [(suspendue,)]


# Sorties


def calendrier(incomplets: tuple[int, ...] = (), non_livres: tuple[int, ...] = ()) -> list[Ligne]:
    return [
        {
            "organisme": "CAF671",
            "im": m,
            "mois": mois(0, m),
            "livre": m not in non_livres,
            "mois_complet": m not in incomplets and m not in non_livres,
        }
        for m in range(JANVIER, JANVIER + 30)
    ]


def absences(vus: list[Ligne], ecartes: tuple[int, ...] = (), **trous: tuple[int, ...]) -> list[Ligne]:
    donnees = {
        "parcours": vus,
        "calendrier_organismes": calendrier(**trous),
        "personnes_ecartees": [{"p": 1, "im": m} for m in ecartes],
    }
    return executer("absences", donnees)


def sorties(vues: list[Ligne], *fermetures: Ligne, regles: Regles | None = None) -> list[tuple[Any, ...]]:
    resultat = executer("sorties", {"absences": vues, "clotures": list(fermetures)}, regles)
    return choisir(resultat, "date_rupture")


def absent(mois_d_absence: int) -> list[Ligne]:
    """Seen in January, and again after that many months."""
    return parcours((JANVIER, "2"), (JANVIER + 1 + mois_d_absence, "2"))


@pytest.mark.parametrize(
    ("combien", "attendu"), [(1, []), (2, [(date(2023, 2, 1),)]), (5, [(date(2023, 2, 1),)])]
)
def test_deux_mois_sans_ligne_font_une_sortie_datee_du_premier(combien: int, attendu: list[Any]) -> None:
    assert sorties(absences(absent(combien))) == attendu


def test_la_duree_d_une_sortie_est_une_regle() -> None:
    assert sorties(absences(absent(2)), regles=Regles(absence_sortie_mois=3)) == []


@pytest.mark.parametrize(("combien", "attendu"), [(2, []), (3, [(date(2023, 2, 1),)])])
def test_apres_une_cloture_de_continuite_il_faut_trois_mois(combien: int, attendu: list[Any]) -> None:
    mutation = {"p": 1, "im": JANVIER, "continuite": True, "annulee": False}
    assert sorties(absences(absent(combien)), mutation) == attendu


def test_une_cloture_de_continuite_annulee_ou_ancienne_ne_demande_rien_de_plus() -> None:
    mutation = {"p": 1, "im": JANVIER, "continuite": True, "annulee": False}
    for sans_effet in (mutation | {"annulee": True}, mutation | {"im": JANVIER - 6}, mutation | {"p": 2}):
        assert sorties(absences(absent(2)), sans_effet) == [(date(2023, 2, 1),)]


def test_un_mois_incomplet_pour_un_indispensable_ne_compte_pas_dans_une_sortie() -> None:
    assert sorties(absences(absent(2), incomplets=(JANVIER + 1,))) == []


def test_un_mois_incomplet_n_interrompt_pas_non_plus_l_absence() -> None:
    assert sorties(absences(absent(3), incomplets=(JANVIER + 2,))) == [(date(2023, 2, 1),)]


def test_une_sortie_est_datee_du_premier_de_ces_mois_complets() -> None:
    assert sorties(absences(absent(3), incomplets=(JANVIER + 1,))) == [(date(2023, 3, 1),)]


def test_un_mois_inconnu_ni_n_interrompt_ni_n_allonge() -> None:
    assert sorties(absences(absent(2), non_livres=(JANVIER + 1,))) == []
    assert sorties(absences(absent(2), ecartes=(JANVIER + 1,))) == []
    assert sorties(absences(absent(3), ecartes=(JANVIER + 2,))) == [(date(2023, 2, 1),)]


def test_un_top_manquant_au_milieu_de_l_absence_ne_l_interrompt_pas() -> None:
    vus = parcours((JANVIER, "2"), (JANVIER + 2, "2", {"inconnue": True}), (JANVIER + 4, "2"))
    assert sorties(absences(vus)) == [(date(2023, 2, 1),)]


def test_deux_absences_d_un_mois_ne_font_pas_une_sortie() -> None:
    assert sorties(absences(parcours((JANVIER, "2"), (JANVIER + 2, "2"), (JANVIER + 4, "2")))) == []


def test_deux_absences_separees_font_deux_sorties() -> None:
    vues = absences(parcours((JANVIER, "2"), (JANVIER + 3, "2"), (JANVIER + 6, "2")))
    assert sorties(vues) == [(date(2023, 2, 1),), (date(2023, 5, 1),)]


# Suspensions longues


def suspensions(
    vus: list[Ligne], regles: Regles | None = None, **trous: tuple[int, ...]
) -> list[tuple[Any, ...]]:
    """(date, M that ends it) of the long suspensions of the person 1."""
    vues = absences(vus, **trous)
    periodes = executer("periodes_suspension", {"parcours": vus, "absences": vues})
    longues = executer("suspensions_longues", {"parcours": vus, "periodes_suspension": periodes}, regles)
    return choisir(longues, "date_rupture", "im_fin")


FEVRIER_2024 = im(2024, 2)


def test_suspendu_depuis_exactement_douze_mois_n_est_pas_plus_de_douze_mois() -> None:
    depuis = date(2023, 2, 1)
    vus = parcours(*du(im(2023, 2), 12, "4", date_suspension=depuis), (FEVRIER_2024, "2"))
    assert suspensions(vus) == []


def test_suspendu_depuis_treize_mois_est_une_suspension_longue() -> None:
    depuis = date(2023, 1, 1)
    vus = parcours(*du(im(2023, 1), 13, "4", date_suspension=depuis), (FEVRIER_2024, "2"))
    assert suspensions(vus) == [(depuis, FEVRIER_2024)]


def test_un_jour_au_dela_de_douze_mois_suffit() -> None:
    depuis = date(2023, 1, 31)
    vus = parcours(*du(im(2023, 1), 13, "4", date_suspension=depuis), (FEVRIER_2024, "2"))
    assert suspensions(vus) == [(depuis, FEVRIER_2024)]


def test_sans_date_elle_commence_au_premier_mois_qui_la_montre() -> None:
    assert suspensions(parcours(*du(im(2023, 2), 12, "4"), (FEVRIER_2024, "2"))) == []
    assert suspensions(parcours(*du(im(2023, 1), 13, "3"), (FEVRIER_2024, "2"))) == [
        (date(2023, 1, 1), FEVRIER_2024)
    ]


def test_une_date_anterieure_au_premier_fichier_compte_si_le_premier_mois_la_montre() -> None:
    depuis = date(2022, 10, 15)
    vus = parcours(*du(im(2023, 6), 8, "4", date_suspension=depuis), (FEVRIER_2024, "2"))
    assert suspensions(vus) == [(depuis, FEVRIER_2024)]


def test_une_suspension_interrompue_par_un_droit_repart_de_zero() -> None:
    depuis = date(2022, 10, 1)
    vus = parcours(
        *du(JANVIER, 6, "4", date_suspension=depuis),
        (JANVIER + 6, "2"),
        *du(JANVIER + 7, 6, "4", date_suspension=depuis),
        (FEVRIER_2024, "2"),
    )
    assert suspensions(vus) == []


def test_une_absence_interrompt_aussi_la_suspension() -> None:
    vus = parcours(*du(JANVIER, 6, "4"), *du(JANVIER + 7, 6, "4"), (FEVRIER_2024, "2"))
    assert suspensions(vus) == []


def test_un_mois_inconnu_n_interrompt_pas_la_suspension() -> None:
    vus = parcours(*du(JANVIER, 6, "4"), *du(JANVIER + 7, 6, "4"), (FEVRIER_2024, "2"))
    assert suspensions(vus, non_livres=(JANVIER + 6,)) == [(date(2023, 1, 1), FEVRIER_2024)]


def test_sa_duree_est_une_regle() -> None:
    depuis = date(2023, 6, 1)
    vus = parcours(*du(im(2023, 6), 8, "4", date_suspension=depuis), (FEVRIER_2024, "2"))
    assert suspensions(vus) == []
    assert suspensions(vus, Regles(suspension_mois=6)) == [(depuis, FEVRIER_2024)]


def test_un_motif_05_avec_top_1_n_est_pas_une_suspension() -> None:
    vus = parcours(*du(JANVIER, 13, "4", motifs_suspension="05"), (FEVRIER_2024, "2"))
    assert suspensions(vus) == []


def test_une_suspension_encore_en_cours_n_est_pas_finie() -> None:
    assert suspensions(parcours(*du(JANVIER, 20, "4"))) == []


def test_une_longue_suspension_du_passe_reste_dite_a_sa_fin() -> None:
    vus = parcours(*du(JANVIER, 14, "4"), (JANVIER + 14, "2"), (JANVIER + 15, "4"), (JANVIER + 16, "2"))
    assert suspensions(vus) == [(date(2023, 1, 1), JANVIER + 14)]


def test_des_etats_3_et_4_qui_se_suivent_font_une_seule_suspension() -> None:
    vus = parcours(*du(JANVIER, 6, "3"), *du(JANVIER + 6, 7, "4"), (FEVRIER_2024, "2"))
    assert suspensions(vus) == [(date(2023, 1, 1), FEVRIER_2024)]


def test_la_date_retenue_est_celle_de_la_ligne_du_dernier_mois() -> None:
    vus = parcours(
        *du(JANVIER, 6, "4", date_suspension=date(2023, 1, 10)),
        *du(JANVIER + 6, 7, "4", date_suspension=date(2023, 7, 3)),
        (FEVRIER_2024, "2"),
    )
    assert suspensions(vus) == []


# All three together


def test_les_trois_ruptures_se_lisent_dans_une_table() -> None:
    donnees = {
        "radiations": [{"p": 1, "date_rupture": date(2023, 3, 12), "im_vue": im(2023, 4)}],
        "sorties": [{"p": 2, "date_rupture": date(2023, 2, 1), "im_apres": im(2023, 5)}],
        "suspensions_longues": [{"p": 3, "date_rupture": date(2022, 10, 5), "im_fin": im(2024, 2)}],
    }
    ruptures = executer("ruptures", donnees)
    assert choisir(ruptures, "p", "nature", "date_rupture") == [
        (1, "radiation", date(2023, 3, 12)),
        (2, "sortie", date(2023, 2, 1)),
        (3, "suspension_longue", date(2022, 10, 5)),
    ]
