"""What leaves the service of a comparison: no difference of a few persons, nor what gives one back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

import numpy as np
import pytest

from pipelines.publication.chiffres_publies import Cle
from pipelines.publication.comparaison.resultat import COMPTES, Comparaison, Ecart, Groupe, Valeur
from pipelines.publication.comparaison.vue import Ligne, exacte, masquee

SEUIL = 5
MOIS = ("2024-01", "2024-02", "2024-03", "2024-04")
TERRITOIRES = ("67", "68")


def cle(periode: str, territoire: str = "67", mesure: str = "nombre", code: str = "V2-1") -> Cle:
    """A figure of a month or of the year."""
    return Cle(code, "", "", mesure, "mois" if "-" in periode else "annee", periode, territoire)


def groupe(cause: str, *comptes: int) -> Groupe:
    """A cause and its counts (entrees, sorties, gains, pertes)."""
    return Groupe(cause, *(*comptes, 0, 0, 0, 0)[:4], autres_causes=0, livraisons=("l1",))


@dataclass
class Publications:
    """The figures of two publications, and what each shows of them outside: small ones are masked."""

    ecarts: list[Ecart] = field(default_factory=list)
    avant: dict[Cle, str] = field(default_factory=dict)
    apres: dict[Cle, str] = field(default_factory=dict)

    def ajouter(
        self, cle: Cle, avant: float | None, apres: float | None, *groupes: Groupe, mois: tuple[str, ...] = ()
    ) -> None:
        """One figure; it is a difference if it differs."""
        self.avant[cle], self.apres[cle] = _cellule(avant), _cellule(apres)
        if avant != apres:
            valeurs = [
                Valeur(n, None, None, "ND" if n is None else "stabilise", None, 1) for n in (avant, apres)
            ]
            self.ecarts.append(Ecart(cle, "entrées", *valeurs, groupes=groupes, mois=mois))

    @property
    def comparaison(self) -> Comparaison:
        """Both, side by side."""
        return Comparaison("a", "b", date.max, date.max, {}, (), (), tuple(self.ecarts))

    def lignes(self) -> dict[Cle, Ligne]:
        """What is said outside."""
        return {x.ecart.cle: x for x in masquee(self.comparaison, self.avant, self.apres, SEUIL)}


def _cellule(nombre: float | None) -> str:
    if nombre is None:
        return "ND"
    return "s" if 1 <= nombre < SEUIL else f"{nombre:.0f}"


def _comptes(ligne: Ligne) -> list[tuple[str, ...]]:
    return [tuple(getattr(g, nom) for nom in COMPTES) for g in ligne.groupes]


def test_une_grande_difference_est_montree_avec_ses_causes() -> None:
    deux = Publications()
    deux.ajouter(cle("2024-01"), 100, 112, groupe("fichier_corrige", 20, 8))
    ligne = deux.lignes()[cle("2024-01")]
    assert (ligne.avant, ligne.apres, ligne.difference) == ("100", "112", "+12")
    assert _comptes(ligne) == [("20", "8", "", "")]


def test_une_petite_difference_cache_aussi_le_chiffre_d_avant() -> None:
    deux = Publications()
    deux.ajouter(cle("2024-01"), 100, 102, groupe("orientations", 2))
    ligne = deux.lignes()[cle("2024-01")]
    assert (ligne.avant, ligne.apres, ligne.difference) == ("s", "102", "s")
    assert _comptes(ligne) == [("s", "", "", "")]


def test_un_petit_chiffre_publie_cache_la_difference() -> None:
    deux = Publications()
    deux.ajouter(cle("2024-01"), 3, 20, groupe("fichier_tardif", 17))
    deux.ajouter(cle("2024-02"), 20, 3, groupe("fichier_tardif", 0, 17))
    lignes = deux.lignes()
    assert (lignes[cle("2024-01")].avant, lignes[cle("2024-01")].difference) == ("s", "s")
    assert (lignes[cle("2024-02")].avant, lignes[cle("2024-02")].apres) == ("20", "s")
    assert [_comptes(x) for x in lignes.values()] == [[("s", "", "", "")], [("", "s", "", "")]]


def test_une_cause_de_quelques_personnes_cache_la_plus_petite_des_autres() -> None:
    deux = Publications()
    causes = groupe("fichier_tardif", 30), groupe("fichier_corrige", 12), groupe("orientations", 2)
    deux.ajouter(cle("2024-01"), 100, 144, *causes)
    ligne = deux.lignes()[cle("2024-01")]
    assert ligne.difference == "+44"
    assert [c[0] for c in _comptes(ligne)] == ["30", "s", "s"]


def test_deux_causes_d_une_personne_ne_se_devinent_pas() -> None:
    deux = Publications()
    causes = groupe("fichier_tardif", 30), groupe("fichier_corrige", 1), groupe("orientations", 1)
    deux.ajouter(cle("2024-01"), 100, 132, *causes)
    ligne = deux.lignes()[cle("2024-01")]
    assert (ligne.difference, [c[0] for c in _comptes(ligne)]) == ("+32", ["s", "s", "s"])


def test_un_total_ne_rend_pas_la_petite_difference_d_un_territoire_ni_une_annee_celle_d_un_mois() -> None:
    deux = Publications()
    deux.ajouter(cle("2024-01", "67"), 100, 102)
    deux.ajouter(cle("2024-01", "68"), 100, 120)
    deux.ajouter(cle("2024-01", "TOTAL"), 200, 222)
    deux.ajouter(cle("2024-02", "68"), 100, 110)
    deux.ajouter(cle("2024-02", "TOTAL"), 200, 210)
    for territoire, annee in (("67", (300, 302)), ("68", (300, 330)), ("TOTAL", (600, 632))):
        mois = ("2024-01",) if territoire == "67" else ("2024-01", "2024-02")
        deux.ajouter(cle("2024", territoire), *annee, mois=mois)
    montrees = {c[5:]: x.difference for c, x in deux.lignes().items()}
    assert montrees == {
        ("2024-01", "67"): "s",
        ("2024-01", "68"): "+20",
        ("2024-01", "TOTAL"): "s",
        ("2024-02", "68"): "+10",
        ("2024-02", "TOTAL"): "+10",
        ("2024", "67"): "s",
        ("2024", "68"): "+30",
        ("2024", "TOTAL"): "s",
    }


def test_un_taux_ne_rend_pas_ce_que_cache_son_nombre() -> None:
    deux = Publications()
    deux.ajouter(cle("2024-01", code="V2-2"), 60, 62)
    taux = cle("2024-01", code="V2-2", mesure="taux")
    deux.avant[taux], deux.apres[taux] = "60,0 %", "62,0 %"
    valeurs = [Valeur(n / 100, n, 100, "stabilise", None, 1) for n in (60, 62)]
    deux.ecarts.append(Ecart(taux, "part", *valeurs, groupes=(groupe("orientations", 0, 0, 2),)))
    ligne = deux.lignes()[taux]
    assert (ligne.avant, ligne.apres, ligne.difference, ligne.groupes) == ("s", "62,0 %", "s", ())


def test_un_chiffre_que_les_extraits_ne_montrent_pas_n_est_pas_dit() -> None:
    deux = Publications()
    deux.ajouter(cle("2024-01", mesure="anticipees", code="V2-2"), 100, 120)
    deux.avant.clear()
    deux.apres.clear()
    assert deux.lignes() == {}
    (ligne,) = exacte(deux.comparaison)
    assert (ligne.avant, ligne.apres, ligne.difference) == ("100", "120", "+20")


# ---------------------------------------------------------------- attack


def _au_hasard(hasard: Random) -> tuple[Publications, dict[tuple[Cle, str], int]]:
    """Months × territoires, their total and their year; and what an attacker looks for."""
    deux, inconnues = Publications(), dict[tuple[Cle, str], int]()
    sommes: dict[tuple[str, str], list[int]] = {}
    for periode in MOIS:
        for territoire in TERRITOIRES:
            avant = hasard.choice((2, 12, 60))
            causes = [
                groupe(nom, *(hasard.choice((0, 0, 0, 2, 9, 20, 30)) for _ in COMPTES))
                for nom in ("fichier_tardif", "fichier_corrige", "orientations")
            ]
            causes = [g for g in causes if g.personnes]
            solde = sum(g.solde for g in causes)
            if avant + solde < 0:
                causes, solde = [], 0
            deux.ajouter(cle(periode, territoire), avant, avant + solde, *causes)
            inconnues[cle(periode, territoire), "d"] = solde
            for rang, g in enumerate(causes):
                for nom in COMPTES:
                    inconnues[cle(periode, territoire), f"{rang} {nom}"] = getattr(g, nom)
            for p in (periode, "2024"):
                for t in (territoire, "TOTAL"):
                    if (p, t) != (periode, territoire):
                        une = sommes.setdefault((p, t), [0, 0])
                        une[0] += avant
                        une[1] += solde
    differents = {e.cle for e in deux.ecarts}
    for (periode, territoire), (avant, solde) in sommes.items():
        mois = tuple(
            m
            for m in MOIS
            if periode == "2024"
            and any(cle(m, t) in differents for t in TERRITOIRES if territoire in (t, "TOTAL"))
        )
        deux.ajouter(cle(periode, territoire), avant, avant + solde, mois=mois)
    return deux, inconnues


def _equations(
    lignes: Mapping[Cle, Ligne], ecarts: Mapping[Cle, Ecart], inconnues: Mapping[tuple[Cle, str], int]
) -> Iterator[dict[tuple[Cle, str], int]]:
    """What the masked comparison says: each row is a combination whose value a reader knows."""
    for periode in MOIS:
        for territoire in TERRITOIRES:
            ici = cle(periode, territoire)
            if ici not in ecarts:
                yield {(ici, "d"): 1}
                continue
            signes = {"entrees": 1, "sorties": -1, "gains": 1, "pertes": -1}
            comptes = {
                (ici, f"{rang} {nom}"): signes[nom]
                for rang, _ in enumerate(ecarts[ici].groupes)
                for nom in COMPTES
            }
            yield {(ici, "d"): -1, **comptes}
            for rang, g in enumerate(lignes[ici].groupes):
                yield from ({(ici, f"{rang} {nom}"): 1} for nom in COMPTES if getattr(g, nom) != "s")
    for ici, ligne in lignes.items():
        connue = ligne.difference not in ("", "s") or "s" not in (ligne.avant, ligne.apres)
        if connue:
            yield {
                (c, nom): 1
                for c, nom in inconnues
                if nom == "d"
                and ici.territoire in (c.territoire, "TOTAL")
                and ici.periode in (c.periode, "2024")
            }


@pytest.mark.parametrize("graine", range(40))
def test_aucune_petite_difference_ne_se_retrouve_en_resolvant_tout(graine: int) -> None:
    deux, inconnues = _au_hasard(Random(graine))
    lignes = deux.lignes()
    ecarts = {e.cle: e for e in deux.ecarts}
    rangs = {inconnue: rang for rang, inconnue in enumerate(inconnues)}
    matrice = np.array(
        [
            [equation.get(inconnue, 0) for inconnue in rangs]
            for equation in _equations(lignes, ecarts, inconnues)
        ],
        dtype=float,
    )
    rang = np.linalg.matrix_rank(matrice)
    for inconnue, valeur in inconnues.items():
        if 1 <= abs(valeur) < SEUIL:
            unite = np.zeros((1, len(rangs)))
            unite[0, rangs[inconnue]] = 1
            assert np.linalg.matrix_rank(np.vstack([matrice, unite])) > rang, inconnue
