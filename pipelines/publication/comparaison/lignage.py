"""Which delivered tables a figure is computed from, as the catalogue says what it needs."""

from functools import cache

from contracts.catalogue import CALENDRIER, Mesure, catalogue

_CAF = "beneficiaires"


@cache
def tables_lues(code: str, nom: str) -> tuple[str, ...]:
    """The tables that this measure needs; none when the installed catalogue does not know it."""
    mesure = _mesure(code, nom)
    if mesure is None:
        return ()
    calendrier = [besoin for besoin in mesure.besoins if besoin in CALENDRIER and besoin != "total_seulement"]
    tables = [besoin.partition(".")[0] for besoin in mesure.besoins if besoin not in CALENDRIER]
    criteres = ["orientations"] if "entrants" in calendrier else []  # criterion 3
    return tuple(dict.fromkeys([*([_CAF] if calendrier else []), *criteres, *tables]))


def au_dernier_mois(code: str, nom: str) -> bool:
    """Whether a longer period is read at its last month (a stock) instead of being the sum of its months."""
    mesure = _mesure(code, nom)
    return mesure is not None and mesure.au_dernier_mois


def _mesure(code: str, nom: str) -> Mesure | None:
    indicateur = catalogue().get(code)
    mesures = indicateur.mesures if indicateur else ()
    return next((m for m in mesures if m.nom == nom), None)
