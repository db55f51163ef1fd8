"""``pilotage.toml``, read once and refused as a whole when anything in it is unknown or wrong."""

import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines.erreurs import ErreurUsage
from pipelines.section import Section, refuser

EMETTEUR_PAR_DEFAUT = "principal"
NOM_FICHIER = "pilotage.toml"
VARIABLE_CLE = "PILOTAGE_CLE"
TERRITOIRES_RESERVES = ("HORS", "TOTAL")
CORRESPONDANCES = ("rdv-insertion",)


@dataclass(frozen=True)
class Territoire:
    """A part of the département, by prefixes of code_commune."""

    code: str
    libelle: str
    communes: tuple[str, ...]


@dataclass(frozen=True)
class Organisme:
    """A CAF or MSA that must deliver each month (``code`` = FONORG + NUMORG)."""

    code: str
    territoires: tuple[str, ...]
    indispensable: bool = True


@dataclass(frozen=True)
class Source:
    """One émetteur of one CD table: its own headers, values and months of service."""

    table: str
    emetteur: str = EMETTEUR_PAR_DEFAUT
    territoires: tuple[str, ...] = ()  # empty: all
    mode: str = "stock"
    correspondance: str | None = None  # a ready mapping: "rdv-insertion"
    colonnes: dict[str, str] = field(default_factory=dict)
    valeurs: dict[str, dict[str, str]] = field(default_factory=dict)
    debut: date | None = None
    fin: date | None = None


@dataclass(frozen=True)
class Jalon:
    """A reporting period of a convention."""

    code: str
    debut: date
    fin: date
    libelle: str


@dataclass(frozen=True)
class Regles:
    """Named choices of 3-rules, with their defaults."""

    etats_versables: tuple[str, ...] = ("2",)
    motifs_continuite: tuple[str, ...] = ("MUT", "RGD", "EFF")
    absence_sortie_mois: int = 2
    absence_sortie_continuite_mois: int = 3
    suspension_mois: int = 12
    reentree_non_orientee: str = "continuation"
    criteres: tuple[int, ...] = (1, 2, 3)
    regle_date_fin: str = "premiere"
    borne_delai: str = "stricte"
    seuil: str = "15_jours"
    delai_saisie_jours: int = 30
    correction_jours: int = 31
    objectif_taux: float = 1.0
    heures_intensif: int = 15


@dataclass(frozen=True)
class Qualite:
    """Thresholds of 4.5."""

    taux_rejet_max: float = 0.001
    taux_rejet_max_cd: float = 0.02
    suspecte_minimum: int = 30
    reception_implicite_jours: int = 3


@dataclass(frozen=True)
class Configuration:
    """Everything a run depends on besides the deliveries."""

    fichier: Path
    nom: str
    depot: Path
    entrepot: Path
    publications: Path
    cle_fichier: Path | None
    seuil_secret: int
    territoires: tuple[Territoire, ...]
    organismes: tuple[Organisme, ...]
    regles: Regles = field(default_factory=Regles)
    qualite: Qualite = field(default_factory=Qualite)
    sources: tuple[Source, ...] = ()
    jalons: tuple[Jalon, ...] = ()

    @property
    def dossier(self) -> Path:
        """The folder of pilotage.toml, to which its paths are relative."""
        return self.fichier.parent

    def emetteurs(self, table: str) -> tuple[Source, ...]:
        """The émetteurs of a table: those configured, else one that serves all territoires."""
        return tuple(s for s in self.sources if s.table == table) or (Source(table),)


def charger(chemin: Path | None = None) -> Configuration:
    """The configuration of ``chemin``, else of the nearest ``pilotage.toml`` in this folder or above."""
    fichier = trouver(chemin)
    racine = Section("", _lire(fichier))
    configuration = _configuration(fichier, racine)
    racine.finir()
    return configuration


def trouver(chemin: Path | None) -> Path:
    """Where the configuration is, as an absolute path."""
    if chemin is not None:
        if not chemin.is_file():
            raise ErreurUsage(
                f"Configuration introuvable : {chemin}.", "Vérifiez le chemin donné après --config."
            )
        return chemin.resolve()
    ici = Path.cwd()
    for dossier in (ici, *ici.parents):
        if (dossier / NOM_FICHIER).is_file():
            return dossier / NOM_FICHIER
    raise ErreurUsage(
        f"Aucun fichier {NOM_FICHIER} dans ce dossier ni au-dessus.",
        "Placez-vous dans le dossier du département ou donnez --config CHEMIN.",
    )


def _lire(fichier: Path) -> dict[str, object]:
    try:
        # utf-8-sig: Windows' Notepad puts a mark at the head of the file
        return tomllib.loads(fichier.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as erreur:
        lieu = re.search(r"line (\d+), column (\d+)", str(erreur))
        ou = f"ligne {lieu[1]}, colonne {lieu[2]}" if lieu else "fin du fichier"
        raise ErreurUsage(
            f"Le fichier {fichier.name} n'est pas du TOML lisible ({ou}).",
            "Vérifiez les guillemets et les crochets à cet endroit ; dans un chemin, « / » et non « \\ ».",
        ) from None
    except (UnicodeDecodeError, OSError):
        raise ErreurUsage(
            f"Le fichier {fichier.name} ne peut pas être lu.",
            "Enregistrez-le en UTF-8 et vérifiez ses droits.",
        ) from None


def _configuration(fichier: Path, racine: Section) -> Configuration:
    collectivite, chemins = racine.section("collectivite"), racine.section("chemins")
    territoires = _territoires(racine.section("territoires"))
    codes = [t.code for t in territoires]
    cle_fichier, seuil_secret = _confidentialite(fichier, racine)
    configuration = Configuration(
        fichier=fichier,
        nom=collectivite.texte("nom"),
        depot=_dossier(fichier, chemins, "depot"),
        entrepot=_dossier(fichier, chemins, "entrepot"),
        publications=_dossier(fichier, chemins, "publications"),
        cle_fichier=cle_fichier,
        seuil_secret=seuil_secret,
        territoires=territoires,
        organismes=_organismes(racine.liste("organismes", obligatoire=True), codes),
        regles=_regles(racine.section("regles", obligatoire=False)),
        qualite=_qualite(racine.section("qualite", obligatoire=False)),
        sources=_sources(racine.section("sources", obligatoire=False), codes),
        jalons=_jalons(racine.liste("jalons")),
    )
    collectivite.finir()
    chemins.finir()
    _separer(configuration)
    return configuration


def _dossier(fichier: Path, chemins: Section, cle: str) -> Path:
    return (fichier.parent / chemins.texte(cle)).resolve()


def _separer(configuration: Configuration) -> None:
    """The three folders must not lie in one another: what we write is never received."""
    noms = ("depot", "entrepot", "publications")
    for nom in noms:
        for autre in noms:
            dossier, contenant = getattr(configuration, nom), getattr(configuration, autre)
            if nom != autre and dossier.is_relative_to(contenant):
                raise refuser(f"chemins.{nom}", f"ne doit pas se trouver dans « chemins.{autre} »")


def _confidentialite(fichier: Path, racine: Section) -> tuple[Path | None, int]:
    par_variable = VARIABLE_CLE in os.environ
    section = racine.section("confidentialite", obligatoire=not par_variable)
    cle = None
    if section.contient("cle_fichier") or not par_variable:
        cle = (fichier.parent / section.texte("cle_fichier")).resolve()
    seuil = section.entier("seuil_secret", 5, minimum=1)
    section.finir()
    return cle, seuil


def _territoires(section: Section) -> tuple[Territoire, ...]:
    territoires = tuple(_territoire(section.section(code), code) for code in section.cles())
    if not territoires:
        raise refuser("territoires", "ne décrit aucun territoire")
    vus: dict[str, str] = {}
    for territoire in territoires:
        for prefixe in territoire.communes:
            if vus.setdefault(prefixe, territoire.code) != territoire.code:
                raise refuser(
                    f"territoires.{territoire.code}.communes",
                    f"reprend le préfixe « {prefixe} » de territoires.{vus[prefixe]}",
                    "Un même préfixe de code commune ne peut appartenir qu'à un territoire.",
                )
    return territoires


def _territoire(section: Section, code: str) -> Territoire:
    if code in TERRITOIRES_RESERVES:
        raise refuser(section.nom, "porte un nom réservé aux résultats")
    territoire = Territoire(code, section.texte("libelle"), section.textes("communes"))
    section.finir()
    return territoire


def _organismes(sections: list[Section], territoires: Sequence[str]) -> tuple[Organisme, ...]:
    organismes: list[Organisme] = []
    for section in sections:
        code = section.texte("code")
        if not re.fullmatch(r"(CAF|MSA)\w{3}", code):
            raise refuser(section.chemin("code"), "doit être CAF ou MSA suivi de trois caractères (CAF671)")
        if code in [o.code for o in organismes]:
            raise refuser(section.chemin("code"), "désigne un organisme déjà décrit")
        organismes.append(
            Organisme(
                code,
                section.textes("territoires", parmi=territoires),
                section.booleen("indispensable", True),
            )
        )
        section.finir()
    return tuple(organismes)


def _regles(section: Section) -> Regles:
    d = Regles()
    regles = Regles(
        etats_versables=section.textes("etats_versables", d.etats_versables, parmi=tuple("0123456")),
        motifs_continuite=section.textes("motifs_continuite", d.motifs_continuite, vide=True),
        absence_sortie_mois=section.entier("absence_sortie_mois", d.absence_sortie_mois, 1),
        absence_sortie_continuite_mois=section.entier(
            "absence_sortie_continuite_mois", d.absence_sortie_continuite_mois, 1
        ),
        suspension_mois=section.entier("suspension_mois", d.suspension_mois, 1),
        reentree_non_orientee=section.texte(
            "reentree_non_orientee", d.reentree_non_orientee, ("continuation", "nouvelle")
        ),
        criteres=section.entiers("criteres", d.criteres, ((1, 2, 3), (1, 2))),
        regle_date_fin=section.texte(
            "regle_date_fin", d.regle_date_fin, ("premiere", "courrier", "referent")
        ),
        borne_delai=section.texte("borne_delai", d.borne_delai, ("stricte", "inclusive")),
        seuil=section.texte("seuil", d.seuil, ("15_jours", "1_mois")),
        delai_saisie_jours=section.entier("delai_saisie_jours", d.delai_saisie_jours),
        correction_jours=section.entier("correction_jours", d.correction_jours),
        objectif_taux=section.taux("objectif_taux", d.objectif_taux),
        heures_intensif=section.entier("heures_intensif", d.heures_intensif, 1),
    )
    section.finir()
    return regles


def _qualite(section: Section) -> Qualite:
    d = Qualite()
    qualite = Qualite(
        taux_rejet_max=section.taux("taux_rejet_max", d.taux_rejet_max),
        taux_rejet_max_cd=section.taux("taux_rejet_max_cd", d.taux_rejet_max_cd),
        suspecte_minimum=section.entier("suspecte_minimum", d.suspecte_minimum),
        reception_implicite_jours=section.entier("reception_implicite_jours", d.reception_implicite_jours),
    )
    section.finir()
    return qualite


def _sources(section: Section, territoires: Sequence[str]) -> tuple[Source, ...]:
    sources: list[Source] = []
    for table in section.cles():
        colonnes = _colonnes(section, table)
        for une in section.liste(table, obligatoire=True):
            source = _source(une, table, territoires, colonnes)
            if (table, source.emetteur) in [(s.table, s.emetteur) for s in sources]:
                raise refuser(une.chemin("emetteur"), "désigne un émetteur déjà décrit")
            sources.append(source)
    return tuple(sources)


def _colonnes(section: Section, table: str) -> tuple[str, ...]:
    from contracts.tables import TABLES  # only where a mapping names their columns

    if table not in TABLES:
        raise refuser(section.chemin(table), "ne désigne pas une table connue")
    return TABLES[table].colonnes


def _source(section: Section, table: str, territoires: Sequence[str], colonnes: Sequence[str]) -> Source:
    emetteur = section.texte("emetteur", EMETTEUR_PAR_DEFAUT)
    if not re.fullmatch(r"\w[\w .-]*", emetteur):
        raise refuser(
            section.chemin("emetteur"),
            "ne doit contenir que lettres, chiffres, espaces, « . », « - » ou « _ »",
        )
    valeurs = section.section("valeurs", obligatoire=False)
    source = Source(
        table,
        emetteur,
        section.textes("territoires", (), parmi=territoires, vide=True),
        section.texte("mode", "stock", ("stock", "flux")),
        section.texte("correspondance", parmi=CORRESPONDANCES)
        if section.contient("correspondance")
        else None,
        section.dictionnaire("colonnes"),
        {colonne: valeurs.dictionnaire(colonne) for colonne in valeurs.cles()},
        section.jour("debut") if section.contient("debut") else None,
        section.jour("fin") if section.contient("fin") else None,
    )
    for colonne in (*source.colonnes.values(), *source.valeurs):
        if colonne not in colonnes:
            raise refuser(
                section.chemin("colonnes"), f"nomme une colonne inconnue de la table {table} : « {colonne} »"
            )
    _refuser_codes_inconnus(section, source)
    if source.debut and source.fin and source.fin < source.debut:
        raise refuser(section.chemin("fin"), "précède « debut »")
    section.finir()
    return source


def _refuser_codes_inconnus(section: Section, source: Source) -> None:
    """A mapping towards a code that does not exist would lose every value that it translates."""
    from contracts.champs import champ

    for colonne, mots in source.valeurs.items():
        codes = champ(source.table, colonne).codes
        for code in mots.values():
            if codes and code not in codes:
                raise refuser(
                    section.chemin(f"valeurs.{colonne}"),
                    f"traduit vers un code inconnu : « {code} »",
                    "Codes possibles : " + ", ".join(codes) + ".",
                )


def _jalons(sections: list[Section]) -> tuple[Jalon, ...]:
    jalons: list[Jalon] = []
    for section in sections:
        jalon = Jalon(
            section.texte("code"), section.jour("debut"), section.jour("fin"), section.texte("libelle")
        )
        if jalon.fin < jalon.debut:
            raise refuser(section.chemin("fin"), "précède « debut »")
        if jalon.code in [j.code for j in jalons]:
            raise refuser(section.chemin("code"), "désigne un jalon déjà décrit")
        section.finir()
        jalons.append(jalon)
    return tuple(jalons)
