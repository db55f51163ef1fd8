"""``pilotage comparer``: on the sample every difference is accounted for; what is said, refused, noted."""

import json
import os
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from comparees import publiee, verifier_comptes
from flux_fictif import CLE, Personne, departement, deposer, flux_caf, orientations

from pipelines import cli
from pipelines.calcul import entrees
from pipelines.configuration import Configuration, Regles
from pipelines.publication.comparaison.comparer import comparer_publiees
from pipelines.publication.comparaison.resultat import Comparaison

JANVIER, FEVRIER = date(2024, 1, 31), date(2024, 2, 29)


# ---------------------------------------------------------------- the sample


@pytest.fixture(scope="module")
def trois_causes(exemple: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Comparaison:
    """The sample before a late file, a corrected one and a rule change, and after."""
    dossier, au = tmp_path_factory.mktemp("comparees"), date(2025, 1, 20)
    toutes = entrees.registre(exemple.entrepot)
    manquantes = ("CAF671_RSABEM_2024-02_corrige", "CAF681_RSABEM_2024-05")
    alors = [x for x in toutes if not x["fichier"].startswith(manquantes)]
    assert len(toutes) - len(alors) == 2
    avant = publiee(exemple, au, dossier / "avant", alors)
    inclusive = replace(exemple, regles=Regles(borne_delai="inclusive"))
    return comparer_publiees(inclusive, avant, publiee(inclusive, au, dossier / "apres"))


def test_chaque_difference_de_l_exemple_a_sa_cause(trois_causes: Comparaison) -> None:
    verifier_comptes(trois_causes)
    assert trois_causes.separation == ""
    assert {x.nature for x in trois_causes.livraisons} == {"fichier_tardif", "fichier_corrige"}
    assert trois_causes.regles == {"borne_delai": ("stricte", "inclusive")}
    causes = {p.cause for p in trois_causes.personnes}
    assert causes == {"fichier_tardif", "fichier_corrige", "methode"}
    assert not [e for e in trois_causes.ecarts if e.sans_cause]


def test_chaque_cause_porte_sur_ses_mois(trois_causes: Comparaison) -> None:
    mois = {
        cause: {f"{p.mois:%Y-%m}" for p in trois_causes.personnes if p.cause == cause and p.code == "V2-1"}
        for cause in ("fichier_tardif", "fichier_corrige", "methode")
    }
    assert mois["methode"] == set()  # a bound of delay changes no entry
    assert {"2024-05", "2024-06"} <= mois["fichier_tardif"]
    assert "2024-02" in mois["fichier_corrige"]


def test_chaque_autre_chiffre_dit_les_tables_qu_il_lit(trois_causes: Comparaison) -> None:
    lues = {e.cle.code: set(e.tables) for e in trois_causes.ecarts}
    assert lues["V2-1"] == {"beneficiaires", "orientations"}
    assert all(tables for tables in lues.values())


# ---------------------------------------------------------------- the command


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    """Published in March 2024: 200 people from January on, eight more in February, one of them oriented."""
    cd = departement(tmp_path)
    presents = [Personne(rang) for rang in range(1, 201)]
    nouveaux = [Personne(rang) for rang in range(201, 209)]
    deposer(cd, "janvier.xml", flux_caf(presents, JANVIER, date(2024, 2, 5)), "2024-02-05")
    deposer(cd, "fevrier.xml", flux_caf(presents + nouveaux, FEVRIER, date(2024, 3, 5)), "2024-03-05")
    deposer(cd, "orientations.csv", orientations((201, "2024-03-06")), "2024-03-08")
    assert _pilotage(cd, "executer", "--direct") == 0
    return cd


def _pilotage(configuration: Configuration, *arguments: str) -> int:
    return cli.main([*arguments, "--config", str(configuration.fichier)])


def _completer(configuration: Configuration) -> None:
    """February sent again with seven more people, and three more letters known."""
    personnes = [Personne(rang) for rang in range(1, 216)]
    deposer(configuration, "corrige.xml", flux_caf(personnes, FEVRIER, date(2024, 3, 20)), "2024-03-20")
    lettres = [(rang, "2024-03-07") for rang in range(201, 205)]
    deposer(configuration, "suite.csv", orientations((201, "2024-03-06"), *lettres[1:]), "2024-03-21")
    assert _pilotage(configuration, "executer", "--direct") == 0


def test_ce_qui_a_change_depuis_la_precedente(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    _completer(configuration)
    capsys.readouterr()
    assert _pilotage(configuration, "comparer", "precedente", "courante") == 0
    dit = capsys.readouterr().out
    assert "fichier corrigé : CAF671 2024-02" in dit
    assert "date d'arrêté : 08/03/2024 → 21/03/2024" in dit
    assert "fichier corrigé (CAF671 2024-02) : 7 entrées" in dit
    assert "orientation connue depuis (orientations principal du 21/03/2024) : s désormais comptées" in dit
    assert "Chaque différence des nouveaux entrants et de leur orientation a sa cause." in dit
    assert not (configuration.entrepot / "restreint" / "acces.csv").exists()


def test_avec_les_personnes_les_nombres_sont_exacts_et_la_consultation_notee(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    _completer(configuration)
    capsys.readouterr()
    assert _pilotage(configuration, "comparer", "precedente", "courante", "--personnes") == 0
    dit = capsys.readouterr().out
    assert "3 désormais comptées" in dit
    assert dit.count("désormais comptée  ") == 3
    assert dit.count("  entre  ") == 7
    acces = configuration.entrepot / "restreint" / "acces.csv"
    assert acces.read_text(encoding="utf-8").count("comparer 2024-03-08_") == 1
    if os.name == "posix":
        assert stat.S_IMODE(acces.stat().st_mode) == 0o600


def test_une_publication_ne_differe_pas_d_elle_meme(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert _pilotage(configuration, "comparer", "courante", "2024-03-08") == 0
    assert "Aucune différence." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("designation", "message"),
    [
        ("2023", "Aucune publication ne s'appelle « 2023 »"),
        ("../publications", "Aucune publication ne s'appelle"),
        ("", "Aucune publication ne s'appelle"),
        ("precedente", "Il n'y a pas de publication précédente"),
    ],
)
def test_une_publication_inconnue_finit_en_2(
    configuration: Configuration, capsys: pytest.CaptureFixture[str], designation: str, message: str
) -> None:
    capsys.readouterr()
    assert _pilotage(configuration, "comparer", designation, "courante") == 2
    erreur = capsys.readouterr().err
    assert message in erreur
    assert len(erreur.splitlines()) == 2


def test_un_debut_de_nom_qui_en_designe_deux_finit_en_2(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    _completer(configuration)
    assert _pilotage(configuration, "comparer", "2024-03-", "courante") == 2
    assert "désigne 2 publications : 2024-03-08_" in capsys.readouterr().err


def test_une_publication_abimee_est_nommee(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    (courante,) = configuration.publications.glob("2024-03-08_*")
    (courante / "marts" / "variantes.parquet").write_bytes(b"autre chose")
    assert _pilotage(configuration, "comparer", "2024", "courante") == 4
    assert "a été modifiée ou abîmée" in capsys.readouterr().err


def test_deux_cles_ne_se_comparent_pas(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    _completer(configuration)
    (courante,) = configuration.publications.glob("2024-03-21_*")
    manifeste = courante / "publication.json"
    contenu = json.loads(manifeste.read_text(encoding="utf-8"))
    for livraison in contenu["entrees"]["livraisons"]:
        livraison["empreinte_cle"] = CLE[:8]
    manifeste.write_text(json.dumps(contenu), encoding="utf-8")
    assert _pilotage(configuration, "comparer", "precedente", "courante") == 2
    assert "deux clés" in capsys.readouterr().err
