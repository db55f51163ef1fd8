"""The dossiers of a block, as rows: where each column of ``beneficiaires`` stands in the CNAF's XML (2.1.1).

The paths become an XSLT stylesheet that writes tab-separated lines: libxslt works outside the interpreter's
lock, so that threads read blocks in parallel, and ``normalize-space`` leaves neither tab nor line break in a
value.
"""

import threading
from dataclasses import dataclass
from typing import Any

from lxml import etree

# Each value: the way to it in VRSB0801, then the end of the path. In a flux of another shape (VRSD) this end
# alone is looked for, anywhere under the dossier or the person.
Chemin = tuple[str, str]
_IDENTIFICATION = "IdentificationRSA/"
_SITUATION = "PrestationRSA/SituationDossierRSA/"
_DROIT = "PrestationRSA/DetailDroitRSA/"
_ADRESSE = "Adresse[number(TroncCommunAdresse/RGADR) = 1]/AdresseDetailleeFrance/"
_COLONNES_DOSSIER: dict[str, Chemin] = {
    "organisme": (_IDENTIFICATION, "Organisme/FONORG"),
    "numero_organisme": (_IDENTIFICATION, "Organisme/NUMORG"),
    "matricule": (_IDENTIFICATION, "Organisme/MATRICULE"),
    "date_demande": (_IDENTIFICATION, "DemandeRSA/DTDEMRSA"),
    "numero_demande_rsa": (_IDENTIFICATION, "DemandeRSA/NUMDEMRSA"),
    "fonorg_cedant": (_IDENTIFICATION, "OrganismeCedant/FONORGCEDMUT"),
    "numorg_cedant": (_IDENTIFICATION, "OrganismeCedant/NUMORGCEDMUT"),
    "date_arrivee_mutation": (_IDENTIFICATION, "OrganismeCedant/DDARRMUT"),
    "date_depart_mutation": (_IDENTIFICATION, "OrganismePrenant/DDDEPAMUT"),
    "situation_famille": ("DonneesAdministratives/", "SituationFamille/SITFAM"),
    "code_commune": ("DonneesAdministratives/", _ADRESSE + "NUMCOM"),
    "code_postal": ("DonneesAdministratives/", _ADRESSE + "CODEPOS"),
    "etat_dossier": (_SITUATION, "EtatDossierRSA/ETATDOSRSA"),
    "motif_cloture": (_SITUATION + "*/", "MOTICLORSA"),  # FinDroit, FinDroitMoisAnterieur
    "date_cloture": (_SITUATION + "*/", "DTCLORSA"),
    "date_ouverture_droit": (_SITUATION, "DroitOuvert/DTODRSA"),
    "nombre_enfants": (_DROIT, "TroncCommunDroitRSA/NBENFAUTCHA"),
    "anomalie": ("", "Anomalie"),
}
_LISTES_DOSSIER: dict[str, Chemin] = {
    "motifs_suspension": (_SITUATION + "*/", "*[self::MOTISUSDRORSA or self::MOTISUSVERSRSA]"),
    "date_suspension": (_SITUATION + "*/", "*[self::DDSUSDRORSA or self::DDSUSVERSRSA]"),
    "nature_prestation": (_DROIT, "DetailCalculDroitRSA/NATPF"),
}
_COLONNES_PERSONNE: dict[str, Chemin] = {
    # A Rattachement block bears the same names as Identification.
    "nir": ("", "Identification/NIR"),
    "nom": ("", "Identification/NOM"),
    "nom_naissance": ("", "Identification/NOMNAI"),
    "prenom": ("", "Identification/PRENOM"),
    "date_naissance": ("", "Identification/DTNAI"),
    "sexe": ("", "Identification/SEXE"),
    # Two Prestations blocks, PFA and RSA: only the second one says the role.
    "role": ("", "Prestations[normalize-space(NATPREST) = 'RSA']/ROLEPERS"),
    "role_vrsd": ("", "FonctionPersonneRSA/ROLEPERS"),
    "date_rattachement": ("", "DossierCAF/DDRATDOS"),
    "date_fin_rattachement": ("", "DossierCAF/DFRATDOS"),
    "numero_demande_precedente": ("", "DossierCAF/NUMDEMRSAPRECE"),
    "identifiant_france_travail": ("", "DossierPoleEmploi/IDASSEDIC"),
    "top_droits_devoirs": ("MontantCalculDroitRSAPersonne/", "TOPPERSDRODEVORSA"),
    "top_entrant": ("MontantCalculDroitRSAPersonne/", "TOPPERSENTDRODEVORSA"),
}
_LISTES_PERSONNE: dict[str, Chemin] = {"activite": ("", "Activite")}
_VALEURS_DES_LISTES = {"activite": "concat(DFACT, '|', DDACT, '|', ACT)"}
_FONCTIONS = {"anomalie": "name"}  # the block counts, whatever it says
LISTES = (*_LISTES_DOSSIER, *_LISTES_PERSONNE)
SEPARATEUR_LISTE = "+"
COLONNES = (
    "dossier",
    *_COLONNES_DOSSIER,
    *_LISTES_DOSSIER,
    *_COLONNES_PERSONNE,
    *_LISTES_PERSONNE,
)
# Not the shape of VRSB0801: a block of its own, or one of VRSB0801 that is not where it should be.
_BLOC_VRSD = b"<CalculDroitRSAPersonne"
_HORS_FORME = etree.XPath(
    "boolean(InfosFoyerRSA[not(PrestationRSA/SituationDossierRSA and PrestationRSA/DetailDroitRSA"
    " and DonneesAdministratives/Adresse)]"
    " | InfosFoyerRSA/Personne[not(Identification and Prestations)])"
)
_INTRUS = etree.XPath("count(*[not(self::InfosFoyerRSA)]) + count(text()[normalize-space()])")


def _valeurs(chemins: dict[str, Chemin], axe: str) -> str:
    return "".join(
        f'<xsl:value-of select="{_FONCTIONS.get(nom, "normalize-space")}({_chemin(chemin, axe)})"/>'
        "<xsl:text>&#9;</xsl:text>"
        for nom, chemin in chemins.items()
    )


def _listes(chemins: dict[str, Chemin], axe: str) -> str:
    return "<xsl:text>&#9;</xsl:text>".join(
        f'<xsl:for-each select="{_chemin(chemin, axe)}">'
        f'<xsl:if test="position() > 1">{SEPARATEUR_LISTE}</xsl:if>'
        f'<xsl:value-of select="normalize-space({_VALEURS_DES_LISTES.get(nom, ".")})"/></xsl:for-each>'
        for nom, chemin in chemins.items()
    )


def _chemin(chemin: Chemin, axe: str) -> str:
    prefixe, fin = chemin
    return axe + fin if axe else prefixe + fin


def _feuille(vrsd: bool) -> str:
    """The stylesheet; the values of the dossier are written once and repeated for each person."""
    # What lies under a Personne is never a value of the dossier.
    du_dossier = "*[not(self::Personne)]/descendant-or-self::" if vrsd else ""
    de_la_personne = "descendant::" if vrsd else ""
    return f"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="text" encoding="UTF-8"/>
<xsl:param name="premier"/>
<xsl:template match="/">
  <xsl:for-each select="Racine/InfosFoyerRSA">
    <xsl:variable name="dossier">
      <xsl:value-of select="position() - 1 + $premier"/><xsl:text>&#9;</xsl:text>
      {_valeurs(_COLONNES_DOSSIER, du_dossier)}{_listes(_LISTES_DOSSIER, du_dossier)}
    </xsl:variable>
    <xsl:for-each select="Personne">
      <xsl:value-of select="$dossier"/><xsl:text>&#9;</xsl:text>
      {_valeurs(_COLONNES_PERSONNE, de_la_personne)}{_listes(_LISTES_PERSONNE, de_la_personne)}
      <xsl:text>&#10;</xsl:text>
    </xsl:for-each>
  </xsl:for-each>
</xsl:template>
</xsl:stylesheet>"""


class _Feuilles(threading.local):
    """The two stylesheets, compiled once a thread: libxslt's are not to be shared."""

    def __init__(self) -> None:
        self.vrsb = etree.XSLT(etree.XML(_feuille(vrsd=False)))
        self.vrsd = etree.XSLT(etree.XML(_feuille(vrsd=True)))


_FEUILLES = _Feuilles()


@dataclass(frozen=True)
class Dossiers:
    """Lines of text, one a person of any role, ``COLONNES`` separated by tabs."""

    texte: bytes
    personnes: int
    dossiers: int


def extraire(racine: etree._Element, octets: bytes, premier: int) -> Dossiers:
    """The rows of the dossiers under ``racine``; ``premier`` is the rank of the first of them in the file."""
    vrsd = _BLOC_VRSD in octets or _HORS_FORME(racine)
    feuille = _FEUILLES.vrsd if vrsd else _FEUILLES.vrsb
    texte = bytes(feuille(racine, premier=str(premier)))
    return Dossiers(texte, texte.count(b"\n"), len(racine.findall("InfosFoyerRSA")))


def intrus(racine: etree._Element) -> int:
    """How many things under ``racine`` are not dossiers: other elements, text."""
    compte: Any = _INTRUS(racine)
    return int(compte)
