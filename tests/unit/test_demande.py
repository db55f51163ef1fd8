"""What is typed at the hidden prompt: a NIR with its key, a matricule as the CAF writes it, or nothing."""

import hmac

import duckdb
import pytest

from pipelines.calcul.questions import Lecteur
from pipelines.erreurs import ErreurUsage
from pipelines.explication.demande import Saisie, lire_saisie, par_saisie
from pipelines.reception.pseudonymes import empreinte_cle

CLE = bytes(range(32))
NIR = "1850167999001"


def pseudonyme(nir: str) -> str:
    return hmac.new(CLE, f"nir:{nir}".encode(), "sha256").hexdigest()[:32]


def cle_du_nir(nir: str) -> str:
    return f"{97 - int(nir.replace('2A', '19').replace('2B', '18')) % 97:02d}"


@pytest.mark.parametrize("nir", [NIR, "2850199999001", "285012A999001", "285012B999001"])
def test_un_nir_se_lit_avec_ou_sans_sa_cle_et_avec_ses_espaces(nir: str) -> None:
    complet = nir + cle_du_nir(nir)
    espace = f" {complet[:1]} {complet[1:3]} {complet[3:5]} {complet[5:13]} {complet[13:]} "
    for tape in (nir, complet, espace, nir.lower()):
        saisie = lire_saisie(tape, CLE)
        assert (saisie.cle_nir, saisie.matricule) == (pseudonyme(nir), None)
        assert saisie.empreinte_cle == empreinte_cle(CLE)


@pytest.mark.parametrize(
    ("tape", "matricule"),
    [("1234567", "1234567"), ("123456700000000", "1234567"), ("4567", "0004567"), ("1 234 567", "1234567")],
)
def test_un_matricule_a_sept_chiffres(tape: str, matricule: str) -> None:
    saisie = lire_saisie(tape, CLE)
    assert (saisie.cle_nir, saisie.matricule) == (None, matricule)


@pytest.mark.parametrize(
    "tape", ["", "0", "12345678", "MARTIN", NIR + "00", NIR + "99", NIR[:-1], "9" + NIR[1:]]
)
def test_un_nir_mal_tape_n_est_jamais_pris_pour_un_matricule(tape: str) -> None:
    with pytest.raises(ErreurUsage) as refus:
        lire_saisie(tape, CLE)
    assert not tape or tape not in refus.value.message + refus.value.conseil


def test_sous_une_autre_cle_que_celle_des_livraisons_personne_n_est_cherche() -> None:
    with duckdb.connect() as connexion, pytest.raises(ErreurUsage, match="La clé n'est pas celle"):
        par_saisie(Lecteur(connexion), Saisie("00000000", cle_nir=pseudonyme(NIR)), "ffffffff")
