"""Headers, words and the table they announce."""

import polars as pl
import pytest

from pipelines.configuration import Source
from pipelines.erreurs import ErreurUsage, FichierRefuse
from pipelines.reception.correspondances import (
    PRETES,
    Correspondance,
    correspondance,
    normaliser,
    reconnaitre,
    traduire,
)

RENDEZ_VOUS = ["nir", "date_rdv", "type", "presence"]
ORIENTATIONS = ["matricule", "date_naissance", "prenom", "date_decision", "organisme_referent"]
BENEFICIAIRES = [
    "organisme", "numero_organisme", "mois_reference", "role", "etat_dossier", "top_droits_devoirs",
    "code_commune", "date_demande", "nir",
]  # fmt: skip


def regle_refusee(entetes: list[str], *sources: Source) -> str:
    with pytest.raises(FichierRefuse) as refus:
        reconnaitre(entetes, sources, "export.csv")
    return refus.value.regle


@pytest.mark.parametrize(
    ("entete", "attendu"),
    [
        ("Date de\nNaissance", "date_de_naissance"),
        ("ID IODAS\t", "id_iodas"),
        ("N° -  _dossier", "n_dossier"),
        ("\ufeffPRÉNOM", "prenom"),
        ("Date d’entrée", "date_d'entree"),
        ("Motif\u00a0fin", "motif_fin"),
    ],
)
def test_headers_are_normalised(entete: str, attendu: str) -> None:
    assert normaliser(entete) == attendu


@pytest.mark.parametrize(
    ("entetes", "table"),
    [
        (RENDEZ_VOUS, "rendez_vous"),
        (ORIENTATIONS, "orientations"),
        (BENEFICIAIRES, "beneficiaires"),
        (["identifiant_france_travail", "date_naissance", "date_inscription"], "france_travail"),
        (
            ["numero_demande_rsa", "date_naissance", "prenom", "date_envoi_courrier", "type_organisme"],
            "orientations",
        ),
    ],
)
def test_a_table_is_recognised_by_its_columns(entetes: list[str], table: str) -> None:
    assert reconnaitre(entetes, (), "export.csv").table.nom == table


@pytest.mark.parametrize("manquante", [colonne for colonne in BENEFICIAIRES if colonne != "nir"])
def test_each_required_column_of_beneficiaires_is_required(manquante: str) -> None:
    with pytest.raises(FichierRefuse) as refus:
        reconnaitre([c for c in BENEFICIAIRES if c != manquante], (), "export.csv")
    assert refus.value.regle == "TAB-001"
    assert f"colonne « {manquante} »" in refus.value.message


def test_a_table_without_any_person_key_is_refused() -> None:
    with pytest.raises(FichierRefuse) as refus:
        reconnaitre(RENDEZ_VOUS[1:], (), "export.csv")
    assert refus.value.regle == "TAB-001"
    assert "nir ou numero_demande_rsa ou matricule" in refus.value.message


def test_a_key_needs_all_of_its_columns() -> None:
    assert regle_refusee(["matricule", *RENDEZ_VOUS[1:]]) == "TAB-001"
    with pytest.raises(FichierRefuse, match="colonne « date_naissance »"):
        reconnaitre(["matricule", "prenom", *RENDEZ_VOUS[1:]], (), "x")
    assert (
        reconnaitre(["matricule", "prenom", "date_naissance", *RENDEZ_VOUS[1:]], (), "x").table.nom
        == "rendez_vous"
    )


def test_a_blank_title_between_two_others_is_a_column_that_is_not_read() -> None:
    entetes = ["nir", "", "date_rdv", "type", "presence", "", ""]
    assert reconnaitre(entetes, (), "export.csv").inconnues == 1


def test_columns_of_no_table_are_refused() -> None:
    assert regle_refusee(["colonne", "autre"]) == "REC-001"
    assert regle_refusee(["nir", "nom", "prenom"]) == "REC-001"


def test_two_possible_tables_are_refused() -> None:
    assert regle_refusee([*RENDEZ_VOUS, *ORIENTATIONS]) == "REC-002"


def test_a_column_present_twice_is_refused_with_its_positions() -> None:
    with pytest.raises(FichierRefuse) as refus:
        reconnaitre([*RENDEZ_VOUS, "Présence"], (), "export.csv")
    assert refus.value.regle == "TAB-002"
    assert "4 et 5" in refus.value.message


def test_extra_columns_are_counted_and_never_named() -> None:
    assert reconnaitre([*RENDEZ_VOUS, "Agent Dupont", "note", ""], (), "export.csv").inconnues == 2


def test_an_emetteur_names_columns_its_own_way() -> None:
    source = Source("orientations", "iodas-67", colonnes={"Date envoie du courrier": "date_envoi_courrier"})
    entetes = ["nir", "DATE  ENVOIE\ndu courrier", "type_organisme"]
    reconnue = reconnaitre(entetes, (source,), "export.csv")
    assert reconnue.positions["date_envoi_courrier"] == 1
    assert regle_refusee(entetes) == "TAB-001"


def test_a_mapping_of_one_table_says_nothing_of_another() -> None:
    source = Source("orientations", "iodas-67", colonnes={"Type": "type_organisme"})
    assert reconnaitre(RENDEZ_VOUS, (source,), "export.csv").table.nom == "rendez_vous"


def test_two_emetteurs_that_read_the_same_headers_differently_must_be_told_apart() -> None:
    sources = (
        Source("orientations", "a", colonnes={"Le": "date_decision"}),
        Source("orientations", "b", colonnes={"Le": "date_envoi_courrier"}),
    )
    entetes = ["nir", "Le", "type_organisme"]
    assert regle_refusee(entetes, *sources) == "REC-007"
    assert reconnaitre(entetes, sources[:1], "export.csv").positions["date_decision"] == 1


def test_an_emetteur_names_values_its_own_way() -> None:
    source = Source(
        "orientations", valeurs={"type_organisme": {"Pôle emploi": "ft"}, "statut": {"Fermé": "clos"}}
    )
    reconnue = reconnaitre(["nir", "date_decision", "type_organisme", "statut"], (source,), "export.csv")
    lot = pl.DataFrame({"type_organisme": ["PÔLE  EMPLOI", "ft", None], "statut": ["ferme", "En cours", "?"]})
    assert traduire(lot, reconnue).rows() == [("ft", "clos"), ("ft", "en_cours"), (None, "?")]


def test_codes_are_known_whatever_their_case_and_accents() -> None:
    reconnue = reconnaitre([*ORIENTATIONS, "type_parcours"], (), "export.csv")
    lot = pl.DataFrame({"type_parcours": ["Socio-professionnel", "SOCIAL", "professionnel"]})
    lus = traduire(lot, reconnue)["type_parcours"].to_list()
    assert lus == [
        "socio_professionnel",
        "social",
        "professionnel",
    ]


def test_the_ready_mapping_reads_an_export_of_rdv_insertion() -> None:
    entetes = [
        "Nom", "Prénom", "Numéro CAF", "ID France Travail", "Date de naissance", "Date d'entrée flux", "Rôle",
        "Date d'orientation", "Type d'orientation", "Structure d'orientation",
        "Date de début d'accompagnement", "Date de fin d'accompagnement",
    ]  # fmt: skip
    source = Source("orientations", correspondance="rdv-insertion")
    reconnue = reconnaitre(entetes, (source,), "usagers.csv")
    assert reconnue.table.nom == "orientations"
    assert reconnue.inconnues == 1  # the role is no fact of an orientation
    assert {colonne: entetes[rang] for colonne, rang in reconnue.positions.items()} == {
        notre: leur for leur, notre in PRETES["rdv-insertion"].items()
    }


def test_the_ready_mapping_knows_the_words_of_rdv_insertion() -> None:
    source = Source("orientations", correspondance="rdv-insertion")
    entetes = ["Numéro CAF", "Prénom", "Date de naissance", "Date d'orientation", "Structure d'orientation"]
    reconnue = reconnaitre([*entetes, "Type d'orientation"], (source,), "usagers.csv")
    lot = pl.DataFrame({"type_parcours": ["Sociale", "Professionnelle", "Socio-professionnelle", "social"]})
    lus = traduire(lot, reconnue)["type_parcours"].to_list()
    assert lus == ["social", "professionnel", "socio_professionnel", "social"]


@pytest.mark.parametrize(
    "source",
    [
        Source("orientations", correspondance="autre-outil"),
        Source("orientations", colonnes={"Le": "date_rdv"}),
        Source("orientations", valeurs={"presence": {"oui": "honore"}}),
    ],
)
def test_a_mapping_to_what_does_not_exist_is_a_wrong_configuration(source: Source) -> None:
    with pytest.raises(ErreurUsage):
        correspondance(source)


def test_without_mapping_headers_are_ours() -> None:
    assert Correspondance().colonne("Date RDV") == "date_rdv"
