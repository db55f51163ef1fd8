"""The dossiers of a block, as rows: where each column of ``beneficiaires`` stands in the CNAF's XML (2.1.1).

The paths become an XSLT stylesheet that writes tab-separated lines: libxslt works outside the interpreter's
lock, so that threads read blocks in parallel, and ``normalize-space`` leaves neither tab nor line break in a
value.
"""

import threading
from dataclasses import dataclass
from typing import Any

from lxml import etree

# The blocks that hold the values, by the path where VRSB0801 puts them. For a flux of another shape (VRSD),
# the last name of the path is looked for anywhere under the dossier or the person.
_BLOCS_DOSSIER = {
    "organisme": ("IdentificationRSA/Organisme",),
    "demande": ("IdentificationRSA/DemandeRSA",),
    "cedant": ("IdentificationRSA/OrganismeCedant",),
    "prenant": ("IdentificationRSA/OrganismePrenant",),
    "famille": ("DonneesAdministratives/SituationFamille",),
    "adresse": ("DonneesAdministratives/Adresse",),
    "etat": ("PrestationRSA/SituationDossierRSA/EtatDossierRSA",),
    "suspension": (
        "PrestationRSA/SituationDossierRSA/SuspensionDroit",
        "PrestationRSA/SituationDossierRSA/SuspensionVersement",
    ),
    "fin": (
        "PrestationRSA/SituationDossierRSA/FinDroit",
        "PrestationRSA/SituationDossierRSA/FinDroitMoisAnterieur",
    ),
    "ouvert": ("PrestationRSA/SituationDossierRSA/DroitOuvert",),
    "droit": ("PrestationRSA/DetailDroitRSA/TroncCommunDroitRSA",),
    "calcul": ("PrestationRSA/DetailDroitRSA/DetailCalculDroitRSA",),
}
_BLOCS_PERSONNE = {
    "identite": ("Identification",),
    "rattache": ("DossierCAF",),
    "prestation": ("Prestations",),
    "fonction": ("FonctionPersonneRSA",),
    "emploi": ("DossierPoleEmploi",),
    "top": ("MontantCalculDroitRSAPersonne", "CalculDroitRSAPersonne"),
    "activite": ("Activite",),
}
_COLONNES_DOSSIER = {
    "organisme": "$organisme/FONORG",
    "numero_organisme": "$organisme/NUMORG",
    "matricule": "$organisme/MATRICULE",
    "date_demande": "$demande/DTDEMRSA",
    "numero_demande_rsa": "$demande/NUMDEMRSA",
    "fonorg_cedant": "$cedant/FONORGCEDMUT",
    "numorg_cedant": "$cedant/NUMORGCEDMUT",
    "date_arrivee_mutation": "$cedant/DDARRMUT",
    "date_depart_mutation": "$prenant/DDDEPAMUT",
    "situation_famille": "$famille/SITFAM",
    "code_commune": "$adresse[number(TroncCommunAdresse/RGADR) = 1]/AdresseDetailleeFrance/NUMCOM",
    "code_postal": "$adresse[number(TroncCommunAdresse/RGADR) = 1]/AdresseDetailleeFrance/CODEPOS",
    "etat_dossier": "$etat/ETATDOSRSA",
    "motif_cloture": "$fin/MOTICLORSA",
    "date_cloture": "$fin/DTCLORSA",
    "date_ouverture_droit": "$ouvert/DTODRSA",
    "nombre_enfants": "$droit/NBENFAUTCHA",
    "anomalie": "string(boolean(Anomalie))",
}
_LISTES_DOSSIER = {
    "motifs_suspension": "$suspension/*[self::MOTISUSDRORSA or self::MOTISUSVERSRSA]",
    "date_suspension": "$suspension/*[self::DDSUSDRORSA or self::DDSUSVERSRSA]",
    "nature_prestation": "$calcul/NATPF",
}
_COLONNES_PERSONNE = {
    "nir": "$identite/NIR",
    "nom": "$identite/NOM",
    "nom_naissance": "$identite/NOMNAI",
    "prenom": "$identite/PRENOM",
    "date_naissance": "$identite/DTNAI",
    "sexe": "$identite/SEXE",
    # Two Prestations blocks, PFA and RSA: only the second one says the role.
    "role": "$prestation[normalize-space(NATPREST) = 'RSA']/ROLEPERS | $fonction/ROLEPERS",
    "date_rattachement": "$rattache/DDRATDOS",
    "date_fin_rattachement": "$rattache/DFRATDOS",
    "numero_demande_precedente": "$rattache/NUMDEMRSAPRECE",
    "identifiant_france_travail": "$emploi/IDASSEDIC",
    "top_droits_devoirs": "$top/TOPPERSDRODEVORSA",
    "top_entrant": "$top/TOPPERSENTDRODEVORSA",
}
# ``~`` sorts after any date: an activity without an end is the greatest.
_LISTES_PERSONNE = {
    "activite": (
        "$activite",
        "concat(substring('~', 1, number(not(normalize-space(DFACT)))), DFACT, '|', DDACT, '|', ACT)",
    ),
}
LISTES = (*_LISTES_DOSSIER, *_LISTES_PERSONNE)
SEPARATEUR_LISTE = "+"
COLONNES = (
    "dossier",
    *_COLONNES_DOSSIER,
    *_LISTES_DOSSIER,
    *_COLONNES_PERSONNE,
    *_LISTES_PERSONNE,
)
_BALISES_VRSD = (b"<FonctionPersonneRSA", b"<CalculDroitRSAPersonne", b"<DroitOuvert")
_HORS_FORME = etree.XPath(
    "boolean(InfosFoyerRSA[not(PrestationRSA/SituationDossierRSA and DonneesAdministratives/Adresse)])"
)
_INTRUS = etree.XPath("count(*[not(self::InfosFoyerRSA)]) + count(text()[normalize-space()])")


def _variables(blocs: dict[str, tuple[str, ...]], partout: str) -> str:
    """One variable a block; ``partout`` is the axis that finds its name anywhere, if it is to be so."""
    chemins = {
        nom: " | ".join(partout + chemin.rsplit("/", 1)[-1] if partout else chemin for chemin in possibles)
        for nom, possibles in blocs.items()
    }
    return "".join(f'<xsl:variable name="{nom}" select="{chemin}"/>' for nom, chemin in chemins.items())


def _valeurs(chemins: dict[str, str]) -> str:
    return "".join(
        f'<xsl:value-of select="normalize-space({chemin})"/><xsl:text>&#9;</xsl:text>'
        for chemin in chemins.values()
    )


def _liste(noeuds: str, valeur: str = ".") -> str:
    return (
        f'<xsl:for-each select="{noeuds}"><xsl:if test="position() > 1">{SEPARATEUR_LISTE}</xsl:if>'
        f'<xsl:value-of select="normalize-space({valeur})"/></xsl:for-each>'
    )


def _feuille(partout: bool) -> str:
    """The stylesheet; the values of the dossier are written once and repeated for each person."""
    du_dossier = _valeurs(_COLONNES_DOSSIER) + "".join(
        _liste(noeuds) + "<xsl:text>&#9;</xsl:text>" for noeuds in _LISTES_DOSSIER.values()
    )
    de_la_personne = _valeurs(_COLONNES_PERSONNE) + "".join(
        _liste(noeuds, valeur) for noeuds, valeur in _LISTES_PERSONNE.values()
    )
    return f"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="text" encoding="UTF-8"/>
<xsl:param name="premier"/>
<xsl:template match="/">
  <xsl:for-each select="Racine/InfosFoyerRSA">
    {_variables(_BLOCS_DOSSIER, "*[not(self::Personne)]/descendant-or-self::" if partout else "")}
    <xsl:variable name="dossier">
      <xsl:value-of select="position() - 1 + $premier"/><xsl:text>&#9;</xsl:text>{du_dossier}
    </xsl:variable>
    <xsl:for-each select="Personne">
      {_variables(_BLOCS_PERSONNE, "descendant::" if partout else "")}
      <xsl:value-of select="$dossier"/>{de_la_personne}<xsl:text>&#10;</xsl:text>
    </xsl:for-each>
  </xsl:for-each>
</xsl:template>
</xsl:stylesheet>"""


class _Feuilles(threading.local):
    """The two stylesheets, compiled once a thread: libxslt's are not to be shared."""

    def __init__(self) -> None:
        self.vrsb = etree.XSLT(etree.XML(_feuille(partout=False)))
        self.vrsd = etree.XSLT(etree.XML(_feuille(partout=True)))


_FEUILLES = _Feuilles()


@dataclass(frozen=True)
class Dossiers:
    """Lines of text, one a person of any role, ``COLONNES`` separated by tabs."""

    texte: bytes
    personnes: int
    dossiers: int


def extraire(racine: etree._Element, octets: bytes, premier: int) -> Dossiers:
    """The rows of the dossiers under ``racine``; ``premier`` is the rank of the first of them in the file."""
    vrsd = any(balise in octets for balise in _BALISES_VRSD) or _HORS_FORME(racine)
    feuille = _FEUILLES.vrsd if vrsd else _FEUILLES.vrsb
    texte = bytes(feuille(racine, premier=str(premier)))
    return Dossiers(texte, texte.count(b"\n"), len(racine.findall("InfosFoyerRSA")))


def intrus(racine: etree._Element) -> int:
    """How many things under ``racine`` are not dossiers: other elements, text."""
    compte: Any = _INTRUS(racine)
    return int(compte)
