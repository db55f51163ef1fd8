"""From received files to a published folder, by the real steps: what is published keeps the contract's word,
and whatever kills a publication, readers see the last whole one."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from flux_fictif import Personne, departement, deposer, flux_caf, orientations

from contracts.marts import MARTS, Mart
from pipelines.configuration import Configuration
from pipelines.publication.dossiers import verifier_publication
from pipelines.publication.marts import chemin
from pipelines.publication.publier import Publication, publier
from pipelines.reception.recevoir import recevoir

TYPES = {
    "texte": {"VARCHAR"},
    "date": {"DATE"},
    "mois": {"DATE"},
    "entier": {"BIGINT", "INTEGER"},
    "decimal": {"DOUBLE"},
    "booleen": {"BOOLEAN"},
}
PUBLIER = """
import sys
from pathlib import Path
from pipelines.configuration import charger
from pipelines.publication.publier import publier
print("prêt", flush=True)
publier(charger(Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def recue(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """Five months of a small CAF where people come and go, and a stock of orientations each month."""
    cd = departement(tmp_path_factory.mktemp("publication"))
    mois = date(2024, 1, 31)
    for rang in range(5):
        jour = (mois + timedelta(days=5)).isoformat()
        personnes = [Personne(r, top=str(int(r % 7 != rang))) for r in range(1 + rang, 120 + 4 * rang)]
        deposer(cd, f"caf-{rang}.xml", flux_caf(personnes, mois, mois + timedelta(days=1)), jour)
        courriers = [(r, (mois + timedelta(days=r % 5 - 3)).isoformat()) for r in range(110, 118 + 4 * rang)]
        deposer(cd, f"stock-{rang}.csv", orientations(*courriers), jour)
        mois = (mois + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    assert recevoir([cd.depot], cd, aujourd_hui=date(2024, 12, 1)).code == 0
    return cd


@pytest.fixture(scope="module")
def publiee(recue: Configuration) -> Publication:
    return publier(recue)


@pytest.mark.parametrize("mart", MARTS.values(), ids=lambda m: m.nom)
def test_un_mart_a_les_colonnes_les_types_les_codes_et_la_cle_du_contrat(
    mart: Mart, publiee: Publication
) -> None:
    fichier = chemin(publiee.dossier, mart)
    colonnes = {n: t for n, t, *_ in duckdb.sql(f"describe select * from '{fichier}'").fetchall()}
    assert tuple(colonnes) == mart.colonnes
    for nom, champ in mart.champs().items():
        assert colonnes[nom] in TYPES[champ.type], nom
        if champ.codes:
            lus = duckdb.sql(f"select distinct {nom} from '{fichier}' where {nom} is not null").fetchall()
            assert {ligne[0] for ligne in lus} <= set(champ.codes), nom
    cles = f"select count(*) - count(distinct ({', '.join(mart.tri)})) from '{fichier}'"
    assert duckdb.sql(cles).fetchall() == [(0,)]


def test_aucun_mart_ne_porte_de_donnee_identifiante(publiee: Publication) -> None:
    interdits = {"nir", "nom", "prenom", "date_naissance", "matricule", "numero_demande_rsa", "code_commune"}
    assert not interdits & {colonne for mart in MARTS.values() for colonne in mart.colonnes}
    personne = Personne(112)
    for fichier in publiee.dossier.rglob("*"):
        if fichier.is_file():
            octets = fichier.read_bytes()
            assert personne.nom.encode() not in octets, fichier.name
            assert personne.nir.encode() not in octets, fichier.name


def test_publier_deux_fois_donne_le_meme_dossier(recue: Configuration, publiee: Publication) -> None:
    seconde = publier(recue)
    assert (seconde.dossier, seconde.nouvelle) == (publiee.dossier, False)


def test_publier_un_jour_passe_donne_une_autre_publication_sans_changer_la_premiere(
    recue: Configuration, publiee: Publication
) -> None:
    ancienne = publier(recue, date(2024, 4, 30))
    assert ancienne.dossier != publiee.dossier
    assert _courante(recue) == ancienne.dossier.name
    publier(recue)
    assert _courante(recue) == publiee.dossier.name


def _courante(configuration: Configuration) -> str:
    nom: str = json.loads((configuration.publications / "courante.json").read_text())["publication"]
    return nom


# ---------------------------------------------------------------- killed, or two at once

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def _lancer(configuration: Configuration) -> subprocess.Popen[str]:
    processus = subprocess.Popen(
        [sys.executable, "-c", PUBLIER, str(configuration.fichier)], stdout=subprocess.PIPE, text=True
    )
    assert processus.stdout is not None
    assert processus.stdout.readline() == "prêt\n"
    return processus


def _vider(configuration: Configuration) -> None:
    shutil.rmtree(configuration.publications, ignore_errors=True)


def _visibles(configuration: Configuration) -> list[Path]:
    return [d for d in configuration.publications.glob("20*") if d.is_dir()]


@posix
def test_une_publication_tuee_n_importe_quand_ne_laisse_rien_a_moitie_et_se_refait_a_l_identique(
    recue: Configuration, publiee: Publication
) -> None:
    attendus = verifier_publication(publiee.dossier)["fichiers"]
    _vider(recue)
    debut = time.monotonic()
    assert _lancer(recue).wait() == 0
    duree = time.monotonic() - debut
    hasard = random.Random(35)
    for part in (0.5, 0.8, hasard.uniform(0.6, 1.0), hasard.uniform(0.8, 1.0)):
        _vider(recue)
        processus = _lancer(recue)
        time.sleep(part * duree)
        processus.send_signal(signal.SIGKILL)
        processus.wait()
        for dossier in _visibles(recue):
            assert verifier_publication(dossier)["fichiers"] == attendus
        if (recue.publications / "courante.json").exists():
            assert (recue.publications / _courante(recue)).is_dir()
    assert publier(recue).dossier == publiee.dossier
    assert verifier_publication(publiee.dossier)["fichiers"] == attendus
    assert not list(recue.publications.glob(".tmp-*"))


@posix
def test_deux_publications_en_meme_temps_donnent_un_seul_dossier(
    recue: Configuration, publiee: Publication
) -> None:
    _vider(recue)
    processus = [_lancer(recue), _lancer(recue)]
    assert [p.wait() for p in processus] == [0, 0]
    assert [d.name for d in _visibles(recue)] == [publiee.dossier.name]
    assert _courante(recue) == publiee.dossier.name
