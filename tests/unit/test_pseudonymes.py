"""Pseudonyms: exactly 4.6, and a key that protects."""

import hashlib
import hmac
import os
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from contracts.tables import TABLES
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurUsage
from pipelines.reception.pseudonymes import (
    Pseudonymes,
    empreinte_cle,
    lire_cle,
    normaliser_prenoms,
)

CLE = bytes(range(32))
EXEMPLE = Path(__file__).parents[2] / "data" / "sample"


def hmac_32(texte: str, cle: bytes = CLE) -> str:
    return hmac.new(cle, texte.encode(), hashlib.sha256).hexdigest()[:32]


def personne(**valeurs: object) -> pl.DataFrame:
    complete = {
        "ligne": 2,
        "nir": "1850367123456",
        "numero_demande_rsa": "00123456789",
        "numero_demande_precedente": "00000000777",
        "matricule": "0000123",
        "identifiant_france_travail": "1234567X001",
        "nom": "EXEMPLE",
        "prenom": "Zoé-Lœïc",
        "date_naissance": date(1985, 3, 17),
        "etat_dossier": "2",
    }
    return pl.DataFrame(
        [complete | valeurs], schema_overrides={"prenom": pl.String, "date_naissance": pl.Date}
    )


def test_each_pseudonym_is_the_hmac_of_the_text_of_the_specification() -> None:
    ligne = Pseudonymes(CLE).pseudonymiser(personne(), TABLES["beneficiaires"]).row(0, named=True)
    assert ligne["cle_nir"] == hmac_32("nir:1850367123456")
    assert ligne["cle_dem"] == hmac_32("dem:00123456789|1985-03-17|ZOELOEIC")
    assert ligne["cle_dem_precedente"] == hmac_32("dem:00000000777|1985-03-17|ZOELOEIC")
    assert ligne["cle_mat"] == hmac_32("mat:0000123|1985-03-17|ZOELOEIC")
    assert ligne["cle_ft"] == hmac_32("ft:1234567X|1985-03-17")
    assert ligne["cle_naissance"] == hmac_32("nai:1985-03-17")
    assert ligne["mois_naissance"] == date(1985, 3, 1)


def test_a_key_longer_than_a_block_is_hashed_first_as_hmac_demands() -> None:
    longue = bytes(range(100))
    ligne = Pseudonymes(longue).pseudonymiser(personne(), TABLES["beneficiaires"]).row(0, named=True)
    assert ligne["cle_nir"] == hmac_32("nir:1850367123456", longue)


def test_no_personal_column_is_left_but_those_that_order_dossiers() -> None:
    pseudonymes = Pseudonymes(CLE)
    caf = pseudonymes.pseudonymiser(personne(), TABLES["beneficiaires"])
    assert {"numero_demande_rsa", "matricule"} <= set(caf.columns)
    assert not {"nir", "nom", "prenom", "date_naissance", "identifiant_france_travail"} & set(caf.columns)
    cd = pseudonymes.pseudonymiser(personne(), TABLES["orientations"])
    assert set(cd.columns) == {
        "ligne", "etat_dossier", "cle_nir", "cle_dem", "cle_mat", "cle_ft", "cle_naissance",
    }  # fmt: skip


def test_a_missing_part_gives_no_key() -> None:
    sans = personne(prenom="!!", nir=None, date_naissance=date(1985, 3, 17))
    ligne = Pseudonymes(CLE).pseudonymiser(sans, TABLES["beneficiaires"]).row(0, named=True)
    assert (ligne["cle_nir"], ligne["cle_dem"], ligne["cle_mat"]) == (None, None, None)
    assert ligne["cle_ft"] is not None
    sans = personne(date_naissance=None)
    ligne = Pseudonymes(CLE).pseudonymiser(sans, TABLES["beneficiaires"]).row(0, named=True)
    assert (ligne["cle_ft"], ligne["cle_naissance"], ligne["mois_naissance"]) == (None, None, None)
    assert ligne["cle_nir"] is not None


def test_many_rows_keep_their_own_pseudonym_whether_hashed_once_or_each() -> None:
    lignes = pl.concat([personne(ligne=i, nir=f"185036712{i % 7:04d}") for i in range(50)])
    cles = Pseudonymes(CLE).pseudonymiser(lignes, TABLES["orientations"])["cle_nir"].to_list()
    assert cles == [hmac_32(f"nir:185036712{i % 7:04d}") for i in range(50)]


@pytest.mark.parametrize(
    ("prenom", "attendu"),
    [
        ("Zoé", "ZOE"),
        ("Jean-Pierre", "JEANPIERRE"),
        ("LŒTITIA", "LOETITIA"),
        ("Lætitia", "LAETITIA"),
        ("Weiß", "WEISS"),
        ("WEIẞ", "WEISS"),
        ("  D'Arc ", "DARC"),
        ("Çağla", "CAGLA"),
        ("Zoe\u0301", "ZOE"),
        ("", None),
        ("李", None),
        (None, None),
    ],
)
def test_prenoms_compare_by_their_letters_alone(prenom: str | None, attendu: str | None) -> None:
    assert normaliser_prenoms(pl.Series("prenom", [prenom], dtype=pl.String)).to_list() == [attendu]


def test_rejects_keep_whose_where_and_why_only() -> None:
    rejets = personne(regles="CAF-002", colonnes="etat_dossier", dossier=3)
    rejets = Pseudonymes(CLE).pseudonymiser_rejets(rejets, TABLES["beneficiaires"])
    assert rejets.columns == [
        "ligne", "dossier", "cle_nir", "cle_dem", "cle_mat", "cle_ft", "cle_naissance", "regles", "colonnes",
    ]  # fmt: skip


def orientation(**valeurs: object) -> pl.DataFrame:
    champs = {
        "id_orientation": None,
        "date_envoi_courrier": date(2024, 3, 1),
        "date_designation_referent": None,
    }
    autres = {
        "date_decision": None,
        "organisme_referent": "CCAS",
        "type_organisme": "ccas",
        "statut": "en_cours",
    }
    complete = {"ligne": 2, "nir": "1850367123456", **champs, **autres} | valeurs
    return pl.DataFrame([complete], schema_overrides={"id_orientation": pl.String, "nir": pl.String})


def identifiants(*lignes: pl.DataFrame) -> list[str]:
    lot = pl.concat(lignes, how="vertical_relaxed")
    return Pseudonymes(CLE).pseudonymiser(lot, TABLES["orientations"])["id_orientation"].to_list()


def test_a_missing_row_id_comes_from_the_person_the_dates_and_the_organisme() -> None:
    (derive,) = identifiants(orientation())
    assert re.fullmatch(r"[0-9a-f]{32}", derive)
    assert identifiants(orientation(ligne=9, statut="clos")) == [derive]
    assert identifiants(orientation(organisme_referent="PLIE")) != [derive]
    assert identifiants(orientation(date_envoi_courrier=date(2024, 3, 2))) != [derive]
    assert identifiants(orientation(nir="2850367123456")) != [derive]
    assert Pseudonymes(b"y" * 32).pseudonymiser(orientation(), TABLES["orientations"])[
        "id_orientation"
    ].to_list() != [derive]


def test_row_ids_are_never_missing_nor_shared_and_given_ones_are_kept() -> None:
    lus = identifiants(orientation(), orientation(ligne=3, id_orientation="A7"), orientation(ligne=4))
    assert lus[1] == "A7"
    assert lus[2] == f"{lus[0]}-2"


def test_identities_are_the_personal_columns_by_line() -> None:
    colonnes = Pseudonymes.identites(personne(), TABLES["beneficiaires"]).columns
    assert {"ligne", "nir", "nom", "prenom", "date_naissance"} <= set(colonnes)
    assert "etat_dossier" not in colonnes


def configuration(dossier: Path, cle: str | None = CLE.hex(), mode: int = 0o600) -> Configuration:
    fichier = dossier / "cle.txt"
    if cle is not None:
        dossier.mkdir(parents=True, exist_ok=True)
        fichier.write_text(cle, encoding="ascii")
        fichier.chmod(mode)
    return Configuration(
        fichier=dossier / "pilotage.toml",
        nom="Collectivité d'exemple",
        depot=dossier / "depot",
        entrepot=dossier / "entrepot",
        publications=dossier / "publications",
        cle_fichier=fichier,
        seuil_secret=5,
        territoires=(),
        organismes=(),
    )


def test_the_key_is_read_from_its_file_or_from_the_environment_which_prevails(tmp_path: Path) -> None:
    assert lire_cle(configuration(tmp_path), {}) == CLE
    assert lire_cle(configuration(tmp_path), {"PILOTAGE_CLE": "ab" * 32}) == bytes.fromhex("ab" * 32)
    assert empreinte_cle(CLE) == hmac.new(CLE, b"empreinte", hashlib.sha256).hexdigest()[:8]


@pytest.mark.parametrize("encodage", ["utf-8-sig", "utf-16"])
def test_a_key_written_by_windows_is_read(tmp_path: Path, encodage: str) -> None:
    ecrite = configuration(tmp_path)
    (tmp_path / "cle.txt").write_text(CLE.hex() + "\r\n", encoding=encodage)
    assert lire_cle(ecrite, {}) == CLE


@pytest.mark.parametrize(
    ("cle", "message"),
    [("ab" * 31, "trop courte"), ("z" * 64, "hexadécimal"), ("", "trop courte"), (None, "aucune clé")],
)
def test_a_key_that_is_too_short_or_not_hexadecimal_is_refused(
    tmp_path: Path, cle: str | None, message: str
) -> None:
    with pytest.raises(ErreurUsage, match=message) as erreur:
        lire_cle(configuration(tmp_path, cle), {})
    assert cle is None or cle == "" or cle not in str(erreur.value)


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ErreurUsage, match="lisible par d'autres"):
        lire_cle(configuration(tmp_path, mode=0o644), {})


@pytest.mark.parametrize("dossier", ["depot", "entrepot", "publications"])
def test_a_key_lying_among_the_data_is_refused(tmp_path: Path, dossier: str) -> None:
    base = configuration(tmp_path)
    (tmp_path / dossier).mkdir()
    fichier = (tmp_path / "cle.txt").rename(tmp_path / dossier / "cle.txt")
    with pytest.raises(ErreurUsage, match="est dans le dépôt"):
        lire_cle(Configuration(**(vars(base) | {"cle_fichier": fichier})), {})


def test_the_sample_key_is_refused_outside_the_sample(tmp_path: Path) -> None:
    exemple = (EXEMPLE / "cle.txt").read_text(encoding="ascii").strip()
    with pytest.raises(ErreurUsage, match="exemple"):
        lire_cle(configuration(tmp_path), {"PILOTAGE_CLE": exemple})
    ailleurs = configuration(tmp_path / "data" / "sample", exemple, mode=0o644)
    assert lire_cle(ailleurs, {}) == bytes.fromhex(exemple)
