"""The contract of a lot: what is read, read as missing, set aside or told."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from contracts.tables import TABLES
from pipelines.erreurs import ErreurUsage
from pipelines.reception.controle import Controle, colonnes_lignes, controler

RECU = date(2024, 3, 5)
PERSONNE = {"nir": "1850367123456", "prenom": "Zoé", "date_naissance": "17/03/1985"}
BENEFICIAIRE = PERSONNE | {
    "organisme": "CAF",
    "numero_organisme": "671",
    "mois_reference": "2024-02",
    "matricule": "208956400000000",
    "numero_demande_rsa": "1024041052",
    "role": "DEM",
    "etat_dossier": "2",
    "top_droits_devoirs": "1",
    "code_commune": "67482",
    "date_demande": "08/02/2024",
}
ORIENTATION = PERSONNE | {"date_envoi_courrier": "01/03/2024", "type_organisme": "ft"}
RENDEZ_VOUS = PERSONNE | {"date_rdv": "01/03/2024", "type": "orientation", "presence": "honore"}
INSCRIPTION = PERSONNE | {"date_inscription": "01/03/2024"}
VALABLES = {
    "beneficiaires": BENEFICIAIRE,
    "orientations": ORIENTATION,
    "rendez_vous": RENDEZ_VOUS,
    "france_travail": INSCRIPTION,
}


def juger(table: str, *differences: dict[str, Any]) -> Controle:
    """Judge one valid row a difference (the rows are told apart by a name)."""
    lignes = [
        {"nom": f"EXEMPLE {rang}", **VALABLES[table], **d} for rang, d in enumerate(differences or ({},))
    ]
    lot = pl.DataFrame(lignes, schema=dict.fromkeys({c: 0 for ligne in lignes for c in ligne}, pl.String))
    return controler(lot.with_row_index("ligne", 2).cast({"ligne": pl.Int64}), TABLES[table], RECU)


def valeur(table: str, colonne: str, texte: str | None) -> Any:
    """What one cell of an otherwise valid row becomes."""
    return juger(table, {colonne: texte}).lignes[colonne].item()


@pytest.mark.parametrize("table", sorted(VALABLES))
def test_a_valid_row_passes_without_a_word_and_has_all_its_columns(table: str) -> None:
    juge = juger(table)
    assert (juge.rejets.height, juge.avertissements, juge.rejets_par_regle) == (0, [], [])
    assert juge.lignes.columns == colonnes_lignes(TABLES[table])
    assert juge.lignes["ligne"].to_list() == [2]


@pytest.mark.parametrize("table", sorted(VALABLES))
def test_an_empty_lot_has_the_columns_and_types_of_a_full_one(table: str) -> None:
    colonnes = dict.fromkeys(TABLES[table].colonnes, pl.String)
    vide = controler(pl.DataFrame(schema={"ligne": pl.Int64, **colonnes}), TABLES[table], RECU)
    plein = juger(table)
    assert vide.lignes.schema == plein.lignes.schema
    assert vide.rejets.schema == plein.rejets.schema


def test_a_beneficiaire_is_read() -> None:
    ligne = juger("beneficiaires").lignes.row(0, named=True)
    attendu = {
        "organisme": "CAF671",
        "mois": date(2024, 2, 1),
        "numero_demande_rsa": "01024041052",
        "matricule": "2089564",
        "date_demande": date(2024, 2, 8),
        "top_droits_devoirs": True,
        "top_entrant": None,
        "anomalie": False,
        "dossier": 1,
    }
    assert {colonne: ligne[colonne] for colonne in attendu} == attendu


# -- dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("texte", ["08/02/2024", "2024-02-08", "08-02-2024", "45330", "45330.0"])
def test_dates_are_read_in_every_format(texte: str) -> None:
    assert valeur("beneficiaires", "date_demande", texte) == date(2024, 2, 8)


@pytest.mark.parametrize(
    "texte",
    [
        "31/02/2024",
        "08/02/24",
        "08/02/0020",
        "0020-02-08",
        "2020",
        "02/2024",
        "31/12/9999",
        "bientôt",
        "2024/02/08",
    ],
)
def test_impossible_or_partial_dates_are_read_as_missing(texte: str) -> None:
    juge = juger("beneficiaires", {"date_demande": texte})
    assert juge.lignes["date_demande"].item() is None
    assert juge.avertissements == [("TAB-101", "date_demande", 1)]


def test_a_column_may_mix_formats() -> None:
    textes = ["08/02/2024", "2024-02-08", "08-02-2024", "45330", "31/02/2024", None]
    juge = juger("beneficiaires", *({"date_demande": texte} for texte in textes))
    assert juge.lignes["date_demande"].to_list() == [date(2024, 2, 8)] * 4 + [None] * 2
    assert juge.avertissements == [("TAB-101", "date_demande", 1)]


@pytest.mark.parametrize("texte", ["2024-02", "02/2024", "2024-02-29", "01/02/2024"])
def test_months_are_read(texte: str) -> None:
    assert juger("beneficiaires", {"mois_reference": texte}).lignes["mois"].item() == date(2024, 2, 1)


# -- identity -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nir", "attendu"),
    [
        ("1850367123456", "1850367123456"),
        ("185036712345663", "1850367123456"),  # 97 − n mod 97 = 63
        ("1 85 03 67 123 456", "1850367123456"),
        ("285032a123456", "285032A123456"),
        ("285032A12345648", "285032A123456"),  # the key of Corsica: 2A read as 19
        ("285032B12345675", "285032B123456"),  # 2B read as 18
        ("185036712345664", None),
        ("9850367123456", None),
        ("185036712345", None),
        ("18503671234567", None),
        ("1850367ABCDEF", None),
    ],
)
def test_a_nir_is_thirteen_characters_and_its_key_must_be_right(nir: str, attendu: str | None) -> None:
    juge = juger("beneficiaires", {"nir": nir})
    assert juge.lignes["nir"].item() == attendu
    assert juge.avertissements == ([] if attendu else [("IDE-001", "nir", 1)])


@pytest.mark.parametrize(
    ("matricule", "attendu"),
    [
        ("208956400000000", "2089564"),
        ("034614500000000", "0346145"),
        ("34614500000000", "0346145"),  # a spreadsheet dropped the zero
        ("12345", "0012345"),
        ("2089564", "2089564"),
        ("208956412", None),
        ("A123", None),
        ("0", None),
    ],
)
def test_a_matricule_is_seven_digits(matricule: str, attendu: str | None) -> None:
    assert valeur("beneficiaires", "matricule", matricule) == attendu


def test_a_malformed_identifier_is_told_by_its_own_rule() -> None:
    mauvaises = {
        "matricule": "A1",
        "numero_demande_rsa": "123456789012",
        "identifiant_france_travail": "123",
        "date_naissance": "31/02/1985",
    }
    juge = juger("beneficiaires", mauvaises)
    assert {(regle, colonne) for regle, colonne, _ in juge.avertissements} == {
        ("IDE-005", "matricule"),
        ("IDE-006", "numero_demande_rsa"),
        ("IDE-007", "identifiant_france_travail"),
        ("IDE-008", "date_naissance"),
    }
    assert juge.lignes.height == 1  # the NIR still says who


@pytest.mark.parametrize(
    ("cles", "utilisable"),
    [
        ({"nir": "1850367123456"}, True),
        ({"numero_demande_rsa": "1", "date_naissance": "17/03/1985", "prenom": "Zoé"}, True),
        ({"matricule": "1", "date_naissance": "17/03/1985", "prenom": "Zoé"}, True),
        ({"identifiant_france_travail": "1234567X", "date_naissance": "17/03/1985"}, True),
        ({"identifiant_france_travail": "1234567X001", "date_naissance": "17/03/1985"}, True),
        ({"numero_demande_rsa": "1", "date_naissance": "17/03/1985"}, False),
        ({"numero_demande_rsa": "1", "date_naissance": "17/03/1985", "prenom": "…"}, False),
        ({"matricule": "1", "date_naissance": "31/02/1985", "prenom": "Zoé"}, False),
        ({"identifiant_france_travail": "1234567X"}, False),
        ({"nir": "185036712345664"}, False),
    ],
)
@pytest.mark.parametrize("table", sorted(VALABLES))
def test_a_row_needs_one_usable_key(table: str, cles: dict[str, str], utilisable: bool) -> None:
    sans = dict.fromkeys(("nir", "numero_demande_rsa", "matricule", "prenom", "date_naissance"))
    juge = juger(table, sans | cles)
    assert juge.rejets["regles"].to_list() == ([] if utilisable else ["IDE-002"])


# -- who and in what state ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colonne", "texte", "regle"),
    [
        ("etat_dossier", "9", "CAF-002"),
        ("etat_dossier", "Z", "CAF-002"),
        ("etat_dossier", None, "CAF-002"),
        ("role", "XYZ", "CAF-003"),
        ("role", None, "CAF-003"),
        ("organisme", "CPAM", "CAF-004"),
        ("numero_organisme", None, "CAF-004"),
        ("mois_reference", "24-02", "CAF-005"),
    ],
)
def test_an_unreadable_state_or_role_sets_the_row_aside(colonne: str, texte: str | None, regle: str) -> None:
    juge = juger("beneficiaires", {}, {colonne: texte})
    assert juge.lignes["ligne"].to_list() == [2]
    assert juge.rejets.select("ligne", "regles", "colonnes").rows() == [(3, regle, colonne)]
    assert juge.rejets_par_regle == [(regle, colonne, 1)]


def test_a_reject_keeps_all_its_rules_and_its_text_as_written() -> None:
    juge = juger("beneficiaires", {"etat_dossier": "9", "role": "XYZ"})
    assert juge.rejets.select("regles", "colonnes").rows() == [("CAF-002+CAF-003", "etat_dossier+role")]
    assert juge.bruts.select("etat_dossier", "role").rows() == [("9", "XYZ")]
    assert juge.rejets["nir"].item() == "1850367123456"  # so that the person is known to be inconnue


def test_children_and_others_are_not_read_nor_set_aside() -> None:
    juge = juger("beneficiaires", {}, {"role": "ENF", "etat_dossier": "?"}, {"role": "aut"})
    assert (juge.lignes.height, juge.rejets.height, juge.ignorees) == (1, 0, 2)
    assert juge.avertissements == []


@pytest.mark.parametrize(
    ("table", "colonne", "texte", "regle"),
    [
        ("beneficiaires", "top_droits_devoirs", "2", "CAF-104"),
        ("beneficiaires", "motifs_suspension", "01+ZZ", "CAF-101"),
        ("beneficiaires", "motif_cloture", "XXX", "CAF-101"),
        ("beneficiaires", "code_commune", "6748", "CAF-102"),
        ("beneficiaires", "code_postal", "00100", "CAF-102"),
        ("beneficiaires", "nature_prestation", "RSD+ZZZ", "CAF-103"),
        ("beneficiaires", "organisme_cedant", "?", "CAF-107"),
        ("beneficiaires", "nombre_enfants", "deux", "TAB-103"),
        ("beneficiaires", "sexe", "3", "TAB-102"),
        ("orientations", "type_parcours", "sportif", "TAB-102"),
        ("orientations", "accompagnement_global", "peut-être", "TAB-104"),
        ("orientations", "statut", "parti", "TAB-102"),
        ("rendez_vous", "presence", "peut-être", "TAB-102"),
        ("france_travail", "categorie", "9", "FTR-101"),
        ("france_travail", "code_parcours", "XXX", "FTR-101"),
    ],
)
def test_an_unknown_value_is_told_and_read_as_missing(
    table: str, colonne: str, texte: str, regle: str
) -> None:
    juge = juger(table, {colonne: texte})
    assert juge.lignes[colonne].item() is None
    assert juge.avertissements == [(regle, colonne, 1)]


@pytest.mark.parametrize(
    ("table", "colonne", "texte", "attendu"),
    [
        ("beneficiaires", "motifs_suspension", "01 + 06", "01+06"),
        ("beneficiaires", "nature_prestation", "rsd+rsj", "RSD+RSJ"),
        ("beneficiaires", "organisme_cedant", "CG 35 ", "CG35"),
        ("beneficiaires", "code_commune", "2A004", "2A004"),
        ("beneficiaires", "nombre_enfants", "02", 2),
        ("orientations", "accompagnement_global", "O", True),
        ("orientations", "accompagnement_global", "non", False),
        ("orientations", "type_organisme", "MISSION_LOCALE", "mission_locale"),
        ("orientations", "organisme_referent", "CCAS de la Ville", "CCAS de la Ville"),
        ("france_travail", "code_parcours", "ped", "PED"),
    ],
)
def test_values_are_read(table: str, colonne: str, texte: str, attendu: Any) -> None:
    juge = juger(table, {colonne: texte})
    assert (juge.lignes[colonne].item(), juge.avertissements) == (attendu, [])


# -- dates of the CD's rows ---------------------------------------------------------------------------


def test_an_orientation_without_date_lives_by_its_organisme_alone() -> None:
    sans = {"date_envoi_courrier": None}
    juge = juger("orientations", sans | {"organisme_referent": "CCAS"}, sans)
    assert juge.lignes["ligne"].to_list() == [2]
    assert juge.rejets["regles"].to_list() == ["ORI-001"]


def test_a_letter_that_is_planned_is_not_sent() -> None:
    juge = juger("orientations", {"date_envoi_courrier": "05/03/2024"}, {"date_envoi_courrier": "06/03/2024"})
    assert juge.lignes["ligne"].to_list() == [2]
    assert juge.rejets.select("regles", "colonnes").rows() == [("ORI-002", "date_envoi_courrier")]


def test_a_rendez_vous_without_date_is_set_aside() -> None:
    juge = juger("rendez_vous", {"date_rdv": "bientôt"})
    assert juge.rejets["regles"].to_list() == ["TAB-003"]


def test_an_end_before_the_start_is_read_as_missing() -> None:
    juge = juger("orientations", {"date_fin": "29/02/2024"}, {"date_fin": "01/03/2024"})
    assert juge.lignes["date_fin"].to_list() == [None, date(2024, 3, 1)]
    assert juge.avertissements == [("TAB-108", "date_fin", 1)]
    assert juge.lignes_averties == {("TAB-108", "date_fin"): [juge.lignes["ligne"][0]]}


def test_an_end_is_compared_with_the_earliest_start() -> None:
    juge = juger("orientations", {"date_decision": "01/02/2024", "date_fin": "15/02/2024"})
    assert juge.lignes["date_fin"].item() == date(2024, 2, 15)


def test_a_closed_orientation_without_end_is_told() -> None:
    juge = juger("orientations", {"statut": "clos"}, {"statut": "clos", "date_fin": "02/03/2024"})
    assert juge.avertissements == [("ORI-101", "date_fin", 1)]
    assert juge.lignes.height == 2


def test_a_future_rendez_vous_already_kept_is_told() -> None:
    demain = {"date_rdv": "06/03/2024"}
    juge = juger("rendez_vous", demain, demain | {"presence": "prevu"})
    assert juge.avertissements == [("RDV-101", "date_rdv", 1)]


# -- duplicates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", sorted(VALABLES))
def test_of_identical_rows_one_is_kept(table: str) -> None:
    juge = juger(table, *({"nom": nom} for nom in ("A", "B", "A", "A")))
    assert juge.lignes["ligne"].to_list() == [2, 3]
    assert juge.avertissements == [("TAB-106", "", 2)]


def test_rows_of_one_id_and_different_content_are_all_set_aside() -> None:
    ids = ("1", "2", "1", None, None)
    juge = juger("orientations", *({"id_orientation": identifiant} for identifiant in ids))
    assert juge.lignes["ligne"].to_list() == [3, 5, 6]
    assert juge.rejets.select("ligne", "regles").rows() == [(2, "TAB-004"), (4, "TAB-004")]


def test_in_a_table_a_dossier_is_its_number_and_matricule() -> None:
    memes = {"role": "CJT", "nir": "2850367123456"}
    autre = {"numero_demande_rsa": "7", "matricule": None}
    sans = {"numero_demande_rsa": None, "matricule": None}
    juge = juger("beneficiaires", {}, memes, autre, sans, sans)
    assert juge.lignes["dossier"].to_list() == [1, 1, 2, 3, 4]
    melees = juger("beneficiaires", {}, autre, memes)
    assert melees.lignes["dossier"].to_list() == [1, 2, 1]


@pytest.mark.parametrize(
    ("variable", "valeur"),
    [
        ("PANDERA_VALIDATION_ENABLED", "False"),
        ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY"),
        ("PANDERA_VALIDATION_DEPTH", "DATA_ONLY"),
    ],
)
def test_checks_that_somebody_switched_off_stop_everything(
    monkeypatch: pytest.MonkeyPatch, variable: str, valeur: str
) -> None:
    monkeypatch.setenv(variable, valeur)
    with pytest.raises(ErreurUsage, match=variable):
        juger("orientations")
