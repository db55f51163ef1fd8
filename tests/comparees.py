"""Two publications of a small store, made by the real steps, to be compared."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ecriture import ecrire
from naif_magasin import Magasin

from pipelines.calcul.calculer import calculer
from pipelines.configuration import Configuration
from pipelines.publication.comparaison.comparer import comparer_publiees
from pipelines.publication.comparaison.designation import Publiee, a_paraitre
from pipelines.publication.comparaison.resultat import Comparaison, Ecart, Groupe
from pipelines.publication.empreinte import decrire_entrees
from pipelines.publication.marts import ecrire_marts


def publiee(
    configuration: Configuration,
    arrete_au: date,
    dossier: Path,
    livraisons: list[dict[str, Any]] | None = None,
) -> Publiee:
    """What a publication holds for a comparison: its marts, and what it was made from."""
    with calculer(configuration, arrete_au, livraisons) as calcul:
        ecrire_marts(calcul.connexion, dossier)
        entrees = decrire_entrees(configuration, calcul)
    return a_paraitre(dossier.name, dossier, entrees)


def comparer_magasins(avant: Magasin, apres: Magasin, dossier: Path) -> Comparaison:
    """The store of before, then the same store as it is now (rules, deliveries, day)."""
    une = publiee(ecrire(avant, dossier / "alors"), avant.arrete_au, dossier / "avant")
    configuration = ecrire(apres, dossier / "maintenant")
    autre = publiee(configuration, apres.arrete_au, dossier / "apres")
    comparaison = comparer_publiees(configuration, une, autre)
    verifier_comptes(comparaison)
    return comparaison


def sans(magasin: Magasin, *identifiants: str) -> Magasin:
    """The store before these deliveries."""
    assert set(identifiants) <= {livraison.id for livraison in magasin.livraisons}
    return replace(magasin, livraisons=[x for x in magasin.livraisons if x.id not in identifiants])


def verifier_comptes(comparaison: Comparaison) -> None:
    """Entered − left + gained − lost, over the causes, is the difference of each figure that persons make."""
    for ecart in comparaison.ecarts:
        assert ecart.reste == 0, ecart
        if ecart.groupes and ecart.difference is not None and ecart.unite != "part":
            assert sum(g.solde for g in ecart.groupes) == ecart.difference, ecart
        if ecart.difference is not None and None not in (ecart.effet_methode, ecart.effet_fichiers):
            assert abs(ecart.effet_methode + ecart.effet_fichiers - ecart.difference) < 1e-9, ecart


def ecart(
    comparaison: Comparaison, code: str, mois: str, mesure: str = "nombre", territoire: str = "67"
) -> Ecart:
    """The only difference of a monthly figure."""
    (seul,) = [e for e in comparaison.ecarts if e.cle == (code, "", "", mesure, "mois", mois, territoire)]
    return seul


def groupes(
    comparaison: Comparaison, code: str, mois: str, mesure: str = "nombre"
) -> dict[str, tuple[int, ...]]:
    """The causes of a monthly figure: (entrees, sorties, gains, pertes)."""
    return {g.cause: _comptes(g) for g in ecart(comparaison, code, mois, mesure).groupes}


def _comptes(groupe: Groupe) -> tuple[int, ...]:
    return groupe.entrees, groupe.sorties, groupe.gains, groupe.pertes
