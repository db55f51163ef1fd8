"""A list on the disk: for a French Excel, for its owner alone, whole."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.listes.ecriture import ecrire_liste


def test_une_liste_s_ouvre_dans_excel_et_aucune_cellule_n_y_est_une_formule(tmp_path: Path) -> None:
    chemin = tmp_path / "restreint" / "liste.csv"
    ecrire_liste(chemin, ("numéro", "texte"), [("00000000123", "=1+1"), ("", "Un ; deux"), (-3, "-3")])
    assert chemin.read_bytes().decode("utf-8").split("\r\n") == [
        "\ufeffnuméro;texte",
        "00000000123;'=1+1",
        ';"Un ; deux"',
        "-3;'-3",
        "",
    ]
    assert [p.name for p in chemin.parent.iterdir()] == ["liste.csv"]


@pytest.mark.skipif(os.name != "posix", reason="droits POSIX")
def test_une_liste_n_est_lisible_que_de_son_proprietaire(tmp_path: Path) -> None:
    chemin = tmp_path / "restreint" / "liste.csv"
    ancien = os.umask(0)
    try:
        ecrire_liste(chemin, ("a",), [("1",)])
        ecrire_liste(chemin, ("a",), [("2",)])
    finally:
        os.umask(ancien)
    assert stat.S_IMODE(chemin.stat().st_mode) == 0o600
    assert stat.S_IMODE(chemin.parent.stat().st_mode) == 0o700
    assert "2" in chemin.read_text(encoding="utf-8")


def test_une_liste_interrompue_ne_laisse_rien_et_garde_la_precedente(tmp_path: Path) -> None:
    chemin = tmp_path / "restreint" / "liste.csv"
    ecrire_liste(chemin, ("a",), [("1",)])

    def lignes() -> Iterator[tuple[str]]:
        yield ("2",)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ecrire_liste(chemin, ("a",), lignes())
    assert [p.name for p in chemin.parent.iterdir()] == ["liste.csv"]
    assert "1" in chemin.read_text(encoding="utf-8")
