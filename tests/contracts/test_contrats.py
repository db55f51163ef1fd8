"""The contracts say each fact once, and their pandera models judge as the reception reads."""

from datetime import date

import pandera.errors
import polars as pl
import pytest

from contracts.champs import CHAMPS
from contracts.modeles import modele
from contracts.regles import REGLES, message
from contracts.tables import TABLES, champs
from contracts.valeurs import FORMATS_DATE, TYPES, valeur, valeur_courante

TEXTES = [
    None, "0", "1", "2", "9", "O", "non", "DEM", "CAF", "671", "RSD", "RSD+RSI", "06", "01+06", "MUT", "ZZZ",
    "67482", "2A004", "00123", "1850367123456", "185036712345639", "208956400000000", "1234567X", "Zoé", "ft",
    "social", "en_cours", "orientation", "honore", "PED", "2024-02", "01/02/2024", "2024-02-01", "01-02-2024",
    "31/02/2024", "01/02/24", "0020-01-01", "45323", "2020", "-1", "1,5", "a b", "é" * 300,
    "0000000", "00000000000", "00000000001", "01000000000", "0000001", "0000010", "2089564",
]  # fmt: skip


@pytest.mark.parametrize("nom", sorted(TABLES))
def test_a_table_lists_fields_of_the_registry_and_rules_that_exist(nom: str) -> None:
    table = TABLES[nom]
    citees = {regle for champ in champs(table).values() for regle in (champ.regle, champ.absence) if regle}
    assert citees | {table.sans_date} | {regle for *_, regle in table.ordres} <= set(REGLES)
    connues = set(table.colonnes)
    assert {colonne for groupe in table.requises for colonne in groupe} <= connues
    assert {*table.dates, *table.passees, *table.empreinte} <= connues
    assert {fin for _, fin, _ in table.ordres} <= connues
    assert table.cle is None or (table.cle in connues and table.empreinte)


@pytest.mark.parametrize("nom", sorted(TABLES))
def test_every_readable_type_has_a_rule_for_what_cannot_be_read(nom: str) -> None:
    for colonne, champ in champs(TABLES[nom]).items():
        restreint = champ.type != "texte" or champ.codes or champ.forme
        assert bool(champ.regle) >= bool(restreint), colonne


def test_every_field_is_described_in_french() -> None:
    assert all(len(champ.description) >= 4 for champ in CHAMPS.values())
    assert all(champ.type in TYPES for champ in CHAMPS.values())


def test_what_names_a_person_is_marked_personal() -> None:
    personnels = {nom for nom, champ in CHAMPS.items() if champ.personnel}
    assert personnels == {
        "nir", "nom", "nom_naissance", "prenom", "date_naissance", "identifiant_france_travail",
        "numero_demande_rsa", "numero_demande_precedente", "matricule",
    }  # fmt: skip


def test_rules_have_stable_ids_a_text_and_an_advice() -> None:
    for identifiant, regle in REGLES.items():
        assert identifiant == regle.id
        assert regle.texte
        assert regle.conseil
    assert {regle.gravite for regle in REGLES.values()} == {"refus", "suspecte", "rejet", "avertissement"}


def test_a_message_says_where_what_and_what_to_do() -> None:
    texte, conseil = message("CAF-002", fichier="export.csv", ligne=12, colonne="etat_dossier", lignes=1234)
    assert texte.startswith("export.csv, ligne 12, colonne « etat_dossier » : état du dossier inconnu")
    assert texte.endswith("[CAF-002]")
    assert "1 234" in texte.replace("\u202f", " ")
    assert conseil == REGLES["CAF-002"].conseil


@pytest.mark.parametrize("nom", sorted(TABLES))
@pytest.mark.parametrize("texte", TEXTES)
def test_pandera_refuses_exactly_what_the_reception_cannot_read(nom: str, texte: str | None) -> None:
    registre = champs(TABLES[nom])
    lot = pl.DataFrame({colonne: [texte] for colonne in registre}, schema=dict.fromkeys(registre, pl.String))
    lues = lot.select(valeur(champ, pl.col(colonne)).alias(colonne) for colonne, champ in registre.items())
    attendues = {
        (colonne, champ.regle)
        for colonne, champ in registre.items()
        if texte is not None and lues[colonne].item() is None
    }
    jugees = set()
    try:
        modele(TABLES[nom]).validate(lot, lazy=True)
    except pandera.errors.SchemaErrors as erreurs:
        jugees = set(erreurs.failure_cases.select("column", "check").iter_rows())
    if texte is None:
        assert {colonne for colonne, _ in jugees} == {c for c, champ in registre.items() if champ.absence}
    else:
        assert jugees == attendues


@pytest.mark.parametrize("nom", sorted(TABLES))
def test_a_value_has_the_type_its_field_says(nom: str) -> None:
    registre = champs(TABLES[nom])
    lot = pl.DataFrame({colonne: ["1"] for colonne in registre})
    lues = lot.select(valeur(champ, pl.col(colonne)).alias(colonne) for colonne, champ in registre.items())
    assert lues.schema == {colonne: TYPES[champ.type] for colonne, champ in registre.items()}


@pytest.mark.parametrize("nom", sorted(TABLES))
def test_the_quick_reading_never_says_otherwise_than_the_full_one(nom: str) -> None:
    lot = pl.DataFrame({"texte": TEXTES})
    for colonne, champ in champs(TABLES[nom]).items():
        entiere = lot.select(valeur(champ, pl.col("texte"))).to_series()
        for format_date in FORMATS_DATE if champ.type == "date" else (None,):
            rapide = lot.select(valeur_courante(champ, pl.col("texte"), format_date)).to_series()
            assert rapide.dtype == entiere.dtype, colonne
            assert (rapide.is_null() | rapide.eq_missing(entiere)).all(), colonne


def test_dates_out_of_our_centuries_are_no_dates() -> None:
    champ = CHAMPS["date_demande"]
    textes = pl.DataFrame({"t": ["29/02/2024", "31/12/1899", "01/01/2101", "2024-02-29", "1/2/2024"]})
    partout = textes.select(valeur(champ, pl.col("t"))).to_series().to_list()
    assert partout == [date(2024, 2, 29), None, None, date(2024, 2, 29), date(2024, 2, 1)]
    un_format = textes.select(valeur_courante(champ, pl.col("t"), "%d/%m/%Y")).to_series().to_list()
    assert un_format == [date(2024, 2, 29), None, None, None, date(2024, 2, 1)]
