"""Fictional people: names from short lists, NIR of the right shape in communes that do not exist."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from random import Random

from pipelines.simulation.foyers import Personne

NOMS = (
    "FICTIF", "DEMO", "EXEMPLE", "MODELE", "ESSAI", "SPECIMEN", "IMAGINE", "LIÈVRE-BLEU", "ÉPROUVETTE",
    "MAQUETTE", "GABARIT", "CANEVAS", "PAPIER", "CARTON-PÂTE", "ROMAN", "FABLE", "LÉGENDE", "SONGE", "MIRAGE",
)  # fmt: skip
PRENOMS = {
    "1": ("ALBAN", "BÉRENGER", "CÔME", "DESTIN", "ÉLOI", "FLAVIEN", "GAËL", "HÉLIO", "ISIDORE", "JEAN-FABLE"),
    "2": ("AGATHE", "BLANCHE", "CLÉLIA", "DAPHNÉ", "ÉLÉA", "FLEUR", "GWENAËLLE", "HÉLOÏSE", "IRIS", "MAÏA"),
}
# No commune of these départements has a code of 900 or more: such a NIR belongs to nobody.
DEPARTEMENTS_NIR = ("67", "68", "57", "54", "88", "90", "70", "25", "55", "52", "51", "08")
ORDRES = 999
COMMUNES_NIR = 90  # 900 to 989; 990 and above are kept for the worked cases


def nir(sexe: str, naissance: date, rang: int) -> str:
    """The 13-digit NIR of the person number ``rang``; two ranks never share one."""
    lieu, ordre = divmod(rang, ORDRES)
    departement, commune = divmod(lieu, COMMUNES_NIR)
    prefixe = f"{sexe}{naissance:%y%m}{DEPARTEMENTS_NIR[departement % len(DEPARTEMENTS_NIR)]}"
    return f"{prefixe}{900 + commune}{ordre + 1:03d}"


def cle_nir(nir13: str) -> str:
    """The two control digits of a 15-character NIR."""
    return f"{97 - int(nir13) % 97:02d}"


def date_au_hasard(hasard: Random, premiere_annee: int, derniere_annee: int) -> date:
    """Any day between two years."""
    annee = premiere_annee + int(hasard.random() * (derniere_annee - premiere_annee + 1))
    mois = 1 + int(hasard.random() * 12)
    return date(annee, mois, 1 + int(hasard.random() * monthrange(annee, mois)[1]))


def choisir(hasard: Random, valeurs: Sequence[str]) -> str:
    """One of the values (faster than Random.choice, which matters for millions of rows)."""
    return valeurs[int(hasard.random() * len(valeurs))]


def personne(hasard: Random, rang: int, role: str, rattachement: date | None) -> Personne:
    """The person number ``rang``; some have no NIR, some are known to France Travail."""
    sexe = "1" if hasard.random() < 0.46 else "2"
    naissance = date_au_hasard(hasard, 1962, 1998)
    sans_nir = role == "CJT" and hasard.random() < 0.04
    inscrit = hasard.random() < 0.55
    return Personne(
        nom=choisir(hasard, NOMS),
        prenom=choisir(hasard, PRENOMS[sexe]),
        date_naissance=naissance,
        sexe=sexe,
        nir=None if sans_nir else nir(sexe, naissance, rang),
        role=role,
        identifiant_france_travail=f"{rang % 10_000_000:07d}{'ABCDEFGHJK'[rang % 10]}" if inscrit else None,
        date_rattachement=rattachement,
    )
