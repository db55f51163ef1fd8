"""The journal of look-ups: one line each, private, whole, and no answer without it."""

import csv
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from pipelines.acces import COLONNES, Consultation, noter, utilisateur
from pipelines.erreurs import ErreurPilotage

ID = "0123456789abcdef" * 2
POSIX = pytest.mark.skipif(os.name != "posix", reason="droits POSIX")


def lignes(entrepot: Path) -> list[list[str]]:
    with (entrepot / "restreint" / "acces.csv").open(encoding="utf-8", newline="") as journal:
        return list(csv.reader(journal, delimiter=";"))


def test_une_consultation_fait_une_ligne_sous_un_seul_entete(tmp_path: Path) -> None:
    noter(tmp_path, Consultation("expliquer", ID, date(2024, 2, 1)))
    noter(tmp_path, Consultation("a-orienter"))
    entete, premiere, seconde = lignes(tmp_path)
    assert tuple(entete) == COLONNES
    assert premiere[1:] == [utilisateur(), "expliquer", ID, "2024-02"]
    assert seconde[1:] == [utilisateur(), "a-orienter", "", ""]
    assert premiere[0][:4].isdigit()


@POSIX
def test_le_journal_n_est_lisible_que_de_son_proprietaire(tmp_path: Path) -> None:
    ancien = os.umask(0)
    try:
        noter(tmp_path, Consultation("expliquer", ID))
    finally:
        os.umask(ancien)
    restreint = tmp_path / "restreint"
    assert stat.S_IMODE(restreint.stat().st_mode) == 0o700
    assert stat.S_IMODE((restreint / "acces.csv").stat().st_mode) == 0o600


@POSIX
def test_l_utilisateur_est_celui_du_systeme_et_non_celui_que_dit_l_environnement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("USER", "quelqu-un-d-autre")
    monkeypatch.setenv("LOGNAME", "quelqu-un-d-autre")
    assert utilisateur() != "quelqu-un-d-autre"


def test_plusieurs_a_la_fois_aucune_ligne_n_est_perdue_ni_melee(tmp_path: Path) -> None:
    (tmp_path / "restreint").mkdir()
    with ThreadPoolExecutor(8) as fils:
        list(fils.map(lambda rang: noter(tmp_path, Consultation("expliquer", f"{rang:032x}")), range(40)))
    entete, *notees = lignes(tmp_path)
    assert tuple(entete) == COLONNES
    assert sorted(ligne[3] for ligne in notees) == [f"{rang:032x}" for rang in range(40)]
    assert all(len(ligne) == len(COLONNES) for ligne in notees)


def test_ce_qui_ne_peut_etre_note_echoue(tmp_path: Path) -> None:
    (tmp_path / "restreint" / "acces.csv").mkdir(parents=True)
    with pytest.raises(ErreurPilotage, match="rien n'est montré"):
        noter(tmp_path, Consultation("expliquer", ID))
