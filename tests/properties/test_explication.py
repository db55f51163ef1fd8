"""The explanation never contradicts the decision: on random histories, its signs say it again."""

from pathlib import Path

import pytest
from ecriture import ecrire, sous_pseudonymes
from histoires import magasin_au_hasard

from pipelines.calcul.calculer import calculer
from pipelines.calcul.questions import Lecteur
from pipelines.explication.phrases import INCONNU, OUI
from pipelines.explication.recit import lire_mois, raconter

CONDITIONS = ("Critère", "Pas déjà comptée")


@pytest.mark.parametrize("graine", range(2))
def test_les_signes_des_criteres_disent_la_decision(graine: int, tmp_path: Path) -> None:
    magasin, _ = sous_pseudonymes(magasin_au_hasard(graine))
    configuration = ecrire(magasin, tmp_path)
    with calculer(configuration, magasin.arrete_au) as calcul:
        lecteur = Lecteur(calcul.connexion)
        vus = calcul.connexion.execute(
            "select personnes.p, mois, decision from situations_mensuelles"
            " inner join personnes using (id_personne) where soumis"
        ).fetchall()
        assert len(vus) > 20
        for p, mois, decision in vus:
            recit = list(raconter(lire_mois(lecteur, p, mois), configuration.regles))
            titres = [r.titre for r in recit if r.titre.startswith(CONDITIONS)]
            signes = {titre.split(" : ")[1][0] for titre in titres}
            if 3 in configuration.regles.criteres:
                assert (signes == {OUI}) == (decision == "nouvel_entrant"), (p, mois, titres)
            assert (INCONNU in signes) == (decision in ("indetermine", "non_calculable")), (p, mois, titres)
            assert all(paragraphe.lignes for paragraphe in recit)
