"""Every published figure, naively: the facts of the months that are available, added up over each period."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import fmean, median
from typing import Any

from naif import HORS, TOTAL, Naif
from naif_besoins import Besoins
from naif_faits import Duree, Fait, Faits
from naif_magasin import Ligne, de_mois_a_mois, fin_de_mois, mois_de, mois_plus

from contracts.catalogue import Indicateur, Mesure, axes, catalogue


@dataclass(frozen=True)
class Periode:
    """One published period."""

    type_periode: str
    periode: str
    debut: date
    fin: date

    @property
    def mois(self) -> list[date]:
        """Every month that it meets."""
        return list(de_mois_a_mois(mois_de(self.debut), mois_de(self.fin)))


class Catalogue:
    """Every figure of one store."""

    def __init__(self, naif: Naif) -> None:
        self.naif = naif
        self.faits = Faits(naif)
        self.besoins = Besoins(naif)

    # ------------------------------------------------------------ figures

    @cached_property
    def par_figure(self) -> dict[tuple[str, str, str, str], list[Fait]]:
        """(code, mesure, axe, modalité) → its facts."""
        ranges: dict[tuple[str, str, str, str], list[Fait]] = {}
        for code, mesure, f in self.faits.tous():
            ranges.setdefault((code, mesure, f.axe, f.modalite), []).append(f)
        return ranges

    def valeur(
        self, code: str, mesure: Mesure, axe: str, modalite: str, p: Periode, t: str, mois: list[date]
    ) -> Any:
        """(value, numerator, denominator) over the available months."""
        if code == "Q-2":
            retards = [
                j for (o, m), j in self.faits.retards().items() if o in self.faits.organismes(t) and m in mois
            ]
            return (fmean(retards) if retards else None), None, len(retards) or None
        if code == "Q-1":
            vues = [
                ecart
                for o, m, ecart in self.faits.transmissions
                if o in self.faits.organismes(t) and m in mois
            ]
            ecarts = connus(vues)
            if mesure.nom == "nombre":
                return len(vues), None, None
            return (median(ecarts) if ecarts else None), None, len(ecarts) if vues else None
        if mesure.nature == "declaree" or code == "V2-A":
            return self.declare(code, mesure.nom, modalite, p), None, None
        if mesure.nature == "directe" or (
            mesure.nom.startswith("nombre") and code in ("F1-2", "V3-M2", "V3-M4")
        ):
            durees = [
                d
                for d in self.faits.durees(code, mesure.nom)
                if d.mois in mois and t in (TOTAL, d.territoire)
            ]
            return mesurer(mesure.nom, durees)
        faits = [
            f
            for f in self.par_figure.get((code, mesure.nom, axe, modalite), [])
            if f.mois in mois and t in (TOTAL, f.territoire)
        ]
        if mesure.nature == "distincte":
            return len({f.qui for f in faits}), None, None
        compte = sum(f.compte for f in faits)
        if mesure.nature in ("taux", "taux_stock"):
            base = sum(f.base for f in faits)
            return (compte / base if base else None), compte, base
        return compte, None, None

    def declare(self, code: str, mesure: str, modalite: str, p: Periode) -> float | None:
        """V1-1 to V1-3 (the year in which the period ends), V2-A (as last delivered)."""
        if code != "V2-A":
            colonne = {"V1-1": "etp_chefferie", "V1-2": "etp_numerique", "V1-3": "feuille_de_route"}[code]
            dits = [x[colonne] for _, x in self.faits.connues("volet1") if x["annee"] == f"{p.fin:%Y}"]
            return None if not connus(dits) else float(dits[0])
        parcours = [x for _, x in self.faits.connues("parcours_types") if modalite in ("", x["nom"])]
        if mesure == "nombre":
            return len(parcours)
        if mesure == "places_occupees":
            return self.places_occupees(modalite, mois_de(p.fin))
        valeurs = {
            "places_financees": [x["places_financees"] for x in parcours],
            "cout_unitaire": [x["cout_unitaire"] for x in parcours],
            "cout_total": [produit(x["cout_unitaire"], x["places_financees"]) for x in parcours],
        }[mesure]
        return sum(connus(valeurs)) if len(connus(valeurs)) == len(valeurs) else None

    def places_occupees(self, nom: str, mois: date) -> float | None:
        """« use of places when orientations name the parcours »."""
        type_ = nom.lower().replace("-", "_").replace(" ", "_")
        if type_ not in ("professionnel", "socio_professionnel", "social"):
            return None
        suivis = [self.faits.suivis_en_cours(p, m) for p, m, _ in self.faits.soumissions if m == mois]
        return sum(bool(s) and s[0].colonne("type_parcours") == type_ for s in suivis)

    # ------------------------------------------------------------ everything

    def periodes(self) -> list[Periode]:
        """« A row stands for every period that meets the delivered months »."""
        vues: dict[tuple[str, str], Periode] = {}
        for m in self.naif.calendrier:
            trimestre, semestre = (m.month - 1) // 3, (m.month - 1) // 6
            for type_, nom, debut, duree in (
                ("mois", f"{m:%Y-%m}", m, 1),
                ("trimestre", f"{m.year}-T{trimestre + 1}", date(m.year, 3 * trimestre + 1, 1), 3),
                ("semestre", f"{m.year}-S{semestre + 1}", date(m.year, 6 * semestre + 1, 1), 6),
                ("annee", f"{m.year}", date(m.year, 1, 1), 12),
            ):
                vues[type_, nom] = Periode(type_, nom, debut, fin_de_mois(mois_plus(debut, duree - 1)))
        for j in self.naif.magasin.jalons:
            if (
                self.naif.calendrier
                and j.fin >= self.naif.calendrier[0]
                and j.debut <= fin_de_mois(self.naif.calendrier[-1])
            ):
                vues["jalon", j.code] = Periode("jalon", j.code, j.debut, j.fin)
        return list(vues.values())

    def territoires(self) -> list[str]:
        """Those configured, HORS when someone is there, TOTAL."""
        lignes = [x for par_mois in self.naif.lignes_par_personne.values() for du_mois in par_mois.values()
                  for x in du_mois]  # fmt: skip
        hors = [HORS] if any(self.naif.territoire(x) == HORS for x in lignes) else []
        return [t.code for t in self.naif.magasin.territoires] + hors + [TOTAL]

    def modalites(self, nom: str) -> list[str]:
        """The values of a breakdown."""
        if nom == "code_action":
            return sorted({x["code_action"] or "inconnu" for _, x in self.faits.connues("participations")})
        if nom == "parcours":
            return sorted({x["nom"] for _, x in self.faits.connues("parcours_types")})
        return list(axes()[nom].modalites)

    def cellules(self, indicateur: Indicateur) -> Iterator[tuple[str, str, Mesure, tuple[str, ...]]]:
        """(axe, modalité, mesure, needs) of an indicator."""
        for mesure in indicateur.mesures:
            if mesure.ou != "axes":
                yield "", "", mesure, mesure.besoins
            for nom in indicateur.axes if mesure.ou != "total" else ():
                axe = axes()[nom]
                for modalite in self.modalites(nom):
                    besoins = (*mesure.besoins, *axe.colonnes)
                    if axe.besoin_par_modalite:
                        calendrier = ("entrants", "calculable", "complet", "total_seulement")
                        besoins = (*(b for b in mesure.besoins if b in calendrier), modalite)
                    yield nom, modalite, mesure, tuple(dict.fromkeys(besoins))

    def chiffres(self) -> Iterator[tuple[tuple[str, ...], Ligne]]:
        """Every published figure: its key, and what the row says."""
        for i in catalogue().values():
            for axe, modalite, mesure, besoins in self.cellules(i):
                for p in self.periodes():
                    if axe and p.type_periode not in i.periodes:
                        continue
                    for t in self.territoires():
                        cle = i.code, axe, modalite, mesure.nom, p.type_periode, p.periode, t
                        yield cle, self.chiffre(i, axe, modalite, mesure, besoins, p, t)

    def chiffre(
        self,
        i: Indicateur,
        axe: str,
        modalite: str,
        mesure: Mesure,
        besoins: tuple[str, ...],
        p: Periode,
        t: str,
    ) -> Ligne:
        """One row of ``indicateurs``."""
        a_un_sens = p.type_periode in i.periodes and (i.au is None or f"{p.fin:%m-%d}" == i.au)
        lus = [mois_de(p.fin)] if mesure.au_dernier_mois else p.mois
        statut, motif, connus_ = ("ND", "sans_objet", 0)
        if a_un_sens:
            t0s = [
                e["date_reception_t0"]
                for e, _ in self.faits.entrees
                if e["mois"] in p.mois and t in (TOTAL, e["territoire"])
            ]
            statut, motif, connus_ = self.besoins.statut(
                besoins, i.recul_jours, lus, max(t0s, default=None), p.fin, t
            )
        valeur, numerateur, denominateur = None, None, None
        if statut != "ND":
            disponibles = [m for m in lus if self.besoins.motif(besoins, m, t) is None]
            valeur, numerateur, denominateur = self.valeur(i.code, mesure, axe, modalite, p, t, disponibles)
            if mesure.nature == "declaree" and valeur is None:
                statut, motif, connus_ = "ND", self.non_declare(besoins, p), 0
        return {
            "valeur": None if statut == "partiel" else valeur,
            "valeur_partielle": valeur if statut == "partiel" else None,
            "numerateur": numerateur,
            "denominateur": denominateur,
            "statut": statut,
            "motif_nd": motif,
            "mois_calculables": connus_,
        }

    def non_declare(self, besoins: tuple[str, ...], p: Periode) -> str:
        """The year that is not told, else its cell."""
        table = next(b for b in besoins if b in ("volet1", "parcours_types"))
        colonne = [b for b in besoins if "." in b][-1]
        annees = [x["annee"] for _, x in self.faits.connues("volet1")]
        absente = table == "volet1" and f"{p.fin:%Y}" not in annees
        return f"source_absente: {table}" if absente else f"colonne_absente: {colonne}"


def mesurer(mesure: str, durees: list[Duree]) -> tuple[float | None, None, int | None]:
    """Median, mean, Kaplan–Meier median, or number of durations, and over how many."""
    observees = [d.jours for d in durees if d.observee]
    if mesure.startswith("nombre"):
        return len(observees), None, None
    if not durees:
        return None, None, None
    if mesure.startswith("mediane_km"):
        return mediane_km(durees), None, len(durees)
    calcul = fmean if mesure.startswith("moyenne") else median
    return (calcul(observees) if observees else None), None, len(observees)


def mediane_km(durees: list[Duree]) -> int | None:
    """The first day after which at most half still wait; censored ones leave when lost sight of."""
    reste = 1.0
    for jour in sorted({d.jours for d in durees if d.observee}):
        a_risque = sum(d.jours >= jour for d in durees)
        reste *= 1 - sum(d.observee and d.jours == jour for d in durees) / a_risque
        if reste <= 0.5 + 1e-9:
            return jour
    return None


def connus(valeurs: Iterable[Any]) -> list[Any]:
    """What is there."""
    return [v for v in valeurs if v is not None]


def produit(a: float | None, b: float | None) -> float | None:
    """Their product, if both are known."""
    return None if a is None or b is None else a * b
