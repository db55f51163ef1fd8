"""6-catalogue computed a second time, apart from the SQL, from the person-level rows.

An indicator is told as a list of facts: month, territoire, breakdown, how many, over how many. A definition
is one function, in the words of the text.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from naif import TOTAL, Naif
from naif_magasin import (
    Ligne,
    Livraison,
    connues,
    fin_de_mois,
    mois_de,
    mois_plus,
    plus_mois,
    tranche_age,
)
from naif_suivis import Suivi

from contracts.catalogue import axes

COUPLES = ("MAR", "PAC", "RPA", "RVC", "RVM", "VIM")
SEULS = ("ABA", "CEL", "DIV", "ISO", "SEF", "SEL", "VEU")
TABLES_CD = ("rendez_vous", "contrats", "diagnostics", "prestations", "participations", "reprises_emploi")
JOURS = {
    "rendez_vous": "date_rdv",
    "contrats": "date_signature",
    "diagnostics": "date_diagnostic",
    "prestations": "date_debut",
    "participations": "date_entree",
    "reprises_emploi": "date_debut",
}


class Fait(NamedTuple):
    """What a month adds to a figure of a territoire: ``compte``, over ``base``; ``qui``: of whom."""

    mois: date
    territoire: str
    axe: str = ""
    modalite: str = ""
    compte: float = 1
    base: int = 0
    qui: str | None = None


class Duree(NamedTuple):
    """A duration in days: observed, or (censored) known to be at least that."""

    mois: date
    territoire: str
    jours: int
    observee: bool = True


def reparti(fait: Fait, **modalites: str | None) -> Iterator[Fait]:
    """A fact for the whole, and one for each breakdown."""
    yield fait
    for axe, modalite in modalites.items():
        yield fait._replace(axe=axe, modalite=modalite or "inconnu")


class Faits:
    """What each month of one store adds to each figure."""

    def __init__(self, naif: Naif) -> None:
        self.naif = naif
        self.regles = naif.regles
        self.memoire: dict[str, list[tuple[str | None, Ligne]]] = {}

    def tous(self) -> Iterator[tuple[str, str, Fait]]:
        """(code, mesure, fact) of everything that is counted."""
        yield from self.faits_des_entrees()
        yield from self.faits_du_mois()
        yield from self.faits_des_evenements()
        yield from self.faits_de_qualite()

    # ------------------------------------------------------------ who, where, when

    @cached_property
    def soumissions(self) -> list[tuple[str, date, Ligne]]:
        """Every (person, month) soumis, with the row that says so."""
        return [
            (p, m, ligne)
            for p, par_mois in self.naif.situations.items()
            for m, ligne in par_mois.items()
            if self.naif.ligne_soumise(ligne)
        ]

    def ou_vivait(self, personne: str, jour: date) -> str | None:
        """« in the territoire of the nearest month known before it » (else of the first known)."""
        mois = sorted(self.naif.situations.get(personne, {}))
        if not mois:
            return None
        avant = [m for m in mois if m <= mois_de(jour)]
        return self.naif.territoire(self.naif.situations[personne][(avant or mois[:1])[-1]])

    def connues(self, table: str) -> list[tuple[str | None, Ligne]]:
        """The rows of a table as last known, each with its person."""
        if table not in self.memoire:
            self.memoire[table] = self.naif.dernieres_lignes(table)
        connues_: list[tuple[str | None, Ligne]] = self.memoire[table]
        return connues_

    def de(self, table: str, personne: str) -> list[Ligne]:
        """A person's rows."""
        return [ligne for p, ligne in self.connues(table) if p == personne]

    # ------------------------------------------------------------ the entrants' cohort

    @cached_property
    def entrees(self) -> list[tuple[Ligne, date]]:
        """Each entry, and the start of the person's next one."""
        entrees = self.naif.nouveaux_entrants
        return [
            (e, min((x["debut_episode"] for x in entrees if suivante(e, x)), default=date.max))
            for e in entrees
        ]

    def premier(self, e: Ligne, fin: date, jours: Iterable[date | None]) -> date | None:
        """The first of these days « since debut_episode, before the next entry »."""
        return min((j for j in connues(jours) if e["debut_episode"] <= j < fin), default=None)

    def premier_rdv(self, e: Ligne, fin: date, honore: bool) -> date | None:
        """The first rendez-vous honoured, or the first d'accompagnement that was not cancelled."""
        rdv = self.de("rendez_vous", e["id_personne"])
        retenus = [
            r["date_rdv"]
            for r in rdv
            if (
                r["presence"] == "honore"
                if honore
                else r["type"] == "accompagnement" and r["presence"] != "annule"
            )
        ]
        return self.premier(e, fin, retenus)

    def premier_cer(self, e: Ligne, fin: date) -> date | None:
        """The first CER."""
        contrats = self.de("contrats", e["id_personne"])
        return self.premier(e, fin, (c["date_signature"] for c in contrats if c["type"] == "CER"))

    def diagnostic_et_action(self, e: Ligne, fin: date) -> tuple[date | None, date | None]:
        """The first diagnostic, and the first prestation of that day or after."""
        p = e["id_personne"]
        diagnostic = self.premier(e, fin, (d["date_diagnostic"] for d in self.de("diagnostics", p)))
        if diagnostic is None:
            return None, None
        debuts = connues(x["date_debut"] for x in self.de("prestations", p))
        return diagnostic, min((j for j in debuts if diagnostic <= j < fin), default=None)

    def faits_des_entrees(self) -> Iterator[tuple[str, str, Fait]]:
        """(code, mesure, fact) of what is counted entry by entry."""
        vise = "oriente_1_mois" if self.regles.seuil == "1_mois" else "oriente_15_jours"
        for e, fin in self.entrees:
            f = Fait(e["mois"], e["territoire"], qui=e["id_personne"])
            for fait in reparti(
                f, motif_inclusion=e["motif_inclusion"], sexe=e["sexe"], tranche_age=e["tranche_age"]
            ):
                yield "V2-1", "nombre", fait
            for code in ("FA-1", "V3-M1a"):
                yield code, "nombre", f
            yield "V2-1", "personnes_distinctes", f
            if e["delai_echu"]:
                yield "V2-2", "taux", f._replace(compte=e[vise], base=1)
            if e[vise]:
                for fait in reparti(f, **orientation_de(e)):
                    yield "V2-2", "nombre", fait
                yield "FA-2", "nombre", f
            for mesure, vrai in mesures_v2_2(e, vise).items():
                if vrai:
                    yield "V2-2", mesure, f
            yield from self.suites(e, fin, f)

    def suites(self, e: Ligne, fin: date, f: Fait) -> Iterator[tuple[str, str, Fait]]:
        """What follows an entry: C-1 to C-4, F1-1, FA-3, V2-2N, V3-M1a."""
        if e["oriente_1_mois"]:
            yield "C-1", "nombre", f
        rdv = self.premier_rdv(e, fin, honore=False)
        if rdv:
            yield "C-2", "nombre", f
            if e["date_orientation"] and (rdv - e["date_orientation"]).days <= 14:
                yield "C-2", "deux_semaines", f
        cer = self.premier_cer(e, fin)
        if cer:
            yield "C-3", "nombre", f
            if cer < plus_mois(e["date_reception_t0"], 2):
                yield "C-3", "deux_mois", f
        if e["date_orientation"]:
            yield from self.suites_d_orientation(e, f)
        if self.inscrite(e["id_personne"], fin_de_mois(e["mois"])):
            yield "V3-M1a", "inscrits", f
        for fait in self.actions(e, fin, f):
            yield "FA-3", "nombre", fait

    @staticmethod
    def suites_d_orientation(e: Ligne, f: Fait) -> Iterator[tuple[str, str, Fait]]:
        """Of an oriented entry: C-4, F1-1, V2-2N."""
        if e["accompagnement_global"]:
            yield "C-4", "nombre", f
        if e["absent_rdv_orientation"]:
            yield "V2-2N", "nombre", f
        parcours = e["type_parcours"]
        if parcours:
            yield "F1-1", "taux", f._replace(compte=parcours == "professionnel", base=1)
            elargi = parcours in ("professionnel", "socio_professionnel")
            yield "F1-1", "taux_elargi", f._replace(compte=elargi, base=1)

    def actions(self, e: Ligne, fin: date, f: Fait) -> Iterator[Fait]:
        """FA-3: « nouveaux entrants concernés par l'action »."""
        codes = {
            x["code_action"] or "inconnu"
            for x in self.de("participations", e["id_personne"])
            if x["date_entree"] and e["debut_episode"] <= x["date_entree"] < fin
        }
        if codes:
            yield f
        for code in codes:
            yield f._replace(axe="code_action", modalite=code)

    # ------------------------------------------------------------ stocks and exits of a month

    def suivis_en_cours(self, personne: str, mois: date) -> list[Suivi]:
        """The suivis en cours « on the last day of the month », the latest start first."""
        jour = fin_de_mois(mois)
        ouverts = [
            s
            for s in self.naif.suivis_par_personne.get(personne, [])
            if s.debut <= jour
            and (s.date_fin is None or s.date_fin >= jour)
            and not self.naif.rompu(personne, s, jour + timedelta(days=1), mois)
        ]
        ouverts.sort(key=lambda s: (s.emetteur, -s.version))
        return sorted(ouverts, key=lambda s: (s.debut, s.id_orientation), reverse=True)

    def faits_du_mois(self) -> Iterator[tuple[str, str, Fait]]:
        """(code, mesure, fact) of what is counted person by person, month by month."""
        for p, m, ligne in self.soumissions:
            f, jour = Fait(m, self.naif.territoire(ligne), qui=p), fin_de_mois(m)
            inscrite = self.inscrite(p, jour)
            if inscrite:
                yield "V3-M1", "nombre", f
            yield "V3-M1", "taux", f._replace(compte=inscrite, base=1)
            yield "V3-M5", "taux", f._replace(compte=self.heures(p, m) >= self.regles.heures_intensif, base=1)
            yield "S-2", "taux", f._replace(compte=self.sous_contrat(p, jour), base=1)
            suivis = self.suivis_en_cours(p, m)
            parcours = suivis[0].colonne("type_parcours") if suivis else "sans_suivi"
            for fait in reparti(f, parcours_accompagnement=parcours):
                yield "V3-M3", "nombre", fait
            yield from self.oarsa(f, ligne, suivis)
            yield from self.apres(p, m, f)
        for par_mois in self.naif.situations.values():
            for m, ligne in par_mois.items():
                if self.naif.versable(ligne):
                    top_absent = ligne["top_droits_devoirs"] is None
                    yield "Q-5", "taux", Fait(m, self.naif.territoire(ligne), compte=top_absent, base=1)

    def inscrite(self, personne: str, jour: date) -> bool:
        """« date_inscription ≤ d and no cessation or radiation ≤ d »."""
        return any(
            i["date_inscription"] <= jour
            and not any(fin <= jour for fin in connues((i["date_cessation"], i["date_radiation"])))
            for p, i in self.inscriptions
            if p == personne and i["date_inscription"]
        )

    @cached_property
    def inscriptions(self) -> list[tuple[str | None, Ligne]]:
        """Each registration (person, date_inscription) as the last delivery says."""
        dites: dict[Any, tuple[str | None, Ligne]] = {}
        for livraison in self.naif.livraisons("france_travail"):
            for ligne in livraison.rows:
                p = self.naif.personnes.rapprocher(ligne)
                cle = p or ligne["cle_ft"] or ligne["cle_nir"]
                dites[cle, ligne["date_inscription"]] = p, ligne
        return list(dites.values())

    def heures(self, personne: str, mois: date) -> float:
        """« hours of each prestation spread evenly from date_debut to date_fin; sum ÷ weeks »."""
        somme = 0.0
        for x in self.de("prestations", personne):
            if x["date_debut"] and x["duree_heures"] is not None:
                debut, fin = x["date_debut"], x["date_fin"] or x["date_debut"]
                dans_le_mois = (min(fin, fin_de_mois(mois)) - max(debut, mois)).days + 1
                somme += x["duree_heures"] * max(0, dans_le_mois) / ((fin - debut).days + 1)
        return round(somme * 7 / fin_de_mois(mois).day, 4)

    def sous_contrat(self, personne: str, jour: date) -> bool:
        """« with a contract in force »."""
        return any(
            c["date_signature"] <= jour and (c["date_fin"] is None or c["date_fin"] >= jour)
            for c in self.de("contrats", personne)
        )

    def oarsa(self, f: Fait, ligne: Ligne, suivis: list[Suivi]) -> Iterator[tuple[str, str, Fait]]:
        """V2-3: « soumis on 31/12 with a suivi en cours having organisme_referent or type_organisme »."""
        connus = [s for s in suivis if s.colonne("organisme_referent") or s.colonne("type_organisme")]
        if f.mois.month != 12 or not connus:
            return
        type_ = connus[0].colonne("type_organisme") or "inconnu"
        caracteristiques = {
            "tranche_age": tranche_age(ligne["mois_naissance"], f.mois),
            "sexe": ligne["sexe"],
            "situation_familiale": situation_familiale(ligne),
            "anciennete": anciennete(ligne, fin_de_mois(f.mois)),
        }
        croises = {
            f"type_organisme × {nom}": f"{type_} × {v or 'inconnu'}" for nom, v in caracteristiques.items()
        }
        for fait in reparti(f, type_organisme=type_, **croises):
            yield "V2-3", "nombre", fait

    def apres(self, p: str, m: date, f: Fait) -> Iterator[tuple[str, str, Fait]]:
        """From a person soumis in m: exit or job the month after, exit of the RSA twelve months after."""
        suivant = f._replace(mois=mois_plus(m, 1))
        if not self.naif.soumis(p, suivant.mois) and not self.naif.inconnue(p, suivant.mois):
            for fait in reparti(suivant, classe_sortie=self.classe(self.naif.situation(p, suivant.mois))):
                yield "V3-M1b", "nombre", fait
        emplois = [x for x in self.de("reprises_emploi", p) if mois_de(x["date_debut"]) == suivant.mois]
        types = {x["type_contrat"] or "inconnu" for x in emplois}
        yield "V3-R1", "taux", suivant._replace(compte=any(durable(x) for x in emplois), base=1)
        yield "V3-R2", "taux", suivant._replace(compte=bool(emplois), base=1)
        for modalite in axes()["type_contrat"].modalites:
            fait = suivant._replace(axe="type_contrat", modalite=modalite)
            yield "V3-R2", "taux", fait._replace(compte=modalite in types, base=1)
        suite = mois_plus(m, 12)
        au_rsa = any(x["etat_dossier"] in "234" for x in self.naif.lignes_par_personne[p].get(suite, []))
        if au_rsa or not self.naif.inconnue(p, suite):
            sortie = f._replace(compte=not au_rsa, base=1)
            yield "S-1", "taux_ensemble", sortie
            if any(e["id_personne"] == p and e["mois"] == m for e, _ in self.entrees):
                yield "S-1", "taux", sortie

    def classe(self, ligne: Ligne | None) -> str:
        """The class of exit."""
        if ligne is None:
            return "absent"
        if self.naif.versable(ligne):
            return "versable_non_soumis"
        if self.naif.suspendu(ligne):
            return "suspendu"
        return "clos" if ligne["etat_dossier"] in "56" else "autre"

    # ------------------------------------------------------------ dated events

    def evenements(self) -> Iterator[tuple[str, str, str | None, date]]:
        """(genre, person, detail, day) of known persons."""
        for p, c in self.connues("contrats"):
            if p:
                yield "contrat", p, c["type"], c["date_signature"]
        for p, x in self.connues("prestations"):
            if p and x["date_debut"]:
                yield "prestation", p, x["type"], x["date_debut"]
        for p, x in self.connues("reprises_emploi"):
            if p and not durable(x) and (x["date_fin"] or x["duree_mois"] is not None):
                yield "emploi_court", p, None, x["date_debut"]
        ppae = {
            (self.naif.personnes.rapprocher(x), x["date_signature_ppae"])
            for d in self.naif.livraisons("france_travail")
            for x in d.rows
        }
        for p, jour in ppae:
            if p and jour:
                yield "ppae", p, None, jour

    def faits_des_evenements(self) -> Iterator[tuple[str, str, Fait]]:
        """V3-M1c, V3-R3, F1-3, FA-4."""
        prestations = {
            "immersion": "immersions",
            "formation": "formations",
            "levee_frein": "levees_de_freins",
        }
        for genre, p, detail, jour in self.evenements():
            ou = self.ou_vivait(p, jour)
            if ou is None:
                continue
            f = Fait(mois_de(jour), ou, qui=p)
            if genre == "contrat":
                for fait in reparti(f, type_contrat_signe=detail):
                    yield "V3-M1c", "nombre", fait
            elif genre == "ppae":
                yield "V3-M1c", "ppae_france_travail", f
            elif genre == "emploi_court" or detail in prestations:
                yield "V3-R3", "nombre", f
                yield "V3-R3", prestations.get(detail or "", "contrats_courts"), f
        for f in self.prises_en_charge():
            yield "F1-3", "nombre", f
        for f in self.presences():
            yield "FA-4", "nombre", f

    def prises_en_charge(self) -> Iterator[Fait]:
        """« persons with a first rendez-vous honoured or an orientation in the period »."""
        jours: list[tuple[str, date]] = []
        for p in {p for p, _ in self.connues("rendez_vous") if p}:
            honores = [r["date_rdv"] for r in self.de("rendez_vous", p) if r["presence"] == "honore"]
            jours += [(p, min(honores))] if honores else []
        for p, suivis in self.naif.suivis_par_personne.items():
            for s in suivis:
                notifiee = connues((s.colonne("date_envoi_courrier"), s.colonne("date_designation_referent")))
                jours += [(p, min(notifiee))] if notifiee else []
        for p, jour in jours:
            ou = self.ou_vivait(p, jour)
            if ou:
                yield Fait(mois_de(jour), ou, qui=p)

    def presences(self) -> Iterator[Fait]:
        """FA-4: in the action for at least one day of the month."""
        for p, x in self.connues("participations"):
            for m in self.naif.calendrier:
                entree, sortie = x["date_entree"], x["date_sortie"] or date.max
                ou = self.ou_vivait(p, m) if p else None
                if ou and entree <= fin_de_mois(m) and sortie >= m:
                    yield from reparti(Fait(m, ou, qui=p), code_action=x["code_action"])

    # ------------------------------------------------------------ what is measured of the deliveries

    def faits_de_qualite(self) -> Iterator[tuple[str, str, Fait]]:
        """Q-3, Q-4, V3-M6."""
        for livraison in [d for d in self.naif.magasin.livraisons if d.date_reception <= self.naif.arrete_au]:
            nombres = {"compte": len(livraison.rejets), "base": len(livraison.rejets) + len(livraison.rows)}
            fait = Fait(self.mois_de_livraison(livraison), self.portee(livraison), **nombres)
            if livraison.source != "beneficiaires":
                fait = fait._replace(axe="source", modalite=livraison.source)
            yield "Q-3", "taux", fait
        for source, jour, rapprochee in self.rapprochements():
            fait = Fait(mois_de(jour), TOTAL, compte=rapprochee, base=1)
            yield "Q-4", "taux", fait._replace(axe="source", modalite=source)
            if source == "orientations":
                yield "Q-4", "taux", fait
            if source == "france_travail":
                yield "Q-4", "taux_france_travail", fait
        for _, x in self.connues("satisfaction"):
            fait = Fait(mois_de(x["date"]), TOTAL, compte=x["nombre_satisfaits"], base=x["nombre_reponses"])
            for f in reparti(fait, public=x["public"]):
                yield "V3-M6", "taux", f

    @staticmethod
    def mois_de_livraison(livraison: Livraison) -> date:
        """The month that a CAF/MSA delivery describes, else that of its reception."""
        decrits = [m for _, m in livraison.parties] if livraison.source == "beneficiaires" else []
        return max(decrits, default=mois_de(livraison.date_reception))

    def portee(self, livraison: Livraison) -> str:
        """« A file that serves several territoires counts for TOTAL only »."""
        if livraison.source == "beneficiaires":
            codes = {code for code, _ in livraison.parties}
            servis = {t for o in self.naif.magasin.organismes if o.code in codes for t in o.territoires}
        else:
            siens = [
                s for s in self.naif.magasin.emetteurs(livraison.source) if s.emetteur == livraison.emetteur
            ]
            tous = [t.code for t in self.naif.magasin.territoires]
            servis = {t for s in siens for t in s.territoires or tous}
        return servis.pop() if len(servis) == 1 else TOTAL

    def rapprochements(self) -> Iterator[tuple[str, date, bool]]:
        """(table, day, tied) of each row as last known; of an orientation, its first version."""
        for s in self.naif.suivis:
            if s.version == 1:
                yield "orientations", s.debut, s.id_personne is not None
        for table in TABLES_CD:
            for p, x in self.connues(table):
                if x[JOURS[table]]:
                    yield table, x[JOURS[table]], p is not None
        for p, x in self.inscriptions:
            if x["date_inscription"]:
                yield "france_travail", x["date_inscription"], p is not None

    @cached_property
    def transmissions(self) -> list[tuple[str, date, int | None]]:
        """(organisme, month, days since the previous one): one a day of reception."""
        jours: dict[tuple[str, date], date] = {}
        for d in self.naif.caf:
            for organisme, m in d.parties:
                cle = organisme, d.date_reception
                jours[cle] = min(m, jours.get(cle, m))
        suite: list[tuple[str, date, int | None]] = []
        precedents: dict[str, date] = {}
        for (organisme, jour), m in sorted(jours.items()):
            avant = precedents.get(organisme)
            suite.append((organisme, m, (jour - avant).days if avant else None))
            precedents[organisme] = jour
        return suite

    def retards(self) -> dict[tuple[str, date], int]:
        """« days from the month's end to the reception of its first complete monthly flux »."""
        premiers: dict[tuple[str, date], date] = {}
        for d in self.naif.completes:
            for partie in d.parties:
                premiers[partie] = min(d.date_reception, premiers.get(partie, date.max))
        return {(o, m): (jour - fin_de_mois(m)).days for (o, m), jour in premiers.items()}

    def organismes(self, territoire: str) -> set[str]:
        """All that must deliver for a territoire, indispensable or not."""
        return {o for indispensables in (True, False) for o in self.naif.attendus(territoire, indispensables)}

    # ------------------------------------------------------------ durations

    def durees(self, code: str, mesure: str) -> list[Duree]:
        """The durations of the entries."""
        vues: list[Duree] = []
        for e, fin in self.entrees:
            debut, arrivee = self.bornes(code, mesure, e, fin)
            if debut and arrivee:
                vues.append(Duree(e["mois"], e["territoire"], (arrivee - debut).days))
            elif debut and code == "F1-2":
                attente = self.naif.date_observation(e["territoire"]) - debut
                vues.append(Duree(e["mois"], e["territoire"], attente.days, observee=False))
        return vues

    def bornes(self, code: str, mesure: str, e: Ligne, fin: date) -> tuple[date | None, date | None]:
        """From when to when."""
        if code == "F1-2":
            depart = "date_ouverture_droit" if mesure.endswith("ouverture") else "date_reception_t0"
            return e[depart], e["date_orientation"]
        if code == "V3-M2":
            return e["date_ouverture_droit"], self.premier_rdv(e, fin, honore=True)
        return self.diagnostic_et_action(e, fin)


def suivante(e: Ligne, autre: Ligne) -> bool:
    """Whether this is a later entry of the same person."""
    return bool(autre["id_personne"] == e["id_personne"] and autre["mois"] > e["mois"])


def orientation_de(e: Ligne) -> dict[str, str | None]:
    """The breakdowns of an oriented entry."""
    globale = {True: "O", False: "N", None: None}[e["accompagnement_global"]]
    return {
        "accompagnement_global": globale,
        "type_parcours": e["type_parcours"],
        "type_organisme": e["type_organisme"],
    }


def mesures_v2_2(e: Ligne, vise: str) -> dict[str, bool]:
    """The other measures of V2-2."""
    delai = e["delai_jours"]
    return {
        "exactement_15_jours": delai == 15,
        "un_jour": delai is not None and delai <= 1,
        "un_mois": e["oriente_1_mois"],
        "deja_orientes": e[vise] and not e["delai_echu"],
        "en_attente": e["statut_orientation"] == "en_attente",
        "anticipees": e["anticipee"],
    }


def situation_familiale(ligne: Ligne) -> str | None:
    """« seul / seul_enfants / couple / couple_enfants »."""
    famille, enfants = ligne["situation_famille"], ligne["nombre_enfants"]
    if famille not in COUPLES + SEULS or enfants is None:
        return None
    return ("couple" if famille in COUPLES else "seul") + ("_enfants" if enfants else "")


def anciennete(ligne: Ligne, jour: date) -> str | None:
    """« ancienneté = 31/12 − max(date_demande, date_rattachement): <6 mois, 6–12, 1–2 ans, 2–5, 5+ »."""
    depuis = max(connues((ligne["date_demande"], ligne["date_rattachement"])), default=None)
    if depuis is None:
        return None
    bornes = ((6, "moins_6_mois"), (12, "6_12_mois"), (24, "1_2_ans"), (60, "2_5_ans"))
    return next((nom for mois, nom in bornes if plus_mois(depuis, mois) > jour), "5_ans_et_plus")


def durable(emploi: Ligne) -> bool:
    """« CDI or ≥ 6 months »."""
    fin, duree = emploi["date_fin"], emploi["duree_mois"]
    longue = fin is not None and fin + timedelta(days=1) >= plus_mois(emploi["date_debut"], 6)
    return emploi["type_contrat"] == "CDI" or (duree is not None and duree >= 6) or longue
