"""The SQL against the naive computation, on random histories: not one row may differ.

Twelve stores (some two hundred lives) at each run, always the same; ``PILOTAGE_HISTOIRES=1000 pytest
tests/properties`` tells thousands of lives.
"""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from comparaison import comparer
from histoires import magasin_au_hasard, magasin_suspect
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from naif import Naif
from naif_magasin import Magasin
from reduction import personne_de, raconter, reduire

from pipelines.configuration import Regles

MAGASINS = int(os.environ.get("PILOTAGE_HISTOIRES", "12"))
GRAINES = st.integers(min_value=0, max_value=2**32)
profil = settings(
    max_examples=MAGASINS,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # we reduce a store ourselves: a smaller seed is not a smaller store
    suppress_health_check=list(HealthCheck),
)


def expliquer(graine: int, magasin_de: Callable[[int], Magasin], trouvees: list[str]) -> str:
    """The first differences, and a small store that still shows one."""
    table = trouvees[0].split()[0]

    def differe_encore(magasin: Magasin) -> bool:
        mensuelles = any(d.type_flux == "M" for d in magasin.livraisons)
        return mensuelles and any(d.startswith(table) for d in comparer(magasin))

    petit = reduire(magasin_de(graine), differe_encore)
    restantes = comparer(petit)
    recit = "\n".join(raconter(d) for d in petit.livraisons)
    return f"seed {graine}, {len(trouvees)} differences; reduced:\n" + "\n".join([*restantes[:10], recit])


@profil
@given(GRAINES)
def test_aucune_ligne_ne_differe_sur_des_histoires_au_hasard(graine: int) -> None:
    trouvees = comparer(magasin_au_hasard(graine))
    assert not trouvees, expliquer(graine, magasin_au_hasard, trouvees)


@settings(profil, max_examples=MAGASINS // 3)
@given(GRAINES)
def test_les_livraisons_suspectes_sont_les_memes(graine: int) -> None:
    trouvees = comparer(magasin_suspect(graine))
    assert not trouvees, expliquer(graine, magasin_suspect, trouvees)


def magasin_sensible(autre_lecture: Regles) -> Magasin:
    """A store in which reading one rule otherwise changes somebody's entry."""
    for graine in range(500):
        magasin = replace(magasin_au_hasard(graine), regles=Regles())
        if Naif(magasin).nouveaux_entrants != Naif(magasin, autre_lecture).nouveaux_entrants:
            return magasin
    raise AssertionError("no history tells the two readings apart")


@pytest.mark.parametrize(
    "autre_lecture",
    [
        pytest.param(Regles(absence_sortie_mois=5), id="absence_sortie_mois"),
        pytest.param(Regles(suspension_mois=1), id="suspension_mois"),
        pytest.param(Regles(correction_jours=2), id="correction_jours"),
    ],
)
def test_la_comparaison_voit_une_regle_lue_autrement(autre_lecture: Regles) -> None:
    """The comparison is no formality: one rule read otherwise by the naive side alone shows at once."""
    assert comparer(magasin_sensible(autre_lecture), autre_lecture)


def test_un_magasin_qui_differe_est_reduit_a_l_essentiel() -> None:
    """What a developer is shown: only the people and deliveries without which the difference is gone."""
    magasin = magasin_au_hasard(6)
    temoin = next(d for d in magasin.livraisons if d.type_flux == "M" and len(d.rows) > 2)
    coupable = personne_de(temoin.rows[-1])

    def differe(essai: Magasin) -> bool:
        return any(d.id == temoin.id and coupable in map(personne_de, d.rows) for d in essai.livraisons)

    petit = reduire(magasin, differe)
    assert [d.id for d in petit.livraisons] == [temoin.id]
    assert {personne_de(x) for x in petit.livraisons[0].rows if "temoin" not in personne_de(x)} == {coupable}
