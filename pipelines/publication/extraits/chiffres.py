"""The committee's cells one a row, named by their codes: for a spreadsheet's pivot, and for ``comparer``."""

import csv
from pathlib import Path

from pipelines.publication.chiffres_publies import Cle
from pipelines.publication.extraits.cellules import Extrait
from pipelines.publication.extraits.comite import mesures_du_comite
from pipelines.publication.extraits.tableau import Case, Tableau

DIFFUSION = Path("extraits") / "diffusion"
FICHIER = "chiffres"
COLONNES = (*Cle._fields, "valeur", "statut", "motif_nd")


def chiffres(extrait: Extrait) -> Tableau:
    """Ours only: a declared figure is not one."""
    lignes = []
    for indicateur, mesure in mesures_du_comite():
        for periode in extrait.publies.periodes:
            for territoire in extrait.publies.territoires:
                chiffre = extrait.publies.chiffres[periode.cle(indicateur.code, mesure.nom, territoire.code)]
                textes = [*chiffre.cle, chiffre.statut, chiffre.motif_nd or ""]
                cases = [Case(texte) for texte in textes]
                cases.insert(len(chiffre.cle), extrait.notre(chiffre, len(periode.mois)))
                lignes.append(cases)
    return Tableau(
        FICHIER,
        "Chiffres",
        COLONNES,
        lignes,
        textes=(*range(len(Cle._fields)), len(COLONNES) - 2, len(COLONNES) - 1),
    )


def lire_chiffres(publication: Path) -> dict[Cle, str]:
    """The cells that a publication shows outside the service, as it shows them."""
    with (publication / DIFFUSION / f"{FICHIER}.csv").open(encoding="utf-8-sig", newline="") as fichier:
        lignes = csv.DictReader(fichier, delimiter=";")
        return {
            Cle(**{champ: ligne[champ] for champ in Cle._fields}): ligne["valeur"].removeprefix("'")
            for ligne in lignes
        }
