"""What `make docs` writes is what stands in docs/: a contract cannot change without its page."""

import pytest

from contracts.marts import MARTS
from contracts.regles import REGLES
from contracts.tables import TABLES
from pipelines.documentation import DOSSIER, pages


@pytest.mark.parametrize("nom", ["dictionnaire.md", "controles.md"])
def test_la_page_est_a_jour(nom: str) -> None:
    ecrite = (DOSSIER / nom).read_text(encoding="utf-8")
    assert ecrite == pages()[nom], "lancez « make docs » puis relisez la différence"


def test_chaque_table_chaque_colonne_et_chaque_regle_y_sont() -> None:
    dictionnaire, controles = pages()["dictionnaire.md"], pages()["controles.md"]
    for objet in (*TABLES.values(), *MARTS.values()):
        assert f"### {objet.nom}\n" in dictionnaire
        assert all(f"| `{colonne}` |" in dictionnaire for colonne in objet.colonnes)
    assert all(f"| {identifiant} |" in controles for identifiant in REGLES)
