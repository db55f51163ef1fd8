"""The calendar of the CAF and MSA files, and what is missing of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.publication.rapport import mots
from pipelines.publication.rapport.lecture import Reception
from pipelines.publication.rapport.tableaux import Case, Tableau, tableau
from pipelines.publication.rapport.vue import Vue

MOIS_COURTS = (
    "janv.",
    "févr.",
    "mars",
    "avril",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


@dataclass(frozen=True)
class Manque:
    """Something that is missing or set aside, and what it entails."""

    quoi: str
    consequence: str


def calendriers(vue: Vue) -> tuple[Tableau, ...]:
    """A table a year: for each organisme and month, the day its file was received."""
    montres = {m.periode for m in vue.choix.mois}
    recues = {(r.organisme, r.mois): r for r in vue.receptions if r.mois in montres}
    organismes = sorted({organisme for organisme, _ in recues})
    return tuple(
        tableau(
            f"Réception des fichiers de {annee}",
            ("Organisme", *MOIS_COURTS),
            [
                [organisme, *(_case(recues.get((organisme, f"{annee}-{m:02d}"))) for m in range(1, 13))]
                for organisme in organismes
            ],
        )
        for annee in sorted({mois[:4] for _, mois in recues})
    )


def _case(reception: Reception | None) -> Case:
    if reception is None:
        return Case("", "hors")
    if reception.etat == "manquant":
        return Case("manque", "manque")
    if reception.etat == "suspect" or reception.premiere is None or reception.en_vigueur is None:
        return Case("suspect", "manque")
    premier = f"{reception.premiere:%d/%m}"
    if reception.en_vigueur == reception.premiere:
        return Case(premier, "recu")
    return Case(f"{premier} puis {reception.en_vigueur:%d/%m}", "recu")


def manques(vue: Vue) -> Iterator[Manque]:
    """The files not received, or set aside as suspect, from the first to the last month."""
    for reception in vue.receptions:
        if reception.etat == "manquant":
            yield Manque(
                mots.raison(f"livraison_manquante: {reception.organisme} {reception.mois}"), _suite(reception)
            )
        elif reception.etat == "suspect":
            fichier = mots.fichier_de(reception.organisme, reception.mois)
            yield Manque(f"{fichier} est suspect et n’a pas été accepté.", _suite(reception))


def _suite(reception: Reception) -> str:
    mois = f"{mots.mois_en_lettres(reception.mois)} et le mois suivant"
    if reception.indispensable:
        return (
            f"Les nouveaux entrants ne peuvent pas être calculés pour {mois}, dans ses territoires et dans "
            "l’ensemble."
        )
    return (
        f"Les chiffres sont calculés sans cet organisme pour {mois} ; ils sont provisoires. Les personnes "
        "qu’il paie ne sont comptées ni comme entrantes ni comme sorties."
    )
