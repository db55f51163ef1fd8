"""An outsider who reads all that leaves the service finds no number of fewer than five persons."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.configuration import Configuration
from pipelines.publication import chiffres_publies, extraits
from pipelines.publication.chiffres_publies import Cle
from pipelines.publication.extraits import DIFFUSION, Extrait, extrait_masque
from pipelines.publication.extraits.diffusion import ecrire_diffusion
from pipelines.publication.publier import publier
from tests.lecteur import DENOMINATEUR, ETAPES, NUMERATEUR, Lecteur
from tests.sql.monde import Monde, mois

SEUIL = 5
JALONS = [
    ("T0", date(2024, 3, 1), date(2024, 5, 31), "Résultat au 31.05.2024"),
    ("T1", date(2024, 4, 1), date(2024, 6, 30), "Résultat au 30.06.2024"),
]
JALONS_LUS = {nom: (code, f"{debut:%Y-%m}", f"{fin:%Y-%m}") for code, debut, fin, nom in JALONS}


@pytest.fixture(scope="module")
def publication(exemple: Configuration) -> Path:
    return publier(exemple).dossier


@pytest.fixture(scope="module")
def lecteur(publication: Path, exemple: Configuration) -> Lecteur:
    return Lecteur(
        publication,
        {j.libelle: (j.code, f"{j.debut:%Y-%m}", f"{j.fin:%Y-%m}") for j in exemple.jalons},
    )


def _fuites(lecteur: Lecteur) -> dict[object, int]:
    """The small numbers that he finds, be they masked figures or what a subtraction gives."""
    return {
        nom: valeur
        for nom, valeur in lecteur.trouver(list(lecteur.bornes), SEUIL - 1).items()
        if isinstance(nom, Cle)
    }


def test_tous_les_extraits_et_le_rapport_ensemble_ne_rendent_aucun_petit_nombre(lecteur: Lecteur) -> None:
    inconnues = [nom for nom, (bas, haut) in lecteur.bornes.items() if bas < haut]
    assert len(inconnues) > 2000  # small territoires: much is masked
    assert _fuites(lecteur) == {}


def test_ce_que_le_lecteur_ecrit_est_vrai(lecteur: Lecteur, publication: Path) -> None:
    """His equations hold between the true numbers: he is not led astray."""
    vrais = _vrais(publication)
    for ecart, (tout, *parts) in lecteur.ecarts.items():
        if {tout, *parts} <= vrais.keys():
            somme = sum(vrais[p] for p in parts)
            vrais[ecart] = somme if ecart.mesure == "somme" else abs(somme - vrais[tout])
    verifiees = [(t, k) for t, k in lecteur.equations if t.keys() <= vrais.keys()]
    assert len(verifiees) > 20_000
    assert [t for t, k in verifiees if sum(c * vrais[nom] for nom, c in t.items()) != k] == []


def _vrais(publication: Path) -> dict[object, int]:
    vrais: dict[object, int] = {}
    with duckdb.connect() as connexion:
        for *champs, nombre, numerateur, denominateur in connexion.execute(
            "select code, axe, modalite, mesure, type_periode, periode, territoire, "
            "coalesce(valeur, valeur_partielle), numerateur, denominateur "
            "from read_parquet(?) where statut <> 'ND'",
            [str(publication / "marts" / "indicateurs.parquet")],
        ).fetchall():
            cle = Cle(*champs)
            if numerateur is not None:
                vrais[cle._replace(mesure=cle.mesure + NUMERATEUR)] = numerateur
                vrais[cle._replace(mesure=cle.mesure + DENOMINATEUR)] = denominateur
            elif nombre is not None and nombre == int(nombre):
                vrais[cle] = int(nombre)
        for mois_, territoire, *nombres in connexion.execute(
            f"select strftime(mois, '%Y-%m'), territoire, {', '.join(ETAPES)} from read_parquet(?)",
            [str(publication / "marts" / "entonnoir_mensuel.parquet")],
        ).fetchall():
            for etape, nombre in zip(ETAPES, nombres, strict=True):
                if nombre is not None:
                    vrais[Cle("entonnoir", "", "", etape, "mois", mois_, territoire)] = nombre
    return vrais


def test_les_annees_et_les_jalons_de_l_exemple_restent_lisibles(publication: Path) -> None:
    """810 dossiers, two territoires: a year says something, all territoires together it says nearly all."""
    lues = extraits.lire_chiffres(publication)
    annees = {c: t for c, t in lues.items() if c.type_periode == "annee" and c.periode in ("2023", "2024")}
    ensemble = [t for c, t in annees.items() if c.territoire == "TOTAL"]
    assert sum(t == "s" for t in ensemble) < 0.05 * len(ensemble)
    assert sum(t == "s" for t in annees.values()) < 0.1 * len(annees)
    jalons = [t for c, t in lues.items() if c.type_periode == "jalon" and c.territoire == "TOTAL"]
    assert sum(t == "s" for t in jalons) < 0.2 * len(jalons)


# ---------------------------------------------------------------- other worlds


def _monde(graine: int) -> Monde:
    """Six months of few entries; persons who come back; one month missing for one territoire, now and
    then.
    """
    hasard = random.Random(graine)
    manquants = {("CAF681", mois(2024, 4))} if graine % 3 == 0 else set()
    monde = Monde(jalons=JALONS, manquants=manquants)
    for rang in range(2, 7):
        personnes = [f"p{n}" for n in range(80)]
        hasard.shuffle(personnes)
        for territoire in ("67", "68"):
            for _ in range(hasard.choice((0, 1, 2, 4, 6, 9, 30))):
                monde.entree(
                    mois(2024, rang),
                    territoire,
                    id_personne=personnes.pop(),
                    delai_jours=hasard.choice((None, -3, 0, 4, 12, 14, 20, 40)),
                    delai_echu=rang < 6 or hasard.random() < 0.7,
                    accompagnement_global=hasard.choice((True, False, False, None)),
                    absent_rdv_orientation=hasard.random() < 0.2,
                )
    return monde


def _publier(monde: Monde, dossier: Path, sans_complements: bool = False) -> Path:
    """What an outsider gets of this world; ``sans_complements``: masked as if nobody ever subtracted."""
    connexion = monde.connexion()
    publies = chiffres_publies.lire(connexion)
    extrait = extrait_masque(publies, SEUIL)
    if sans_complements:
        petites = (
            c.cle
            for c in publies.chiffres.values()
            if any(n is not None and 1 <= n < SEUIL for n in (c.nombre, c.numerateur, c.denominateur))
        )
        extrait = Extrait(publies, SEUIL, frozenset(petites))
    ecrire_diffusion(extrait, dossier / DIFFUSION)
    (dossier / "marts").mkdir()
    connexion.execute(f"copy indicateurs to '{dossier / 'marts' / 'indicateurs.parquet'}'")
    return dossier


@pytest.mark.parametrize("graine", range(8))
def test_un_petit_departement_ne_rend_aucun_petit_nombre(graine: int, tmp_path: Path) -> None:
    lecteur = Lecteur(_publier(_monde(graine), tmp_path), JALONS_LUS)
    assert any(bas < haut for bas, haut in lecteur.bornes.values())
    assert _fuites(lecteur) == {}


def test_le_lecteur_trouve_ce_qui_n_est_pas_protege(tmp_path: Path) -> None:
    """The same world, its small numbers masked and nothing else: he finds dozens of them."""
    lecteur = Lecteur(_publier(_monde(1), tmp_path, sans_complements=True), JALONS_LUS)
    assert len(_fuites(lecteur)) > 50


def test_les_memes_chiffres_sont_masques_pareil_dans_n_importe_quel_ordre() -> None:
    """So a figure published twice, unchanged like all the others, is not given by the second publication."""
    publies = chiffres_publies.lire(_monde(2).connexion())
    melange = list(publies.chiffres.items())
    random.Random(7).shuffle(melange)
    autre = replace(publies, chiffres=dict(melange))
    assert extraits.cellules_masquees(publies, SEUIL) == extraits.cellules_masquees(autre, SEUIL)
