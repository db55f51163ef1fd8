"""CSV and XLSX tables: what is read, what is refused, and what the refusal says."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from pipelines.configuration import Source
from pipelines.erreurs import FichierRefuse
from pipelines.reception import tableaux
from pipelines.reception.lecture import Lecture

ENTETE = "nir;date_rdv;type;presence"
LIGNE = "1850367123456;01/02/2024;orientation;honore"


def lire_octets(dossier: Path, octets: bytes, *sources: Source) -> Lecture:
    chemin = dossier / "export.csv"
    chemin.write_bytes(octets)
    return tableaux.lire(chemin, sources, "export.csv")


def lot_de(dossier: Path, texte: str, *sources: Source, encodage: str = "utf-8") -> pl.DataFrame:
    return next(lire_octets(dossier, texte.encode(encodage), *sources).lots)


def refus_de(dossier: Path, octets: bytes, *sources: Source) -> FichierRefuse:
    with pytest.raises(FichierRefuse) as refus:
        lire_octets(dossier, octets, *sources)
    return refus.value


@pytest.mark.parametrize("delimiteur", [";", ",", "\t"])
@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found_out(tmp_path: Path, delimiteur: str, fin: str) -> None:
    texte = fin.join([ENTETE, LIGNE, LIGNE, ""]).replace(";", delimiteur)
    lot = lot_de(tmp_path, texte)
    assert lot["ligne"].to_list() == [2, 3]
    assert lot.row(0, named=True) == {
        "ligne": 2,
        "nir": "1850367123456",
        "date_rdv": "01/02/2024",
        "type": "orientation",
        "presence": "honore",
    }


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_are_found_out(tmp_path: Path, encodage: str) -> None:
    texte = "nir;prénom;date_rdv;type;présence\n1850367123456;Zoé Œ;01/02/2024;orientation;honoré\n"
    lot = lot_de(tmp_path, texte, encodage=encodage)
    assert (lot["prenom"].item(), lot["presence"].item()) == ("Zoé Œ", "honore")


@pytest.mark.parametrize(
    "octets",
    [
        f"{ENTETE}\n{LIGNE}\n".encode("utf-16"),
        f"{ENTETE};x\n{LIGNE};".encode() + b"\x81\x8d\n",
        f"{ENTETE}\n{LIGNE}\0\n".encode(),
    ],
)
def test_undecodable_bytes_are_refused(tmp_path: Path, octets: bytes) -> None:
    assert refus_de(tmp_path, octets).regle == "FIC-005"


def test_headers_compare_without_case_accents_blanks_or_line_breaks(tmp_path: Path) -> None:
    texte = 'NIR\t;"Date\nRDV";Type ; PRÉSENCE;N°\n1850367123456;01/02/2024;orientation;absent;7\n'
    lecture = lire_octets(tmp_path, texte.encode())
    lot = next(lecture.lots)
    assert lot["presence"].item() == "absent"
    assert lot["ligne"].item() == 3  # the header takes two physical lines
    assert lecture.entete.colonnes_inconnues == 1
    assert lecture.avertissements == [("TAB-107", "", 1)]


def test_missing_markers_and_blanks_are_missing_values(tmp_path: Path) -> None:
    texte = f"{ENTETE};matricule;nom;prenom\n 1850367123456 ;01/02/2024;orientation;honore;NULL;ND;  \n"
    lot = lot_de(tmp_path, texte)
    assert lot.select("nir", "matricule", "nom", "prenom").row(0) == ("1850367123456", None, None, None)


def test_empty_rows_are_skipped_and_lines_keep_their_number(tmp_path: Path) -> None:
    lot = lot_de(tmp_path, f"{ENTETE}\n{LIGNE}\n\n;;;\n{LIGNE}\n\n")
    assert lot["ligne"].to_list() == [2, 5]


def test_an_export_of_its_header_alone_is_valid(tmp_path: Path) -> None:
    for texte in (ENTETE, ENTETE + "\n", ENTETE + "\r\n"):
        lecture = lire_octets(tmp_path, texte.encode())
        assert next(lecture.lots).height == 0
        assert lecture.avertissements == [("TAB-109", "", 1)]


def test_quoted_delimiters_are_data(tmp_path: Path) -> None:
    texte = 'nir;date_decision;organisme_referent\n1850367123456;01/02/2024;"CCAS ; ""Nord"""\n'
    assert lot_de(tmp_path, texte)["organisme_referent"].item() == 'CCAS ; "Nord"'


@pytest.mark.parametrize(
    ("corps", "regle", "ligne"),
    [
        (f'{LIGNE}\n"1850367123456;01/02/2024;orientation;honore\n{LIGNE}\n', "FIC-006", 3),
        (f'{LIGNE}\n1850367123456;01/02/2024;12" orientation;honore\n{LIGNE}\n', "FIC-006", 3),
        (f"{LIGNE}\n1850367123456;01/02/2024;orientation\n{LIGNE}\n", "FIC-007", 3),
        (f"{LIGNE}\n{LIGNE};5\n", "FIC-007", 3),
        (f'{LIGNE}\n1850367123456;"01/02/\n2024";orientation;honore\n', "FIC-007", 3),
        (f'{LIGNE}\n"1850367123456";"01/02/2024";orientation\n{LIGNE}\n', "FIC-007", 3),
    ],
)
def test_lines_that_do_not_match_rows_refuse_the_file(
    tmp_path: Path, corps: str, regle: str, ligne: int
) -> None:
    refus = refus_de(tmp_path, f"{ENTETE}\n{corps}".encode())
    assert refus.regle == regle
    assert f"ligne {ligne}" in refus.message
    assert "1850367123456" not in refus.message + refus.conseil


def test_a_short_line_beside_a_quoted_delimiter_is_not_hidden(tmp_path: Path) -> None:
    corps = 'x;01/02/2024;"a;b"\ny;01/02/2024\nz;01/02/2024;c\n'
    assert refus_de(tmp_path, f"nir;date_decision;organisme_referent\n{corps}".encode()).regle == "FIC-007"


def test_no_library_message_follows_the_refusal(tmp_path: Path) -> None:
    refus = refus_de(tmp_path, f"{ENTETE}\n{LIGNE};secret\n".encode())
    assert refus.__suppress_context__
    assert "secret" not in str(refus)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refus_de(tmp_path, b"").regle == "FIC-008"
    assert refus_de(tmp_path, b"\n\n").regle == "REC-001"


def test_beneficiaires_as_a_table_are_a_monthly_flux_with_a_creation_date(tmp_path: Path) -> None:
    entete = (
        "organisme;numero_organisme;mois_reference;role;etat_dossier;top_droits_devoirs;code_commune;"
        "date_demande;nir;date_creation"
    )
    ligne = "CAF;671;2024-02;DEM;2;1;67482;08/02/2024;1850367123456;05/03/2024"
    lecture = lire_octets(tmp_path, f"{entete}\n{ligne}\n".encode())
    assert (lecture.entete.source, lecture.entete.type_flux) == ("beneficiaires", "M")
    assert lecture.entete.date_creation == date(2024, 3, 5)


# -- workbooks ----------------------------------------------------------------------------------------


def classeur(dossier: Path, feuilles: dict[str, list[list[Any]]]) -> Path:
    chemin = dossier / "export.xlsx"
    with xlsxwriter.Workbook(chemin, {"default_date_format": "dd/mm/yyyy"}) as livre:
        for titre, lignes in feuilles.items():
            feuille = livre.add_worksheet(titre)
            for rang, ligne in enumerate(lignes):
                for colonne, valeur in enumerate(ligne):
                    feuille.write(rang, colonne, valeur)
    return chemin


RDV = ["nir", "date_rdv", "type", "presence"]


def test_typed_cells_of_a_workbook_are_written_as_a_csv_would(tmp_path: Path) -> None:
    lignes = [
        [*RDV, "matricule", "nom"],
        [1850367123456, datetime(2024, 2, 1, 9, 30), "orientation", "honore", 12345.0, True],
        [1850367123456.0, 45323, "orientation", "honore", "0012345", "ND"],
    ]
    lecture = tableaux.lire(classeur(tmp_path, {"Export": lignes}), (), "export.xlsx")
    lot = next(lecture.lots)
    assert lecture.entete.format == "xlsx"
    assert lot["nir"].to_list() == ["1850367123456"] * 2
    assert lot["date_rdv"].to_list() == ["2024-02-01", "45323"]
    assert lot["matricule"].to_list() == ["12345", "0012345"]
    assert lot["nom"].to_list() == ["1", None]


def test_titles_empty_rows_and_other_sheets_are_passed_over(tmp_path: Path) -> None:
    feuilles = {
        "Lisez-moi": [["Export du mois"]],
        "Données": [
            ["Rendez-vous"],
            [],
            RDV,
            ["1850367123456", "01/02/2024", "orientation", "honore"],
            [],
            [],
        ],
        "Vide": [],
    }
    lot = next(tableaux.lire(classeur(tmp_path, feuilles), (), "export.xlsx").lots)
    assert lot["ligne"].to_list() == [4]


def test_two_tables_in_one_workbook_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuse) as refus:
        tableaux.lire(classeur(tmp_path, {"A": [RDV], "B": [RDV]}), (), "export.xlsx")
    assert refus.value.regle == "FIC-012"


def test_a_workbook_with_its_header_alone_is_valid(tmp_path: Path) -> None:
    assert next(tableaux.lire(classeur(tmp_path, {"A": [RDV]}), (), "export.xlsx").lots).height == 0


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    chemin = tmp_path / "export.xlsx"
    chemin.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(FichierRefuse) as refus:
        tableaux.lire(chemin, (), "export.xlsx")
    assert refus.value.regle == "FIC-011"


def test_a_workbook_that_lacks_a_column_says_which(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuse) as refus:
        tableaux.lire(classeur(tmp_path, {"A": [["Titre"], RDV[:3]]}), (), "export.xlsx")
    assert refus.value.regle == "TAB-001"
    assert "presence" in refus.value.message


@pytest.mark.parametrize("nom", ["export.csv", "export.xls", "export.ods", "export"])
def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path, nom: str) -> None:
    chemin = classeur(tmp_path, {"Feuil1": [RDV, ["1850367123456", "01/02/2024", "orientation", "honore"]]})
    lecture = tableaux.lire(chemin.rename(tmp_path / nom), (), nom)
    assert next(lecture.lots)["ligne"].to_list() == [2]


def test_a_cell_at_the_far_corner_of_a_sheet_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    ligne = ["1850367123456", "01/02/2024", "orientation", "honore"]
    chemin = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(chemin) as livre:
        feuille = livre.add_worksheet()
        feuille.write_row(0, 0, RDV)
        feuille.write_row(1, 0, ligne)
        feuille.write(1_000_000, 1_000, "perdue")
    with pytest.raises(FichierRefuse) as refus:
        tableaux.lire(chemin, (), "export.xlsx")
    assert refus.value.regle == "FIC-010"
