"""The questions asked of a calculation for the file that is shared (6-catalogue), one story each."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.calcul.questions import Lecteur, mois_de_rang, rang, verifier_mois
from pipelines.erreurs import ErreurUsage

Ligne = dict[str, Any]

MOIS = date(2024, 6, 1)
M = {"im": rang(MOIS), "mois": MOIS}

TYPES: dict[str, dict[str, Any]] = {
    "entrees": {
        "p": pl.Int32,
        "im": pl.Int32,
        "debut_episode": pl.Date,
        "date_reception_t0": pl.Date,
        "date_ouverture_droit": pl.Date,
    },
    "situations": {"p": pl.Int32, "im": pl.Int32, "date_ouverture_droit": pl.Date},
    "ruptures": {"p": pl.Int32, "im_fin": pl.Int32, "date_rupture": pl.Date},
    "partage_soumises": {"p": pl.Int32, "id_livraison": pl.String, "ligne": pl.Int32},
    "partage_entrees": {"p": pl.Int32, "debut_episode": pl.Date},
    "inscriptions_connues": {
        "p": pl.Int32,
        "id_livraison": pl.String,
        "ligne": pl.Int64,
        "date_inscription": pl.Date,
    },
    "rendez_vous_connus": {"p": pl.Int32, "date_rdv": pl.Date, "type": pl.String, "presence": pl.String},
    "prestations_connues": {
        "p": pl.Int32,
        "id_prestation": pl.String,
        "type": pl.String,
        "date_debut": pl.Date,
    },
    "suivis_personnes": {
        "p": pl.Int32,
        "emetteur": pl.String,
        "id_orientation": pl.String,
        "version": pl.Int32,
        "debut_suivi": pl.Date,
        "date_fin": pl.Date,
        "type_parcours": pl.String,
    },
    "diagnostics_connus": {
        "p": pl.Int32,
        "id_diagnostic": pl.String,
        "date_diagnostic": pl.Date,
        "freins": pl.String,
    },
    "calendrier": {"mois": pl.Date},
}


@pytest.fixture
def connexion() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as ouverte:
        yield ouverte


def demander(
    connexion: duckdb.DuckDBPyConnection, question: str, valeurs: Ligne, **tables: list[Ligne]
) -> list[Ligne]:
    """The answer to a question, when these are the tables of the calculation."""
    for table, lignes in tables.items():
        connexion.register(table, pl.DataFrame(lignes, schema=TYPES[table]))
    return Lecteur(connexion).lire(question, **valeurs)


def entree(**valeurs: Any) -> Ligne:
    """The entry of the person 1 in March."""
    return {"p": 1, "im": rang(date(2024, 3, 1)), "debut_episode": date(2024, 3, 1)} | valeurs


def en_cours(
    connexion: duckdb.DuckDBPyConnection, entrees: list[Ligne], ruptures: tuple[Ligne, ...] = ()
) -> list[date]:
    situations = [{"p": 1, "im": e["im"]} for e in entrees]
    lues = demander(
        connexion,
        "partage_entrees",
        M,
        entrees=entrees,
        situations=situations,
        ruptures=list(ruptures),
    )
    return [ligne["debut_episode"] for ligne in lues]


def test_l_entree_en_cours_est_la_derniere_jusqu_au_mois(connexion: duckdb.DuckDBPyConnection) -> None:
    avant = entree(im=rang(date(2023, 5, 1)), debut_episode=date(2023, 5, 1))
    apres = entree(im=rang(date(2024, 7, 1)), debut_episode=date(2024, 7, 1))
    assert en_cours(connexion, [avant, entree(), apres]) == [date(2024, 3, 1)]


@pytest.mark.parametrize(
    ("jour", "im_fin", "attendu"),
    [
        (date(2024, 2, 29), 0, [date(2024, 3, 1)]),
        (date(2024, 4, 30), 0, []),
        (date(2024, 7, 31), 0, [date(2024, 3, 1)]),
        (date(2024, 4, 1), rang(date(2024, 9, 1)), [date(2024, 3, 1)]),
    ],
)
def test_une_entree_que_suit_une_rupture_n_est_plus_en_cours(
    jour: date, im_fin: int, attendu: list[date], connexion: duckdb.DuckDBPyConnection
) -> None:
    rupture = {"p": 1, "im_fin": im_fin, "date_rupture": jour}
    assert en_cours(connexion, [entree()], (rupture,)) == attendu


def test_l_identifiant_vient_de_la_ligne_du_mois_sinon_de_la_derniere_inscription(
    connexion: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """1: on its row; 2: on that of its last registration; 3: nowhere. ``ft.2``: an id may hold a dot."""
    identites = {"caf": ["A", None, None], "ft": [None, "vieux", None], "ft.2": [None, "B", None]}
    fichiers = []
    for livraison, identifiants in identites.items():
        fichier = tmp_path / f"{livraison}.parquet"
        lignes = {"ligne": [1, 2, 3], "identifiant_france_travail": identifiants}
        pl.DataFrame(lignes, schema_overrides={"identifiant_france_travail": pl.String}).write_parquet(
            fichier
        )
        fichiers.append(fichier.as_posix())
    inscriptions = [
        {"p": 2, "id_livraison": "ft", "ligne": 2, "date_inscription": date(2023, 1, 1)},
        {"p": 2, "id_livraison": "ft.2", "ligne": 2, "date_inscription": date(2024, 1, 1)},
        {"p": 1, "id_livraison": "ft.2", "ligne": 2, "date_inscription": date(2024, 1, 1)},
    ]
    lues = demander(
        connexion,
        "partage_identifiants",
        {"identites": fichiers},
        partage_soumises=[{"p": p, "id_livraison": "caf", "ligne": p} for p in (1, 2, 3)],
        inscriptions_connues=inscriptions,
    )
    assert {ligne["p"]: ligne["identifiant_france_travail"] for ligne in lues} == {1: "A", 2: "B", 3: None}


def rendez_vous(jour: date, **valeurs: Any) -> Ligne:
    return {"p": 1, "date_rdv": jour, "type": "orientation", "presence": "honore"} | valeurs


def test_les_rendez_vous_sont_ceux_de_l_entree_en_cours_les_annules_exceptes(
    connexion: duckdb.DuckDBPyConnection,
) -> None:
    (lus,) = demander(
        connexion,
        "partage_rendez_vous",
        {},
        partage_entrees=[entree()],
        rendez_vous_connus=[
            rendez_vous(date(2024, 2, 1)),
            rendez_vous(date(2024, 3, 4), presence="absent"),
            rendez_vous(date(2024, 3, 6), presence="annule"),
            rendez_vous(date(2024, 3, 8)),
            rendez_vous(date(2024, 3, 8), type="diagnostic"),
            rendez_vous(date(2024, 5, 2), type="accompagnement", presence=None),
        ],
    )
    assert lus["dates_rdv"] == "2024-03-04+2024-03-08+2024-05-02"
    assert lus["date_rdv_orientation"] == date(2024, 3, 8)


def test_sans_entree_en_cours_tous_les_rendez_vous_comptent(connexion: duckdb.DuckDBPyConnection) -> None:
    vus = [rendez_vous(date(2019, 2, 1), presence="prevu"), rendez_vous(date(2024, 2, 1), type=None)]
    (lus,) = demander(connexion, "partage_rendez_vous", {}, partage_entrees=[], rendez_vous_connus=vus)
    assert lus["dates_rdv"] == "2019-02-01+2024-02-01"
    assert lus["date_rdv_orientation"] == date(2019, 2, 1)


def test_les_prestations_disent_leur_type_et_leur_debut(connexion: duckdb.DuckDBPyConnection) -> None:
    (lues,) = demander(
        connexion,
        "partage_prestations",
        {},
        partage_entrees=[entree()],
        prestations_connues=[
            {"p": 1, "id_prestation": "b", "type": None, "date_debut": date(2024, 4, 2)},
            {"p": 1, "id_prestation": "a", "type": "formation", "date_debut": date(2024, 3, 9)},
            {"p": 1, "id_prestation": "c", "type": "atelier", "date_debut": date(2023, 3, 9)},
            {"p": None, "id_prestation": "d", "type": "atelier", "date_debut": date(2024, 3, 9)},
        ],
    )
    assert lues == {"p": 1, "prestations": "formation:2024-03-09+2024-04-02"}


def suivi(identifiant: str, debut: date, parcours: str | None, fin: date | None = None) -> Ligne:
    return {
        "p": 1,
        "emetteur": "principal",
        "id_orientation": identifiant,
        "version": 1,
        "debut_suivi": debut,
        "date_fin": fin,
        "type_parcours": parcours,
    }


def parcours(
    connexion: duckdb.DuckDBPyConnection, *suivis: Ligne, ruptures: tuple[Ligne, ...] = ()
) -> list[str | None]:
    lus = demander(connexion, "partage_parcours", M, suivis_personnes=list(suivis), ruptures=list(ruptures))
    return [ligne["type_parcours"] for ligne in lus]


def test_le_parcours_est_celui_du_dernier_suivi_en_cours_a_la_fin_du_mois(
    connexion: duckdb.DuckDBPyConnection,
) -> None:
    premier = suivi("a", date(2023, 1, 9), "social")
    fini = suivi("b", date(2024, 2, 1), "professionnel", date(2024, 6, 29))
    futur = suivi("c", date(2024, 7, 1), "professionnel")
    assert parcours(connexion, premier, fini, futur) == ["social"]
    assert parcours(connexion, premier, suivi("d", date(2024, 6, 30), None)) == [None]


def test_un_suivi_qu_une_rupture_a_ferme_ne_dit_plus_le_parcours(
    connexion: duckdb.DuckDBPyConnection,
) -> None:
    radiation = {"p": 1, "im_fin": 0, "date_rupture": date(2024, 3, 31)}
    ancien, nouveau = suivi("a", date(2023, 1, 9), "social"), suivi("b", date(2024, 5, 2), "professionnel")
    assert parcours(connexion, ancien, ruptures=(radiation,)) == []
    assert parcours(connexion, ancien, nouveau, ruptures=(radiation,)) == ["professionnel"]


def test_les_freins_sont_ceux_du_dernier_diagnostic_meme_s_il_n_en_dit_plus(
    connexion: duckdb.DuckDBPyConnection,
) -> None:
    diagnostics = [
        {"p": 1, "id_diagnostic": "a", "date_diagnostic": date(2023, 3, 1), "freins": "mobilite"},
        {"p": 1, "id_diagnostic": "b", "date_diagnostic": date(2024, 3, 1), "freins": None},
        {"p": 2, "id_diagnostic": "c", "date_diagnostic": date(2023, 3, 1), "freins": "langue+sante"},
    ]
    lus = demander(connexion, "partage_freins", {}, diagnostics_connus=diagnostics)
    assert {ligne["p"]: ligne["freins"] for ligne in lus} == {1: None, 2: "langue+sante"}


def test_un_mois_hors_du_calendrier_est_refuse(connexion: duckdb.DuckDBPyConnection) -> None:
    connexion.register("calendrier", pl.DataFrame({"mois": [MOIS, date(2024, 8, 1)]}))
    verifier_mois(Lecteur(connexion), date(2024, 7, 1))
    with pytest.raises(ErreurUsage, match="2024-09"):
        verifier_mois(Lecteur(connexion), date(2024, 9, 1))
    connexion.register("calendrier", pl.DataFrame({"mois": []}, schema=TYPES["calendrier"]))
    with pytest.raises(ErreurUsage):
        verifier_mois(Lecteur(connexion), MOIS)


@pytest.mark.parametrize("mois", [date(2023, 12, 1), date(2024, 1, 1), date(2024, 11, 1)])
def test_le_rang_d_un_mois_se_relit(mois: date) -> None:
    assert mois_de_rang(rang(mois)) == mois
