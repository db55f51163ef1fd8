"""``pilotage expliquer`` tells the stories of 3.8 in words, notes each look-up, and names nobody."""

import csv
import os
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from contracts.marts import MOTIFS_EXCLUSION, MOTIFS_INCLUSION, champ_de_mart
from pipelines import cli
from pipelines.calcul.calculer import Calcul, calculer
from pipelines.calcul.questions import Lecteur
from pipelines.configuration import Configuration, Regles
from pipelines.explication import phrases
from pipelines.explication.recit import lire_mois, raconter
from pipelines.simulation.cas import CAS, id_personne
from tests.e2e.cas import CLE_DE_TEST, calcul_du_cas, departement_du_cas

RACINE = Path(__file__).parents[2]
CLE = bytes.fromhex(CLE_DE_TEST)
POSIX = pytest.mark.skipif(os.name != "posix", reason="un terminal POSIX")

# case, person, month → what the explanation must say
RECITS: list[tuple[int, str, str, list[str]]] = [
    (
        1,
        "p",
        "2024-02",
        [
            "✓ nouvel entrant",
            "janvier 2024 (mois de comparaison) : absente",
            "T0 : 01/03/2024",
            "notifiée avant le 16/03/2024",
            "Orientation notifiée le 15/03/2024 (envoi du courrier), 14 jours après T0",
            "✓ orientée dans le délai",
        ],
    ),
    (2, "p", "2024-02", ["15 jours après T0. En un mois et moins : oui", "✗ orientée hors délai"]),
    (
        3,
        "p",
        "2024-02",
        ["état 0 (en attente)", "commence le 15/01/2024, jour de la demande", "✓ nouvel entrant"],
    ),
    (4, "p", "2024-02", ["Suivi du 20/02/2023", "en veille) : EN COURS", "[aller_retour_revenus]"]),
    (5, "p", "2024-02", ["Aucun suivi de cette personne n'est connu", "Top 0 → 1, dont passage sous 500 €"]),
    (
        6,
        "p",
        "2024-02",
        ["versement suspendu, motif 06, depuis le 01/02/2023", "EN COURS", "[suspension_moins_12_mois]"],
    ),
    (
        7,
        "p",
        "2024-02",
        ["Suspension depuis le 01/01/2023, plus de 12 mois", "fermé par la suspension longue du 01/01/2023"],
    ),
    (
        8,
        "p",
        "2024-06",
        [
            "Clôture du 29/02/2024 (motif RFD)",
            "fermé par la clôture du 29/02/2024",
            "[retour_apres_radiation]",
        ],
    ),
    (
        9,
        "p",
        "2024-02",
        ["commence le 20/01/2024", "40 jours avant T0 (orientation anticipée)", "désignation du référent"],
    ),
    (
        10,
        "p",
        "2024-03",
        [
            "Clôture du 31/01/2024 (motif MUT) : motif de continuité",
            "04/04/2022",
            "EN COURS",
            "[suivi_en_cours]",
        ],
    ),
    (12, "p", "2024-02", ["T0 : 01/03/2024"]),
    (12, "ajoutee", "2024-02", ["T0 : 20/03/2024", "CAF671_RSABEM_2024-02_corrige"]),
    (13, "sans_nir", "2024-02", ["conjoint", "Elle rejoint un foyer déjà au RSA"]),
    (15, "p", "2024-04", ["(motif RGD) : motif de continuité", "EN COURS", "[suivi_en_cours]"]),
    (16, "p", "2024-02", ["Suivi du 01/06/2021", "EN COURS", "[suivi_en_cours]"]),
    (
        17,
        "p",
        "2024-06",
        [
            "EN COURS ; la clôture du 31/05/2021 précède le suivi",
            "CAF671_RSABEM_2024-04",
            "[aller_retour_revenus]",
        ],
    ),
    (
        18,
        "p",
        "2024-03",
        [
            "février 2024 : situation inconnue",
            "janvier 2024 (mois de comparaison)",
            "mais déjà en janvier 2024",
            "✗ pas candidate",
        ],
    ),
    (18, "p", "2024-02", ["top droits et devoirs non renseigné", "ni soumise, ni non soumise"]),
    (19, "p", "2024-12", ["CAF671_RSABEI_2024-03-13", "✓ nouvel entrant", "[retour_apres_radiation]"]),
    (19, "p", "2024-06", ["Aucune ligne de cette personne"]),
    (20, "p", "2024-01", ["T0 : 06/02/2024", "10/04/2024", "64 jours après T0", "✗ orientée hors délai"]),
    (
        20,
        "p",
        "2024-03",
        ["c'est la même entrée", "comptée en janvier 2024", "depuis le 06/02/2024", "[entree_deja_comptee]"],
    ),
    (
        21,
        "p",
        "2024-02",
        ["Orientation notifiée le 10/03/2024", "9 jours après T0", "orientations_solis-67_2024-09-10.csv"],
    ),
    (22, "p", "2024-02", ["T0 : 05/03/2024", "(quotidien)", "CAF681_RSABEI_2024-03-05", "16 jours après T0"]),
    (24, "p", "2024-02", ["décision le 12/05/2021", "EN COURS", "[aller_retour_revenus]"]),
]


def dire_mois(calcul: Calcul, qui: str, mois: str, regles: Regles | None = None) -> str:
    """The explanation, as one text."""
    lecteur = Lecteur(calcul.connexion)
    (trouvee,) = lecteur.lire("par_id", id=qui)
    vu = lire_mois(lecteur, trouvee["p"], date.fromisoformat(f"{mois}-01"))
    return "\n".join(f"{p.titre}\n" + "\n".join(p.lignes) for p in raconter(vu, regles or Regles()))


@pytest.mark.parametrize(
    ("numero", "nom", "mois", "mots"), RECITS, ids=[f"cas_{n}_{nom}_{mois}" for n, nom, mois, _ in RECITS]
)
def test_l_explication_raconte_le_cas(
    numero: int, nom: str, mois: str, mots: list[str], calcul_exemple: Calcul
) -> None:
    dit = dire_mois(calcul_exemple, id_personne(numero, nom, CLE), mois)
    assert [mot for mot in mots if mot not in dit] == []


def test_en_attente_au_jour_ou_elle_est_arretee(exemple: Configuration) -> None:
    """Case 14."""
    with calculer(exemple, CAS[14].arrete_au) as calcul:
        dit = dire_mois(calcul, id_personne(14, "p", CLE), "2024-02")
    assert "T0 : 01/03/2024" in dit
    assert "observé jusqu'au 10/03/2024" in dit
    assert "en attente" in dit


def test_un_fichier_indispensable_manquant_se_dit(tmp_path: Path) -> None:
    """Case 11."""
    with calcul_du_cas(11, tmp_path) as calcul:
        qui = _quelqu_un(calcul, "CAF671")
        for mois in ("2024-03", "2024-04"):
            dit = dire_mois(calcul, qui, mois)
            assert "? non calculable" in dit
            assert "e fichier de MSA680 manque pour mars 2024" in dit


def test_une_livraison_d_anomalies_n_est_pas_la_source(tmp_path: Path) -> None:
    """Case 23."""
    with calcul_du_cas(23, tmp_path) as calcul:
        dit = dire_mois(calcul, _quelqu_un(calcul, "CAF671"), "2024-02")
    assert "CAF671_RSABEM_2024-02.xml" in dit
    assert "anomalies" not in dit


def _quelqu_un(calcul: Calcul, organisme: str) -> str:
    (qui,) = calcul.connexion.execute(
        "select min(id_personne) from situations_mensuelles where organisme = ?", [organisme]
    ).fetchall()[0]
    return str(qui)


def test_sans_le_critere_3_l_explication_dit_qu_il_n_est_pas_applique(tmp_path: Path) -> None:
    regles = Regles(criteres=(1, 2))
    with calculer(replace(departement_du_cas(4, tmp_path), regles=regles)) as calcul:
        (qui,) = calcul.connexion.execute("select id_personne from nouveaux_entrants").fetchall()[0]
        dit = dire_mois(calcul, qui, "2024-02", regles)
    assert "Pas appliqué : [regles] criteres = [1, 2]" in dit
    assert "✓ nouvel entrant" in dit


def test_chaque_code_publie_a_sa_phrase() -> None:
    assert {*MOTIFS_INCLUSION, *MOTIFS_EXCLUSION} <= set(phrases.MOTIFS)
    assert set(champ_de_mart("situations_mensuelles", "decision").codes) == set(phrases.DECISIONS)
    assert set(champ_de_mart("nouveaux_entrants", "statut_orientation").codes) == set(phrases.STATUTS)


# the command


def pilotage(configuration: Configuration, *arguments: str) -> int:
    return cli.main([*arguments, "--config", str(configuration.fichier)])


def acces(configuration: Configuration) -> list[list[str]]:
    """The look-ups noted, without the header: user aside, command, id_personne, month."""
    journal = configuration.entrepot / "restreint" / "acces.csv"
    if not journal.exists():
        return []
    with journal.open(encoding="utf-8", newline="") as lignes:
        return [ligne[2:] for ligne in list(csv.reader(lignes, delimiter=";"))[1:]]


@pytest.fixture
def notees(exemple: Configuration) -> int:
    """How many look-ups were noted before the test."""
    return len(acces(exemple))


def test_sans_mois_elle_liste_les_mois_et_detaille_les_entrees(
    exemple: Configuration, notees: int, capsys: pytest.CaptureFixture[str]
) -> None:
    qui = id_personne(17, "p", CLE)
    assert pilotage(exemple, "expliquer", qui) == 0
    dit = capsys.readouterr().out
    assert "2024-06  67          CAF671     2     1    ✗ candidate, mais pas comptée  aller_retour" in dit
    assert "Janvier 2024, Bas-Rhin (67)" in dit
    assert "Juin 2024" not in dit
    assert f"pilotage expliquer {qui} --mois AAAA-MM" in dit
    assert acces(exemple)[notees:] == [["expliquer", qui, ""]]


def test_une_personne_inconnue_finit_en_2_et_sa_recherche_est_notee(
    exemple: Configuration, notees: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pilotage(exemple, "expliquer", "0" * 32, "--mois", "2024-02") == 2
    assert "Personne inconnue" in capsys.readouterr().err
    assert acces(exemple)[notees:] == [["expliquer", "0" * 32, "2024-02"]]


def test_un_mois_jamais_livre_finit_en_2(exemple: Configuration, capsys: pytest.CaptureFixture[str]) -> None:
    assert pilotage(exemple, "expliquer", id_personne(1, "p", CLE), "--mois", "2030-01") == 2
    assert "Mois livrés : de 2022-12 à 2024-12" in capsys.readouterr().err


def test_un_ancien_pseudonyme_mene_a_la_personne_et_le_dit(
    exemple: Configuration, calcul_exemple: Calcul, notees: int, capsys: pytest.CaptureFixture[str]
) -> None:
    alias = calcul_exemple.connexion.execute(
        "select ancien_id, id_personne from alias_personnes where cause = 'nir_connu_ensuite' order by all"
    ).fetchall()
    ancien, actuel = alias[0]
    assert pilotage(exemple, "expliquer", ancien, "--mois", "2024-06") == 0
    dit = capsys.readouterr().out
    assert f"Personne {actuel}" in dit
    assert "est un ancien pseudonyme : d'abord connue sans NIR" in dit
    assert acces(exemple)[notees:] == [["expliquer", actuel, "2024-06"]]


def test_ce_qui_ne_peut_etre_note_n_est_pas_montre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = departement_du_cas(1, tmp_path)
    (configuration.entrepot / "restreint" / "acces.csv").mkdir()
    cle = bytes.fromhex((tmp_path / "cle.txt").read_text(encoding="utf-8").strip())
    assert pilotage(configuration, "expliquer", id_personne(1, "p", cle), "--mois", "2024-02") == 1
    dit = capsys.readouterr()
    assert dit.out == ""
    assert "n'a pas pu être notée" in dit.err


def au_terminal(configuration: Configuration, *tapes: str) -> tuple[int, str]:
    """Run ``expliquer --demander`` on a terminal of its own; exit code, and all that the terminal showed."""
    maitre, esclave = os.openpty()
    commande = [sys.executable, "-m", "pipelines", "expliquer", "--demander", "--mois", "2024-02"]
    lance = subprocess.Popen(
        [*commande, "--config", str(configuration.fichier)],
        stdin=esclave,
        stdout=esclave,
        stderr=esclave,
        env={**os.environ, "PYTHONPATH": str(RACINE), "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,  # never the terminal of whoever runs the tests
    )
    os.close(esclave)
    montre, restent = b"", list(tapes)
    with suppress(OSError):  # Linux: the other side is closed
        while lu := os.read(maitre, 4096):
            montre += lu
            if restent and lu.rstrip().endswith((b":", b"?")):
                os.write(maitre, f"{restent.pop(0)}\n".encode())
    os.close(maitre)
    return lance.wait(timeout=60), montre.decode("utf-8")


@POSIX
def test_un_nir_tape_ne_s_affiche_ni_ne_se_note(exemple: Configuration, notees: int) -> None:
    qui, _ = CAS[1].personnes["p"]
    assert qui.nir is not None
    cle = 97 - int(qui.nir) % 97
    code, montre = au_terminal(exemple, f"{qui.nir[:7]} {qui.nir[7:]} {cle:02d}")
    attendu = id_personne(1, "p", CLE)
    assert (code, "✓ nouvel entrant" in montre) == (0, True), montre
    assert f"Personne {attendu}" in montre
    assert qui.nir[:7] not in montre
    assert acces(exemple)[notees:] == [["expliquer --demander", attendu, "2024-02"]]


@POSIX
def test_un_matricule_que_portent_plusieurs_fait_choisir_par_le_rang(
    exemple: Configuration, notees: int
) -> None:
    _, dossier = CAS[13].personnes["p"]
    possibles = {id_personne(13, nom, CLE) for nom in CAS[13].personnes}
    code, montre = au_terminal(exemple, dossier.matricule, "2")
    assert code == 0, montre
    liste = re.findall(r"^  (\d)\. ([0-9a-f]{32}), (demandeur|conjoint)\r?$", montre, re.MULTILINE)
    assert [rang for rang, _, _ in liste] == ["1", "2", "3"]
    assert {qui for _, qui, _ in liste} == possibles
    assert f"Personne {liste[1][1]}" in montre
    assert dossier.matricule not in montre
    listees, (choisie,) = acces(exemple)[notees:-1], acces(exemple)[-1:]
    assert {tuple(ligne) for ligne in listees} == {
        ("expliquer --demander (liste)", qui, "") for qui in possibles
    }
    assert choisie == ["expliquer --demander", liste[1][1], "2024-02"]


@POSIX
def test_ce_qui_n_est_ni_nir_ni_matricule_finit_en_2_sans_etre_redit(exemple: Configuration) -> None:
    code, montre = au_terminal(exemple, "185016799900199")
    assert code == 2
    assert "ni un NIR ni un matricule" in montre
    assert "1850167" not in montre


def test_elle_dit_si_la_publication_courante_a_les_memes_entrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = departement_du_cas(1, tmp_path)
    cle = bytes.fromhex((tmp_path / "cle.txt").read_text(encoding="utf-8").strip())
    demande = ("expliquer", id_personne(1, "p", cle), "--mois", "2024-02")
    assert pilotage(configuration, *demande) == 0
    assert "rien n'est encore publié" in capsys.readouterr().out
    assert pilotage(configuration, "publier") == 0
    capsys.readouterr()
    assert pilotage(configuration, *demande) == 0
    assert "comme la publication courante" in capsys.readouterr().out
    toml = configuration.fichier.read_text(encoding="utf-8")
    configuration.fichier.write_text(
        toml.replace("[regles]", '[regles]\nborne_delai = "inclusive"')
        if "[regles]" in toml
        else toml + '\n[regles]\nborne_delai = "inclusive"\n',
        encoding="utf-8",
    )
    assert pilotage(configuration, *demande) == 0
    dit = capsys.readouterr().out
    assert "ont changé depuis la publication courante" in dit
    assert "notifiée avant le 17/03/2024" in dit


def test_aucune_explication_ne_nomme_personne(exemple: Configuration, calcul_exemple: Calcul) -> None:
    """A third of those who were once candidates."""
    entrees = calcul_exemple.connexion.execute(
        "select id_personne, strftime(mois, '%Y-%m') from situations_mensuelles"
        " where decision in ('nouvel_entrant', 'ecarte') and left(id_personne, 1) < '5' order by all"
    ).fetchall()
    dit = "\n".join(dire_mois(calcul_exemple, qui, mois) for qui, mois in entrees)
    mots = set(re.findall(r"\d\d/\d\d/\d{4}|[\w-]+", dit))
    assert len(entrees) > 30
    assert mots & _identites(exemple) == set()


def _identites(configuration: Configuration) -> set[str]:
    """NIR, names, numbers and birth dates of everybody, as they would be written."""
    colonnes = ("nir", "nom", "prenom", "matricule", "numero_demande_rsa", "identifiant_france_travail")
    motif = configuration.entrepot / "restreint" / "identites" / "*.parquet"
    with duckdb.connect() as connexion:
        connexion.execute(f"create view identites as from read_parquet('{motif}', union_by_name = true)")
        valeurs = {
            str(valeur)
            for colonne in (*colonnes, "strftime(date_naissance, '%d/%m/%Y')", "date_naissance")
            for (valeur,) in connexion.execute(f"select distinct {colonne} from identites").fetchall()
            if valeur
        }
    assert any("ALMA" in valeur for valeur in valeurs)
    return valeurs
