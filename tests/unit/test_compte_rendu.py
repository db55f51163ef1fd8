"""What the terminal says of files: rows that follow each other said at once, every warning of `verifier`."""

import pytest

from pipelines import compte_rendu
from pipelines.reception.bilan import BilanReception, LigneEcartee, ResultatFichier, constat


def _avertis(*fichiers: str) -> tuple[ResultatFichier, ...]:
    return tuple(
        ResultatFichier(nom, "recue", (constat("TAB-101", nom, "date_fin", 2),), avertissements=2)
        for nom in fichiers
    )


def test_les_lignes_qui_se_suivent_pour_la_meme_raison_sont_dites_ensemble() -> None:
    ecartees = [
        *(LigneEcartee(ligne, "TAB-003", "date_signature") for ligne in (4, 5, 6, 9, 10)),
        LigneEcartee(11, "IDE-002", ""),
        *(LigneEcartee(rang, "CAF-002", "etat_dossier", "personne de rang") for rang in (12, 13, 14)),
    ]
    assert list(compte_rendu.lignes_ecartees(ecartees)) == [
        "lignes 4 à 6 : TAB-003 (date_signature)",
        "lignes 9 et 10 : TAB-003 (date_signature)",
        "ligne 11 : IDE-002",
        "personnes de rang 12 à 14 : CAF-002 (etat_dossier)",
    ]


def test_le_nombre_de_lignes_qui_ne_sont_pas_dites_l_est(capsys: pytest.CaptureFixture[str]) -> None:
    ecartees = tuple(LigneEcartee(ligne, "IDE-002", "") for ligne in range(2, 22, 2))
    constats = (constat("IDE-002", "a.csv"),)
    ecarte = ResultatFichier("a.csv", "recue", constats, rejets=10, lignes_ecartees=ecartees)
    compte_rendu.reception(BilanReception((ecarte,)))
    assert "      ligne 10 : IDE-002\n      … et 5 autres\n" in capsys.readouterr().out


def test_verifier_nomme_chaque_fichier_averti_et_la_reception_les_compte(
    capsys: pytest.CaptureFixture[str],
) -> None:
    compte_rendu.reception(BilanReception(_avertis("a.csv", "b.csv")))
    assert "(4 cas ; 2 fichiers, dont b.csv) [TAB-101]" in capsys.readouterr().out
    compte_rendu.reception(BilanReception(_avertis("a.csv", "b.csv"), a_blanc=True))
    controle = capsys.readouterr().out
    assert "• a.csv, colonne « date_fin »" in controle
    assert "• b.csv, colonne « date_fin »" in controle
