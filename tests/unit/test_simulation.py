"""The simulated département: reproducible, coherent, and what its files announce is what they hold."""

import filecmp
import gzip
import hmac
import os
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pipelines.configuration import charger
from pipelines.erreurs import ErreurUsage
from pipelines.simulation import simuler
from pipelines.simulation.cas import CAS, ecrire_cas, id_personne
from pipelines.simulation.ecriture_caf import EnteteFlux, FichierCaf
from pipelines.simulation.exemple import EXEMPLE, ecrire_exemple, plan_exemple
from pipelines.simulation.fautes import FAUTES
from pipelines.simulation.generateur import histoires, mois_simules
from pipelines.simulation.identites import cle_nir, nir
from pipelines.simulation.recits import dossier, foyer, personne

FLUX = "depot/caf_msa/CAF671_RSABEM_2024-12.xml"


@pytest.fixture(scope="module")
def departement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    racine = tmp_path_factory.mktemp("departement")
    simuler(racine, dossiers=60, mois=6, graine=7, format="xml")
    return racine


def _fichiers(racine: Path) -> list[str]:
    return sorted(str(f.relative_to(racine)) for f in racine.rglob("*") if f.is_file())


def test_same_seed_gives_the_same_bytes(departement: Path, tmp_path: Path) -> None:
    simuler(tmp_path, dossiers=60, mois=6, graine=7, format="xml")
    noms = _fichiers(departement)
    assert noms == _fichiers(tmp_path)
    assert filecmp.cmpfiles(departement, tmp_path, noms, shallow=False) == (noms, [], [])


def test_another_seed_gives_another_departement(departement: Path, tmp_path: Path) -> None:
    simuler(tmp_path, dossiers=60, mois=6, graine=8, format="xml")
    assert (tmp_path / FLUX).read_bytes() != (departement / FLUX).read_bytes()


def test_the_folder_has_a_configuration_that_loads_and_a_private_key(departement: Path) -> None:
    configuration = charger(departement / "pilotage.toml")
    assert [o.code for o in configuration.organismes] == ["CAF671", "CAF681", "MSA680"]
    assert [s.emetteur for s in configuration.emetteurs("orientations")] == ["solis-67", "iodas-68"]
    secret = departement / "cle.txt"
    assert re.fullmatch(r"[0-9a-f]{64}", secret.read_text().strip())
    assert os.name != "posix" or secret.stat().st_mode & 0o777 == 0o600


def test_every_file_of_the_depot_has_its_reception_date(departement: Path) -> None:
    lignes = (departement / "receptions.csv").read_text(encoding="utf-8").splitlines()
    dates = dict(ligne.split(";") for ligne in lignes[1:])
    assert set(dates) == {f.name for f in (departement / "depot").rglob("*") if f.is_file()}
    assert dates["CAF671_RSABEM_2024-12.xml"] == "2025-01-05"


def test_a_flux_announces_the_dossiers_it_holds(departement: Path) -> None:
    texte = (departement / FLUX).read_text(encoding="windows-1252")
    assert 'encoding="windows-1252"' in texte.splitlines()[0]
    assert f"<NBTOTDOSRSATRANSM>{texte.count('<InfosFoyerRSA>'):08d}<" in texte


def test_a_gzipped_flux_holds_the_same_content(tmp_path: Path) -> None:
    entete = EnteteFlux(date(2024, 3, 1), date(2024, 2, 29))
    for nom in ("flux.xml", "flux.xml.gz"):
        fichier = FichierCaf(tmp_path / nom, entete)
        fichier.ajouter(foyer(dossier(1, "2024-02-08"), personne(1, "ALMA")))
        fichier.fermer()
    assert gzip.decompress((tmp_path / "flux.xml.gz").read_bytes()) == (tmp_path / "flux.xml").read_bytes()


def test_the_first_dossiers_do_not_depend_on_how_many_follow() -> None:
    mois = mois_simules(4)
    petit, grand = list(histoires(10, mois, 3))[:10], list(histoires(20, mois, 3))[:10]
    assert petit == grand


def test_new_entrants_are_between_5_and_25_per_1000_people_and_month() -> None:
    """Counted on the generator's own flag (a top that appears), returns within a suivi included."""
    presents = entrees = 0
    premier, *autres = mois_simules(12)
    for une in histoires(1500, (premier, *autres), 5):
        for mois, f in une.foyers:
            presents += len(f.personnes)
            entrees += sum(f.entrants) if mois != premier else 0
    assert 5 <= 1000 * entrees / presents <= 40


def test_a_person_keeps_one_nir_and_nobody_shares_it() -> None:
    nirs: dict[str, tuple[str, date]] = {}
    for une in histoires(400, mois_simules(6), 2):
        for _, f in une.foyers:
            for p in f.personnes:
                if p.nir:
                    assert nirs.setdefault(p.nir, (p.prenom, p.date_naissance)) == (
                        p.prenom,
                        p.date_naissance,
                    )
                    assert re.fullmatch(r"[12]\d{12}", p.nir)
                    assert 900 <= int(p.nir[7:10]) < 990


def test_a_nir_key_closes_on_97() -> None:
    numero = nir("2", date(1984, 5, 3), 12)
    assert (int(numero) + int(cle_nir(numero))) % 97 == 0


def test_an_unknown_fault_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ErreurUsage, match="Faute inconnue"):
        simuler(tmp_path / "rien", 5, 2, 1, "xml", ("inexistante",))
    assert not (tmp_path / "rien").exists()


def test_each_fault_can_be_planted_in_a_simulated_depot(tmp_path: Path) -> None:
    simuler(tmp_path, 80, 2, 1, "xml", tuple(FAUTES))
    noms = {f.name.split(".")[0] for f in (tmp_path / "depot").rglob("*") if f.is_file()}
    assert set(FAUTES) <= noms


def test_the_csv_of_beneficiaires_has_one_row_per_person(tmp_path: Path) -> None:
    simuler(tmp_path, dossiers=60, mois=2, graine=7, format="csv")
    lignes = (tmp_path / "depot/caf_msa/CAF671_2024-12.csv").read_text(encoding="utf-8").splitlines()
    champs = lignes[0].split(";")
    assert all(ligne.count(";") == len(champs) - 1 for ligne in lignes)
    assert {ligne.split(";")[champs.index("mois_reference")] for ligne in lignes[1:]} == {"2024-12"}


@pytest.mark.parametrize("numero", sorted(CAS))
def test_each_case_is_a_folder_of_its_own(numero: int, tmp_path: Path) -> None:
    ecrire_cas(numero, tmp_path)
    assert charger(tmp_path / "pilotage.toml").fichier.is_file()
    recus = (tmp_path / "receptions.csv").read_text(encoding="utf-8")
    assert all(envoi.nom in recus for envoi in CAS[numero].envois)
    assert CAS[numero].attendu


def test_there_are_24_cases_whose_rows_name_known_people() -> None:
    assert sorted(CAS) == list(range(1, 25))
    for cas in CAS.values():
        noms = {a.personne for a in cas.attendu if a.personne}
        assert noms <= set(cas.personnes)


def test_the_pseudonym_of_a_case_is_its_nir_else_its_claim() -> None:
    cle = bytes(32)
    par_nir = hmac.new(cle, b"nir:2810267991013", "sha256").hexdigest()[:32]
    par_demande = hmac.new(cle, b"dem:91300000000|1982-02-10|CLAUDIA", "sha256").hexdigest()[:32]
    assert id_personne(13, "avec_nir", cle) == par_nir
    assert id_personne(13, "sans_nir", cle) == par_demande


def test_cases_agree_on_when_each_file_of_the_sample_is_received() -> None:
    receptions = plan_exemple().receptions
    for cas in CAS.values():
        assert all(receptions[cle] == jour for cle, jour in cas.receptions.items())


def test_the_committed_sample_is_what_the_module_writes(tmp_path: Path) -> None:
    """Contents are compared: another zlib may compress them otherwise."""
    ecrire_exemple(tmp_path)
    for nom in _fichiers(tmp_path):
        if nom != "fautes/gzip_tronque.xml.gz":
            assert _contenu(EXEMPLE / nom) == _contenu(tmp_path / nom), nom


def _contenu(chemin: Path) -> bytes | dict[str, bytes]:
    octets = chemin.read_bytes()
    if chemin.suffix == ".xlsx":
        with zipfile.ZipFile(chemin) as classeur:
            return {nom: classeur.read(nom) for nom in classeur.namelist()}
    return gzip.decompress(octets) if chemin.suffix == ".gz" else octets


def test_the_sample_is_small() -> None:
    versionnes = [f for d in ("depot", "fautes") for f in (EXEMPLE / d).rglob("*") if f.is_file()]
    assert sum(f.stat().st_size for f in versionnes) < 13_000_000


@pytest.mark.parametrize("present", ["pilotage.toml", "cle.txt", "export.csv"])
def test_a_folder_that_holds_anything_real_is_never_written_over(tmp_path: Path, present: str) -> None:
    (tmp_path / present).write_text("[collectivite]\n", encoding="utf-8")
    with pytest.raises(ErreurUsage, match="n'est pas un département simulé"):
        simuler(tmp_path, dossiers=5, mois=2)
    assert [f.name for f in tmp_path.iterdir()] == [present]
    assert (tmp_path / present).read_text(encoding="utf-8") == "[collectivite]\n"


def test_a_simulation_may_be_made_again_in_its_folder(tmp_path: Path) -> None:
    simuler(tmp_path, dossiers=5, mois=2)
    simuler(tmp_path, dossiers=5, mois=2)
    assert (tmp_path / "pilotage.toml").is_file()
