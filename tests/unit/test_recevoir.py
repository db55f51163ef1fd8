"""From a file in the depot to a livraison, and everything a depot may hold instead."""

import gzip
import json
import os
import re
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from flux_fictif import DEUX_EMETTEURS, Personne, departement, deposer, flux_caf, orientations

from pipelines.calcul import entrees
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurPilotage, ErreurUsage
from pipelines.reception import fichiers, livraisons, preparation
from pipelines.reception.bilan import BilanReception, ResultatFichier
from pipelines.reception.livraisons import Inscription
from pipelines.reception.recevoir import recevoir, verifier
from pipelines.verrou import EntrepotOccupe, Verrou

JOUR = date(2024, 3, 10)
VINGT = [Personne(rang) for rang in range(1, 21)]


@pytest.fixture
def cd(tmp_path: Path) -> Configuration:
    return departement(tmp_path / "cd")


def _recevoir(cd: Configuration, jour: date = JOUR, **options: object) -> BilanReception:
    return recevoir([cd.depot], cd, aujourd_hui=jour, **options)  # type: ignore[arg-type]


def _un(cd: Configuration, jour: date = JOUR, **options: object) -> ResultatFichier:
    (resultat,) = _recevoir(cd, jour, **options).resultats
    return resultat


def _registre(cd: Configuration) -> list[Inscription]:
    return livraisons.registre(cd.entrepot)


def _fichiers(cd: Configuration) -> list[str]:
    chemins = (c for c in cd.entrepot.rglob("*") if c.is_file() and c.name != ".verrou")
    chemins = (c for c in chemins if c.parent.name != "journal")  # it grows at each run
    return sorted(chemin.relative_to(cd.entrepot).as_posix() for chemin in chemins)


# --- a flux ------------------------------------------------------------------------------------------------


def test_un_flux_mensuel_devient_une_livraison_datee_par_receptions(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT), "2024-03-05")
    resultat = _un(cd)
    assert (resultat.statut, resultat.lignes, resultat.rejets) == ("recue", 20, 0)
    (inscrite,) = _registre(cd)
    livraison, lecture = inscrite.livraison, inscrite.lecture
    assert livraison.id == resultat.livraison == livraison.sha256[:16]
    assert (livraison.date_reception, livraison.origine_date) == (date(2024, 3, 5), "receptions")
    assert (livraison.type_flux, livraison.date_creation) == ("M", date(2024, 3, 1))
    assert livraison.heure_creation == "01:18:36.000000"
    assert (livraison.dossiers_annonces, livraison.complementaire) == (20, False)
    assert lecture.parties == (
        {"organisme": "CAF671", "mois": "2024-02-01", "dossiers": 20, "lignes": 20, "rejets": 0},
    )


def test_les_octets_recus_sont_gardes_a_l_identique(cd: Configuration) -> None:
    octets = flux_caf(VINGT)
    deposer(cd, "flux.xml.gz", gzip.compress(octets), "2024-03-05")
    livraison = _un(cd)
    brut = cd.entrepot / "restreint" / "bruts" / f"{_registre(cd)[0].livraison.sha256}.zst"
    assert livraison.statut == "recue"
    assert b"".join(fichiers.restituer(brut)) == octets


def test_aucune_donnee_personnelle_hors_de_restreint(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT), "2024-03-05")
    _recevoir(cd)
    for parquet in (cd.entrepot / "livraisons").rglob("*.parquet"):
        frame = pl.read_parquet(parquet)
        assert not {"nir", "nom", "nom_naissance", "prenom", "date_naissance"} & set(frame.columns)
        texte = frame.write_csv()
        assert "FICTIVE" not in texte
        assert VINGT[0].nir not in texte
    (identites,) = (cd.entrepot / "restreint" / "identites").glob("*.parquet")
    assert pl.read_parquet(identites)["nir"].to_list() == [personne.nir for personne in VINGT]


@pytest.mark.skipif(os.name == "nt", reason="POSIX rights")
def test_l_entrepot_n_est_lisible_que_de_son_proprietaire(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT), "2024-03-05")
    ancien = os.umask(0o000)
    try:
        _recevoir(cd)
        assert os.umask(0o000) == 0o000
    finally:
        os.umask(ancien)
    modes = {chemin: chemin.stat().st_mode & 0o777 for chemin in cd.entrepot.rglob("*")}
    assert {mode for chemin, mode in modes.items() if chemin.is_dir()} == {0o700}
    assert {mode for chemin, mode in modes.items() if chemin.is_file()} == {0o600}


def test_recevoir_deux_fois_ne_change_rien_et_le_dit(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT), "2024-03-05")
    _recevoir(cd)
    avant = {nom: (cd.entrepot / nom).read_bytes() for nom in _fichiers(cd)}
    deposer(cd, "copie.xml.gz", gzip.compress(flux_caf(VINGT)), "2024-03-08")
    bilan = _recevoir(cd)
    assert [resultat.statut for resultat in bilan.resultats] == ["deja_recue", "deja_recue"]
    assert "2024-03-05" in bilan.resultats[0].constats[0].message
    assert bilan.code == 0
    assert {nom: (cd.entrepot / nom).read_bytes() for nom in _fichiers(cd)} == avant


def test_un_flux_d_anomalies_est_complementaire(cd: Configuration) -> None:
    deposer(cd, "ano.xml", flux_caf([Personne(r, anomalie=True) for r in range(1, 4)]), "2024-03-05")
    _recevoir(cd)
    assert _registre(cd)[0].livraison.complementaire


def test_un_flux_mensuel_vide_est_garde_et_signale(cd: Configuration) -> None:
    deposer(cd, "vide.xml", flux_caf([]), "2024-03-05")
    resultat = _un(cd)
    assert (resultat.statut, resultat.regles) == ("recue", ("CAF-105",))
    lignes = pl.read_parquet(_registre(cd)[0].dossier / "lectures" / "1" / "lignes.parquet")
    assert lignes.height == 0
    assert {"cle_nir", "organisme", "mois", "etat_dossier"} <= set(lignes.columns)


def test_un_flux_qui_annonce_des_dossiers_et_n_en_a_aucun_est_refuse(cd: Configuration) -> None:
    deposer(cd, "perdu.xml", flux_caf([], annonces=100), "2024-03-05")
    resultat = _un(cd)
    assert (resultat.statut, resultat.regles) == ("refusee", ("CAF-001",))


def test_un_flux_dont_le_compte_est_illisible_est_refuse(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT).replace(b">00000020<", b">2O<"), "2024-03-05")
    resultat = _un(cd)
    assert (resultat.statut, resultat.regles) == ("refusee", ("FIC-016",))
    assert "NBTOTDOSRSATRANSM" in resultat.constats[0].message


def test_un_flux_d_une_autre_nature_est_ignore(cd: Configuration) -> None:
    deposer(cd, "instructions.xml", flux_caf(VINGT, nature="I"), "2024-03-05")
    deposer(cd, "reprise.xml", flux_caf(VINGT, type_flux="R"), "2024-03-05")
    bilan = _recevoir(cd)
    assert [(r.statut, r.regles) for r in bilan.resultats] == [
        ("ignoree", ("REC-101",)),
        ("ignoree", ("REC-102",)),
    ]
    assert bilan.code == 0
    assert _fichiers(cd) == []


def test_les_lignes_repetees_d_un_flux_ne_sont_gardees_qu_une_fois(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf([*VINGT, VINGT[3]]), "2024-03-05")
    resultat = _un(cd)
    assert (resultat.lignes, resultat.regles) == (20, ("TAB-106",))
    assert _registre(cd)[0].lecture.dossiers == 21


def test_une_ligne_ecartee_garde_son_rang_et_ses_valeurs_restent_au_coffre(tmp_path: Path) -> None:
    cd = departement(tmp_path, "[qualite]\ntaux_rejet_max = 0.1\n")
    deposer(cd, "flux.xml", flux_caf([*VINGT, Personne(99, etat="8")]), "2024-03-05")
    resultat = _un(cd)
    assert (resultat.statut, resultat.lignes, resultat.rejets) == ("recue", 20, 1)
    assert (resultat.lignes_ecartees[0].ligne, resultat.lignes_ecartees[0].regles) == (21, "CAF-002")
    assert resultat.lignes_ecartees[0].nature == "personne de rang"
    inscrite = _registre(cd)[0]
    rejets = pl.read_parquet(inscrite.dossier / "lectures" / "1" / "rejets.parquet")
    assert rejets["cle_nir"].null_count() == 0
    assert inscrite.lecture.parties[0]["rejets"] == 1
    (bruts,) = (cd.entrepot / "restreint" / "rejets").glob("*.parquet")
    assert pl.read_parquet(bruts)["nir"].to_list() == [Personne(99).nir]


# --- refusals ----------------------------------------------------------------------------------------------

REFUS = {
    "FIC-001": b"%PDF-1.7 ...",
    "FIC-002": flux_caf(VINGT).replace(b"</Identification>", b"</Identite>", 1),
    "FIC-003": flux_caf(VINGT)[:9000],
    "FIC-004": flux_caf(VINGT).replace(b"<Racine>", b'<!DOCTYPE Racine [<!ENTITY a "b">]>\n<Racine>', 1),
    "FIC-008": b"",
    "FIC-009": gzip.compress(flux_caf(VINGT))[:-20],
    "FIC-014": flux_caf([*VINGT, Personne(99, etat="8")]),
    "CAF-001": flux_caf([Personne(1, etat="8")]),
    "REC-003": flux_caf([*VINGT, Personne(30, organisme=("CAF", "999"))]),
    "REC-005": flux_caf(VINGT, creation=date(2024, 3, 7)),
    "TAB-001": b"nir;organisme_referent\n1850167000001;Maison\n",
}


@pytest.mark.parametrize("regle", REFUS)
def test_chaque_refus_nomme_sa_regle_et_ne_laisse_qu_une_fiche(cd: Configuration, regle: str) -> None:
    deposer(cd, "fichier.xml", REFUS[regle], "2024-03-05")
    deposer(cd, "z.xml", flux_caf(VINGT, heure="02:00:00.0000"), "2024-03-05")
    bilan = _recevoir(cd)
    assert [resultat.statut for resultat in bilan.resultats] == ["refusee", "recue"]
    refusee = bilan.resultats[0]
    assert refusee.regles[0] == regle
    assert regle in refusee.constats[0].message
    assert refusee.constats[0].conseil
    assert bilan.code == 3
    (note,) = livraisons.refus_notes(cd.entrepot)
    assert (note["fichier"], regle in note["regles"]) == ("fichier.xml", True)
    assert len(list((cd.entrepot / "restreint" / "bruts").iterdir())) == 1
    assert list((cd.entrepot / ".tmp").iterdir()) == []


@pytest.mark.parametrize("regle", REFUS)
def test_aucun_message_ne_porte_une_valeur_du_fichier(cd: Configuration, regle: str) -> None:
    deposer(cd, "fichier.xml", REFUS[regle], "2024-03-05")
    bilan = _recevoir(cd)
    ecrits = repr(bilan) + "".join(c.read_text() for c in (cd.entrepot / "refus").iterdir())
    assert not re.search(r"FICTIVE|LODIE|Maison|2850167|1985-01", ecrits)


def test_des_lignes_ecartees_d_une_table_du_cd_sont_tolerees_jusqu_a_cinq(cd: Configuration) -> None:
    futures = [(rang, "2030-01-01") for rang in range(100, 105)]
    deposer(cd, "cinq.csv", orientations((1, "2024-03-01"), *futures), "2024-03-05")
    assert (_un(cd).statut, _registre(cd)[0].lecture.rejets) == ("recue", 5)
    deposer(cd, "six.csv", orientations((1, "2024-03-01"), *futures, (106, "2030-01-01")), "2024-03-05")
    refusee = _recevoir(cd).resultats[1]
    assert refusee.regles == ("FIC-014", "ORI-002")
    assert len(refusee.lignes_ecartees) == 6


def test_un_avertissement_dit_ses_premieres_lignes(cd: Configuration) -> None:
    deposer(cd, "une.csv", orientations((1, "2024-03-01"), (2, "31/02/2024")), "2024-03-05")
    illisibles = [(rang, "bientôt") for rang in range(10, 17)]
    deposer(cd, "sept.csv", orientations((1, "2024-03-01"), *illisibles), "2024-03-05")
    sept, une = (resultat.constats[0].message for resultat in _recevoir(cd).resultats)
    assert une.startswith("une.csv, ligne 3, colonne « date_envoi_courrier » : ")
    assert "(nombre : 7, lignes : 3, 4, 5, 6, 7…) [TAB-101]" in sept
    assert "bientôt" not in sept


def test_une_date_inconnue_est_un_refus_qui_dit_quoi_faire(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT))
    refusee = _un(cd, date(2024, 3, 5))
    assert refusee.regles == ("REC-004",)
    assert "--recu-le" in refusee.constats[0].conseil
    assert _un(cd, date(2024, 3, 4)).statut == "recue"
    assert livraisons.refus_notes(cd.entrepot) == []


def test_une_reception_dans_le_futur_est_refusee(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT), "2024-03-11")
    assert _un(cd).regles == ("REC-006",)


def test_les_fichiers_sont_recus_dans_l_ordre_des_dates_puis_des_noms(cd: Configuration) -> None:
    deposer(cd, "a.xml", flux_caf(VINGT), "2024-03-06")
    deposer(cd, "c.xml", flux_caf(VINGT, heure="02:00:00.0000"), "2024-03-05")
    deposer(cd, "b.xml", flux_caf(VINGT, heure="03:00:00.0000"), "2024-03-05")
    suivis: list[tuple[int, int, str]] = []
    bilan = _recevoir(cd, suivi=lambda fait, total, nom: suivis.append((fait, total, nom)))
    assert [resultat.fichier for resultat in bilan.resultats] == ["b.xml", "c.xml", "a.xml"]
    assert suivis == [(0, 3, "b.xml"), (1, 3, "c.xml"), (2, 3, "a.xml"), (3, 3, "")]


def test_un_lien_est_signale_sans_etre_lu(cd: Configuration, tmp_path: Path) -> None:
    (tmp_path / "dehors.xml").write_bytes(flux_caf(VINGT))
    (cd.depot / "lien.xml").symlink_to(tmp_path / "dehors.xml")
    bilan = _recevoir(cd)
    assert bilan.resultats == ()
    assert [avertissement.regle for avertissement in bilan.avertissements] == ["FIC-101"]


# --- tables of the CD --------------------------------------------------------------------------------------


def test_un_meme_stock_plus_tard_est_une_confirmation(cd: Configuration) -> None:
    stock = orientations((1, "2024-03-01"), (2, "2024-03-02"))
    deposer(cd, "mars.csv", stock, "2024-03-05")
    deposer(cd, "avril.csv", stock, "2024-03-08")
    bilan = _recevoir(cd)
    assert [resultat.statut for resultat in bilan.resultats] == ["recue", "confirmee"]
    (inscrite,) = _registre(cd)
    assert inscrite.livraison.emetteur == "principal"
    assert [c.date_reception for c in inscrite.confirmations] == [date(2024, 3, 8)]
    assert [resultat.statut for resultat in _recevoir(cd).resultats] == ["deja_recue", "deja_recue"]


def test_un_meme_stock_recu_plus_tot_et_lu_apres_est_une_reception_de_plus(cd: Configuration) -> None:
    """Which file is read first does not change the days on which its content was received."""
    stock = orientations((1, "2024-03-01"), (2, "2024-03-02"))
    tardif = deposer(cd, "avril.csv", stock, "2024-03-08")
    assert [r.statut for r in recevoir([tardif], cd, aujourd_hui=JOUR).resultats] == ["recue"]
    deposer(cd, "mars.csv", stock, "2024-03-05")
    assert sorted(r.statut for r in _recevoir(cd).resultats) == ["confirmee", "deja_recue"]
    (livraison,) = entrees.registre(cd.entrepot)
    assert (livraison["date_reception"], livraison["confirmations"]) == ("2024-03-05", ["2024-03-08"])
    assert {r.statut for r in _recevoir(cd).resultats} == {"deja_recue"}


def test_un_stock_qui_revient_confirme_sa_premiere_livraison(cd: Configuration) -> None:
    a, b = orientations((1, "2024-03-01")), orientations((2, "2024-03-01"))
    for nom, octets, jour in (("1.csv", a, "02"), ("2.csv", b, "03"), ("3.csv", a, "04")):
        deposer(cd, nom, octets, f"2024-03-{jour}")
    bilan = _recevoir(cd)
    assert [resultat.statut for resultat in bilan.resultats] == ["recue", "recue", "confirmee"]
    premiere, seconde = _registre(cd)
    assert [c.date_reception for c in premiere.confirmations] == [date(2024, 3, 4)]
    assert seconde.confirmations == ()


def test_relire_le_depot_chaque_jour_ne_confirme_rien(cd: Configuration) -> None:
    deposer(cd, "stock.csv", orientations((1, "2024-03-01")))
    assert _un(cd).origine_date == "implicite"
    assert _un(cd, date(2024, 3, 20)).statut == "deja_recue"


def test_un_nouvel_export_identique_et_sans_date_confirme_a_son_arrivee(cd: Configuration) -> None:
    deposer(cd, "mars.csv", orientations((1, "2024-03-01")))
    _recevoir(cd)
    nouveau = deposer(cd, "avril.csv", orientations((1, "2024-03-01")))
    demain = nouveau.stat().st_mtime + 86_400
    os.utime(nouveau, (demain, demain))
    statuts = {r.fichier: r.statut for r in _recevoir(cd, date(2024, 4, 10)).resultats}
    assert statuts == {"mars.csv": "deja_recue", "avril.csv": "confirmee"}
    assert {r.statut for r in _recevoir(cd, date(2024, 4, 11)).resultats} == {"deja_recue"}


def test_un_meme_flux_de_table_ne_se_confirme_pas(tmp_path: Path) -> None:
    cd = departement(tmp_path, DEUX_EMETTEURS)
    deposer(cd, "orientations/solis/mars.csv", orientations((1, "2024-03-01")), "2024-03-05")
    deposer(cd, "orientations/solis/avril.csv", orientations((1, "2024-03-01")), "2024-03-08")
    _recevoir(cd)
    bilan = _recevoir(cd)
    assert {resultat.statut for resultat in bilan.resultats} == {"deja_recue"}


def test_entre_plusieurs_emetteurs_le_dossier_ou_l_option_choisit(tmp_path: Path) -> None:
    cd = departement(tmp_path, DEUX_EMETTEURS)
    stock = orientations((1, "2024-03-01"))
    deposer(cd, "orientations/solis/stock.csv", stock, "2024-03-05")
    assert _un(cd).emetteur == "solis"
    assert _un(cd, emetteur="iodas-67").statut == "recue"
    assert [i.livraison.id[16:] for i in _registre(cd)] == ["-iodas-67", "-solis"]


def test_un_emetteur_a_preciser_est_refuse_avec_la_liste(tmp_path: Path) -> None:
    cd = departement(tmp_path, DEUX_EMETTEURS)
    deposer(cd, "stock.csv", orientations((1, "2024-03-01")), "2024-03-05")
    refusee = _un(cd)
    assert refusee.regles[0] == "REC-007"
    assert "iodas-67, solis" in refusee.constats[0].message
    deposer(cd, "orientations/inconnu/stock.csv", orientations((2, "2024-03-01")), "2024-03-05")
    assert {r.regles[0] for r in _recevoir(cd).resultats} == {"REC-007", "REC-008"}


def test_un_emetteur_que_personne_ne_decrit_est_une_erreur_d_usage(cd: Configuration) -> None:
    with pytest.raises(ErreurUsage):
        _recevoir(cd, emetteur="inconnu")


def test_un_dossier_par_annee_n_est_pas_un_emetteur(cd: Configuration) -> None:
    deposer(cd, "orientations/2024/stock.csv", orientations((1, "2024-03-01")), "2024-03-05")
    assert _un(cd).emetteur == "principal"


# --- verifier, lock, disk ----------------------------------------------------------------------------------


def test_verifier_dit_la_meme_chose_sans_rien_ecrire(cd: Configuration) -> None:
    deposer(cd, "a.xml", REFUS["FIC-014"], "2024-03-05")
    deposer(cd, "b.csv", orientations((1, "2024-03-01")), "2024-03-05")
    deposer(cd, "c.xml", flux_caf(VINGT))
    a_blanc = verifier([cd.depot], cd, aujourd_hui=JOUR)
    assert not cd.entrepot.exists()
    assert a_blanc.a_blanc
    assert a_blanc.resultats == _recevoir(cd).resultats


def test_un_entrepot_occupe_est_une_erreur_claire(cd: Configuration) -> None:
    import threading

    erreurs: list[BaseException] = []

    def concurrent() -> None:
        try:
            _recevoir(cd)
        except EntrepotOccupe as erreur:
            erreurs.append(erreur)

    with Verrou(cd.entrepot):
        fil = threading.Thread(target=concurrent)
        fil.start()
        fil.join()
    assert len(erreurs) == 1


def test_un_disque_plein_ne_laisse_rien_de_visible(
    cd: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT), "2024-03-05")

    def plein(*_: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as panne:
        panne.setattr(preparation, "conserver", plein)
        with pytest.raises(ErreurPilotage) as erreur:
            _recevoir(cd)
    assert erreur.value.code == 1
    assert erreur.value.conseil
    assert _fichiers(cd) == []
    assert _un(cd).statut == "recue"


def test_livraison_json_porte_les_champs_convenus(cd: Configuration) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT), "2024-03-05")
    _recevoir(cd)
    (fiche,) = (cd.entrepot / "livraisons").rglob("livraison.json")
    ecrite = json.loads(fiche.read_text())
    assert ecrite["date_reception"] == "2024-03-05"
    assert ecrite["date_reference"] == "2024-02-29"
    assert ecrite["emetteur"] is None
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", ecrite["date_enregistrement"])
    assert re.fullmatch(r"[0-9a-f]{8}", ecrite["empreinte_cle"])


def test_une_confirmation_dans_le_futur_est_refusee_puis_oubliee(cd: Configuration) -> None:
    stock = deposer(cd, "stock.csv", orientations((1, "2024-03-01")))
    _recevoir(cd, recu_le=date(2024, 3, 5))
    assert recevoir([stock], cd, date(2024, 4, 1), aujourd_hui=JOUR).resultats[0].regles == ("REC-006",)
    assert len(livraisons.refus_notes(cd.entrepot)) == 1
    assert _un(cd, recu_le=date(2024, 3, 8)).statut == "confirmee"
    assert livraisons.refus_notes(cd.entrepot) == []


def test_un_organisme_etranger_est_situe_par_le_rang_de_la_personne(cd: Configuration) -> None:
    deposer(cd, "flux.xml", REFUS["REC-003"], "2024-03-05")
    message = _un(cd).constats[0].message
    assert "personne de rang : 21" in message
    assert "999" not in message


def test_un_defaut_du_programme_nomme_le_fichier_et_rien_de_son_contenu(
    cd: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposer(cd, "flux.xml", flux_caf(VINGT), "2024-03-05")

    def defaut(*_: object) -> None:
        raise ValueError("FICTIVE1")

    monkeypatch.setattr(preparation, "juger", defaut)
    with pytest.raises(ErreurPilotage) as erreur:
        _recevoir(cd)
    assert "flux.xml" in erreur.value.message
    assert "ValueError" in erreur.value.message
    assert "FICTIVE" not in erreur.value.message
    assert _fichiers(cd) == []


# --- other forms -------------------------------------------------------------------------------------------

PECG_VIDE = b"""<?xml version="1.0" encoding="UTF-8"?>
<fichier-PE-CG><entete><fichier>PECG</fichier><periodicite>M</periodicite><departement>067</departement>
<date-reference>2024-02-29</date-reference><date-fabrication>2024-03-01</date-fabrication>
<version>001,0</version></entete><fin><nb-dossiers>0000000</nb-dossiers></fin></fichier-PE-CG>
"""


def _zip(chemin: Path, membres: dict[str, bytes]) -> None:
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in membres.items():
            archive.writestr(nom, octets)


def test_un_flux_france_travail_vide_est_garde_et_signale(cd: Configuration) -> None:
    deposer(cd, "nom quelconque.bin", PECG_VIDE, "2024-03-05")
    resultat = _un(cd)
    assert (resultat.statut, resultat.source, resultat.regles) == ("recue", "france_travail", ("FTR-103",))
    assert _registre(cd)[0].livraison.date_creation == date(2024, 3, 1)


def test_une_table_vide_est_valable(cd: Configuration) -> None:
    deposer(cd, "stock.csv", orientations(), "2024-03-05")
    resultat = _un(cd)
    assert (resultat.statut, resultat.lignes, resultat.regles) == ("recue", 0, ("TAB-109",))


def test_un_classeur_est_lu_comme_la_table_qu_il_contient(cd: Configuration) -> None:
    import xlsxwriter

    lignes = [ligne.split(";") for ligne in orientations((1, "2024-03-01")).decode().splitlines()]
    with xlsxwriter.Workbook(str(cd.depot / "stock.xlsx")) as classeur:
        feuille = classeur.add_worksheet()
        for rang, ligne in enumerate(lignes):
            feuille.write_row(rang, 0, ligne)
    resultat = _un(cd)
    assert (resultat.statut, resultat.source, resultat.lignes) == ("recue", "orientations", 1)


def test_une_archive_qui_n_est_pas_un_classeur_est_refusee(cd: Configuration) -> None:
    _zip(cd.depot / "archive.zip", {"flux.xml": flux_caf(VINGT)})
    assert _un(cd).regles == ("FIC-001",)


def test_un_classeur_piege_est_refuse_sans_etre_ouvert(cd: Configuration) -> None:
    _zip(cd.depot / "bombe.xlsx", {"xl/workbook.xml": b"<a/>", "xl/s.xml": b"\0" * (100 << 20)})
    assert _un(cd).regles == ("FIC-010",)


def test_un_fichier_recu_avec_une_autre_cle_est_signale_puis_relu_avec_celle_de_l_entrepot(
    cd: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposer(cd, "fevrier.xml", flux_caf(VINGT), "2024-03-05")
    _recevoir(cd)
    monkeypatch.setattr(livraisons, "maintenant", lambda: "2099-01-01T00:00:00+00:00")  # later than the first
    assert cd.cle_fichier is not None
    origine = cd.cle_fichier.read_text(encoding="ascii")
    cd.cle_fichier.write_text("ab" * 32, encoding="ascii")
    deposer(cd, "suite.xml", flux_caf(VINGT[:12]), "2024-03-06")
    bilan = _recevoir(cd)
    assert [c.regle for c in bilan.avertissements] == ["REC-104"]
    assert sorted(r.statut for r in bilan.resultats) == ["deja_recue", "recue"]
    assert len({i.livraison.empreinte_cle for i in _registre(cd)}) == 2

    cd.cle_fichier.write_text(origine, encoding="ascii")
    bilan = _recevoir(cd)
    assert sorted(r.statut for r in bilan.resultats) == ["deja_recue", "recue"]
    assert not bilan.avertissements
    registre = _registre(cd)
    assert len(registre) == 2
    assert len({i.livraison.empreinte_cle for i in registre}) == 1
    assert [i.lecture.lignes for i in registre if i.lecture.lignes == 12] == [12]
