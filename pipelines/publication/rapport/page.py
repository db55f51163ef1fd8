"""The page: everything the report says, laid out by the templates of ``modele/``, self-contained."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.configuration import Configuration, Regles
from pipelines.publication.dossiers import RAPPORT
from pipelines.publication.rapport import (
    chiffres_cles,
    delais,
    indicateurs,
    methode,
    mots,
    parcours,
    receptions,
    series,
)
from pipelines.publication.rapport.evolutions import Evolutions
from pipelines.publication.rapport.vue import Vue

MODELE = Path(__file__).with_name("modele")


@dataclass(frozen=True)
class Edition:
    """Which publication the page speaks of."""

    nom: str
    arrete_au: date


def ecrire(
    configuration: Configuration,
    vue: Vue | None,
    changements: Evolutions | None,
    edition: Edition,
    dossier: Path,
) -> Path:
    """Write ``rapport.html`` in a publication's folder; without any month, it says so."""
    chemin = dossier / RAPPORT
    chemin.write_text(_page(configuration, vue, changements, edition), encoding="utf-8", newline="\n")
    return chemin


def _page(
    configuration: Configuration, vue: Vue | None, changements: Evolutions | None, edition: Edition
) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup  # comes with jinja2

    environnement = Environment(
        loader=FileSystemLoader(MODELE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environnement.filters["trace"] = Markup  # an SVG of ours, whose texts are escaped already
    environnement.filters["typographie"] = lambda html: Markup(mots.typographie(str(html)))  # noqa: S704
    style = Markup((MODELE / "rapport.css").read_text(encoding="utf-8"))  # noqa: S704
    modele = environnement.get_template("sans_mois.jinja" if vue is None else "rapport.jinja")
    contenu = {} if vue is None else _contenu(vue, configuration.regles) | {"evolutions": changements}
    return modele.render(style=style, **_entete(configuration, edition), **contenu)


def _entete(configuration: Configuration, edition: Edition) -> dict[str, str]:
    return {
        "collectivite": configuration.nom,
        "edition": edition.nom,
        "arrete_au": mots.jour_en_lettres(edition.arrete_au),
        "delai": "un mois" if configuration.regles.seuil == "1_mois" else "15 jours",
    }


def _contenu(vue: Vue, regles: Regles) -> dict[str, Any]:
    return {
        "periode": chiffres_cles.nom_de_periode(vue.choix.principale),
        "annee": chiffres_cles.periode_en_clair(vue.choix.annee),
        "seuil": vue.seuil,
        "statut": chiffres_cles.statut_en_clair(vue, regles),
        "cartes": chiffres_cles.cartes(vue, regles),
        "observation": chiffres_cles.observation_en_clair(vue),
        "chiffres_cles": chiffres_cles.tableaux(vue, regles),
        "commentaires": chiffres_cles.annexe_4(vue),
        "entonnoir": series.entonnoir(vue),
        "entrants": series.entrants(vue),
        "motifs": series.motifs(vue),
        "motifs_annee": series.motifs_de_l_annee(vue),
        "taux": series.taux(vue, regles),
        "distribution": delais.distribution(vue, regles),
        "survie": delais.survie(vue, regles),
        "parcours": parcours.parcours(vue),
        "calendriers": receptions.calendriers(vue),
        "mois_absents": indicateurs.mois_absents(vue),
        "manques": list(receptions.manques(vue)),
        "non_disponibles": indicateurs.non_disponibles(vue),
        "volets": indicateurs.par_volet(vue),
        "regles": methode.regles_en_vigueur(regles),
        "lectures": methode.autres_lectures(vue),
    }
