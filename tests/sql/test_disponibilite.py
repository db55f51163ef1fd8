"""Whether a figure can be given, and what it is worth: missing tables and columns, calendar, freshness,
statut, declared values (3-rules § 3.2 to 3.4, 6-catalogue: reasons for ND)."""

from datetime import date
from typing import Any

import pytest

from tests.sql.atelier import choisir, executer
from tests.sql.depot import Ligne, mois

MARS = mois(2024, 3)
TERRITOIRES = [{"territoire": t} for t in ("67", "68", "TOTAL")]
CAP = date(2024, 3, 1)


def emetteur(source: str, territoire: str, nom: str = "principal", **service: Any) -> Ligne:
    return {"source": source, "emetteur": nom, "territoire": territoire} | service


def service(*emetteurs: Ligne, attendus: tuple[Ligne, ...] = ()) -> list[Ligne]:
    donnees = {"territoires": TERRITOIRES, "config_emetteurs": list(emetteurs), "attendus": list(attendus)}
    return executer("emetteurs_tables", donnees)


# emetteurs_tables, tables_recues


def test_le_total_est_servi_par_tous_et_un_territoire_par_les_siens() -> None:
    vus = service(emetteur("contrats", "67", "nord"), emetteur("contrats", "68", "sud"))
    assert choisir(vus, "territoire", "emetteur") == [
        ("67", "nord"), ("68", "sud"), ("TOTAL", "nord"), ("TOTAL", "sud")
    ]  # fmt: skip


def test_les_beneficiaires_sont_dus_par_les_organismes_indispensables() -> None:
    attendus = [
        {"territoire": "67", "organisme": o, "indispensable": i}
        for o, i in (("CAF671", True), ("MSA680", False))
    ]
    vus = service(emetteur("beneficiaires", "67"), attendus=tuple(attendus))
    assert choisir(vus, "source", "emetteur") == [("beneficiaires", "CAF671")]


def test_un_fichier_de_france_travail_ou_de_la_caf_a_aussi_qui_le_livre() -> None:
    donnees = {
        "fichiers_retenus": [{"source": "contrats", "emetteur": "principal", "id_livraison": "c"}],
        "livraisons_recues": [{"source": "france_travail", "id_livraison": "f"}],
        "config_emetteurs": [emetteur("france_travail", t, "FT") for t in ("67", "68")],
        "receptions_caf": [{"organisme": "CAF671", "id_livraison": "b"}],
    }
    vus = executer("tables_recues", donnees)
    assert choisir(vus, "source", "emetteur", "id_livraison") == [
        ("beneficiaires", "CAF671", "b"),
        ("contrats", "principal", "c"),
        ("france_travail", "FT", "f"),
    ]


# sources_absentes


def sources(*recus: str, emetteurs: list[Ligne]) -> list[tuple[Any, ...]]:
    """(month, territoire) that lack the table contrats, in February and March."""
    donnees = {
        "periodes_mois": [{"mois": mois(2024, r)} for r in (2, 3)],
        "territoires": TERRITOIRES,
        "emetteurs_tables": service(*emetteurs),
        "tables_recues": [{"source": "contrats", "emetteur": e} for e in recus],
        "catalogue_besoins": [{"besoin": "contrats", "sorte": "table"}],
    }
    return [(m.month, t) for m, t in choisir(executer("sources_absentes", donnees), "mois", "territoire")]


def test_une_table_jamais_livree_manque_a_tous() -> None:
    partout = sorted((m, t) for m in (2, 3) for t in ("67", "68", "TOTAL"))
    assert sorted(sources(emetteurs=[emetteur("contrats", "67"), emetteur("contrats", "68")])) == partout


def test_un_territoire_sans_sa_table_en_prive_le_total_mais_pas_l_autre_territoire() -> None:
    nord_et_sud = [emetteur("contrats", "67", "nord"), emetteur("contrats", "68", "sud")]
    assert sorted(sources("nord", emetteurs=nord_et_sud)) == [
        (2, "68"),
        (2, "TOTAL"),
        (3, "68"),
        (3, "TOTAL"),
    ]


def test_un_emetteur_ne_doit_rien_hors_de_son_service_mais_quelqu_un_doit_servir() -> None:
    ancien = [emetteur("contrats", t, "ancien", fin=date(2024, 2, 29)) for t in ("67", "68")]
    assert sorted(sources("ancien", emetteurs=ancien)) == [(3, t) for t in ("67", "68", "TOTAL")]
    neuf = [emetteur("contrats", t, "neuf", debut=CAP) for t in ("67", "68")]
    assert sources("ancien", "neuf", emetteurs=ancien + neuf) == []


# colonnes_absentes


def colonnes(besoin: str, emetteurs: list[Ligne], **donnees: str) -> list[tuple[Any, ...]]:
    """(month, territoire) that lack the column, given what each émetteur's files bear."""
    source = besoin.split(".")[0]
    tables = {
        "periodes_mois": [{"mois": mois(2024, r)} for r in (2, 3)],
        "emetteurs_tables": emetteurs,
        "tables_recues": [
            {"source": source, "emetteur": e, "id_livraison": e, "date_reception": CAP} for e in donnees
        ],
        "entree_colonnes": [
            {"id_livraison": e, "colonne": c} for e, cs in donnees.items() for c in cs.split()
        ],
        "catalogue_besoins": [{"besoin": besoin, "sorte": "colonne"}],
    }
    return sorted(
        (m.month, t) for m, t in choisir(executer("colonnes_absentes", tables), "mois", "territoire")
    )


UN_EMETTEUR = service(emetteur("orientations", "67", "a"))


def test_une_colonne_que_l_emetteur_n_a_jamais_donnee_manque_chaque_mois() -> None:
    partout = [(m, t) for m in (2, 3) for t in ("67", "TOTAL")]
    assert colonnes("orientations.statut", UN_EMETTEUR, a="type_parcours") == partout
    assert colonnes("orientations.statut", UN_EMETTEUR, a="type_parcours statut") == []


def test_de_deux_colonnes_possibles_une_seule_suffit() -> None:
    notification = "orientations.date_envoi_courrier|date_designation_referent"
    assert colonnes(notification, UN_EMETTEUR, a="date_designation_referent") == []
    assert len(colonnes(notification, UN_EMETTEUR, a="date_decision")) == 4


def test_qui_n_a_rien_livre_ne_manque_d_aucune_colonne_c_est_la_table_qui_manque() -> None:
    assert colonnes("orientations.statut", UN_EMETTEUR) == []


def test_l_ancien_systeme_sans_la_colonne_n_en_prive_pas_les_mois_du_nouveau() -> None:
    l_un_puis_l_autre = service(
        emetteur("orientations", "67", "ancien", fin=date(2024, 2, 29)),
        emetteur("orientations", "67", "neuf", debut=CAP),
    )
    vus = colonnes("orientations.statut", l_un_puis_l_autre, ancien="type_parcours", neuf="statut")
    assert vus == [(2, "67"), (2, "TOTAL")]


def test_une_colonne_des_beneficiaires_est_due_par_chaque_organisme() -> None:
    attendus = tuple({"territoire": t, "organisme": "CAF671", "indispensable": True} for t in ("67", "TOTAL"))
    vus = colonnes("beneficiaires.sexe", service(attendus=attendus), CAF671="role")
    assert vus == [(2, "67"), (2, "TOTAL"), (3, "67"), (3, "TOTAL")]


def releves(besoin: str, mode: str, **donnees: str) -> list[tuple[Any, ...]]:
    """(month, column) that lacks in January and February, given the columns of the relevés of one émetteur:
    ``r`` and their day of 2024."""
    source = besoin.split(".")[0]
    tables = {
        "periodes_mois": [{"mois": mois(2024, r)} for r in (1, 2)],
        "emetteurs_tables": [
            ligne for ligne in service(emetteur(source, "67", "a")) if ligne["territoire"] == "67"
        ],
        "tables_recues": [
            {
                "source": source,
                "emetteur": "a",
                "id_livraison": r,
                "date_reception": date(2024, int(r[1:3]), int(r[3:])),
                "mode": mode,
            }
            for r in donnees
        ],
        "entree_colonnes": [
            {"id_livraison": r, "colonne": c} for r, cs in donnees.items() for c in cs.split()
        ],
        "catalogue_besoins": [{"besoin": besoin, "sorte": "colonne"}],
    }
    vus = executer("colonnes_absentes", tables)
    return sorted((m.month, colonne) for m, colonne in choisir(vus, "mois", "colonne"))


def test_une_colonne_que_le_dernier_stock_n_a_plus_manque_partout() -> None:
    """Its rows are all that is known: every contract would be in force for ever (S-2)."""
    partout = [(m, "contrats.date_fin") for m in (1, 2)]
    assert releves("contrats.date_fin", "stock", r0210="rang date_fin", r0310="rang") == partout
    assert releves("contrats.date_fin", "stock", r0210="rang", r0310="rang date_fin") == []


def test_de_deux_dates_que_l_emetteur_donnait_en_perdre_une_se_dit() -> None:
    """The letters are no longer exported: V2-2 would count the référents only, and call the rest late."""
    notification = "orientations.date_envoi_courrier|date_designation_referent"
    deux = "date_envoi_courrier date_designation_referent"
    sans_courrier = releves(notification, "stock", r0210=deux, r0310="date_designation_referent")
    assert sans_courrier == [(m, "orientations.date_envoi_courrier") for m in (1, 2)]
    sans_referent = releves(notification, "stock", r0210=deux, r0310="date_envoi_courrier")
    assert sans_referent == [(m, "orientations.date_designation_referent") for m in (1, 2)]
    assert releves(notification, "stock", r0210="date_envoi_courrier", r0310=deux) == []


def test_un_flux_dit_ses_colonnes_mois_par_mois() -> None:
    """A file without the hours takes no other month's away; a later one with them does not give them back."""
    heures = "prestations.duree_heures"
    assert releves(heures, "flux", r0210="type duree_heures", r0310="type") == [(2, heures)]
    assert releves(heures, "flux", r0210="type", r0310="type duree_heures") == [(1, heures)]
    assert releves(heures, "flux", r0115="type duree_heures") == []


# besoins_absents


def absents(tables: tuple[str, ...] = (), colonnes_absentes: tuple[str, ...] = ()) -> str | None:
    """The reason of a figure that needs contrats and prestations, and a column of each."""
    besoins = ["contrats", "contrats.date_fin|rang", "prestations", "prestations.mode"]
    donnees = {
        "catalogue_besoins": [{"profil": "p", "rang": n, "besoin": b} for n, b in enumerate(besoins)],
        "sources_absentes": [{"mois": MARS, "territoire": "67", "table_lue": t} for t in tables],
        "colonnes_absentes": [
            {"mois": MARS, "territoire": "67", "besoin": b, "colonne": b.split("|")[0]}
            for b in colonnes_absentes
        ],
    }
    vus = executer("besoins_absents", donnees)
    return vus[0]["motif_nd"] if vus else None


def test_la_premiere_table_absente_donne_le_motif_avant_toute_colonne() -> None:
    assert absents() is None
    assert absents(("prestations", "contrats"), ("contrats.date_fin|rang",)) == "source_absente: contrats"
    assert absents(("prestations",), ("contrats.date_fin|rang",)) == "source_absente: prestations"
    assert absents((), ("prestations.mode", "contrats.date_fin|rang")) == "colonne_absente: contrats.date_fin"
    assert absents(("diagnostics",)) is None


# motifs_nd


def motif(*besoins: str, territoire: str = "67", **donnees: list[Ligne]) -> str | None:
    """Why a figure of March 2024 with these needs is not available."""
    completude = {"mois": MARS, "territoire": territoire, "calculable": True, "facultatif_manquant": False}
    tables = {
        "periodes_mois": [{"mois": MARS}],
        "territoires": [{"territoire": territoire}],
        "catalogue_besoins": [{"profil": "p", "rang": n, "besoin": b} for n, b in enumerate(besoins)],
        "completude": [completude | {"orientations_en_retard": False}],
    }
    (ligne,) = executer("motifs_nd", tables | donnees)
    return ligne["motif_nd"]


MANQUE_M_MOINS_1 = {
    "completude": [{"mois": MARS, "territoire": "67", "calculable": False, "motif_nd": "m-1"}]
}
MANQUE_M = {"manques": [{"mois": MARS, "territoire": "67", "organisme": o, "indispensable": i} for o, i in
                        (("CAF671", True), ("AAA", False))]}  # fmt: skip


def test_un_chiffre_du_mois_seul_se_passe_du_mois_precedent() -> None:
    assert motif("calculable", **MANQUE_M_MOINS_1) == motif("entrants", **MANQUE_M_MOINS_1) == "m-1"
    assert motif("complet", **MANQUE_M_MOINS_1) is None


def test_un_stock_est_nd_quand_un_organisme_indispensable_n_a_pas_livre_le_mois() -> None:
    assert motif("complet", **MANQUE_M) == "livraison_manquante: CAF671 2024-03"


def test_une_table_absente_se_dit_apres_le_calendrier() -> None:
    absente = {"besoins_absents": [{"profil": "p", "mois": MARS, "territoire": "67", "motif_nd": "absente"}]}
    assert motif("complet", "contrats", **absente) == "absente"
    assert motif("complet", "contrats", **absente, **MANQUE_M) == "livraison_manquante: CAF671 2024-03"


def test_ce_qui_n_a_pas_de_territoire_est_sans_objet_hors_du_total() -> None:
    assert motif("total_seulement", "volet1") == "sans_objet"
    assert motif("total_seulement", "volet1", territoire="TOTAL") is None


def test_la_suite_a_12_mois_demande_que_m_plus_12_soit_calculable() -> None:
    suite = {"mois": mois(2025, 3), "territoire": "67"}
    avec = {"completude": [{"mois": MARS, "territoire": "67", "calculable": True}]}
    assert motif("complet", "suite_12_mois") == "historique_insuffisant"
    avec["completude"].append(suite | {"calculable": False})
    assert motif("complet", "suite_12_mois", **avec) == "historique_insuffisant"
    avec["completude"][1]["calculable"] = True
    assert motif("complet", "suite_12_mois", **avec) is None


def test_un_mois_jamais_livre_est_nd_meme_pour_un_chiffre_du_mois_seul() -> None:
    jamais = {
        "manques_hors_calendrier": [
            {"mois": MARS, "territoire": "67", "motif_nd": "m-1", "motif_nd_mois": "m"}
        ],
        "completude": [],
    }
    assert motif("complet", **jamais) == "m"
    assert motif("calculable", **jamais) == motif("entrants", **jamais) == "m-1"
    assert motif("orientations", **jamais) is None


@pytest.mark.parametrize(
    ("besoin", "constat", "provisoire"),
    [
        ("calculable", {"facultatif_manquant": True}, True),  # in M or M−1
        ("complet", {"facultatif_manquant": True}, False),
        ("complet", {"hors": "MSA680 (12 personnes)"}, True),  # in M
        ("entrants", {"orientations_en_retard": True}, True),
        ("complet", {"orientations_en_retard": True}, False),
        ("satisfaction", {"facultatif_manquant": True, "hors": "MSA680 (12 personnes)"}, False),
    ],
)
def test_un_organisme_facultatif_absent_ou_des_orientations_en_retard_rendent_provisoire(
    besoin: str, constat: Ligne, provisoire: bool
) -> None:
    completude = {"mois": MARS, "territoire": "67", "calculable": True} | constat
    tables = {
        "periodes_mois": [{"mois": MARS}],
        "territoires": [{"territoire": "67"}],
        "catalogue_besoins": [{"profil": "p", "rang": 0, "besoin": besoin}],
        "completude": [completude],
    }
    assert choisir(executer("motifs_nd", tables), "provisoire") == [(provisoire,)]


def test_ce_qui_lit_une_table_en_retard_est_provisoire_et_rien_d_autre() -> None:
    tables = {
        "periodes_mois": [{"mois": MARS}],
        "territoires": [{"territoire": "67"}],
        "catalogue_besoins": [{"profil": p, "rang": 0, "besoin": p} for p in ("contrats", "diagnostics")],
        "besoins_en_retard": [{"mois": MARS, "territoire": "67", "profil": "contrats"}],
    }
    vus = choisir(executer("motifs_nd", tables), "profil", "provisoire")
    assert sorted(vus) == [("contrats", True), ("diagnostics", False)]


def test_une_sortie_a_12_mois_est_provisoire_quand_la_msa_manque_en_m_plus_12() -> None:
    """Those whom the MSA last showed are left aside: its late file would bring them back (S-1)."""
    suite = {"mois": mois(2025, 3), "territoire": "67", "calculable": True, "hors": "MSA680 (12 personnes)"}
    tables = {
        "periodes_mois": [{"mois": MARS}],
        "territoires": [{"territoire": "67"}],
        "catalogue_besoins": [
            {"profil": p, "rang": n, "besoin": b}
            for p, besoins in (("S-1", ("complet", "suite_12_mois")), ("stock", ("complet",)))
            for n, b in enumerate(besoins)
        ],
        "completude": [{"mois": MARS, "territoire": "67", "calculable": True}, suite],
    }
    vus = choisir(executer("motifs_nd", tables), "profil", "provisoire")
    assert sorted(vus) == [("S-1", True), ("stock", False)]


# fraicheurs


def fraicheur(*besoins: str, **receptions: date) -> date:
    """Up to when what a figure of the 67 reads is known; orientations up to 10 May, arrete_au 31 December."""
    donnees = {
        "territoires": [{"territoire": "67"}],
        "observation": [{"territoire": "67", "date_observation": date(2024, 5, 10)}],
        "catalogue_besoins": [{"profil": "p", "rang": n, "besoin": b} for n, b in enumerate(besoins)],
        "emetteurs_tables": service(*(emetteur("contrats", "67", e) for e in receptions)),
        "tables_recues": [
            {"source": "contrats", "emetteur": e, "date_reception": jour} for e, jour in receptions.items()
        ],
    }
    (ligne,) = executer("fraicheurs", donnees)
    return ligne["date_observation"]


def test_on_observe_jusqu_a_la_moins_recente_des_tables_lues() -> None:
    assert fraicheur("complet") == date(2024, 12, 31)
    assert fraicheur("entrants") == fraicheur("complet", "orientations") == date(2024, 5, 10)
    assert fraicheur("entrants", "contrats", nord=date(2024, 4, 1)) == date(2024, 4, 1)
    assert fraicheur("complet", "contrats", nord=date(2024, 4, 1), sud=date(2024, 6, 1)) == date(2024, 4, 1)
    assert fraicheur("complet", "contrats", nord=date(2025, 4, 1)) == date(2024, 12, 31)


def test_ce_qui_est_declare_une_fois_est_connu_jusqu_a_arrete_au_une_enquete_non() -> None:
    """volet1 says a year once for all; the answers of December may come in January (V3-M6)."""
    recue = {"emetteur": "a", "date_reception": date(2024, 4, 1)}
    donnees = {
        "territoires": [{"territoire": "TOTAL"}],
        "catalogue_besoins": [
            {"profil": p, "rang": n, "besoin": b}
            for p in ("volet1", "satisfaction")
            for n, b in enumerate(("total_seulement", p))
        ],
        "emetteurs_tables": [
            ligne
            for table in ("volet1", "satisfaction")
            for ligne in service(emetteur(table, "67", "a"))
            if ligne["territoire"] == "TOTAL"
        ],
        "tables_recues": [recue | {"source": table} for table in ("volet1", "satisfaction")],
    }
    assert sorted(choisir(executer("fraicheurs", donnees), "profil", "date_observation")) == [
        ("satisfaction", date(2024, 4, 1)),
        ("volet1", date(2024, 12, 31)),
    ]


# besoins_en_retard


@pytest.mark.parametrize(
    ("dernier", "en_retard"),
    [
        (
            date(2024, 3, 10),
            [3],
        ),  # the old system's March was never received, whatever the new one says since
        (date(2024, 3, 20), []),
        (date(2024, 2, 10), [2, 3]),
    ],
)
def test_un_systeme_remplace_sans_dernier_releve_laisse_ses_mois_provisoires(
    dernier: date, en_retard: list[int]
) -> None:
    l_un_puis_l_autre = service(
        emetteur("contrats", "67", "ancien", fin=date(2024, 3, 15)),
        emetteur("contrats", "67", "neuf", debut=date(2024, 3, 16)),
    )
    donnees = {
        "periodes_mois": [{"mois": mois(2024, r)} for r in (1, 2, 3, 4)],
        "emetteurs_tables": [ligne for ligne in l_un_puis_l_autre if ligne["territoire"] == "67"],
        "tables_recues": [
            {"source": "contrats", "emetteur": "ancien", "date_reception": dernier},
            {"source": "contrats", "emetteur": "neuf", "date_reception": date(2024, 5, 2)},
        ],
        "catalogue_besoins": [{"profil": p, "besoin": p} for p in ("contrats", "diagnostics")],
    }
    assert [m.month for (m,) in choisir(executer("besoins_en_retard", donnees), "mois")] == en_retard


# etats_periodes


def etat(observation: date, recul: int = 0, **periode: Any) -> tuple[Any, ...]:
    """(statut, mois_calculables, motif_nd) of the first quarter of 2024, all of it available unless said."""
    profil = {"profil": "p", "dernier_mois": periode.pop("dernier_mois", False), "recul_jours": recul}
    trimestre = {
        "type_periode": "trimestre",
        "periode": "2024-T1",
        "debut": date(2024, 1, 1),
        "fin": date(2024, 3, 31),
    }
    donnees = {
        "periodes_mois": [trimestre | {"mois": mois(2024, r)} for r in (1, 2, 3)],
        "catalogue_profils": [profil],
        "catalogue_besoins": [{"profil": "p", "rang": 0, "besoin": periode.pop("besoin", "complet")}],
        "motifs_nd": [
            {"profil": "p", "mois": mois(2024, r), "territoire": "67", "provisoire": False}
            | {"motif_nd": periode.get(f"m{r}")}
            for r in (1, 2, 3)
        ],
        "fraicheurs": [{"profil": "p", "territoire": "67", "date_observation": observation}],
        "entrees_par_territoire": periode.pop("entrees", []),
    }
    (ligne,) = executer("etats_periodes", donnees)
    return ligne["statut"], ligne["mois_calculables"], ligne["motif_nd"]


@pytest.mark.parametrize(
    ("observation", "recul", "statut"),
    [
        (date(2024, 5, 14), 0, "provisoire"),
        (date(2024, 5, 15), 0, "stabilise"),  # 31 March + 15 + 30 days
        (date(2024, 5, 28), 14, "provisoire"),
        (date(2024, 5, 29), 14, "stabilise"),
    ],
)
def test_un_chiffre_est_stabilise_45_jours_apres_la_periode_et_son_recul(
    observation: date, recul: int, statut: str
) -> None:
    assert etat(observation, recul) == (statut, 3, None)


def test_un_chiffre_d_entrants_attend_45_jours_apres_le_dernier_t0() -> None:
    entrees = [{"mois": MARS, "territoire": "67", "date_reception_t0": date(2024, 4, 5)}]
    assert etat(date(2024, 5, 19), besoin="entrants", entrees=entrees)[0] == "provisoire"
    assert etat(date(2024, 5, 20), besoin="entrants", entrees=entrees)[0] == "stabilise"
    assert etat(date(2024, 5, 19), besoin="complet", entrees=entrees)[0] == "stabilise"


def test_une_somme_dont_un_mois_manque_est_partielle_un_stock_ne_lit_que_le_dernier() -> None:
    fini = date(2025, 1, 1)
    assert etat(fini, m2="x", m3="y") == ("partiel", 1, "x")
    assert etat(fini, m1="x", m2="y", m3="z") == ("ND", 0, "x")
    assert etat(fini, dernier_mois=True, m1="x", m2="y") == ("stabilise", 1, None)
    assert etat(fini, dernier_mois=True, m3="z") == ("ND", 0, "z")


# cellules, chiffres


def cellule(au: str | None = None, type_periode: str = "annee", **etat_periode: Any) -> tuple[Any, ...]:
    """(statut, motif_nd) of a figure that has a sense for a year."""
    fin = etat_periode.pop("fin", date(2024, 12, 31))
    etat_ = {"profil": "p", "type_periode": type_periode, "periode": "x", "fin": fin, "statut": "stabilise"}
    donnees = {
        "mesures_publiees": [{"code": "X", "axe": "", "modalite": "", "mesure": "nombre", "profil": "p"}],
        "etats_periodes": [etat_ | etat_periode],
        "catalogue_periodes": [{"code": "X", "type_periode": t} for t in ("annee", "jalon")],
        "catalogue_indicateurs": [{"code": "X", "au": au}],
    }
    (ligne,) = executer("cellules", donnees)
    return ligne["statut"], ligne["motif_nd"]


def test_une_periode_ou_l_indicateur_n_a_pas_de_sens_est_sans_objet() -> None:
    assert cellule() == ("stabilise", None)
    assert cellule(type_periode="mois") == ("ND", "sans_objet")
    assert cellule(statut="ND", motif_nd="absent") == ("ND", "absent")


def test_v2_3_ne_se_lit_qu_au_31_decembre_jalon_ou_annee() -> None:
    assert cellule("12-31") == cellule("12-31", "jalon") == ("stabilise", None)
    assert cellule("12-31", "jalon", fin=date(2024, 12, 30)) == ("ND", "sans_objet")


def chiffre(nature: str, statut: str = "stabilise", **valeur: Any) -> tuple[Any, ...]:
    """(nombre, statut, motif_nd) of a cell that needs contrats and contrats.rang."""
    cle = {"code": "X", "axe": "", "modalite": "", "mesure": "m", "periode": "2024", "territoire": "67"}
    cle |= {"type_periode": "annee"}
    donnees = {
        "cellules": [cle | {"nature": nature, "profil": "p", "statut": statut, "a_un_sens": True}],
        "valeurs_periodes": [cle | valeur] if valeur else [],
        "catalogue_besoins": [
            {"profil": "p", "rang": n, "besoin": b, "sorte": s}
            for n, (b, s) in enumerate((("contrats", "table"), ("contrats.rang", "colonne")))
        ],
    }
    (ligne,) = executer("chiffres", donnees)
    return ligne["nombre"], ligne["statut"], ligne["motif_nd"]


@pytest.mark.parametrize("nature", ["somme", "stock", "distincte"])
def test_rien_compte_la_ou_tout_est_disponible_fait_zero(nature: str) -> None:
    assert chiffre(nature) == (0, "stabilise", None)
    assert chiffre(nature, valeur=3) == (3, "stabilise", None)
    assert chiffre(nature, "ND", valeur=3)[0] is None


@pytest.mark.parametrize("nature", ["taux", "taux_stock", "directe"])
def test_un_taux_de_personne_ou_une_mediane_de_rien_sont_vides_et_non_zero(nature: str) -> None:
    assert chiffre(nature) == (None, "stabilise", None)


def test_une_declaration_qui_n_a_pas_ete_faite_est_nd_et_dit_quoi() -> None:
    assert chiffre("declaree") == (None, "ND", "source_absente: contrats")
    assert chiffre("declaree", valeur=None) == (None, "ND", "colonne_absente: contrats.rang")
    assert chiffre("declaree", valeur=0) == (0, "stabilise", None)


# mesures_publiees


def test_une_modalite_relevee_dans_les_donnees_a_chacune_sa_mesure() -> None:
    mesures = [
        {"code": "FA-4", "axe": axe, "modalite": m, "mesure": "nombre"}
        for axe, m in (("", ""), ("code_action", "*"), ("parcours", "*"))
    ]
    donnees = {
        "catalogue_mesures": mesures,
        "participations_connues": [{"code_action": a} for a in ("A1", "A1", None)],
        "parcours_connus": [],
    }
    vus = executer("mesures_publiees", donnees)
    assert choisir(vus, "axe", "modalite") == [("", ""), ("code_action", "A1"), ("code_action", "inconnu")]


# phrases_declarees


def phrases(**donnees: list[Ligne]) -> list[tuple[Any, ...]]:
    """What is said under V1-1 and C-3 of the year 2024."""
    an = {"type_periode": "annee", "periode": "2024", "debut": date(2024, 1, 1), "fin": date(2024, 12, 31)}
    chiffres = [
        an | {"code": c, "territoire": "TOTAL", "tete": True, "statut": "stabilise"} for c in ("C-3", "V1-1")
    ]
    vus = executer("phrases_declarees", {"chiffres": chiffres} | donnees)
    return choisir(vus, "code", "texte", "nombre")


DECLAREE = {"code": "C-3", "type_periode": "annee", "periode": "2024", "territoire": "TOTAL"}


def test_une_valeur_declaree_est_dite_a_part_avec_sa_methode_et_sa_source() -> None:
    vus = phrases(
        declarations_connues=[DECLAREE | {"valeur": 4465, "methode": "comptage", "source": "bilan 2023"}]
    )
    assert vus == [("C-3", "Déclaré, non recalculé : {n} (comptage ; bilan 2023).", 4465)]
    assert phrases(declarations_connues=[DECLAREE | {"valeur": 0.62}]) == [
        ("C-3", "Déclaré, non recalculé : 0,62.", None)
    ]


def test_un_commentaire_est_dit_sous_les_chiffres_qu_il_couvre() -> None:
    def codes(**commentaire: Any) -> list[str]:
        vus = phrases(commentaires_connus=[{"texte": "Grève", "code": "*"} | commentaire])
        return [v[0] for v in vus]

    assert codes(debut=date(2024, 12, 31)) == ["C-3", "V1-1"]
    assert codes(debut=date(2024, 12, 31), code="C-3") == ["C-3"]
    assert codes(debut=date(2023, 1, 1), fin=date(2023, 12, 31)) == []
    assert codes(fin=date(2024, 1, 1)) == ["C-3", "V1-1"]  # since always
    assert codes(debut=date(2024, 1, 1), territoire="67") == []


def test_le_rattachement_de_la_chefferie_est_dit_sous_v1_1() -> None:
    assert phrases(moyens_connus=[{"annee": "2024", "rattachement": "DGA"}, {"annee": "2023"}]) == [
        ("V1-1", "Rattachement : DGA.", None)
    ]
