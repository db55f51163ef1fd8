"""The funnel of a month, and what is null in it (3-rules § 3.3, 4-interface § 4.7)."""

from typing import Any

from tests.sql.atelier import choisir, executer, im
from tests.sql.depot import Ligne, mois

M = im(2024, 3)
MARS = mois(2024, 3)
ETAPES = ("presents", "versables", "soumis", "candidats", "nouveaux_entrants", "ecartes", "indetermines")


def situation(p: int, etat: str, classe: str, soumis: bool = False, territoire: str = "67") -> Ligne:
    return {
        "p": p,
        "im": M,
        "territoire": territoire,
        "etat_dossier": etat,
        "classe_etat": classe,
        "soumis": soumis,
    }


def test_chaque_etape_compte_moins_de_monde_et_les_clos_ne_sont_pas_presents() -> None:
    donnees = {
        "situations": [
            situation(1, "2", "versable", True),
            situation(2, "2", "versable", True),
            situation(3, "2", "versable", True),
            situation(4, "2", "versable"),
            situation(5, "4", "suspendu"),
            situation(6, "3", "suspendu"),
            situation(7, "0", "autre"),
            situation(8, "1", "autre"),
            situation(9, "5", "clos"),
            situation(10, "6", "clos"),
        ],
        "retours": [{"p": p, "im": M, "territoire": "67"} for p in (1, 2, 3)],
        "comparaisons": [
            {"p": 1, "im": M, "im_compare": M - 1},
            {"p": 2, "im": M, "im_compare": M - 2},
            {"p": 3, "im": M},
        ],
        "candidats": [{"p": p, "im": M, "territoire": "67"} for p in (1, 2)],
        "decisions": [
            {"p": 1, "im": M, "territoire": "67", "nouvel_entrant": True},
            {"p": 2, "im": M, "territoire": "67", "nouvel_entrant": False},
        ],
    }
    assert choisir(executer("entonnoir", donnees), "territoire", *ETAPES) == [("67", 7, 4, 3, 2, 1, 1, 1)]


def test_un_territoire_sans_candidat_compte_zero() -> None:
    donnees = {"situations": [situation(1, "2", "versable", True, "68")]}
    assert choisir(executer("entonnoir", donnees), "territoire", *ETAPES) == [("68", 1, 1, 1, 0, 0, 0, 0)]


def completude(territoire: str, **valeurs: Any) -> Ligne:
    defaut = {
        "mois": MARS,
        "im": M,
        "territoire": territoire,
        "complet": True,
        "calculable": True,
        "criteres_verifiables": True,
    }
    return defaut | valeurs


def compte(territoire: str, *nombres: int) -> Ligne:
    return {"im": M, "territoire": territoire} | dict(zip(ETAPES, nombres, strict=True))


def publie(*completudes: Ligne, comptes: tuple[Ligne, ...] = ()) -> dict[str, tuple[Any, ...]]:
    """The figures published, by territoire."""
    donnees = {"completude": list(completudes), "entonnoir": list(comptes)}
    return {
        ligne["territoire"]: tuple(ligne[e] for e in ETAPES)
        for ligne in executer("entonnoir_mensuel", donnees)
    }


COMPTES = (compte("67", 7, 6, 5, 4, 3, 1, 2), compte("68", 70, 60, 50, 40, 30, 10, 20))


def test_total_additionne_les_territoires_et_hors() -> None:
    hors = compte("HORS", 1, 1, 1, 1, 1, 0, 0)
    vus = publie(*(completude(t) for t in ("67", "68", "HORS", "TOTAL")), comptes=(*COMPTES, hors))
    assert vus["TOTAL"] == (78, 67, 56, 45, 34, 11, 22)
    assert vus["67"] == (7, 6, 5, 4, 3, 1, 2)


def test_un_mois_non_calculable_mais_complet_donne_presents_a_soumis() -> None:
    non_calculable = completude("67", calculable=False, motif_nd="premier_mois")
    assert publie(non_calculable, comptes=COMPTES)["67"] == (7, 6, 5, None, None, None, None)


def test_un_mois_incomplet_ne_donne_rien() -> None:
    incomplet = completude("67", complet=False, calculable=False)
    assert publie(incomplet, comptes=COMPTES)["67"] == (None,) * 7


def test_sans_orientations_l_entonnoir_donne_les_candidats_et_s_arrete() -> None:
    non_verifiable = completude(
        "67", criteres_verifiables=False, motif_nd_criteres="source_absente: orientations"
    )
    assert publie(non_verifiable, comptes=COMPTES)["67"] == (7, 6, 5, 4, None, None, 2)


def test_le_motif_de_completude_passe_avant_celui_du_critere() -> None:
    deux = completude(
        "67",
        calculable=False,
        motif_nd="livraison_manquante: CAF671 2024-03",
        criteres_verifiables=False,
        motif_nd_criteres="source_absente: orientations",
    )
    un = completude("68", criteres_verifiables=False, motif_nd_criteres="source_absente: orientations")
    lignes = executer("entonnoir_mensuel", {"completude": [deux, un], "entonnoir": list(COMPTES)})
    assert choisir(lignes, "territoire", "motif_nd") == [
        ("67", "livraison_manquante: CAF671 2024-03"),
        ("68", "source_absente: orientations"),
    ]


def test_un_mois_sans_personne_a_sa_ligne_a_zero_sauf_hors() -> None:
    vus = publie(completude("67"), completude("HORS"), completude("TOTAL"))
    assert vus == {"67": (0,) * 7, "TOTAL": (0,) * 7}
