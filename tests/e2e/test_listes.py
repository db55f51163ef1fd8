"""``a-orienter`` and ``partager``: lists for the services, under restreint, noted, that show only counts."""

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import cli
from pipelines.calcul.calculer import Calcul
from pipelines.configuration import Configuration
from pipelines.listes.partage import COLONNES
from pipelines.simulation.cas import CAS
from tests.e2e.cas import departement_du_cas


def pilotage(configuration: Configuration, *arguments: str) -> int:
    return cli.main([*arguments, "--config", str(configuration.fichier)])


def lire(chemin: Path) -> list[dict[str, str]]:
    with chemin.open(encoding="utf-8-sig", newline="") as liste:
        return list(csv.DictReader(liste, delimiter=";"))


def acces(configuration: Configuration) -> list[list[str]]:
    """The look-ups noted: command, id_personne, month."""
    with (configuration.entrepot / "restreint" / "acces.csv").open(encoding="utf-8", newline="") as journal:
        return [ligne[2:] for ligne in csv.reader(journal, delimiter=";")]


# a-orienter


@pytest.mark.parametrize(
    ("au", "jours", "situation"),
    [
        ("2024-03-10", "6", "en attente"),
        ("2024-03-15", "1", "en attente"),
        ("2024-03-16", "0", "hors délai"),
        ("2024-04-01", "-16", "hors délai"),
    ],
)
def test_les_jours_restants_se_comptent_jusqu_a_l_echeance(
    au: str, jours: str, situation: str, cas_14: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    """Case 14: T0 on 01/03, the 15th of March is the last day in time."""
    _, dossier = CAS[14].personnes["p"]
    assert pilotage(cas_14, "a-orienter", "--au", au) == 0
    (chemin,) = (cas_14.entrepot / "restreint" / "a_orienter").iterdir()
    (ligne,) = lire(chemin)
    assert list(ligne.values()) == [
        dossier.numero_demande,
        dossier.matricule[:7],
        "67",
        "2024-02",
        "01/03/2024",
        "16/03/2024",
        jours,
        situation,
        "N",
        "O",
    ]
    dit = capsys.readouterr().out
    assert "1 entrant à orienter" in dit
    assert chemin.name in dit
    assert dossier.matricule[:7] not in dit
    assert acces(cas_14)[-1] == ["a-orienter", "", ""]


@pytest.fixture(scope="module")
def cas_14(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return departement_du_cas(14, tmp_path_factory.mktemp("cas_14"))


def test_la_liste_est_celle_des_dernieres_entrees_sans_orientation(
    exemple: Configuration, calcul_exemple: Calcul, capsys: pytest.CaptureFixture[str]
) -> None:
    avant = len(acces(exemple)) if (exemple.entrepot / "restreint" / "acces.csv").exists() else 1
    assert pilotage(exemple, "a-orienter", "--au", "2025-01-18") == 0
    lignes = lire(exemple.entrepot / "restreint" / "a_orienter" / f"{calcul_exemple.arrete_au}.csv")
    attendues = calcul_exemple.connexion.execute(
        "select strftime(mois, '%Y-%m'), strftime(date_reception_t0, '%d/%m/%Y'), decide_non_notifie"
        " from (select *, max(mois) over (partition by id_personne) as derniere from nouveaux_entrants)"
        " where date_orientation is null and mois = derniere"
    ).fetchall()
    obtenues = [(li["mois d'entrée"], li["T0"], li["décision sans notification"] == "O") for li in lignes]
    assert sorted(obtenues) == sorted(attendues)
    echeances = [date(*map(int, reversed(li["échéance"].split("/")))) for li in lignes]
    assert echeances == sorted(echeances)
    assert {li["toujours soumise"] for li in lignes} == {"O", "N"}
    assert f"{len(lignes)} entrants à orienter au 18/01/2025" in capsys.readouterr().out
    assert acces(exemple)[avant:] == [["a-orienter", "", ""]]


# partager


def partage(configuration: Configuration, mois: str, *options: str) -> list[dict[str, str]]:
    assert pilotage(configuration, "partager", "--mois", mois, *options) == 0
    return lire(configuration.entrepot / "restreint" / "partage" / f"{mois}.csv")


def du_cas(lignes: list[dict[str, str]], numero: int) -> dict[str, str]:
    _, dossier = CAS[numero].personnes["p"]
    (ligne,) = [ligne for ligne in lignes if ligne["numero_demande_rsa"] == dossier.numero_demande]
    return ligne


def test_une_ligne_par_personne_soumise_et_les_freins_seulement_sur_demande(
    exemple: Configuration, calcul_exemple: Calcul, capsys: pytest.CaptureFixture[str]
) -> None:
    lignes = partage(exemple, "2024-06")
    (soumises,) = calcul_exemple.connexion.execute(
        "select count(*) from situations_mensuelles where mois = '2024-06-01' and soumis"
    ).fetchall()[0]
    assert len(lignes) == soumises
    assert tuple(lignes[0]) == COLONNES
    assert f"{soumises} personnes soumises en 2024-06" in capsys.readouterr().out
    assert acces(exemple)[-1] == ["partager", "", "2024-06"]
    avec = partage(exemple, "2024-06", "--avec-freins")
    assert [{c: ligne[c] for c in COLONNES} for ligne in avec] == lignes
    assert any(ligne["freins"] for ligne in avec)
    assert acces(exemple)[-1] == ["partager --avec-freins", "", "2024-06"]


def test_chaque_donnee_partagee_raconte_le_cas(exemple: Configuration) -> None:
    fevrier, mars, avril = (partage(exemple, mois) for mois in ("2024-02", "2024-03", "2024-04"))
    assert du_cas(fevrier, 1)["date_reception_t0"] == "2024-03-01"
    assert du_cas(fevrier, 1)["date_entree_dispositif"] == "2024-02-01"
    assert du_cas(fevrier, 1)["type_parcours"] == ""  # the letter leaves on 15/03
    assert du_cas(mars, 1)["type_parcours"] == "professionnel"
    neuf = du_cas(mars, 9)
    assert neuf["date_ouverture_droit"] == neuf["date_entree_dispositif"] == "2024-01-20"
    assert neuf["source_date_ouverture_droit"] == "declencheur"
    assert du_cas(avril, 20)["date_entree_dispositif"] == "2024-01-01"  # March continues January
    ancien = du_cas(avril, 4)  # followed since 2023, no entry: en veille is a suivi
    assert (ancien["date_entree_dispositif"], ancien["type_parcours"]) == ("", "professionnel")


def test_les_identifiants_sont_ceux_que_disent_les_fichiers_recus(
    exemple: Configuration, calcul_exemple: Calcul
) -> None:
    """Read again from the identities of the month's rows and of France Travail, by NIR and demande."""
    lignes = partage(exemple, "2024-12")
    connus = {ligne["identifiant_france_travail"] for ligne in lignes} - {""}
    motif = exemple.entrepot / "restreint" / "identites" / "*.parquet"
    with duckdb.connect() as connexion:
        attendus = connexion.execute(
            "select numero_demande_rsa, list(distinct identifiant_france_travail)"
            f" from read_parquet('{motif}', union_by_name = true)"
            " where identifiant_france_travail is not null group by all"
        ).fetchall()
    par_demande = {demande: set(identifiants) for demande, identifiants in attendus}
    de_france_travail = par_demande.pop(None, set())
    dits = [(li["numero_demande_rsa"], li["identifiant_france_travail"]) for li in lignes]
    assert len(connus) > 100
    assert [d for d in dits if d[1] and d[1] not in par_demande.get(d[0], set()) | de_france_travail] == []
    assert any(identifiant in par_demande.get(demande, set()) for demande, identifiant in dits)


def test_rien_de_nominatif_n_est_partage(exemple: Configuration) -> None:
    lignes = partage(exemple, "2024-12", "--avec-freins")
    dit = {cellule for ligne in lignes for valeur in ligne.values() for cellule in valeur.split("+")}
    motif = exemple.entrepot / "restreint" / "identites" / "*.parquet"
    with duckdb.connect() as connexion:
        connexion.execute(f"create view identites as from read_parquet('{motif}', union_by_name = true)")
        interdits = {
            str(valeur)
            for colonne in ("nir", "nom", "nom_naissance", "prenom", "matricule", "date_naissance")
            for (valeur,) in connexion.execute(f"select distinct {colonne} from identites").fetchall()
            if valeur
        }
    assert interdits & dit == set()


def test_un_organisme_qui_manque_se_dit(exemple: Configuration, capsys: pytest.CaptureFixture[str]) -> None:
    partage(exemple, "2023-08")
    assert "MSA680 n'a pas de fichier en vigueur pour ce mois" in capsys.readouterr().out


def test_un_mois_jamais_livre_n_ecrit_rien(
    exemple: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pilotage(exemple, "partager", "--mois", "2030-01") == 2
    assert "Mois livrés" in capsys.readouterr().err
    assert not (exemple.entrepot / "restreint" / "partage" / "2030-01.csv").exists()


@pytest.mark.parametrize("commande", [("partager", "--mois", "2024-02"), ("a-orienter",)])
def test_une_liste_qui_ne_peut_etre_notee_n_est_pas_ecrite(
    commande: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = departement_du_cas(14, tmp_path)
    (configuration.entrepot / "restreint" / "acces.csv").mkdir()
    assert pilotage(configuration, *commande) == 1
    dit = capsys.readouterr()
    assert "n'a pas pu être notée" in dit.err
    assert dit.out == ""
    assert not list((configuration.entrepot / "restreint").glob("*/2024-*.csv"))
