"""What is read of a folder, and the measure of a content."""

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from pipelines.erreurs import ErreurUsage, FichierRefuse
from pipelines.reception import fichiers
from pipelines.reception.fichiers import Fichier, conserver, contenu, parcourir, restituer

OCTETS = b"un contenu de table\n" * 5000


def _fichier(chemin: Path) -> Fichier:
    return Fichier(chemin, chemin.parent, chemin.name)


def _noms(chemin: Path) -> list[str]:
    return [fichier.nom for fichier in parcourir([chemin]).fichiers]


def test_le_parcours_est_trie_et_descend_dans_les_sous_dossiers(tmp_path: Path) -> None:
    for nom in ("b.csv", "a.csv", "orientations/iodas/c.csv"):
        (tmp_path / nom).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / nom).write_bytes(b"x")
    assert _noms(tmp_path) == ["a.csv", "b.csv", "orientations/iodas/c.csv"]


def test_ni_receptions_ni_caches_ni_temporaires_ne_sont_lus(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    for nom in (
        "receptions.csv",
        ".cache/a.csv",
        ".b.csv",
        "~$c.xlsx",
        "d.xml.part",
        "e.filepart",
        "Thumbs.db",
    ):
        (tmp_path / nom).write_bytes(b"x")
    assert _noms(tmp_path) == []
    assert _noms(tmp_path / "receptions.csv") == []


def test_les_liens_sont_ignores_et_signales(tmp_path: Path) -> None:
    dehors, depot = tmp_path / "dehors", tmp_path / "depot"
    dehors.mkdir()
    depot.mkdir()
    (dehors / "secret.csv").write_bytes(b"x")
    (depot / "lien.csv").symlink_to(dehors / "secret.csv")
    (depot / "dossier").symlink_to(dehors, target_is_directory=True)
    parcours = parcourir([depot])
    assert parcours.fichiers == []
    assert parcours.liens == ["dossier", "lien.csv"]
    assert parcourir([depot / "lien.csv"]).liens == ["lien.csv"]


def test_ce_que_nous_ecrivons_n_est_jamais_recu(tmp_path: Path) -> None:
    for nom in ("entrepot/x.json", "pilotage.toml", "a.csv"):
        (tmp_path / nom).parent.mkdir(exist_ok=True)
        (tmp_path / nom).write_bytes(b"x")
    parcours = parcourir([tmp_path], [tmp_path / "entrepot", tmp_path / "pilotage.toml"])
    assert [fichier.nom for fichier in parcours.fichiers] == ["a.csv"]


def test_un_fichier_donne_deux_fois_n_est_lu_qu_une_fois(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    assert len(parcourir([tmp_path, tmp_path / "a.csv"]).fichiers) == 1


def test_un_chemin_introuvable_est_une_erreur_d_usage(tmp_path: Path) -> None:
    with pytest.raises(ErreurUsage):
        parcourir([tmp_path / "absent"])


@pytest.mark.skipif(os.name == "nt", reason="no FIFO there")
def test_un_tube_n_est_pas_un_fichier(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.csv")
    assert _noms(tmp_path) == []


@pytest.mark.parametrize("compresse", [False, True])
def test_le_contenu_est_mesure_sur_ses_octets_decompresses(tmp_path: Path, compresse: bool) -> None:
    chemin = tmp_path / "nom trompeur.xls"
    chemin.write_bytes(gzip.compress(OCTETS) if compresse else OCTETS)
    with contenu(_fichier(chemin), tmp_path) as lu:
        assert lu.sha256 == hashlib.sha256(OCTETS).hexdigest()
        assert lu.octets == len(OCTETS)
        assert lu.chemin.read_bytes() == OCTETS
        assert OCTETS.startswith(lu.debut)
    assert sorted(os.listdir(tmp_path)) == [chemin.name]


def test_les_octets_conserves_sont_rendus_a_l_identique_et_fermes_aux_autres(tmp_path: Path) -> None:
    chemin = tmp_path / "a.csv"
    chemin.write_bytes(OCTETS)
    with contenu(_fichier(chemin), tmp_path) as lu:
        assert conserver(lu, tmp_path / "brut.zst") == lu.sha256
    assert b"".join(restituer(tmp_path / "brut.zst")) == OCTETS
    assert (tmp_path / "brut.zst").stat().st_mode & 0o777 == 0o600


def _lire(chemin: Path, pendant: bytes) -> None:
    with contenu(_fichier(chemin), chemin.parent):
        if pendant:
            with open(chemin, "ab") as flux:
                flux.write(pendant)


def _refus(chemin: Path, pendant: bytes = b"") -> str:
    with pytest.raises(FichierRefuse) as refus:
        _lire(chemin, pendant)
    assert chemin.name in refus.value.message
    return refus.value.regle


def test_un_fichier_qui_grandit_pendant_la_lecture_est_refuse(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(OCTETS)
    assert _refus(tmp_path / "a.csv", b"encore") == "FIC-013"


def test_un_fichier_remplace_pendant_la_lecture_est_refuse(tmp_path: Path) -> None:
    chemin = tmp_path / "a.csv"
    chemin.write_bytes(OCTETS)
    (tmp_path / "b.csv").write_bytes(OCTETS)
    with pytest.raises(FichierRefuse) as refus, contenu(_fichier(chemin), tmp_path):
        os.replace(tmp_path / "b.csv", chemin)
    assert refus.value.regle == "FIC-013"


def test_un_fichier_vide_est_refuse_compresse_ou_non(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b""))
    assert _refus(tmp_path / "a.csv") == "FIC-008"
    assert _refus(tmp_path / "b.csv.gz") == "FIC-008"


def test_une_archive_tronquee_ou_abimee_est_refusee(tmp_path: Path) -> None:
    archive = gzip.compress(os.urandom(100_000))
    (tmp_path / "tronquee.gz").write_bytes(archive[:-500])
    (tmp_path / "abimee.gz").write_bytes(archive[:5000] + b"\0" * 50 + archive[5050:])
    assert _refus(tmp_path / "tronquee.gz") == "FIC-009"
    assert _refus(tmp_path / "abimee.gz") == "FIC-009"


def test_une_bombe_est_refusee_sans_remplir_le_disque(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "bombe.gz", "wb") as flux:
        for _ in range(200):
            flux.write(b"\0" * (1 << 20))
    assert _refus(tmp_path / "bombe.gz") == "FIC-010"
    assert os.listdir(tmp_path) == ["bombe.gz"]


def test_la_taille_maximale_arrete_aussi_un_contenu_peu_compressible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fichiers, "OCTETS_MAX", 1000)
    (tmp_path / "a.gz").write_bytes(gzip.compress(os.urandom(5000)))
    assert _refus(tmp_path / "a.gz") == "FIC-010"
