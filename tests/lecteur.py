"""What an outsider makes of the masked files of a publication: numbers read, numbers masked, and how they
hang together. He knows the catalogue and the published method; he reads
extracts and report, and is even told what the rates that he reads are made of."""

import csv
import html
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import duckdb

from contracts.catalogue import CROIX, axes, catalogue, publies
from pipelines.publication.chiffres_publies import TOTAL, Cle
from pipelines.publication.extraits import DIFFUSION
from pipelines.publication.extraits.fiche_action import TOUTES
from pipelines.publication.extraits.oarsa import ENSEMBLE, ORGANISMES, modalite_en_clair
from pipelines.publication.rapport import mots
from pipelines.publication.rapport.lecture import CLASSES as DELAIS
from tests.attaquant import Attaquant

Quoi = tuple[str, str]

NUMERATEUR, DENOMINATEUR = " (numérateur)", " (dénominateur)"
DISTINCTES = (("V2-1", "personnes_distinctes"), ("F1-3", "nombre"), ("FA-4", "nombre"))
MEMES = (
    (("FA-1", "nombre"), ("V2-1", "nombre")),
    (("V3-M1a", "nombre"), ("V2-1", "nombre")),
    (("FA-2", "nombre"), ("V2-2", "nombre")),
    (("V3-M1", "taux (numérateur)"), ("V3-M1", "nombre")),
    (("V3-M1", "taux (dénominateur)"), ("V3-M3", "nombre")),
    (("V3-M5", "taux (dénominateur)"), ("V3-M3", "nombre")),
    (("S-2", "taux (dénominateur)"), ("V3-M3", "nombre")),
    (("V3-R2", "taux (dénominateur)"), ("V3-R1", "taux (dénominateur)")),
    (("F1-1", "taux_elargi (dénominateur)"), ("F1-1", "taux (dénominateur)")),
    (("entonnoir", "soumis"), ("V3-M3", "nombre")),
    (("entonnoir", "nouveaux_entrants"), ("V2-1", "nombre")),
)
DANS = (
    *(
        (("V2-1", "nombre"), partie)
        for partie in (
            ("V2-1", "personnes_distinctes"),
            ("V2-2", "nombre"),
            ("V2-2", "taux (dénominateur)"),
            ("V2-2", "en_attente"),
            ("V2-2N", "nombre"),
            ("FA-3", "nombre"),
            ("F1-1", "taux (dénominateur)"),
            ("F1-1", "taux (numérateur)"),
            ("F1-1", "taux_elargi (numérateur)"),
            ("V3-M1a", "inscrits"),
            ("C-1", "nombre"),
            ("C-2", "nombre"),
            ("C-2", "deux_semaines"),
            ("C-3", "nombre"),
            ("C-3", "deux_mois"),
            ("C-4", "nombre"),
            ("S-1", "taux (dénominateur)"),
            ("S-1", "taux (numérateur)"),
        )
    ),
    (("C-1", "nombre"), ("V2-2", "nombre")),
    (("V2-2", "nombre"), ("V2-2", "taux (numérateur)")),
    (("V2-2", "nombre"), ("V2-2", "un_jour")),
    (("C-1", "nombre"), ("V2-2", "un_jour")),
    (("V2-1", "nombre"), ("V2-2", "un_jour")),
    (("C-2", "nombre"), ("C-2", "deux_semaines")),
    (("C-3", "nombre"), ("C-3", "deux_mois")),
    (("F1-1", "taux_elargi (numérateur)"), ("F1-1", "taux (numérateur)")),
    (("V3-M3", "nombre"), ("V3-M1", "nombre")),
    (("V3-M3", "nombre"), ("V2-3", "nombre")),
    (("V3-R2", "taux (numérateur)"), ("V3-R1", "taux (numérateur)")),
    (("S-1", "taux_ensemble (dénominateur)"), ("S-1", "taux (dénominateur)")),
    (("S-1", "taux_ensemble (numérateur)"), ("S-1", "taux (numérateur)")),
    (("entonnoir", "presents"), ("entonnoir", "versables")),
    (("entonnoir", "presents"), ("entonnoir", "soumis")),
    (("entonnoir", "versables"), ("entonnoir", "soumis")),
    (("entonnoir", "soumis"), ("entonnoir", "candidats")),
    (("entonnoir", "candidats"), ("V2-1", "nombre")),
)
SOMMES = (
    (
        ("V3-R3", "nombre"),
        [("V3-R3", m) for m in ("immersions", "formations", "levees_de_freins", "contrats_courts")],
    ),
    (("entonnoir", "candidats"), [("V2-1", "nombre"), ("entonnoir", "ecartes")]),
)
NATURES = {(i.code, m.nom): m.nature for i in publies() for m in i.mesures}
UNITES = {(i.code, m.nom): m.unite for i in publies() for m in i.mesures}
COMPTES = ("entrées", "personnes", "sorties", "contrats", "actions")
PHRASES = {
    "V2-1": ((r"Personnes distinctes : ([\d s]+)\.", ("V2-1", "", "", "personnes_distinctes")),),
    "V2-2": (
        (r"en accompagnement global : ([\d s]+)\.", ("V2-2", "accompagnement_global", "O", "nombre")),
        (
            r"Autres orientations dans le délai : ([\d s]+)\.",
            ("V2-2", "accompagnement_global", "N", "nombre"),
        ),
        (r"non renseigné : ([\d s]+)\.", ("V2-2", "accompagnement_global", "inconnu", "nombre")),
        (r"délai non écoulé : ([\d s]+)\.", ("V2-2", "", "", "en_attente")),
        (r"en 1 jour ou moins : ([\d s]+)\.", ("V2-2", "", "", "un_jour")),
    ),
}
DUREES = {"mois": 1, "trimestre": 3, "semestre": 6, "annee": 12}
CLASSES = {
    ("V2-2", "un_jour"): ("avant", "0_1"),
    ("V2-2", "nombre"): ("avant", "0_1", "2_7", "8_15"),
    ("C-1", "nombre"): ("avant", "0_1", "2_7", "8_15", "15_mois"),
    ("V2-2", "en_attente"): ("en_attente",),
}
VARIANTES = {
    ("V2-2", "seuil_1_mois"): ("C-1", "nombre"),
    ("V2-1", "personnes_distinctes"): ("V2-1", "personnes_distinctes"),
}
REPARTITIONS = {
    "Nouveaux entrants selon le motif d’entrée": ("V2-1", "motif_inclusion"),
    "Délai entre la réception": ("V2-1", "delai"),
    "Orientés dans le délai selon le type de parcours": ("V2-2", "type_parcours"),
    "Orientés dans le délai selon l’organisme référent": ("V2-2", "type_organisme"),
    "Orientés dans le délai selon l’accompagnement global": ("V2-2", "accompagnement_global"),
}
ETAPES = ("presents", "versables", "soumis", "candidats", "nouveaux_entrants", "ecartes", "indetermines")


class Lecteur(Attaquant):
    """The masked files of a publication. ``jalons``: by name, the code, first and last month, which the
    conventions say."""

    def __init__(self, publication: Path, jalons: Mapping[str, tuple[str, str, str]] | None = None) -> None:
        super().__init__()
        self.diffusion = publication / DIFFUSION
        self.jalons = jalons or {}
        self.taux = _taux(publication)
        self.statuts: dict[Cle, str] = {}
        self._lire_chiffres()
        self.periodes = list(dict.fromkeys((c.type_periode, c.periode) for c in self.statuts))
        self.territoires = list(dict.fromkeys(c.territoire for c in self.statuts))
        self._lire_fiches()
        self._lire_oarsa()
        self._lire_commentaires()
        if (publication / "rapport.html").exists():
            self._lire_rapport((publication / "rapport.html").read_text(encoding="utf-8"))
        self.ecarts: dict[Cle, tuple[Cle, ...]] = {}  # what a subtraction gives, and of what
        self._deduire()

    # ------------------------------------------------------------ reading

    def noter(self, cle: Cle, texte: str) -> None:
        """One cell, as it is printed."""
        partiel = re.match(r"ND \(partiel : (.*), \d+ mois sur \d+\)$", texte)
        texte = (partiel[1] if partiel else texte).replace("\xa0", " ").strip()
        if texte in ("ND", "–", "") or "déclaré" in texte:
            return
        if UNITES.get((cle.code, cle.mesure)) == "part":
            self._noter_taux(cle, texte)
        elif texte == "s":
            self.ignorer(cle, 1)
        elif re.fullmatch(r"[\d ]+", texte):
            self.lire(cle, int(texte.replace(" ", "")))

    def _noter_taux(self, cle: Cle, texte: str) -> None:
        """A rate that is shown is held to give its two numbers, however it is rounded."""
        haut, bas = (cle._replace(mesure=cle.mesure + suffixe) for suffixe in (NUMERATEUR, DENOMINATEUR))
        if texte == "s":
            self.ignorer(haut, 0)
            self.ignorer(bas, 1)
        else:
            numerateur, denominateur = self.taux[cle]
            self.lire(haut, numerateur)
            self.lire(bas, denominateur)

    def _lire_chiffres(self) -> None:
        for ligne in self._lignes("chiffres"):
            cle = Cle(*(ligne[champ] for champ in Cle._fields))
            self.statuts[cle] = ligne["statut"]
            personnes = catalogue()[cle.code].secret and UNITES[cle.code, cle.mesure] in (*COMPTES, "part")
            if personnes and ligne["statut"] != "ND":
                self.noter(cle, ligne["valeur"])

    def _lire_fiches(self) -> None:
        for ligne in self._lignes("fiche_action"):
            code, action = ligne["Indicateur"].split(" – ")[0], ligne["Action"]
            if code in ("FA-3", "FA-4") and action != TOUTES:
                for titre, texte in list(ligne.items())[2:-1]:
                    periode, territoire = titre.rsplit(" – ", 1)
                    cle = ("code_action", action, "nombre", *self._periode(periode), _code(territoire))
                    self.noter(Cle(code, *cle), texte)

    def _periode(self, libelle: str) -> tuple[str, str]:
        if libelle in self.jalons:
            return "jalon", self.jalons[libelle][0]
        genres = {"T": "trimestre", "S": "semestre"}
        return ("annee" if len(libelle) == 4 else genres.get(libelle[5], "mois")), libelle

    def _lire_oarsa(self) -> None:
        for ligne in self._lignes("oarsa"):
            ou = ("nombre", "annee", ligne["Situation au"][-4:], _code(ligne["Territoire"]))
            axe = next((a.nom for a in axes().values() if a.libelle == ligne["Caractéristique"]), "")
            valeurs = {modalite_en_clair(axe, m): m for m in axes()[axe].modalites} if axe else {"": ""}
            valeur = valeurs[ligne["Modalité"]]
            self.noter(Cle("V2-3", axe, valeur, *ou), ligne[ENSEMBLE])
            croise = f"{ORGANISMES}{CROIX}{axe}" if axe else ORGANISMES
            for organisme in axes()[ORGANISMES].modalites:
                modalite = f"{organisme}{CROIX}{valeur}" if axe else organisme
                self.noter(Cle("V2-3", croise, modalite, *ou), ligne[mots.modalite(organisme)])

    def _lire_commentaires(self) -> None:
        """The numbers in the committee's comments, period by period, all territoires together."""
        libelles = {m.libelle: i.code for i in publies() for m in i.mesures[:1]}
        for ligne in self._lignes("comite_departemental"):
            for morceau in ligne["Commentaires"].split(" | "):
                periode = next((p for p in self.jalons if morceau.startswith(f"{p} : ")), morceau[:4])
                for motif, (code, axe, modalite, mesure) in PHRASES.get(
                    libelles.get(ligne["Indicateur"], ""), ()
                ):
                    trouve = re.search(motif, morceau)
                    if trouve:
                        cle = Cle(code, axe, modalite, mesure, *self._periode(periode), TOTAL)
                        self.noter(cle, trouve[1])

    def _lire_rapport(self, page: str) -> None:
        for titre, entetes, lignes in _tables(page):
            annee = ("annee", titre.split("année ")[1][:4]) if "année " in titre else None
            if titre == "Entonnoir par mois et territoire":
                for lieu, *textes in lignes:
                    mois, territoire = lieu.split(", ")
                    for etape, texte in zip(ETAPES, textes, strict=True):
                        self.noter(
                            Cle("entonnoir", "", "", etape, "mois", _mois(mois), _code(territoire)), texte
                        )
            elif titre == "Nouveaux entrants par mois, selon le motif d’entrée":
                for mois, *textes in lignes:
                    for motif, texte in zip(axes()["motif_inclusion"].modalites, textes, strict=True):
                        cle = Cle("V2-1", "motif_inclusion", motif, "nombre", "mois", _mois(mois), TOTAL)
                        self.noter(cle, texte)
            elif titre.startswith("Le compte selon l’autre lecture") and annee:
                variantes = {libelle: nom for nom, libelle in mots.VARIANTES.items()}
                for code, libelle, _, texte in lignes:
                    self.noter(Cle(code, "variante", variantes[libelle], "nombre", *annee, TOTAL), texte)
            elif annee and (
                repartition := next((r for t, r in REPARTITIONS.items() if titre.startswith(t)), None)
            ):
                code, axe = repartition
                modalites = DELAIS if axe == "delai" else axes()[axe].modalites
                for modalite, (_, *textes) in zip(modalites, lignes, strict=True):
                    for territoire, texte in zip(map(_code, entetes[1:]), textes, strict=True):
                        self.noter(Cle(code, axe, modalite, "nombre", *annee, territoire), texte)

    def _lignes(self, fichier: str) -> Iterator[dict[str, str]]:
        with (self.diffusion / f"{fichier}.csv").open(encoding="utf-8-sig", newline="") as flux:
            yield from csv.DictReader(flux, delimiter=";")

    # ------------------------------------------------------------ what follows

    def _deduire(self) -> None:
        """Every equation that a reader can write between what he has seen."""
        for cle in list(self.bornes):
            if isinstance(cle, Cle):
                self._territoires(cle)
                self._periodes(cle)
        self._modalites()
        for quoi, meme in MEMES:
            for cle in self._toutes(quoi):
                self.poser(cle._replace(code=meme[0], mesure=meme[1]), [cle])
        for total, parts in SOMMES:
            for cle in self._toutes(total):
                self.poser(cle, [cle._replace(code=code, mesure=mesure) for code, mesure in parts])
        for tout, partie in DANS:
            for cle in self._toutes(tout):
                self._inclure(cle._replace(code=partie[0], mesure=partie[1]), cle)
        for cle in [c for c in self.bornes if isinstance(c, Cle) and c.mesure.endswith(NUMERATEUR)]:
            self._inclure(cle, cle._replace(mesure=cle.mesure.removesuffix(NUMERATEUR) + DENOMINATEUR))
        self._emploi()
        self._delais()
        self._variantes()

    def _toutes(self, quoi: Quoi) -> list[Cle]:
        return [c for c in self.bornes if isinstance(c, Cle) and (c.code, c.mesure) == quoi and not c.axe]

    def _inclure(self, partie: Cle, tout: Cle) -> None:
        """A part is no more than the whole; what is left is a number of persons too."""
        if partie in self.bornes and tout in self.bornes and partie != tout:
            ecart = tout._replace(code=f"{tout.code}/{tout.mesure} sauf {partie}")
            self.ignorer(ecart, 0)
            self.poser(tout, [partie, ecart])
            self.ecarts[ecart] = (tout, partie)

    def _reunir(self, tout: Cle, parts: list[Cle]) -> None:
        """Distinct persons: those counted twice are a number too."""
        if tout in self.bornes and parts and all(p in self.bornes for p in parts):
            for part in parts:
                self._inclure(part, tout)
            repetes = tout._replace(code=f"{tout.code}/{tout.mesure} répétés sur {parts}")
            somme = repetes._replace(mesure="somme")
            self.ignorer(repetes, 0)
            self.ignorer(somme, 0)
            self.poser(somme, parts)
            self.poser(somme, [tout, repetes])
            self.ecarts |= {repetes: (tout, *parts), somme: (tout, *parts)}

    def _sommer(self, tout: Cle, parts: list[Cle]) -> None:
        """And what each part leaves of the whole."""
        if self.poser(tout, parts) and len(parts) > 2:
            for part in parts:
                self._inclure(part, tout)

    def _territoires(self, cle: Cle) -> None:
        if cle.territoire == TOTAL:
            parts = [cle._replace(territoire=t) for t in self.territoires if t != TOTAL]
            memes_mois = all(self._disponibles(p) == self._disponibles(cle) for p in parts)
            if memes_mois and all(p in self.bornes for p in parts):
                (self._reunir if self._distincte(cle) else self._sommer)(cle, parts)

    def _distincte(self, cle: Cle) -> bool:
        return (cle.code, cle.mesure) in DISTINCTES

    def _periodes(self, cle: Cle) -> None:
        mois = self._disponibles(cle)
        if cle.type_periode == "mois" or not mois:
            return
        nature = NATURES.get((cle.code, _mesure(cle)))
        if nature in ("stock", "taux_stock"):
            dernier = self.mois((cle.type_periode, cle.periode))[-1]
            self.poser(cle, [cle._replace(type_periode="mois", periode=dernier)])
            for autre in self._memes_mois(cle, (dernier,), dernier_mois=True):
                self.poser(cle, [autre])
            return
        for genre in ("mois", "trimestre", "semestre"):
            parts = [p for p in self._soeurs(cle, genre) if set(self._disponibles(p)) <= set(mois)]
            couverts = sorted(chain.from_iterable(map(self._disponibles, parts)))
            if parts and parts != [cle] and couverts == sorted(mois):
                (self._reunir if self._distincte(cle) else self._sommer)(cle, parts)
        for autre in self._memes_mois(cle, mois):
            self.poser(cle, [autre])
        for genre in ("semestre", "trimestre", "jalon"):
            for part in self._soeurs(cle, genre):
                if self._disponibles(part) and set(self._disponibles(part)) < set(mois):
                    self._inclure(part, cle)

    def _soeurs(self, cle: Cle, genre: str) -> list[Cle]:
        toutes = (cle._replace(type_periode=g, periode=p) for g, p in self.periodes if g == genre)
        return [c for c in toutes if c in self.bornes]

    def _memes_mois(self, cle: Cle, mois: tuple[str, ...], *, dernier_mois: bool = False) -> list[Cle]:
        autres = (cle._replace(type_periode=g, periode=p) for g, p in self.periodes if g != "mois")
        return [
            c
            for c in autres
            if c in self.bornes
            and c != cle
            and (self.mois((c.type_periode, c.periode))[-1:] if dernier_mois else self._disponibles(c))
            == mois
        ]

    def _disponibles(self, cle: Cle) -> tuple[str, ...]:
        """The months behind a figure: those of the period whose monthly cell is not ND; what has no monthly
        cell needs what V2-1, or else V3-M1c, needs."""
        code, mesure = cle.code, _mesure(cle)
        if code in ("FA-1", "FA-2", "FA-3", "F1-1"):
            code, mesure = "V2-1", "nombre"
        elif code in ("FA-4", "F1-3"):
            code, mesure = "V3-M1c", "nombre"
        elif code == "entonnoir" or cle.axe:
            code, mesure = "V2-1", "nombre"
        return tuple(
            m
            for m in self.mois((cle.type_periode, cle.periode))
            if self.statuts.get(Cle(code, "", "", mesure, "mois", m, cle.territoire), "ND") != "ND"
        )

    def mois(self, periode: tuple[str, str]) -> tuple[str, ...]:
        """All the months of a period."""
        genre, nom = periode
        if genre == "jalon":
            _, debut, fin = next(j for j in self.jalons.values() if j[0] == nom)
            annees = range(int(debut[:4]), int(fin[:4]) + 1)
            return tuple(m for a in annees for r in range(12) if debut <= (m := f"{a}-{r + 1:02d}") <= fin)
        rang, duree = int(nom[6:] or 0) if genre in ("trimestre", "semestre") else 1, DUREES[genre]
        if genre == "mois":
            return (nom,)
        return tuple(f"{nom[:4]}-{m:02d}" for m in range((rang - 1) * duree + 1, rang * duree + 1))

    def _modalites(self) -> None:
        """The modalités of a breakdown add up to the whole, those of a crossed one to the modalités of each
        axe.
        """
        groupes: dict[tuple[Cle, str], list[Cle]] = {}
        for cle in self._lues():
            for total in _totaux(cle):
                groupes.setdefault((total, cle.axe), []).append(cle)
        for (total, axe), parts in groupes.items():
            if axe == "code_action":
                self._reunir(total, parts)
            elif axe not in ("variante", "parcours") and total in self.bornes:
                self._sommer(total, parts)

    def _emploi(self) -> None:
        """V3-R1 is over the persons soumis the month before."""
        for cle in self._toutes(("V3-R1", f"taux{DENOMINATEUR}")):
            if cle.type_periode == "mois":
                avant = _precedent(cle.periode)
                self.poser(cle, [cle._replace(code="V3-M3", mesure="nombre", periode=avant)])

    def _delais(self) -> None:
        """The first classes of delay are those oriented in time."""
        for (code, mesure), classes in CLASSES.items():
            for cle in self._toutes((code, mesure)):
                entrees = cle._replace(code="V2-1", axe="delai", mesure="nombre")
                self.poser(cle, [entrees._replace(modalite=classe) for classe in classes])

    def _variantes(self) -> None:
        """Another reading that is one of the figures; what lies between a reading and the published
        figure.
        """
        for cle in [c for c in self._lues() if c.axe == "variante"]:
            publiee = cle._replace(axe="", modalite="")
            for (code, variante), (autre, mesure) in VARIANTES.items():
                if (cle.code, cle.modalite) == (code, variante):
                    self.poser(publiee._replace(code=autre, mesure=mesure), [cle])
            bas, haut = sorted((cle, publiee), key=lambda c: self.bornes.get(c, (0, 0)))
            if all(self.bornes[c][0] == self.bornes[c][1] for c in (bas, haut) if c in self.bornes):
                self._inclure(bas, haut)

    def _lues(self) -> list[Cle]:
        return [c for c in self.bornes if isinstance(c, Cle) and c not in self.ecarts]


def _taux(publication: Path) -> dict[Cle, tuple[int, int]]:
    """What the rates are made of, masked or not: more than an outsider has."""
    with duckdb.connect() as connexion:
        lignes = connexion.execute(
            "select code, axe, modalite, mesure, type_periode, periode, territoire, numerateur, denominateur "
            "from read_parquet(?) where unite = 'part' and statut <> 'ND'",
            [str(publication / "marts" / "indicateurs.parquet")],
        ).fetchall()
    return {Cle._make(ligne[:7]): (ligne[7], ligne[8]) for ligne in lignes}


def _totaux(cle: Cle) -> list[Cle]:
    if not cle.axe:
        return []
    if CROIX not in cle.axe:
        return [cle._replace(axe="", modalite="")]
    croises = zip(cle.axe.split(CROIX), cle.modalite.split(CROIX), strict=True)
    return [cle._replace(axe=axe, modalite=modalite) for axe, modalite in croises]


def _mesure(cle: Cle) -> str:
    return cle.mesure.removesuffix(NUMERATEUR).removesuffix(DENOMINATEUR)


def _code(territoire: str) -> str:
    """« Bas-Rhin (67) » → 67."""
    trouve = re.search(r"\((\w+)\)$", territoire.replace("\xa0", " "))
    return trouve[1] if trouve else {"Hors territoire": "HORS"}.get(territoire, TOTAL)


def _mois(nom: str) -> str:
    """« janvier 2024 » → 2024-01."""
    mois, annee = nom.replace("\xa0", " ").split(" ")
    return f"{annee}-{mots.MOIS.index(mois) + 1:02d}"


def _precedent(mois: str) -> str:
    annee, rang = int(mois[:4]), int(mois[5:])
    return f"{annee}-{rang - 1:02d}" if rang > 1 else f"{annee - 1}-12"


def _tables(page: str) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Caption, headers and lines of each table of the report."""
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        titre = re.search(r"<caption>(.*?)</caption>", table, re.DOTALL)
        lignes = [
            [_texte(case) for case in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", ligne, re.DOTALL)]
            for ligne in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        ]
        yield _texte(titre[1]) if titre else "", lignes[0], lignes[1:]


def _texte(balises: str) -> str:
    texte = html.unescape(re.sub(r"<.*?>", "", balises)).strip()
    return re.sub(r"\s*\(p\)$", "", texte)
