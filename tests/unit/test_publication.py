"""A publication is a folder named by its inputs, whole or absent, that speaks for itself."""

import json
import os
import shutil
import stat
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from contracts.marts import MARTS
from contracts.vues import VUES
from pipelines.calcul.calculer import Calcul
from pipelines.configuration import Configuration, Organisme, Regles, Territoire
from pipelines.erreurs import ErreurPilotage, PublicationBloquee
from pipelines.publication import dossiers, empreinte, publier
from pipelines.publication.invariants import invariants, verifier_invariants
from tests.sql.monde import Monde, mois

TYPES = {
    "texte": "VARCHAR",
    "date": "DATE",
    "mois": "DATE",
    "entier": "BIGINT",
    "decimal": "DOUBLE",
    "booleen": "BOOLEAN",
}


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    return Configuration(
        fichier=tmp_path / "pilotage.toml",
        nom="Collectivité d'exemple",
        depot=tmp_path / "depot",
        entrepot=tmp_path / "entrepot",
        publications=tmp_path / "publications",
        cle_fichier=None,
        seuil_secret=5,
        territoires=(Territoire("67", "Bas-Rhin", ("67",)), Territoire("68", "Haut-Rhin", ("68",))),
        organismes=(Organisme("CAF671", ("67",)), Organisme("CAF681", ("68",))),
    )


def _livraison(**valeurs: Any) -> dict[str, Any]:
    return {
        "id": "abcd",
        "source": "beneficiaires",
        "emetteur": None,
        "sha256": "abcd",
        "date_reception": "2024-07-05",
        "date_enregistrement": "2024-07-05T10:00:00+00:00",
        "lecture": {"numero": 1, "lecteur": "xml-caf-1", "contrat": "c", "correspondance": "m"},
        "acceptation": None,
        "confirmations": [],
        "empreinte_cle": "12345678",
    } | valeurs


def _calcul(livraisons: list[dict[str, Any]] | None = None, entrees: int = 12) -> Calcul:
    """A finished computation over hand-made tables, every published table being there."""
    monde = Monde()
    for rang in range(entrees):
        monde.entree(mois(2024, 2 + rang % 4), "67", delai_jours=rang)
    connexion = monde.connexion()
    presentes = {ligne[0] for ligne in connexion.execute("select table_name from duckdb_tables()").fetchall()}
    for mart in MARTS.values():
        if mart.nom not in presentes:
            connexion.execute(f"create table {mart.nom} (_ integer)")
        for colonne, champ in mart.champs().items():
            connexion.execute(
                f"alter table {mart.nom} add column if not exists {colonne} {TYPES[champ.type]}"
            )
    return Calcul(connexion, date(2024, 7, 31), [_livraison()] if livraisons is None else livraisons)


def _etablir(configuration: Configuration, calcul: Calcul) -> publier.Publication:
    configuration.publications.mkdir(exist_ok=True)
    entrees = empreinte.decrire_entrees(configuration, calcul)
    return publier.etablir(configuration, calcul.connexion, entrees)


# ---------------------------------------------------------------- name and inputs


def test_les_memes_entrees_donnent_le_meme_nom_et_les_memes_octets(configuration: Configuration) -> None:
    premiere = _etablir(configuration, _calcul())
    copie = configuration.publications / "copie"
    os.rename(premiere.dossier, copie)
    seconde = _etablir(configuration, _calcul())
    assert seconde.dossier == premiere.dossier
    assert premiere.dossier.name == f"2024-07-31_{premiere.empreinte}"
    assert len(premiere.empreinte) == 12
    for fichier in (*copie.rglob("*.parquet"), *copie.rglob("*.csv"), copie / "publication.json"):
        assert fichier.read_bytes() == (seconde.dossier / fichier.relative_to(copie)).read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        {"acceptation": "fichier confirmé par la CAF"},
        {"lecture": {"numero": 2, "lecteur": "xml-caf-1", "contrat": "c", "correspondance": "m2"}},
        {"date_reception": "2024-07-06"},
        {"confirmations": ["2024-07-20"]},
        {"sha256": "ef01"},
    ],
)
def test_ce_qui_change_une_livraison_change_l_empreinte(
    configuration: Configuration, change: dict[str, Any]
) -> None:
    avant = empreinte.empreinte(empreinte.decrire_entrees(configuration, _calcul([_livraison()])))
    apres = empreinte.empreinte(empreinte.decrire_entrees(configuration, _calcul([_livraison(**change)])))
    assert avant != apres


def test_ce_qui_arrive_apres_l_arrete_ne_change_rien(configuration: Configuration) -> None:
    tardive = _livraison(id="ffff", date_reception="2024-08-05")
    confirmee = _livraison(confirmations=["2024-08-20"])
    avant = empreinte.decrire_entrees(configuration, _calcul([_livraison()]))
    assert avant == empreinte.decrire_entrees(configuration, _calcul([confirmee, tardive]))


def test_les_regles_comptent_et_les_chemins_non(configuration: Configuration, tmp_path: Path) -> None:
    calcul = _calcul()
    ailleurs = _remplace(configuration, entrepot=tmp_path / "ailleurs", cle_fichier=tmp_path / "cle")
    inclusive = _remplace(configuration, regles=Regles(borne_delai="inclusive"))
    reference = empreinte.decrire_entrees(configuration, calcul)
    assert empreinte.decrire_entrees(ailleurs, calcul) == reference
    assert empreinte.decrire_entrees(inclusive, calcul) != reference


def _remplace(configuration: Configuration, **valeurs: Any) -> Configuration:
    return Configuration(**{**vars(configuration), **valeurs})


def test_publication_json_dit_tout_ce_dont_la_publication_depend(configuration: Configuration) -> None:
    dossier = _etablir(configuration, _calcul()).dossier
    manifeste = json.loads((dossier / "publication.json").read_text(encoding="utf-8"))
    assert manifeste["entrees"]["livraisons"][0]["id"] == "abcd"
    assert set(manifeste["entrees"]["empreintes"]) == {"configuration", "contrats", "sql", "code", "verrou"}
    assert manifeste["entrees"]["regles"]["borne_delai"] == "stricte"
    assert manifeste["lignes"].keys() == MARTS.keys()
    assert str(configuration.publications) not in json.dumps(manifeste)


# ---------------------------------------------------------------- folder


def test_le_dossier_contient_les_marts_les_catalogues_et_les_extraits(configuration: Configuration) -> None:
    dossier = _etablir(configuration, _calcul()).dossier
    attendus = {"publication.json", "rapport.html", "pilotage.duckdb", "personnes/personnes.duckdb"}
    extraits = ("comite_departemental", "bilan", "chiffres", "fiche_action", "oarsa", "parcours_types")
    attendus |= {f"extraits/diffusion/{nom}.csv" for nom in extraits}
    attendus |= {"extraits/diffusion/pilotage.xlsx"}
    attendus |= {"extraits/ddets/totaux_contractuels.csv"}
    attendus |= {
        f"{'personnes/' if m.niveau == 'personne' else ''}marts/{m.nom}.parquet" for m in MARTS.values()
    }
    assert {f.relative_to(dossier).as_posix() for f in dossier.rglob("*") if f.is_file()} == attendus


@pytest.mark.parametrize(
    ("fichier", "niveau"), [("pilotage.duckdb", "agregat"), ("personnes/personnes.duckdb", "personne")]
)
def test_chaque_table_chaque_vue_et_chaque_colonne_du_catalogue_porte_sa_description(
    configuration: Configuration, fichier: str, niveau: str
) -> None:
    dossier = _etablir(configuration, _calcul()).dossier
    with duckdb.connect(dossier / fichier, read_only=True) as connexion:
        tables = dict(connexion.execute("select table_name, comment from duckdb_tables()").fetchall())
        lues = "select view_name, comment from duckdb_views() where not internal"
        vues = dict(connexion.execute(lues).fetchall())
        colonnes = connexion.execute(
            "select table_name, column_name, comment from duckdb_columns() where not internal"
        ).fetchall()
    marts = {m.nom: m for m in MARTS.values() if m.niveau == niveau}
    attendues = VUES if niveau == "agregat" else {}
    assert tables == {nom: m.description for nom, m in marts.items()}
    assert vues == {nom: v.description for nom, v in attendues.items()}
    assert {(t, c) for t, c, _ in colonnes} == {
        (o.nom, c) for o in (*marts.values(), *attendues.values()) for c in o.colonnes
    }
    assert all(description for _, _, description in colonnes)


def test_le_catalogue_se_deplace_et_s_ouvre_avec_un_duckdb_plus_ancien(
    configuration: Configuration, tmp_path: Path
) -> None:
    copie = tmp_path / "ailleurs.duckdb"
    shutil.move(_etablir(configuration, _calcul()).dossier / "pilotage.duckdb", copie)
    with duckdb.connect() as analyste:
        analyste.execute(f"attach '{copie}' as rsa (read_only)")
        for vue in VUES.values():
            lues = analyste.execute(f"select * from rsa.{vue.nom}")
            assert tuple(c[0] for c in lues.description) == vue.colonnes
        stockage = "select tags['storage_version'] from duckdb_databases() where database_name = 'rsa'"
        assert analyste.execute(stockage).fetchall() == [("v1.0.0+",)]


def test_les_indicateurs_portent_l_empreinte_et_la_date_d_arrete(configuration: Configuration) -> None:
    publication = _etablir(configuration, _calcul())
    fichier = publication.dossier / "marts" / "indicateurs.parquet"
    lignes = duckdb.sql(f"select distinct empreinte, length(libelle) > 0 from '{fichier}'").fetchall()
    assert lignes == [(publication.empreinte, True)]


def test_les_lignes_d_un_mart_sont_dans_l_ordre_de_sa_cle(configuration: Configuration) -> None:
    dossier = _etablir(configuration, _calcul()).dossier
    lignes = duckdb.sql(f"select * from '{dossier / 'marts' / 'indicateurs.parquet'}'").fetchall()
    noms = MARTS["indicateurs"].colonnes
    cles = [tuple(ligne[noms.index(c)] for c in MARTS["indicateurs"].tri) for ligne in lignes]
    assert cles == sorted(cles)
    assert len(set(cles)) == len(cles)


@pytest.mark.skipif(os.name != "posix", reason="POSIX rights")
def test_ce_qui_parle_des_personnes_n_est_lu_que_de_son_proprietaire(configuration: Configuration) -> None:
    dossier = _etablir(configuration, _calcul()).dossier
    for prive in ("personnes", "extraits/ddets"):
        for chemin in (dossier / prive, *(dossier / prive).rglob("*")):
            assert not stat.S_IMODE(chemin.stat().st_mode) & 0o077, chemin.name


# ---------------------------------------------------------------- whole or absent


def test_une_publication_deja_la_est_verifiee_et_non_reecrite(configuration: Configuration) -> None:
    premiere = _etablir(configuration, _calcul())
    dates = {f: f.stat().st_mtime_ns for f in premiere.dossier.rglob("*")}
    seconde = _etablir(configuration, _calcul())
    assert (premiere.nouvelle, seconde.nouvelle) == (True, False)
    assert {f: f.stat().st_mtime_ns for f in seconde.dossier.rglob("*")} == dates


@pytest.mark.parametrize("fichier", ["marts/qualite.parquet", "extraits/diffusion/bilan.csv", "rapport.html"])
def test_une_publication_abimee_est_refusee(configuration: Configuration, fichier: str) -> None:
    dossier = _etablir(configuration, _calcul()).dossier
    with (dossier / fichier).open("ab") as ouvert:
        ouvert.write(b" ")
    with pytest.raises(PublicationBloquee, match=dossier.name):
        _etablir(configuration, _calcul())


def test_une_ecriture_qui_echoue_ne_laisse_rien_de_visible(
    configuration: Configuration,
) -> None:
    calcul = _calcul()
    calcul.connexion.execute("drop table suivis")
    with pytest.raises(duckdb.CatalogException):
        _etablir(configuration, calcul)
    assert list(configuration.publications.iterdir()) == []


def test_courante_designe_la_publication_par_un_fichier_et_un_lien(configuration: Configuration) -> None:
    publication = _etablir(configuration, _calcul())
    dossiers.designer(configuration.publications, "autre")
    dossiers.designer(configuration.publications, publication.dossier.name)
    courante = json.loads((configuration.publications / "courante.json").read_text(encoding="utf-8"))
    assert courante == {"publication": publication.dossier.name}
    lien = configuration.publications / "courante"
    if lien.is_symlink():
        assert lien.resolve() == publication.dossier.resolve()
    assert not list(configuration.publications.glob(".tmp-*"))


def test_precedente_est_celle_qui_etait_courante_jusque_la(configuration: Configuration) -> None:
    publications = configuration.publications
    publications.mkdir()
    assert dossiers.publication_designee(publications, dossiers.PRECEDENTE) is None
    for nom in ("2024-01-31_une", "2024-02-29_deux", "2024-02-29_deux", "2024-03-31_trois"):
        dossiers.designer(publications, nom)
    assert dossiers.publication_courante(publications) == publications / "2024-03-31_trois"
    precedente = dossiers.publication_designee(publications, dossiers.PRECEDENTE)
    assert precedente == publications / "2024-02-29_deux"


def test_une_designation_illisible_est_refaite(configuration: Configuration) -> None:
    publications = configuration.publications
    publications.mkdir()
    (publications / "courante.json").write_text("{", encoding="utf-8")
    with pytest.raises(ErreurPilotage, match=r"courante\.json"):
        dossiers.publication_courante(publications)
    dossiers.designer(publications, "2024-01-31_une")
    assert dossiers.publication_courante(publications) == publications / "2024-01-31_une"


def test_un_dossier_nomme_courante_n_est_pas_efface(configuration: Configuration) -> None:
    (configuration.publications / "courante").mkdir(parents=True)
    (configuration.publications / "courante" / "garde").touch()
    dossiers.designer(configuration.publications, "une")
    assert (configuration.publications / "courante" / "garde").exists()
    assert not list(configuration.publications.glob(".tmp-*"))


def test_un_catalogue_ouvert_par_un_analyste_ne_gene_pas_la_publication_suivante(
    configuration: Configuration,
) -> None:
    premiere = _etablir(configuration, _calcul())
    dossiers.designer(configuration.publications, premiere.dossier.name)
    with duckdb.connect(premiere.dossier / "pilotage.duckdb", read_only=True) as analyste:
        seconde = _etablir(configuration, _calcul([_livraison(sha256="ef01")]))
        dossiers.designer(configuration.publications, seconde.dossier.name)
        assert analyste.execute("select count(*) > 0 from indicateurs").fetchone() == (True,)
    assert seconde.dossier != premiere.dossier
    shutil.rmtree(premiere.dossier)


# ---------------------------------------------------------------- invariants


def test_chaque_invariant_a_sa_phrase() -> None:
    liste = invariants()
    assert len(liste) >= 10
    assert all(i.phrase.endswith(".") and i.phrase[0].isupper() for i in liste)


def test_un_invariant_rompu_bloque_et_le_message_le_nomme() -> None:
    calcul = _calcul(entrees=0)
    calcul.connexion.execute("delete from entonnoir_mensuel")
    verifier_invariants(calcul.connexion)
    calcul.connexion.execute(
        "insert into entonnoir_mensuel (mois, territoire, candidats, nouveaux_entrants, ecartes) "
        "values (date '2024-03-01', '67', 3, 1, 1)"
    )
    with pytest.raises(
        PublicationBloquee, match="Tout candidat est soit nouvel entrant, soit écarté"
    ) as bloquee:
        verifier_invariants(calcul.connexion)
    assert "candidats_entrants_ou_ecartes, 1 cas" in bloquee.value.message
    assert bloquee.value.code == 4
