"""Every published figure against the naive computation, on random stores of every table: none may differ.

Six stores (some hundred thousand figures) at each run, always the same; ``PILOTAGE_HISTOIRES=1000 pytest
tests/properties`` tells five hundred.
"""

from dataclasses import replace

from comparaison import COMPARAISON_DU_CATALOGUE, comparer
from histoires_tables import magasin_complet
from hypothesis import given, settings
from naif_magasin import Magasin
from reduction import raconter, reduire
from test_calcul_contre_naif import GRAINES, MAGASINS, profil


def differences(magasin: Magasin) -> list[str]:
    return comparer(magasin, comparaisons=COMPARAISON_DU_CATALOGUE)


def expliquer(graine: int, trouvees: list[str]) -> str:
    """The first differences, and a small store that still shows one of the same code."""
    code = trouvees[0].split()[1]

    def differe_encore(magasin: Magasin) -> bool:
        mensuelles = any(d.type_flux == "M" for d in magasin.livraisons)
        return mensuelles and any(d.split()[1] == code for d in differences(magasin))

    petit = reduire(magasin_complet(graine), differe_encore)
    recit = "\n".join(raconter(d) for d in petit.livraisons)
    restantes = [d for d in differences(petit) if d.split()[1] == code]
    return f"seed {graine}, {len(trouvees)} differences; reduced:\n" + "\n".join([*restantes[:10], recit])


@settings(profil, max_examples=max(1, MAGASINS // 2))
@given(GRAINES)
def test_aucun_chiffre_du_catalogue_ne_differe_sur_des_magasins_au_hasard(graine: int) -> None:
    trouvees = differences(magasin_complet(graine))
    assert not trouvees, expliquer(graine, trouvees)


def test_la_comparaison_voit_un_seuil_lu_autrement() -> None:
    """The comparison is no formality: who is intensively accompanied changes with the threshold."""
    magasins = (m for m in map(magasin_complet, range(50)) if not any(d.sans for d in m.livraisons))
    ecarts = (
        comparer(magasin, replace(magasin.regles, heures_intensif=1), COMPARAISON_DU_CATALOGUE)
        for magasin in magasins
    )
    autrement = next(filter(None, ecarts))  # the first store where somebody has some hours, but few
    assert {d.split()[1] for d in autrement} == {"V3-M5"}
