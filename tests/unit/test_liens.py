"""What a reader can subtract from what: spans of months, parts and wholes, persons counted twice."""

from pipelines.publication.chiffres_publies import Chiffre, ChiffresPublies, Cle, Periode, Territoire
from pipelines.publication.liens import Liens, relier
from pipelines.publication.nombres import Nombre
from pipelines.publication.secret import masquer

SEUIL = 5


def _mois(*rangs: int) -> tuple[str, ...]:
    return tuple(f"2024-{rang:02d}" for rang in rangs)


T1, T2, T3, T4 = (_mois(*range(debut, debut + 3)) for debut in (1, 4, 7, 10))
PERIODES = {
    "2024": ("annee", _mois(*range(1, 13))),
    "2024-S1": ("semestre", T1 + T2),
    "2024-S2": ("semestre", T3 + T4),
    **{f"2024-T{n}": ("trimestre", mois) for n, mois in enumerate((T1, T2, T3, T4), start=1)},
    "J1": ("jalon", _mois(3, 4, 5)),  # from one quarter to the next
}


def _publies(*chiffres: Chiffre) -> ChiffresPublies:
    periodes = tuple(Periode(genre, nom, "", "", nom, mois) for nom, (genre, mois) in PERIODES.items())
    territoires = (Territoire("67", "Bas-Rhin"), Territoire("TOTAL", "Total"))
    return ChiffresPublies({c.cle: c for c in chiffres}, {}, periodes, territoires)


def _chiffre(code: str, nombre: float, periode: str, territoire: str = "67", **cle: str) -> Chiffre:
    quoi = {"axe": "", "modalite": "", "mesure": "nombre"} | cle
    genre, mois = PERIODES.get(periode, ("mois", (periode,)))
    cle_ = Cle(code, **quoi, type_periode=genre, periode=periode, territoire=territoire)
    return Chiffre(cle_, nombre, None, None, "entrées", "stabilise", None, len(mois), None, mois)


def _relier(*chiffres: Chiffre) -> Liens:
    return relier(_publies(*chiffres), [c.cle for c in chiffres], SEUIL)


def _masques(*chiffres: Chiffre) -> set[tuple[str, str]]:
    """Code and period of the figures that are not shown."""
    liens = _relier(*chiffres)
    secrets = masquer(liens.comptes, liens.sommes, SEUIL, liens.deduits, liens.inconnus)
    return {(c.code, c.periode) for c, noms in liens.cellules.items() if not secrets.isdisjoint(noms)}


def test_le_meme_nombre_n_a_qu_un_nom_sous_tous_ses_codes() -> None:
    codes = ("V2-1", "FA-1", "V3-M1a")
    liens = _relier(*(_chiffre(code, 12, "2024-T1") for code in codes))
    assert {*liens.cellules.values()} == {(Nombre("V2-1", "", "", "67", T1),)}


def test_deux_nombres_qui_devraient_etre_le_meme_et_ne_le_sont_pas_sont_deux_nombres() -> None:
    liens = _relier(_chiffre("V2-1", 12, "2024-T1"), _chiffre("FA-1", 13, "2024-T1"))
    assert sorted(liens.comptes.values())[-2:] == [12, 13]


def test_une_annee_est_la_somme_de_ses_trimestres_meme_si_un_jalon_les_chevauche() -> None:
    """No month is shown: the jalon is no part of any of these sums."""
    chiffres = {"2024": 40, "2024-T1": 12, "2024-T2": 3, "2024-T3": 12, "2024-T4": 13, "J1": 9}
    assert _masques(*(_chiffre("FA-3", n, p) for p, n in chiffres.items())) == {
        ("FA-3", "2024-T2"),
        ("FA-3", "2024-T1"),
    }


def test_ce_qui_reste_d_une_periode_quand_on_en_ote_une_autre_est_un_nombre() -> None:
    """30 in the year, 28 in its second quarter: two in all the rest."""
    assert _masques(_chiffre("FA-3", 30, "2024"), _chiffre("FA-3", 28, "2024-T2")) == {("FA-3", "2024-T2")}
    assert not _masques(_chiffre("FA-3", 30, "2024"), _chiffre("FA-3", 20, "2024-T2"))


def test_une_partie_proche_du_tout_est_masquee_meme_de_loin() -> None:
    """18 oriented in 15 days, 20 entries: the indicator between the two is not needed to subtract."""
    chiffres = [_chiffre("V2-1", 20, "2024-T1"), _chiffre("V2-2", 18, "2024-T1")]
    assert _masques(*chiffres) == {("V2-2", "2024-T1")}
    assert _masques(*chiffres, _chiffre("C-1", 19, "2024-T1")) == {("V2-2", "2024-T1"), ("C-1", "2024-T1")}


def test_les_personnes_comptees_deux_fois_sont_un_nombre() -> None:
    """196 entries, 193 persons: three came twice. As many entries as persons: nobody did, it can be read."""
    entrees = _chiffre("V2-1", 196, "2024")
    personnes = [_chiffre("V2-1", n, "2024", mesure="personnes_distinctes") for n in (193, 196)]
    liens = _relier(entrees, personnes[0])
    secrets = masquer(liens.comptes, liens.sommes, SEUIL, liens.deduits, liens.inconnus)
    assert {n.quoi for n in secrets} == {"V2-1.personnes_distinctes"}
    assert not _masques(entrees, personnes[1])


def test_les_personnes_de_deux_periodes_ne_s_additionnent_pas() -> None:
    """52 and 50 persons, 100 in all: two are in both."""
    chiffres = [("2024", 100), ("2024-S1", 52), ("2024-S2", 50)]
    assert _masques(*(_chiffre("F1-3", n, p) for p, n in chiffres)) == {("F1-3", "2024-S2")}


def test_un_taux_donne_ses_deux_nombres() -> None:
    taux = Chiffre(
        Cle("S-2", "", "", "taux", "mois", "2024-03", "67"),
        *(0.3, 60, 200, "part", "stabilise", None, 1, None, ("2024-03",)),
    )
    liens = _relier(taux, _chiffre("V3-M3", 200, "2024-03"))
    assert liens.cellules[taux.cle] == (
        Nombre("S-2", "", "", "67", ("2024-03",)),
        Nombre("soumis", "", "", "67", ("2024-03",)),
    )
    assert Nombre("soumis − S-2", "", "", "67", ("2024-03",)) in liens.deduits
