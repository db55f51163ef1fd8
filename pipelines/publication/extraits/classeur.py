"""``pilotage.xlsx``: the tables of the committee, a sheet each, then their definitions and comments.

Numbers are numbers, what is masked or not available is text, and no cell is ever a formula or a link. The
same figures give the same bytes.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.publication.extraits.tableau import Case, Tableau

FICHIER = "pilotage.xlsx"
_CREE_LE = datetime(2024, 1, 1)  # noqa: DTZ001 - the workbook does not tell when it was made
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LARGEUR_MIN, _LARGEUR_CHIFFRE, _LARGEUR_TEXTE, _LARGEUR_LONG = 11, 14, 45, 100  # in characters
_TEXTE_LONG = 200  # characters, beyond which a column is of the last width
_LARGEUR_PAGE = 260  # characters, beyond which a sheet is printed on several pages side by side
_HAUTEUR_LIGNE = 15  # in points
_LIGNES_MAX, _LIGNES_MAX_ENTETE = 6, 12  # of text in a cell; a longer comment has its lines in the last sheet
_A3 = 8
_FORMATS = {
    "entete": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3EAF4", "border": 1},
    "texte": {"text_wrap": True, "valign": "top"},
    "dit": {"text_wrap": True, "valign": "top", "align": "right"},
    "entier": {"num_format": "#,##0", "valign": "top"},
    "decimal": {"num_format": "#,##0.0#", "valign": "top"},
    "part": {"num_format": "0.0 %", "valign": "top"},
}


def ecrire_classeur(tableaux: Sequence[Tableau], edition: str, dossier: Path) -> Path:
    """One sheet a table, in this order; each page says of which ``edition`` (publication) it is."""
    chemin = dossier / FICHIER
    with Workbook(str(chemin), _OPTIONS) as classeur:
        classeur.set_properties({"title": "Indicateurs de pilotage", "subject": edition, "created": _CREE_LE})
        formats = {nom: classeur.add_format(valeurs) for nom, valeurs in _FORMATS.items()}
        for tableau in tableaux:
            feuille = classeur.add_worksheet(tableau.titre)
            _remplir(feuille, tableau, formats)
            _mettre_en_page(feuille, tableau)
            feuille.set_footer(f"&L{tableau.titre}&C{edition}&R&P / &N")
    return chemin


def _remplir(feuille: Worksheet, tableau: Tableau, formats: dict[str, Format]) -> None:
    for colonne, entete in enumerate(tableau.entetes):
        feuille.write_string(0, colonne, entete, formats["entete"])
    for rang, ligne in enumerate(tableau.lignes, start=1):
        for colonne, case in enumerate(ligne):
            if case.nombre is not None:
                feuille.write_number(rang, colonne, case.nombre, formats[_format(case)])
            else:
                format_ = formats["texte" if colonne in tableau.textes else "dit"]
                feuille.write_string(rang, colonne, case.texte, format_)


def _format(case: Case) -> str:
    if case.part:
        return "part"
    return "entier" if case.nombre is None or case.nombre == int(case.nombre) else "decimal"


def _mettre_en_page(feuille: Worksheet, tableau: Tableau) -> None:
    """Headers in sight and on each page, widths and heights that show everything, landscape; on one page
    across when it can be read so."""
    largeurs = _largeurs(tableau)
    for colonne, largeur in enumerate(largeurs):
        feuille.set_column(colonne, colonne, largeur)
    textes = [tableau.entetes, *([case.texte for case in ligne] for ligne in tableau.lignes)]
    for rang, ligne in enumerate(textes):
        feuille.set_row(rang, _hauteur(ligne, largeurs, _LIGNES_MAX if rang else _LIGNES_MAX_ENTETE))
    feuille.freeze_panes(1, tableau.figees)
    feuille.repeat_rows(0)
    feuille.set_landscape()
    feuille.set_paper(_A3)
    if sum(largeurs) <= _LARGEUR_PAGE:
        feuille.fit_to_pages(1, 0)
    else:
        feuille.repeat_columns(0, tableau.figees - 1)


def _largeurs(tableau: Tableau) -> list[int]:
    """Of its longest text, within limits."""
    largeurs = []
    for colonne in range(len(tableau.entetes)):
        longueur = max((len(ligne[colonne].texte) for ligne in tableau.lignes), default=0)
        maximum = _LARGEUR_CHIFFRE
        if colonne in tableau.textes:
            maximum = _LARGEUR_LONG if longueur > _TEXTE_LONG else _LARGEUR_TEXTE
        largeurs.append(min(max(longueur + 1, _LARGEUR_MIN), maximum))
    return largeurs


def _hauteur(textes: Sequence[str], largeurs: Sequence[int], maximum: int) -> int:
    """Of its longest text, once wrapped."""
    lignes = max(-(-len(texte) // (largeur - 1)) for texte, largeur in zip(textes, largeurs, strict=True))
    return min(max(1, lignes), maximum) * _HAUTEUR_LIGNE
