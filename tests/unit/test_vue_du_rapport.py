"""What the report is shown: periods chosen, figures masked, curves coarsened."""

from dataclasses import replace

import pytest

from pipelines.publication.chiffres_publies import TOTAL, Chiffre, ChiffresPublies, Cle, Periode, Territoire
from pipelines.publication.extraits import Extrait, cellules_masquees
from pipelines.publication.rapport.choix import choisir
from pipelines.publication.rapport.lecture import Donnees, Jour, Variante
from pipelines.publication.rapport.vue import Marche, Vue

ANNEE = Periode("annee", "2024", "2024-01-01", "2024-12-31", "2024", [f"2024-{m:02d}" for m in range(1, 13)])
MOIS = Periode("mois", "2024-03", "2024-03-01", "2024-03-31", "2024-03", ["2024-03"])
TERRITOIRES = (Territoire("67", "Bas-Rhin"), Territoire(TOTAL, "Total"))


def _chiffre(nombre: float | None, periode: Periode = ANNEE, territoire: str = TOTAL, **cle: str) -> Chiffre:
    parties = {"code": "V2-1", "axe": "", "modalite": "", "mesure": "nombre"} | cle
    cle_ = Cle(**parties, type_periode=periode.type_periode, periode=periode.periode, territoire=territoire)
    statut = "ND" if nombre is None else "stabilise"
    motif = "premier_mois" if nombre is None else None
    return Chiffre(cle_, nombre, None, None, "entrées", statut, motif, 12, None)


def _publies(*chiffres: Chiffre, periodes: tuple[Periode, ...] = (ANNEE, MOIS)) -> ChiffresPublies:
    return ChiffresPublies({c.cle: c for c in chiffres}, {}, periodes, TERRITOIRES)


def _vue(publies: ChiffresPublies, jours: list[Jour] | None = None, *variantes: Variante) -> Vue:
    donnees = Donnees(
        chiffres={},
        courbes={("annee", "2024", TOTAL): tuple(jours or ())},
        variantes={("annee", "2024"): variantes},
        receptions=(),
        observations={},
    )
    extrait = Extrait(publies, 5, cellules_masquees(publies, 5, frozenset(publies.chiffres)))
    return Vue(choisir(publies), extrait, donnees)


def test_un_chiffre_se_lit_tel_quel_masque_ou_non_disponible() -> None:
    vue = _vue(_publies(_chiffre(1234), _chiffre(3, MOIS), _chiffre(None, territoire="67")))
    assert vue.chiffre("V2-1", ANNEE).nombre == 1234
    assert vue.chiffre("V2-1", ANNEE).texte == "1\N{NO-BREAK SPACE}234"
    masque = vue.chiffre("V2-1", MOIS)
    assert (masque.texte, masque.nombre, masque.etat) == ("s", None, "masque")
    absent = vue.chiffre("V2-1", ANNEE, "67")
    assert (absent.texte, absent.nombre, absent.motif_nd) == ("ND", None, "premier_mois")
    assert vue.chiffre("V2-9", ANNEE).texte == "–"


def test_un_chiffre_partiel_dit_combien_de_mois_ou_son_seul_nombre() -> None:
    partiel = replace(_chiffre(7812), statut="partiel", mois_calculables=11)
    vue = _vue(_publies(partiel))
    assert vue.chiffre("V2-1", ANNEE).texte.replace("\N{NO-BREAK SPACE}", " ") == (
        "ND (partiel : 7 812, 11 mois sur 12)"
    )
    assert vue.simple("V2-1", ANNEE).texte.replace("\N{NO-BREAK SPACE}", " ") == "7 812"


# ---------------------------------------------------------------- periods


def _jalon(code: str, debut: str, fin: str) -> Periode:
    return Periode("jalon", code, debut, fin, code, ["2024-10", "2024-11", "2024-12"])


def test_la_page_parle_du_dernier_jalon_commence_et_de_l_annee() -> None:
    passe, futur = _jalon("T1", "2024-10-01", "2024-12-31"), _jalon("T2", "2025-01-01", "2025-03-31")
    publies = _publies(
        _chiffre(90), _chiffre(20, passe), _chiffre(None, futur), periodes=(passe, futur, ANNEE, MOIS)
    )
    choix = choisir(publies)
    assert (choix.principale, choix.annee, choix.mois) == (passe, ANNEE, (MOIS,))
    assert choisir(_publies(_chiffre(90))).principale == ANNEE


def test_une_annee_qui_commence_ne_remplace_pas_encore_la_precedente() -> None:
    suivante = replace(ANNEE, periode="2025", debut="2025-01-01")
    debut = replace(_chiffre(9, suivante), mois_calculables=2, statut="partiel")
    assert choisir(_publies(_chiffre(90), debut, periodes=(ANNEE, suivante, MOIS))).annee == ANNEE
    assez = replace(debut, mois_calculables=6)
    assert choisir(_publies(_chiffre(90), assez, periodes=(ANNEE, suivante, MOIS))).annee == suivante


# ---------------------------------------------------------------- curves


def test_une_marche_compte_au_moins_le_seuil_et_sa_hauteur_est_arrondie() -> None:
    jours = [Jour(1, 3, 0.97), Jour(2, 2, 0.9511), Jour(5, 7, 0.8812), Jour(9, 4, 0.84)]
    assert _vue(_publies(_chiffre(1000)), jours).courbe(ANNEE, TOTAL) == (Marche(2, 0.95), Marche(5, 0.88))
    assert _vue(_publies(_chiffre(100)), jours).courbe(ANNEE, TOTAL) == (Marche(2, 0.95), Marche(5, 0.9))


@pytest.mark.parametrize("entrees", [4, 49])
def test_sous_cinquante_entrees_aucune_courbe_n_est_tracee(entrees: int) -> None:
    assert _vue(_publies(_chiffre(entrees)), [Jour(1, 40, 0.2)]).courbe(ANNEE, TOTAL) == ()


# ---------------------------------------------------------------- other readings


@pytest.mark.parametrize(
    ("publie", "autre", "montre"),
    [(100, 110, "110"), (100, 103, "s"), (100, 97, "s"), (100, 100, "100"), (4, 40, "s"), (40, 4, "s")],
)
def test_une_autre_lecture_ne_rend_pas_les_quelques_personnes_de_la_difference(
    publie: int, autre: int, montre: str
) -> None:
    variante = Variante("V2-1", "sans_critere_3", autre, autre - publie)
    ((_, texte),) = _vue(_publies(_chiffre(publie)), None, variante).variantes(ANNEE)
    assert texte == montre


# ---------------------------------------------------------------- sums that the report adds


def test_les_candidats_cedent_avant_les_entrants_quand_peu_sont_ecartes() -> None:
    funnel = {"presents": 200, "versables": 150, "soumis": 100, "candidats": 18, "ecartes": 3}
    funnel |= {"non_versables": 50, "non_soumis": 50, "non_candidats": 82}
    etapes = [_chiffre(n, MOIS, code="entonnoir", mesure=m) for m, n in funnel.items()]
    vue = _vue(_publies(_chiffre(15, MOIS), *etapes))
    assert vue.chiffre("V2-1", MOIS).texte == "15"
    assert vue.chiffre("entonnoir", MOIS, mesure="ecartes").texte == "s"
    assert vue.chiffre("entonnoir", MOIS, mesure="candidats").texte == "s"
    assert vue.chiffre("entonnoir", MOIS, mesure="soumis").texte == "100"


def test_deux_etapes_proches_de_l_entonnoir_ne_disent_pas_qui_les_separe() -> None:
    funnel = {"presents": 200, "versables": 198, "soumis": 100}
    vue = _vue(_publies(*(_chiffre(n, MOIS, code="entonnoir", mesure=m) for m, n in funnel.items())))
    textes = [vue.chiffre("entonnoir", MOIS, mesure=m).texte for m in ("presents", "versables")]
    assert "s" in textes


def test_les_classes_de_delai_ne_rendent_pas_celle_qui_est_masquee() -> None:
    """V2-2 is the sum of the first four: one of them, small, takes another with it, or V2-2."""
    classes = {"avant": 3, "0_1": 9, "2_7": 8, "8_15": 10, "15_mois": 6, "mois_60": 7, "61_90": 5, "91": 5}
    classes |= {"non_oriente": 20, "en_attente": 0}
    delais = [_chiffre(n, axe="delai", modalite=c) for c, n in classes.items()]
    vue = _vue(_publies(_chiffre(73), _chiffre(30, code="V2-2"), *delais))
    textes = {c: vue.chiffre("V2-1", ANNEE, axe="delai", modalite=c).texte for c in classes}
    orientes = vue.chiffre("V2-2", ANNEE).texte
    assert textes["avant"] == "s"
    dans_le_delai = [textes[c] for c in ("avant", "0_1", "2_7", "8_15")]
    assert orientes == "s" or dans_le_delai.count("s") > 1
