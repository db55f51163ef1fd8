"""The charts, as plain Vega-Lite dictionaries. They draw ``Cellule``s: what is masked or missing is not drawn
but said in its place (« s », « ND »). No meaning rests on colour alone: pattern, place or words say it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.publication.rapport.svg import Dessin
from pipelines.publication.rapport.vue import Cellule, Marche

ENCRE, GRIS, GRILLE = "#1b2433", "#566070", "#d5dbe3"
BLEU, PALE, OCRE = "#1f4e8c", "#b9cce4", "#a34f00"
BLANC, HACHURES = "#ffffff", "url(#hachures)"  # defined once in the page
LARGEUR = 700
ABSENTS = {"nd": "ND", "sans_objet": "–"}  # in little room
TRAITS = ((BLEU, [1, 0]), (ENCRE, [7, 3]), (GRIS, [2, 3]), (OCRE, [9, 3, 2, 3]))  # colour and dashes
LARGEUR_MOIS_MAX = 60
LIGNE = 26  # height of a horizontal bar and its gap

Spec = dict[str, Any]


@dataclass(frozen=True)
class Barre:
    """A horizontal bar: its label, its figure, and whether it is drawn dark, pale or hatched."""

    libelle: str
    cellule: Cellule
    teinte: str = BLEU


@dataclass(frozen=True)
class Panneau:
    """One small chart of a series by month: its title and a cell a month."""

    titre: str
    cellules: Sequence[Cellule]


# ---------------------------------------------------------------- horizontal bars


def barres(lignes: Sequence[Barre], marge: int = 230, largeur: int = LARGEUR) -> Dessin:
    """One bar a line, its figure written at its end."""
    droite = 80
    valeurs = [
        {
            "libelle": barre.libelle,
            "nombre": barre.cellule.nombre or 0,
            "texte": barre.cellule.texte,
            "teinte": barre.teinte,
        }
        for barre in lignes
    ]
    contenu = {
        "width": largeur - marge - droite,
        "height": LIGNE * len(lignes),
        "data": {"values": valeurs},
        "encoding": {
            "y": {
                "field": "libelle",
                "type": "nominal",
                "sort": [barre.libelle for barre in lignes],
                "axis": _axe(domain=True, labelFontSize=13, labelLimit=marge, labelPadding=8),
                "scale": {"paddingInner": 0.35, "paddingOuter": 0.18},
            },
            "x": {
                "field": "nombre",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [0, max(1, *(v["nombre"] for v in valeurs))]},
            },
        },
        "layer": [
            {
                "mark": {"type": "bar", "stroke": BLEU, "strokeWidth": 0.8},
                "transform": [{"filter": "datum.nombre > 0"}],
                "encoding": {"fill": {"field": "teinte", "type": "nominal", "scale": None}},
            },
            {"mark": _texte(align="left", dx=6, fontSize=13), "encoding": {"text": {"field": "texte"}}},
        ],
    }
    return _dessin(contenu, (4, droite, 4, marge), LIGNE * len(lignes), largeur)


# ---------------------------------------------------------------- series by month


def mois_en_barres(mois: Sequence[str], panneaux: Sequence[Panneau], hauteur: int) -> Dessin:
    """One row of bars a panel, all on one scale within ``panneaux``."""
    valeurs = _par_mois(mois, panneaux)
    maximum = max(1, *(v["nombre"] or 0 for v in valeurs))
    couches: list[Spec] = [
        {
            "mark": {"type": "bar", "width": {"band": 0.72}, "stroke": BLEU, "strokeWidth": 1},
            "transform": [{"filter": "datum.nombre > 0"}],
            "encoding": {"y": {"field": "nombre", "type": "quantitative"}, **_teinte_du_statut()},
        },
        {
            "mark": _texte(baseline="bottom", dy=-2, fontSize=10 if maximum < 1000 else 8.5),
            "transform": [{"filter": "datum.nombre !== null"}],
            "encoding": {"y": {"field": "nombre", "type": "quantitative"}, "text": {"field": "texte"}},
        },
        _absents(),
    ]
    ordonnee = {"scale": {"domain": [0, maximum * 1.12], "nice": False}, "axis": _axe(labels=False)}
    return _panneaux(mois, panneaux, valeurs, couches, ordonnee, hauteur)


def taux_par_mois(mois: Sequence[str], panneaux: Sequence[Panneau], objectif: float, hauteur: int) -> Dessin:
    """A line a panel: full points where the rate is final, hollow ones where it may still move."""
    valeurs = _par_mois(mois, panneaux)
    ordonnee_du_point = {"field": "nombre", "type": "quantitative"}
    couches: list[Spec] = [
        {
            "mark": {"type": "rule", "stroke": OCRE, "strokeDash": [6, 3], "strokeWidth": 1.5},
            "transform": _UNE_FOIS,
            "encoding": {"y": {"datum": objectif}, "x": None},
        },
        {
            "mark": {
                "type": "line",
                "stroke": BLEU,
                "strokeWidth": 1.5,
                "invalid": "break-paths-filter-domains",
            },
            "encoding": {"y": dict(ordonnee_du_point)},
        },
        {
            "mark": {"type": "point", "size": 46, "stroke": BLEU, "strokeWidth": 1.6, "opacity": 1},
            "transform": [{"filter": "datum.nombre !== null"}],
            "encoding": {"y": dict(ordonnee_du_point), **_teinte_du_statut()},
        },
        {
            "mark": _texte(baseline="bottom", dy=-6, fontSize=9),
            "transform": [{"filter": "datum.nombre !== null"}],
            "encoding": {
                "y": dict(ordonnee_du_point),
                "text": {"field": "nombre", "type": "quantitative", "format": ".0%"},
            },
        },
        _absents(),
    ]
    ordonnee = {
        "scale": {"domain": [0, 1.12], "nice": False},
        "axis": _axe(values=[0, 0.5, 1], format=".0%", grid=True, gridColor=GRILLE),
    }
    return _panneaux(mois, panneaux, valeurs, couches, ordonnee, hauteur)


def _par_mois(mois: Sequence[str], panneaux: Sequence[Panneau]) -> list[Spec]:
    return [
        {
            "mois": f"{m}-01",
            "panneau": panneau.titre,
            "nombre": cellule.nombre,
            "texte": cellule.texte,
            "absent": "" if cellule.nombre is not None else ABSENTS.get(cellule.etat, cellule.texte),
            "final": cellule.statut == "stabilise",
        }
        for panneau in panneaux
        for m, cellule in zip(mois, panneau.cellules, strict=True)
    ]


def _teinte_du_statut() -> Spec:
    return {"fill": {"condition": {"test": "datum.final", "value": BLEU}, "value": HACHURES}}


def _absents() -> Spec:
    """Where nothing may be drawn, the word that says why stands on the axis."""
    return {
        "mark": _texte(baseline="bottom", dy=-2, fontSize=10, fill=GRIS),
        "transform": [{"filter": "datum.absent !== ''"}],
        "encoding": {"y": {"datum": 0}, "text": {"field": "absent"}},
    }


def _panneaux(
    mois: Sequence[str],
    panneaux: Sequence[Panneau],
    valeurs: list[Spec],
    couches: list[Spec],
    ordonnee: Spec,
    hauteur: int,
) -> Dessin:
    """The frame of a series: panels under one another, months below the last one."""
    entre, marges = 30, (24 if any(p.titre for p in panneaux) else 8, 16, 38, 56)
    for couche in couches:
        couche["encoding"]["y"] |= ordonnee | {"title": None}
    couches = [*couches, *_cadre_du_panneau()]
    contenu = {
        "data": {"values": valeurs},
        "spacing": entre,
        "facet": {
            "row": {
                "field": "panneau",
                "type": "nominal",
                "sort": [p.titre for p in panneaux],
                "header": None,
            }
        },
        "spec": {
            "width": min(LARGEUR - marges[1] - marges[3], LARGEUR_MOIS_MAX * len(mois)),
            "height": hauteur,
            "encoding": {"x": _abscisse_des_mois()},
            "layer": couches,
        },
    }
    return _dessin(contenu, marges, len(panneaux) * (hauteur + entre) - entre)


_UNE_FOIS = [{"aggregate": [], "groupby": ["panneau"]}]  # once a panel, not once a month


def _cadre_du_panneau() -> list[Spec]:
    """Its title above, its base line below."""
    titre = _texte(align="left", baseline="bottom", dy=-6, fontSize=12.5, fontWeight="bold")
    return [
        {
            "mark": titre,
            "transform": _UNE_FOIS,
            "encoding": {"x": {"value": 0}, "y": {"value": 0}, "text": {"field": "panneau"}},
        },
        {
            "mark": {"type": "rule", "stroke": GRIS, "strokeWidth": 1},
            "transform": _UNE_FOIS,
            "encoding": {"x": None, "y": {"value": "height"}},
        },
    ]


def _abscisse_des_mois() -> Spec:
    """The initial of each month, the year under January and under the first."""
    initiale = "upper(substring(utcFormat(datum.value, '%b'), 0, 1))"
    annee = "utcmonth(datum.value) == 0 || datum.index == 0 ? utcFormat(datum.value, '%Y') : ''"
    return {
        "field": "mois",
        "type": "ordinal",
        "timeUnit": "utcyearmonth",
        "axis": _axe(
            domain=True, labelAngle=0, labelOverlap=False, labelPadding=5, labelExpr=f"[{initiale}, {annee}]"
        ),
    }


# ---------------------------------------------------------------- curves


def courbes(
    series: Sequence[tuple[str, Sequence[Marche]]], jours: int, limite: int, nom_limite: str
) -> Dessin:
    """Steps: the share not yet oriented, day after day; ``limite`` is the target's last day."""
    valeurs = [
        {"serie": nom, "jour": marche.jour, "part": marche.part}
        for nom, marches in series
        for marche in _prolongees(marches, jours)
    ]
    bouts = [{"serie": nom, "jour": jours, "part": _derniere(m, jours)} for nom, m in series]
    axes = {
        "x": {
            "field": "jour",
            "type": "quantitative",
            "scale": {"domain": [0, jours], "nice": False},
            "axis": _axe(domain=True, ticks=True, values=list(range(0, jours + 1, 15))),
        },
        "y": {
            "field": "part",
            "type": "quantitative",
            "scale": {"domain": [0, 1], "nice": False},
            "axis": _axe(values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=True, gridColor=GRILLE),
        },
    }
    contenu = {
        "width": 560,
        "height": 230,
        "layer": [
            {
                "data": {"values": [{"jour": limite}]},
                "mark": {"type": "rule", "stroke": OCRE, "strokeDash": [6, 3], "strokeWidth": 1.5},
                "encoding": {"x": axes["x"]},
            },
            {
                "data": {"values": [{"jour": limite}]},
                "mark": _texte(align="left", baseline="top", dx=5, dy=5, fill=OCRE, fontSize=12),
                "encoding": {"x": axes["x"], "y": {"value": 0}, "text": {"value": nom_limite}},
            },
            {
                "data": {"values": valeurs},
                "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
                "encoding": axes
                | {
                    "stroke": _selon_la_serie(series, [trait for trait, _ in TRAITS]),
                    "strokeDash": _selon_la_serie(series, [tirets for _, tirets in TRAITS]),
                },
            },
            {
                "data": {"values": _ecartes(bouts)},
                "mark": _texte(align="left", dx=6, fontSize=12),
                "encoding": axes | {"text": {"field": "serie"}},
            },
        ],
    }
    return _dessin(contenu, (12, 100, 26, 40), 230)


def _prolongees(marches: Sequence[Marche], jours: int) -> list[Marche]:
    """From day 0, where those already oriented are off, to the last day shown."""
    avant = [m.part for m in marches if m.jour <= 0]
    dedans = [m for m in marches if 0 < m.jour <= jours]
    return [Marche(0, avant[-1] if avant else 1.0), *dedans, Marche(jours, _derniere(marches, jours))]


def _derniere(marches: Sequence[Marche], jours: int) -> float:
    vues = [m.part for m in marches if m.jour <= jours]
    return vues[-1] if vues else 1.0


def _ecartes(bouts: list[Spec]) -> list[Spec]:
    """Labels at the ends of the lines, none nearer to the next than its height."""
    bas = -1.0
    for bout in sorted(bouts, key=lambda b: b["part"]):
        bout["part"] = bas = max(bout["part"], bas + 0.07)
    return bouts


def _selon_la_serie(series: Sequence[tuple[str, Any]], valeurs: list[Any]) -> Spec:
    noms = [nom for nom, _ in series]
    return {
        "field": "serie",
        "type": "nominal",
        "scale": {"domain": noms, "range": valeurs[: len(noms)]},
        "legend": None,
    }


# ---------------------------------------------------------------- the look, stated once


def _axe(**options: Any) -> Spec:
    """An axis without ornament; ``options`` put some back."""
    return {
        "title": None,
        "domain": False,
        "ticks": False,
        "grid": False,
        "domainColor": GRIS,
        "tickColor": GRIS,
        "labelColor": ENCRE,
        "labelFontSize": 11,
        **options,
    }


def _texte(**options: Any) -> Spec:
    return {"type": "text", "fill": ENCRE, "fontSize": 11, **options}


def _dessin(contenu: Spec, marges: tuple[int, int, int, int], hauteur: int, largeur: int = LARGEUR) -> Dessin:
    haut, _, bas, _ = marges
    style = {"config": {"aria": False, "font": "sans-serif", "view": {"stroke": None}}}
    return Dessin(largeur, haut + hauteur + bas, marges, contenu | style)
