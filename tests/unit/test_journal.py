"""The journal of runs: each with its outcome, and nothing that stops one."""

import json
from pathlib import Path

import pytest

from pipelines import journal


def _lignes(entrepot: Path) -> list[dict[str, object]]:
    (fichier,) = (entrepot / "journal").glob("*.jsonl")
    return [json.loads(ligne) for ligne in fichier.read_text(encoding="utf-8").splitlines()]


def test_un_passage_dit_sa_commande_sa_duree_et_ses_faits(tmp_path: Path) -> None:
    with journal.passage(tmp_path, "publier") as faits:
        faits["publication"] = "2024-03-31_abc"
    (ligne,) = _lignes(tmp_path)
    assert (ligne["commande"], ligne["issue"], ligne["publication"]) == ("publier", "fait", "2024-03-31_abc")
    assert isinstance(ligne["secondes"], float)


def test_un_passage_qui_echoue_est_note_par_la_nature_de_l_erreur_sans_son_texte(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="NIR"), journal.passage(tmp_path, "recevoir"):
        raise ValueError("NIR 1850367123456")
    assert _lignes(tmp_path)[0]["issue"] == "ValueError"
    assert "1850367123456" not in json.dumps(_lignes(tmp_path))


def test_un_journal_qu_on_ne_peut_pas_ecrire_n_arrete_rien(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("un fichier à la place du dossier", encoding="utf-8")
    with journal.passage(tmp_path, "publier") as faits:
        faits["fait"] = True
    assert (tmp_path / "journal").is_file()
