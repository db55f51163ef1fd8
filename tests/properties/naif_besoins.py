"""3-rules § 3.2 to 3.4, naively: whether what a figure needs was delivered, and what the figure is worth."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from naif import HORS, TOTAL, Naif
from naif_faits import TABLES_CD
from naif_magasin import Livraison, connues, fin_de_mois, mois_plus

from pipelines.configuration import Source

TABLES_SUIVIES = (
    *TABLES_CD,
    "orientations",
    "france_travail",
    "satisfaction",
)  # the others: said once for all
CALENDRIER = ("entrants", "calculable", "complet", "suite_12_mois", "total_seulement")


class Besoins:
    """What one store has of what figures need."""

    def __init__(self, naif: Naif) -> None:
        self.naif = naif
        self.motifs_connus: dict[Any, str | None] = {}

    def livraisons(self, table: str, emetteur: str | None = None) -> list[Livraison]:
        """What was delivered of a table, by an émetteur (France Travail has none)."""
        recues = self.naif.livraisons(table)
        return [d for d in recues if table == "france_travail" or emetteur in (None, d.emetteur)]

    def receptions(self, table: str, emetteur: str) -> list[date]:
        """The days on which an émetteur delivered a table, confirmations included."""
        jours = [
            jour for d in self.livraisons(table, emetteur) for jour in (d.date_reception, *d.confirmations)
        ]
        return [jour for jour in jours if jour <= self.naif.arrete_au]

    def motif(self, besoins: tuple[str, ...], mois: date, t: str) -> str | None:
        """Why a figure with these needs is not available that month."""
        cle = besoins, mois, t
        if cle not in self.motifs_connus:
            self.motifs_connus[cle] = next((m for m in self.motifs(besoins, mois, t) if m), None)
        return self.motifs_connus[cle]

    def motifs(self, besoins: tuple[str, ...], mois: date, t: str) -> Iterator[str | None]:
        """The reasons, in order: calendar, criterion 3, tables, columns, history."""
        if "total_seulement" in besoins and t != TOTAL:
            yield "sans_objet"
        if {"entrants", "calculable", "complet"} & set(besoins):
            if mois not in self.naif.calendrier:
                lus = [mois] if "complet" in besoins else [mois_plus(mois, -1), mois]
                manquantes = self.naif.manquantes(t, lus)
                yield next(iter(manquantes), f"livraison_manquante: {mois:%Y-%m}")
            elif "complet" not in besoins:
                yield self.naif.motif_nd(t, mois)
            else:
                yield next(iter(self.naif.manquantes(t, [mois])), None)
        if "entrants" in besoins and not self.naif.verifiable(t, mois):
            yield "source_absente: orientations"
        propres = [b for b in besoins if b not in CALENDRIER]
        for table in [b for b in propres if "." not in b]:
            if self.table_absente(table, mois, t):
                yield f"source_absente: {table}"
        for besoin in [b for b in propres if "." in b]:
            colonne = self.colonne_absente(besoin, mois, t)
            if colonne:
                yield f"colonne_absente: {colonne}"
        if "suite_12_mois" in besoins:
            suite = mois_plus(mois, 12)
            if suite not in self.naif.calendrier or self.naif.motif_nd(t, suite):
                yield "historique_insuffisant"

    def en_service(self, table: str, mois: date, t: str) -> list[Source]:
        """The émetteurs of a table in service that month for a territoire (HORS and TOTAL: all)."""
        return [
            s
            for s in self.naif.magasin.emetteurs(table)
            if (t in (HORS, TOTAL) or not s.territoires or t in s.territoires)
            and (s.debut is None or s.debut <= fin_de_mois(mois))
            and (s.fin is None or s.fin >= mois)
        ]

    def table_absente(self, table: str, mois: date, t: str) -> bool:
        """« An émetteur in service that never delivered counts as an absence »; TOTAL needs all."""
        la = [c.code for c in self.naif.magasin.territoires] if t == TOTAL else [t]
        for code in la:
            sources = self.en_service(table, mois, code)
            if not sources or not all(self.receptions(table, s.emetteur) for s in sources):
                return True
        return False

    def colonne_absente(self, besoin: str, mois: date, t: str) -> str | None:
        """« colonne_absente »: a column that one who delivers the table there does not give, or has lost.
        « A stock says in its last relevé all that it knows; a flux tells a month in the first relevé that
        follows it (none yet: in the last) »; of several columns one is enough, until one is lost."""
        table, noms = besoin.split(".")
        absentes = []
        for mode, recus in self.passages(table, mois, t):
            suivants = [jour for jour, _ in recus if jour > fin_de_mois(mois)] if mode == "flux" else []
            temoin = min(suivants) if suivants else max(jour for jour, _ in recus)
            donnees = {c: {jour for jour, sans in recus if c not in sans} for c in noms.split("|")}
            perdues = [
                c
                for c, jours in donnees.items()
                if temoin not in jours and min(jours, default=temoin) < temoin
            ]
            if perdues:
                absentes.append(f"{table}.{min(perdues)}")
            elif not any(temoin in jours for jours in donnees.values()):
                absentes.append(besoin.split("|")[0])
        return min(absentes, default=None)

    def passages(
        self, table: str, mois: date, t: str
    ) -> Iterator[tuple[str, list[tuple[date, frozenset[str]]]]]:
        """For each who delivers a table there that month: its mode, the days, the columns each file lacks."""
        if table == "beneficiaires":
            for o in self.naif.attendus(t, True):
                caf = [
                    (d.date_reception, d.sans) for d in self.naif.caf if o in {code for code, _ in d.parties}
                ]
                if caf:
                    yield "flux", caf
            return
        for source in self.en_service(table, mois, t):
            livrees = self.livraisons(table, source.emetteur)
            jours = [(jour, d.sans) for d in livrees for jour in (d.date_reception, *d.confirmations)]
            recus = [(jour, sans) for jour, sans in jours if jour <= self.naif.arrete_au]
            if recus:
                yield ("flux" if table == "france_travail" else source.mode), recus

    def provisoire(self, besoins: tuple[str, ...], mois: date, t: str) -> bool:
        """A non-indispensable organisme is missing; « orientations received before the last day of M »."""
        lus = {mois} if "complet" in besoins else set()
        if {"entrants", "calculable"} & set(besoins):
            lus = {mois, mois_plus(mois, -1)}
        if "suite_12_mois" in besoins:
            lus.add(mois_plus(mois, 12))
        lus &= set(self.naif.calendrier)
        if self.naif.manquantes(t, sorted(lus), indispensables=False) or self.en_retard(besoins, mois, t):
            return True
        if "entrants" not in besoins:
            return False
        recues = connues(
            self.naif.derniere_reception(s) for s in self.naif.en_service(t, mois, fin_de_mois(mois))
        )
        return any(jour < fin_de_mois(mois) for jour in recues)

    def en_retard(self, besoins: tuple[str, ...], mois: date, t: str) -> bool:
        """An émetteur of a table « stopped delivering before the end of the month, or of its service »."""
        for table in [b for b in besoins if b in TABLES_SUIVIES]:
            for s in self.en_service(table, mois, t):
                recues = self.receptions(table, s.emetteur)
                if recues and max(recues) < min(fin_de_mois(mois), s.fin or date.max):
                    return True
        return False

    def observation(self, besoins: tuple[str, ...], t: str) -> date:
        """« the day up to which what it reads is known »."""
        jours = [self.naif.arrete_au]
        if {"entrants", "orientations"} & set(besoins):
            jours.append(self.naif.date_observation(t))
        for table in [b for b in besoins if b in TABLES_SUIVIES and b != "orientations"]:
            for s in self.naif.magasin.emetteurs(table):
                sert = t in (HORS, TOTAL) or not s.territoires or t in s.territoires
                if sert and (s.debut or date.min) <= self.naif.arrete_au <= (s.fin or date.max):
                    jours.append(max(self.receptions(table, s.emetteur), default=date.max))
        return min(jours)

    def statut(
        self,
        besoins: tuple[str, ...],
        recul: int,
        lus: list[date],
        dernier_t0: date | None,
        fin: date,
        t: str,
    ) -> tuple[str, str | None, int]:
        """« provisoire until date_observation ≥ the period's last T0 + 15 + delai_saisie_jours » (or its end,
        for what is not of entrants); with motif_nd and the number of available months."""
        motifs = [self.motif(besoins, m, t) for m in lus]
        connus = motifs.count(None)
        if connus < len(lus):
            return ("partiel" if connus else "ND"), next(m for m in motifs if m), connus
        dernier = dernier_t0 if dernier_t0 and "entrants" in besoins else fin
        terme = dernier + timedelta(days=15 + recul + self.naif.regles.delai_saisie_jours)
        attendu = self.observation(besoins, t) < terme or any(self.provisoire(besoins, m, t) for m in lus)
        return ("provisoire" if attendu else "stabilise"), None, connus
