"""From a Vega-Lite description to the SVG that stands inside the page: no network, no script, no font.

The text says nothing of the machine: sizes are given, never measured from its fonts (``autosize`` none), and
identifiers belong to the figure.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Any

VEGA_LITE = "6.4"
_RACINE = re.compile(r"<svg [^>]*>(?:<rect [^>]*/>)?")
_PROPRES_AU_MOTEUR = re.compile(r' (?:aria-[a-z]+|role|class|pointer-events|font-family|xmlns:xlink)="[^"]*"')
_DECIMALES = re.compile(r"(\d+\.\d\d)\d+")
_IDENTIFIANT = re.compile(r"(?<=url\(#)clip\d+|(?<=id=\")clip\d+")


@dataclass(frozen=True)
class Dessin:
    """A Vega-Lite specification, without its frame, and its whole size in pixels, margins included."""

    largeur: int
    hauteur: int
    marges: tuple[int, int, int, int]  # top, right, bottom, left
    contenu: dict[str, Any]


def tracer(dessin: Dessin, identifiant: str, titre: str, description: str) -> str:
    """The SVG element, named and described for who does not see it."""
    import vl_convert  # a converter starts in a third of a second: only when there is something to draw

    brut: str = vl_convert.vegalite_to_svg(
        _specification(dessin),
        vl_version=VEGA_LITE,
        format_locale="fr-FR",
        time_format_locale="fr-FR",
        allowed_base_urls=[],
    )
    return _nettoyer(brut, dessin, identifiant, titre, description)


def _specification(dessin: Dessin) -> dict[str, Any]:
    haut, droite, bas, gauche = dessin.marges
    return {
        "autosize": {"type": "none"},
        "bounds": "flush",
        "padding": {"top": haut, "right": droite, "bottom": bas, "left": gauche},
        "background": None,
        **dessin.contenu,
    }


def _nettoyer(brut: str, dessin: Dessin, identifiant: str, titre: str, description: str) -> str:
    corps = _PROPRES_AU_MOTEUR.sub("", _RACINE.sub("", brut, count=1))
    corps = _IDENTIFIANT.sub(f"{identifiant}-cadre", _DECIMALES.sub(r"\1", corps))
    nom, texte = f"dessin-{identifiant}-nom", f"dessin-{identifiant}-texte"
    return (
        f'<svg role="img" viewBox="0 0 {dessin.largeur} {dessin.hauteur}" aria-labelledby="{nom} {texte}">'
        f'<title id="{nom}">{escape(titre)}</title><desc id="{texte}">{escape(description)}</desc>{corps}'
    )
