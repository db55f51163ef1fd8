"""What France Travail's PECG flux says of each registered person, and what is refused (2-formats § 2.2)."""

import io
from datetime import date

import polars as pl
import pytest

from pipelines.erreurs import FichierRefuse
from pipelines.reception import flux_pecg
from pipelines.reception.lecture import Lecture

INDIVIDU = (
    "<individu><nir> 2900567123456 </nir><nom-naissance>FICTIVE</nom-naissance><prenom>ZOÉ</prenom>"
    "<date-naissance>1990-05-06</date-naissance></individu><allocataire><identifiant-caf>1234567</identifiant-caf>"
    "<identifiant-pe>1234567X</identifiant-pe></allocataire>"
)
INSCRIPTION = (
    "<inscription><date-debut-ide>2024-01-02</date-debut-ide><categorie>1</categorie>"
    "<date-cessation-ide>2024-03-01</date-cessation-ide><motif>EMPLOI</motif>"
    "<date-radiation-ide>2024-04-01</date-radiation-ide><motif>ABSENCE</motif></inscription>"
)
SUIVI = (
    "<suivi><structure>AGENCE FICTIVE</structure></suivi><ppae><date-signature>2024-01-10</date-signature>"
    "<date-notification>2024-01-11</date-notification><axe>AX</axe><modalite>PED</modalite>"
    "<date-dernier-ent>2020</date-dernier-ent></ppae>"
)


def xml(*dossiers: str, annonces: int | None = None, dtd: str = "", encodage: str = "ISO-8859-1") -> bytes:
    nombre = len(dossiers) if annonces is None else annonces
    corps = "".join(f"<dossier>{d}</dossier>\n" for d in dossiers)
    return (
        f'<?xml version="1.0" encoding="{encodage}"?>\n{dtd}<fichier-PE-CG>\n<entete><fichier>PECG</fichier>'
        "<periodicite>M</periodicite><departement>067</departement><date-reference>2024-02-29</date-reference>"
        "<date-fabrication>2024-03-04</date-fabrication><version>001,0</version></entete>\n"
        f"{corps}<fin><nb-dossiers>{nombre:07d}</nb-dossiers></fin>\n</fichier-PE-CG>\n"
    ).encode(encodage)


def lecture(octets: bytes) -> Lecture:
    return flux_pecg.lire(io.BytesIO(octets), "pecg.xml")


def lu(octets: bytes) -> pl.DataFrame:
    return pl.concat(lecture(octets).lots)


def regle_de(octets: bytes) -> str:
    with pytest.raises(FichierRefuse) as refuse:
        lu(octets)
    assert "FICTIVE" not in str(refuse.value)
    return refuse.value.regle


def test_l_entete_donne_les_dates() -> None:
    tete = lecture(xml(INDIVIDU)).entete
    assert (tete.source, tete.format) == ("france_travail", "xml-pecg")
    assert (tete.date_creation, tete.date_reference) == (date(2024, 3, 4), date(2024, 2, 29))


def test_chaque_colonne_est_lue_par_sa_balise() -> None:
    assert lu(xml(INDIVIDU + INSCRIPTION + SUIVI)).to_dicts() == [
        {
            "ligne": 1, "dossier": 1, "anomalie": False, "nir": "2900567123456", "matricule": "1234567",
            "identifiant_france_travail": "1234567X", "nom": None, "nom_naissance": "FICTIVE",
            "prenom": "ZOÉ", "date_naissance": "1990-05-06",
            "date_inscription": "2024-01-02", "categorie": "1",
            "date_cessation": "2024-03-01", "motif_cessation": "EMPLOI", "date_radiation": "2024-04-01",
            "motif_radiation": "ABSENCE", "date_signature_ppae": "2024-01-10",
            "date_dernier_entretien": "2020", "code_parcours": "PED", "structure": "AGENCE FICTIVE",
        }
    ]  # fmt: skip


def test_un_dossier_qui_n_a_que_le_ppae_est_lu() -> None:
    lue = lu(xml(f"<autre>{SUIVI}</autre>")).row(0, named=True)
    assert (lue["code_parcours"], lue["nir"], lue["date_inscription"]) == ("PED", None, None)


def test_un_motif_de_radiation_sans_cessation_reste_de_radiation() -> None:
    inscription = (
        "<inscription><date-debut-ide>2024-01-02</date-debut-ide><date-cessation-ide/>"
        "<date-radiation-ide>2024-04-01</date-radiation-ide><motif>ABSENCE</motif></inscription>"
    )
    lue = lu(xml(INDIVIDU + inscription)).row(0, named=True)
    assert (lue["motif_cessation"], lue["motif_radiation"]) == (None, "ABSENCE")


def test_deux_inscriptions_font_deux_lignes_de_la_meme_personne() -> None:
    seconde = "<inscription><date-debut-ide>2024-05-01</date-debut-ide></inscription>"
    lues = lu(xml(INDIVIDU + INSCRIPTION + seconde, INDIVIDU))
    assert lues.select("ligne", "dossier", "date_inscription", "date_cessation", "nir").rows() == [
        (1, 1, "2024-01-02", "2024-03-01", "2900567123456"),
        (2, 1, "2024-05-01", None, "2900567123456"),
        (3, 2, None, None, "2900567123456"),
    ]


def test_un_flux_sans_dossier_est_valide() -> None:
    donnee = lecture(xml())
    assert [len(lot) for lot in donnee.lots] == [0]
    assert donnee.entete.dossiers_annonces == 0


def test_les_lots_sont_bornes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flux_pecg, "LIGNES_PAR_LOT", 3)
    lots = list(lecture(xml(*[INDIVIDU] * 8)).lots)
    assert [len(lot) for lot in lots] == [3, 3, 2]
    assert pl.concat(lots)["ligne"].to_list() == list(range(1, 9))


@pytest.mark.parametrize("encodage", ["ISO-8859-1", "windows-1252", "utf-8", "utf-16"])
def test_l_encodage_declare_est_suivi(encodage: str) -> None:
    octets = xml(INDIVIDU, encodage=encodage)
    assert flux_pecg.reconnaitre(octets)
    assert lu(octets)["prenom"].to_list() == ["ZOÉ"]


def test_un_nombre_de_dossiers_qui_ne_colle_pas_est_refuse() -> None:
    assert regle_de(xml(INDIVIDU, annonces=2)) == "FTR-001"


def test_un_flux_tronque_est_refuse() -> None:
    octets = xml(*[INDIVIDU] * 3)
    assert regle_de(octets[: octets.index(b"<fin>")]) == "FIC-003"
    assert regle_de(octets[: len(octets) // 2]) == "FIC-003"
    assert regle_de(octets.replace(b"<fin><nb-dossiers>0000003</nb-dossiers></fin>", b"")) == "FIC-003"


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        (b"</individu>", b"</individus>"),
        (b"</dossier>", b"</dossier>texte perdu"),
        (b"</dossier>", b"</dossier><autre/>"),
        (b"</fichier-PE-CG>", b"</fichier-PE-CG>texte perdu"),
    ],
)
def test_un_xml_mal_forme_est_refuse(avant: bytes, apres: bytes) -> None:
    assert regle_de(xml(INDIVIDU, INDIVIDU).replace(avant, apres)) == "FIC-002"


def test_une_dtd_est_refusee() -> None:
    assert regle_de(xml(INDIVIDU, dtd='<!DOCTYPE a [<!ENTITY b "c">]>\n')) == "FIC-004"


def test_un_entete_absent_est_refuse() -> None:
    assert regle_de(b"<fichier-PE-CG><dossier/></fichier-PE-CG>") == "FIC-016"


def test_le_flux_caf_n_est_pas_un_pecg() -> None:
    assert not flux_pecg.reconnaitre(b"<?xml version='1.0'?><Racine>")
