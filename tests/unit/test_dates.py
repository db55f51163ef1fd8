"""The reception date of 4.4: who says it, and what is never believed."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.erreurs import FichierRefuse
from pipelines.reception.dates import DateReception, Receptions, annoncee, decider, lire_date
from pipelines.reception.fichiers import Fichier

JOUR = date(2024, 3, 5)


def _fichier(racine: Path, nom: str) -> Fichier:
    chemin = racine / nom
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_bytes(b"x")
    return Fichier(chemin, racine, nom)


def _receptions(dossier: Path, *lignes: str) -> None:
    dossier.mkdir(parents=True, exist_ok=True)
    (dossier / "receptions.csv").write_text("\n".join(("fichier;date_reception", *lignes)) + "\n")


def _decider(
    creation: date | None, annonce: DateReception | None = None, exigee: bool = False
) -> DateReception:
    fichier = Fichier(Path("flux.xml"), Path("."), "flux.xml")
    return decider(fichier, annonce, creation, exigee, 3, JOUR)


def _refus(creation: date | None, annonce: DateReception | None = None, exigee: bool = False) -> str:
    with pytest.raises(FichierRefuse) as refus:
        _decider(creation, annonce, exigee)
    return refus.value.regle


def test_l_option_prevaut_sur_receptions_csv(tmp_path: Path) -> None:
    _receptions(tmp_path, "a.xml;2024-03-04")
    fichier = _fichier(tmp_path, "a.xml")
    assert annoncee(fichier, date(2024, 3, 1), Receptions(tmp_path)) == DateReception(
        date(2024, 3, 1), "option"
    )
    assert annoncee(fichier, None, Receptions(tmp_path)) == DateReception(date(2024, 3, 4), "receptions")


def test_le_receptions_le_plus_proche_qui_nomme_le_fichier_prevaut(tmp_path: Path) -> None:
    _receptions(tmp_path, "a.xml;2024-01-01", "b.xml;2024-01-02", "caf/mars/c.xml;2024-01-03")
    _receptions(tmp_path / "caf", "a.xml;2024-02-01")
    receptions = Receptions(tmp_path)
    dates = {
        nom: receptions.chercher(_fichier(tmp_path, f"caf/mars/{nom}")) for nom in ("a.xml", "b.xml", "c.xml")
    }
    assert dates == {"a.xml": date(2024, 2, 1), "b.xml": date(2024, 1, 2), "c.xml": date(2024, 1, 3)}


def test_le_chemin_prevaut_sur_le_nom_dans_un_meme_receptions(tmp_path: Path) -> None:
    _receptions(tmp_path, "a.xml;2024-01-01", "mars/a.xml;2024-02-02")
    receptions = Receptions(tmp_path)
    assert receptions.chercher(_fichier(tmp_path, "mars/a.xml")) == date(2024, 2, 2)
    assert receptions.chercher(_fichier(tmp_path, "avril/a.xml")) == date(2024, 1, 1)


def test_au_dessus_du_dossier_de_pilotage_toml_rien_n_est_cru(tmp_path: Path) -> None:
    _receptions(tmp_path, "a.xml;2024-01-01")
    assert Receptions(tmp_path / "cd").chercher(_fichier(tmp_path / "cd", "depot/a.xml")) is None


def test_hors_du_dossier_de_pilotage_toml_on_cherche_jusqu_au_dossier_donne(tmp_path: Path) -> None:
    _receptions(tmp_path, "a.xml;2024-01-01")
    _receptions(tmp_path / "echange", "b.xml;2024-01-02")
    receptions = Receptions(tmp_path / "cd")
    assert receptions.chercher(_fichier(tmp_path / "echange", "mars/b.xml")) == date(2024, 1, 2)
    assert receptions.chercher(_fichier(tmp_path / "echange", "mars/a.xml")) is None


@pytest.mark.parametrize(
    ("lignes", "regle"),
    [
        (("a.xml;2024-01-01", "a.xml;2024-01-02"), "REC-010"),
        (("a.xml;31/02/2024",), "REC-009"),
        (("a.xml;01/03/24",), "REC-009"),
        (("a.xml",), "REC-009"),
    ],
)
def test_un_receptions_ambigu_refuse_le_fichier(tmp_path: Path, lignes: tuple[str, ...], regle: str) -> None:
    _receptions(tmp_path, *lignes)
    with pytest.raises(FichierRefuse) as refus:
        Receptions(tmp_path).chercher(_fichier(tmp_path, "a.xml"))
    assert refus.value.regle == regle


def test_un_receptions_sans_ses_colonnes_refuse_le_fichier(tmp_path: Path) -> None:
    (tmp_path / "receptions.csv").write_text("nom;jour\na.xml;2024-01-01\n")
    with pytest.raises(FichierRefuse) as refus:
        Receptions(tmp_path).chercher(_fichier(tmp_path, "a.xml"))
    assert refus.value.regle == "REC-009"


def test_un_receptions_d_excel_est_lu(tmp_path: Path) -> None:
    texte = "\ufefffichier;date_reception\r\nété.xml;05/03/2024\r\n\r\n"
    (tmp_path / "receptions.csv").write_bytes(texte.encode())
    assert Receptions(tmp_path).chercher(_fichier(tmp_path, "été.xml")) == date(2024, 3, 5)


def test_les_deux_ecritures_d_une_date() -> None:
    assert lire_date("2024-03-05") == lire_date("05/03/2024") == date(2024, 3, 5)
    assert lire_date("5/3/2024") is None
    assert lire_date("2024-02-30") is None


def test_un_fichier_recent_est_date_par_l_horloge() -> None:
    assert _decider(date(2024, 3, 2)) == DateReception(JOUR, "implicite")
    assert _decider(None) == DateReception(JOUR, "implicite")


def test_un_fichier_ancien_exige_sa_date() -> None:
    assert _refus(date(2024, 3, 1)) == "REC-004"


def test_des_beneficiaires_sans_date_de_creation_ne_sont_jamais_dates_par_l_horloge() -> None:
    assert _refus(None, exigee=True) == "REC-004"


def test_ni_avant_la_creation_ni_dans_le_futur() -> None:
    assert _refus(date(2024, 3, 2), DateReception(date(2024, 3, 1), "option")) == "REC-005"
    assert _refus(None, DateReception(date(2024, 3, 6), "receptions")) == "REC-006"
    assert _decider(date(2024, 3, 2), DateReception(date(2024, 3, 2), "option")).jour == date(2024, 3, 2)
