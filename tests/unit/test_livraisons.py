"""The register: a livraison exists whole or not at all, and never changes."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.erreurs import ErreurPilotage, ErreurUsage
from pipelines.reception import livraisons
from pipelines.reception.livraisons import Atelier, LectureFaite, Livraison

SHA = "ab" * 32
LIVRAISON = Livraison(
    id=SHA[:16],
    source="beneficiaires",
    emetteur=None,
    format="xml-caf",
    fichier="flux.xml",
    chemin="depot/flux.xml",
    sha256=SHA,
    octets=10,
    date_reception=date(2024, 3, 5),
    date_enregistrement="2024-03-05T08:00:00+00:00",
    origine_date="option",
    type_flux="M",
    date_creation=date(2024, 3, 1),
    heure_creation="01:18:36.000000",
    date_reference=date(2024, 2, 29),
    dossiers_annonces=1,
    dossiers_anomalie_annonces=0,
    complementaire=False,
    empreinte_cle="01234567",
)
LECTURE = LectureFaite(
    1, "xml-caf-1", "c", "d", 1, 0, 1, ("nir",), ({"regle": "TAB-106", "colonne": None, "nombre": 1},)
)


@pytest.fixture
def entrepot(tmp_path: Path) -> Path:
    livraisons.preparer(tmp_path / "entrepot")
    return tmp_path / "entrepot"


def _atelier(entrepot: Path, livraison: Livraison = LIVRAISON, nom: str = "reception-1") -> Atelier:
    (entrepot / ".tmp" / nom).mkdir()
    atelier = Atelier(entrepot / ".tmp" / nom)
    for chemin in (atelier.brut, atelier.identites, atelier.rejets_bruts, atelier.lecture / "lignes.parquet"):
        chemin.write_bytes(b"octets")
    livraisons.ecrire_fiches(atelier, livraison, LECTURE)
    return atelier


def _fichiers(entrepot: Path) -> list[str]:
    return sorted(c.relative_to(entrepot).as_posix() for c in entrepot.rglob("*") if c.is_file())


def _recevoir(entrepot: Path, livraison: Livraison = LIVRAISON) -> None:
    livraisons.engager(entrepot, _atelier(entrepot, livraison), livraison)
    livraisons.nettoyer(entrepot)


def test_une_livraison_engagee_se_relit_telle_qu_elle_fut_ecrite(entrepot: Path) -> None:
    assert livraisons.registre(entrepot) == []
    _recevoir(entrepot)
    (inscrite,) = livraisons.registre(entrepot)
    assert inscrite.livraison == LIVRAISON
    assert inscrite.lecture == LECTURE
    assert _fichiers(entrepot) == [
        f"livraisons/beneficiaires/{SHA[:16]}/lectures/1/lecture.json",
        f"livraisons/beneficiaires/{SHA[:16]}/lectures/1/lignes.parquet",
        f"livraisons/beneficiaires/{SHA[:16]}/livraison.json",
        f"restreint/bruts/{SHA}.zst",
        f"restreint/identites/{SHA[:16]}.parquet",
        f"restreint/rejets/{SHA[:16]}.parquet",
    ]


def test_le_registre_est_dans_l_ordre_de_reception(entrepot: Path) -> None:
    autre = replace(LIVRAISON, id="cd" * 8, sha256="cd" * 32, date_reception=date(2024, 2, 5))
    _recevoir(entrepot)
    _recevoir(entrepot, autre)
    assert [i.livraison.id for i in livraisons.registre(entrepot)] == [autre.id, LIVRAISON.id]


@pytest.mark.parametrize("etape", range(4))
def test_un_engagement_interrompu_entre_deux_renommages_ne_laisse_rien(
    entrepot: Path, monkeypatch: pytest.MonkeyPatch, etape: int
) -> None:
    atelier = _atelier(entrepot)
    faits: list[str] = []

    def interrompre(vrai):  # noqa: ANN001, ANN202
        def renommer(source: Path, destination: Path) -> None:
            if len(faits) == etape:
                raise KeyboardInterrupt
            faits.append(str(destination))
            vrai(source, destination)

        return renommer

    monkeypatch.setattr(os, "replace", interrompre(os.replace))
    monkeypatch.setattr(os, "rename", interrompre(os.rename))
    with pytest.raises(KeyboardInterrupt):
        livraisons.engager(entrepot, atelier, LIVRAISON)
    monkeypatch.undo()
    assert livraisons.registre(entrepot) == []
    livraisons.nettoyer(entrepot)
    assert _fichiers(entrepot) == []
    _recevoir(entrepot)
    assert len(livraisons.registre(entrepot)) == 1


def test_le_menage_garde_les_octets_qu_une_autre_livraison_partage(entrepot: Path) -> None:
    _recevoir(entrepot, replace(LIVRAISON, source="orientations", id=f"{SHA[:16]}-iodas", emetteur="iodas"))
    interrompue = replace(LIVRAISON, source="orientations", id=f"{SHA[:16]}-solis", emetteur="solis")
    atelier = _atelier(entrepot, interrompue)
    intention = {"id": interrompue.id, "source": "orientations", "sha256": SHA}
    (atelier.dossier / "intention.json").write_text(json.dumps(intention))
    (entrepot / "restreint" / "identites" / f"{interrompue.id}.parquet").write_bytes(b"x")
    livraisons.nettoyer(entrepot)
    assert (entrepot / "restreint" / "bruts" / f"{SHA}.zst").exists()
    assert [i.livraison.emetteur for i in livraisons.registre(entrepot)] == ["iodas"]
    assert not (entrepot / "restreint" / "identites" / f"{interrompue.id}.parquet").exists()


def test_une_acceptation_s_ecrit_a_cote_et_la_premiere_reste(entrepot: Path) -> None:
    _recevoir(entrepot)
    avant = (entrepot / "livraisons/beneficiaires" / SHA[:16] / "livraison.json").read_bytes()
    assert livraisons.accepter(entrepot, SHA[:16], " la CAF confirme ") == LIVRAISON
    livraisons.accepter(entrepot, SHA[:16], "autre motif")
    (inscrite,) = livraisons.registre(entrepot)
    assert inscrite.acceptation is not None
    assert inscrite.acceptation.motif == "la CAF confirme"
    assert (inscrite.dossier / "livraison.json").read_bytes() == avant


@pytest.mark.parametrize("inconnu", ["0123456789abcdef", "*", "../x", "", "ab"])
def test_accepter_un_identifiant_inconnu_est_une_erreur_d_usage(entrepot: Path, inconnu: str) -> None:
    _recevoir(entrepot)
    with pytest.raises(ErreurUsage):
        livraisons.accepter(entrepot, inconnu, "motif")


def test_accepter_sans_motif_est_une_erreur_d_usage(entrepot: Path) -> None:
    _recevoir(entrepot)
    with pytest.raises(ErreurUsage):
        livraisons.accepter(entrepot, SHA[:16], "  ")


def test_les_confirmations_sont_des_fichiers_dates(entrepot: Path) -> None:
    _recevoir(entrepot)
    (inscrite,) = livraisons.registre(entrepot)
    for jour in (date(2024, 5, 5), date(2024, 4, 5)):
        livraisons.confirmer(entrepot, inscrite, jour, "receptions", "depot/avril.csv")
    (inscrite,) = livraisons.registre(entrepot)
    assert [c.date_reception for c in inscrite.confirmations] == [date(2024, 4, 5), date(2024, 5, 5)]


def test_un_refus_garde_son_premier_jour_et_disparait_a_la_reception(entrepot: Path) -> None:
    livraisons.noter_refus(entrepot, SHA, "flux.xml", {"FIC-014": 1})
    premier = (entrepot / "refus" / f"{SHA}.json").read_bytes()
    livraisons.noter_refus(entrepot, SHA, "flux.xml", {"FIC-014": 1})
    assert (entrepot / "refus" / f"{SHA}.json").read_bytes() == premier
    assert [note["regles"] for note in livraisons.refus_notes(entrepot)] == [{"FIC-014": 1}]
    _recevoir(entrepot)
    assert livraisons.refus_notes(entrepot) == []


def test_un_registre_abime_est_dit_sans_contenu(entrepot: Path) -> None:
    _recevoir(entrepot)
    (entrepot / "livraisons/beneficiaires" / SHA[:16] / "livraison.json").write_text('{"secret')
    with pytest.raises(ErreurPilotage) as erreur:
        livraisons.registre(entrepot)
    assert "secret" not in erreur.value.message


@pytest.mark.skipif(os.name == "nt", reason="POSIX rights")
def test_l_entrepot_est_ferme_aux_autres_meme_cree_ouvert(tmp_path: Path) -> None:
    (tmp_path / "entrepot" / "restreint" / "bruts").mkdir(parents=True, mode=0o755)
    livraisons.preparer(tmp_path / "entrepot")
    for dossier in ("restreint", "restreint/bruts", "restreint/identites", "restreint/rejets", ".tmp"):
        assert (tmp_path / "entrepot" / dossier).stat().st_mode & 0o777 == 0o700
