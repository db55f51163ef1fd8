"""The rules of spec/3-rules.md computed a second time, apart from the SQL: lists, dicts and dates only.

One function per clause, in the order of the text, its docstring quoting the clause. Slow and plain on
purpose: it must be readable beside the text, since it decides who is right when the SQL differs.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, wraps
from typing import Any, TypeVar

from naif_magasin import (
    Bloquee,
    Ligne,
    Livraison,
    Magasin,
    connues,
    de_mois_a_mois,
    fin_de_mois,
    mois_de,
    mois_plus,
    plus_mois,
    rattachee,
    tranche_age,
)
from naif_personnes import Personnes
from naif_suivis import Suivi, meme_suivi, versions

from pipelines.configuration import Regles, Source

T = TypeVar("T")
RANG_ETAT = ("2", "4", "3", "0", "1", "6", "5")
HORS, TOTAL = "HORS", "TOTAL"


@dataclass
class Cloture:
    """A row of a person in état 5 or 6."""

    jour: date
    mois: date  # of its file
    numero_demande: str | None
    continuite: bool


@dataclass
class SuspensionLongue:
    """A long suspension that reached its term: dated D, ended in the month ``fin`` (next known month)."""

    jour: date
    fin: date


@dataclass
class Candidat:
    """A candidate (p, M) and what was decided of it."""

    id_personne: str
    mois: date
    territoire: str
    ligne: Ligne
    debut_episode: date
    suivi: Suivi | None = None
    continuation: bool = False
    motif: str = ""

    @property
    def compte(self) -> bool:
        """Whether it is a nouvel entrant."""
        return self.suivi is None and not self.continuation


def retenu(methode: Callable[["Naif", str], T]) -> Callable[["Naif", str], T]:
    """Computed once per person."""

    @wraps(methode)
    def lire(self: "Naif", personne: str) -> T:
        cle = methode.__name__, personne
        if cle not in self.memoire:
            self.memoire[cle] = methode(self, personne)
        return self.memoire[cle]

    return lire


class Naif:
    """Everything 3-rules says of one store."""

    def __init__(self, magasin: Magasin, regles: Regles | None = None) -> None:
        self.magasin = magasin
        self.regles = regles or magasin.regles
        self.arrete_au = magasin.arrete_au
        self.memoire: dict[tuple[str, str], Any] = {}

    # ------------------------------------------------------------ 3.2 words

    def livraisons(self, source: str) -> list[Livraison]:
        """Deliveries with date_reception ≤ arrete_au, in order of reception."""
        retenues = [d for d in self.magasin.livraisons if d.source == source]
        return sorted((d for d in retenues if d.date_reception <= self.arrete_au), key=lambda d: d.ordre)

    @cached_property
    def caf(self) -> list[Livraison]:
        """All CAF/MSA deliveries."""
        return self.livraisons("beneficiaires")

    @cached_property
    def completes(self) -> list[Livraison]:
        """Monthly deliveries that are not complementary (« all of whose dossiers bear an Anomalie block
        »)."""
        return [d for d in self.caf if d.type_flux == "M" and not d.complementaire]

    def versable(self, ligne: Ligne) -> bool:
        """Classes of état: versable = etats_versables."""
        return ligne["etat_dossier"] in self.regles.etats_versables

    def suspendu(self, ligne: Ligne) -> bool:
        """Classes of état: suspendu = 3, 4 not in versable."""
        return ligne["etat_dossier"] in ("3", "4") and not self.versable(ligne)

    def ligne_soumise(self, ligne: Ligne) -> bool:
        """soumis = état versable and top_droits_devoirs = 1."""
        return self.versable(ligne) and ligne["top_droits_devoirs"] is True

    def soumise_selon_la_configuration(self, ligne: Ligne) -> bool:
        """soumis as the configuration says: a variante judges no delivery anew."""
        versable = ligne["etat_dossier"] in self.magasin.regles.etats_versables
        return versable and ligne["top_droits_devoirs"] is True

    @cached_property
    def en_vigueur(self) -> dict[tuple[str, date], Livraison]:
        """« among the complete, accepted monthly deliveries of that pair with date_reception ≤ arrete_au,
        the latest by (date_reception, DTCREAFLUX, HEUCREAFLUX) »; 4.5: suspecte ones judged in that
        order."""
        retenues: dict[tuple[str, date], Livraison] = {}
        attente: dict[tuple[str, date], Livraison] = {}
        for livraison in self.completes:
            en_force = livraison.acceptation or not self.est_suspecte(livraison, retenues)
            for partie in livraison.parties:
                if en_force:
                    retenues[partie] = livraison
                    attente.pop(partie, None)
                else:
                    attente[partie] = livraison
        if attente:
            raise Bloquee(attente.values())
        return retenues

    def est_suspecte(self, livraison: Livraison, retenues: dict[tuple[str, date], Livraison]) -> bool:
        """4.5, column « suspecte », for a CAF/MSA delivery: « dossiers ≠ NBTOTDOSRSATRANSM; fewer than 98 %
        of the dossiers of the delivery it would replace; dossiers or soumis ± 10 % against the previous
        month in force; > 1 % of état 2 rows without top »."""
        nombre = len({x["dossier"] for x in livraison.rows + livraison.rejets})
        if livraison.dossiers_annonces not in (None, nombre):
            return True
        return any(self.partie_suspecte(livraison, partie, retenues) for partie in livraison.parties)

    def partie_suspecte(
        self, livraison: Livraison, partie: tuple[str, date], retenues: dict[tuple[str, date], Livraison]
    ) -> bool:
        """The same for one (organisme, mois); « percentages bite only above suspecte_minimum »."""
        minimum = self.magasin.qualite.suspecte_minimum
        dossiers, soumis = self.tailles(livraison, partie)
        if partie in retenues:
            remplaces, _ = self.tailles(retenues[partie], partie)
            if remplaces > minimum and 100 * dossiers < 98 * remplaces:
                return True
        precedente = partie[0], mois_plus(partie[1], -1)
        if precedente in retenues:
            for avant, apres in zip(
                self.tailles(retenues[precedente], precedente), (dossiers, soumis), strict=True
            ):
                if avant > minimum and 10 * abs(apres - avant) > avant:
                    return True
        tops = [
            x["top_droits_devoirs"] for x in self.lignes_de(livraison, partie) if x["etat_dossier"] == "2"
        ]
        return len(tops) > minimum and 100 * tops.count(None) > len(tops)

    def tailles(self, livraison: Livraison, partie: tuple[str, date]) -> tuple[int, int]:
        """Dossiers and soumis of a part of a delivery."""
        lignes = self.lignes_de(livraison, partie)
        rejets = [x for x in livraison.rejets if (x["organisme"], x["mois"]) == partie]
        return len({x["dossier"] for x in lignes + rejets}), sum(
            map(self.soumise_selon_la_configuration, lignes)
        )

    @staticmethod
    def lignes_de(livraison: Livraison, partie: tuple[str, date]) -> list[Ligne]:
        """The rows of a delivery for one (organisme, mois)."""
        return [x for x in livraison.rows if (x["organisme"], x["mois"]) == partie]

    @cached_property
    def personnes(self) -> Personnes:
        """« Persons are resolved as of arrete_au over the CAF/MSA rows »."""
        return Personnes([(d, ligne) for d in self.caf for ligne in d.rows])

    def lignes_en_vigueur(self, partie: tuple[str, date]) -> list[tuple[Livraison, Ligne]]:
        """The rows in force for (organisme, M): those of the complete delivery, and of a complementary one
        « its dossiers are added where the complete one lacks them, never put in its place »."""
        complete = self.en_vigueur[partie]
        lignes = [(complete, ligne) for ligne in self.lignes_de(complete, partie)]
        for livraison in reversed([d for d in self.caf if d.type_flux == "M" and d.complementaire]):
            connus = {(x["numero_demande_rsa"], x["matricule"]) for _, x in lignes}
            ajouts = self.lignes_de(livraison, partie)
            lignes += [
                (livraison, x) for x in ajouts if (x["numero_demande_rsa"], x["matricule"]) not in connus
            ]
        return lignes

    @cached_property
    def lignes_par_personne(self) -> dict[str, dict[date, list[Ligne]]]:
        """p's attached rows in force, by month: « a row whose date_fin_rattachement ≤ last day of M gives
        none »."""
        lignes: dict[str, dict[date, list[Ligne]]] = {}
        for partie in self.en_vigueur:
            for livraison, ligne in self.lignes_en_vigueur(partie):
                personne = self.personnes.de_ligne(ligne)
                if personne and rattachee(ligne):
                    du_mois = lignes.setdefault(personne, {}).setdefault(partie[1], [])
                    du_mois.append({**ligne, "id_livraison": livraison.id})
        return lignes

    def preference(self, ligne: Ligne) -> tuple[Any, ...]:
        """« the one that is soumis first, then état in the order 2, 4, 3, 0, 1, 6, 5, then the latest
        date_demande, then the greatest numero_demande_rsa, organisme, matricule, nulls last »."""
        return (
            self.ligne_soumise(ligne),
            -RANG_ETAT.index(ligne["etat_dossier"]),
            ligne["date_demande"] or date.min,
            ligne["numero_demande_rsa"] or "",
            ligne["organisme"],
            ligne["matricule"] or "",
        )

    @cached_property
    def situations(self) -> dict[str, dict[date, Ligne]]:
        """situation(p, M), by person then month; a month that is not there: absent."""
        return {
            personne: {m: max(lignes, key=self.preference) for m, lignes in sorted(par_mois.items())}
            for personne, par_mois in self.lignes_par_personne.items()
        }

    def situation(self, personne: str, mois: date) -> Ligne | None:
        """situation(p, M), None when absent."""
        return self.situations.get(personne, {}).get(mois)

    def soumis(self, personne: str, mois: date) -> bool:
        """soumis(p, M)."""
        ligne = self.situation(personne, mois)
        return ligne is not None and self.ligne_soumise(ligne)

    @cached_property
    def mises_de_cote(self) -> set[tuple[str | None, date]]:
        """« p's row was set aside by the contract », in a delivery in force."""
        return {
            (self.personnes.rapprocher(rejet), mois)
            for (organisme, mois), livraison in self.en_vigueur.items()
            for rejet in livraison.rejets
            if (rejet["organisme"], rejet["mois"]) == (organisme, mois)
        }

    def inconnue(self, personne: str, mois: date, candidate: Ligne | None = None) -> bool:
        """« état versable with the top missing; or p's row was set aside by the contract; or p has no row
        in M and the organisme of p's last row before M (or, seen from a candidate month, of p's row in that
        month) has no delivery in force for M »."""
        ligne = self.situation(personne, mois)
        if (personne, mois) in self.mises_de_cote and not self.soumis(personne, mois):
            return True
        if ligne is not None:
            return self.versable(ligne) and ligne["top_droits_devoirs"] is None
        organismes = [candidate["organisme"]] if candidate else []
        avant = [m for m in self.situations.get(personne, {}) if m < mois]
        if avant:
            organismes.append(self.situations[personne][max(avant)]["organisme"])
        return any((organisme, mois) not in self.en_vigueur for organisme in organismes)

    @cached_property
    def calendrier(self) -> list[date]:
        """« every month from the first to the last delivered, gaps included »."""
        mois = sorted({m for _, m in self.en_vigueur})
        return list(de_mois_a_mois(mois[0], mois[-1])) if mois else []

    def territoire(self, ligne: Ligne) -> str:
        """4.3: « prefixes of code_commune; the longest wins »; « matches no territoire goes to HORS »."""
        commune = ligne["code_commune"] or ""
        prefixes = [
            (len(p), t.code) for t in self.magasin.territoires for p in t.communes if commune.startswith(p)
        ]
        return max(prefixes)[1] if prefixes else HORS

    def attendus(self, territoire: str, indispensables: bool) -> list[str]:
        """The organismes expected for a territoire (HORS and TOTAL: every one)."""
        return sorted(
            o.code
            for o in self.magasin.organismes
            if o.indispensable == indispensables
            and (territoire in (HORS, TOTAL) or territoire in o.territoires)
        )

    def manquantes(self, territoire: str, mois: list[date], indispensables: bool = True) -> list[str]:
        """What is missing, the earliest month first, then by code."""
        return [
            f"livraison_manquante: {organisme} {m:%Y-%m}"
            for m in mois
            for organisme in self.attendus(territoire, indispensables)
            if (organisme, m) not in self.en_vigueur
        ]

    def complet(self, territoire: str, mois: date) -> bool:
        """M itself is complete: every indispensable organisme has a delivery in force for M."""
        return not self.manquantes(territoire, [mois])

    def motif_nd(self, territoire: str, mois: date) -> str | None:
        """« every indispensable organisme expected for the territoire has a delivery in force for M and
        M−1. Otherwise ND with its reason (premier_mois, livraison_manquante: CAF681 2024-03) »."""
        if mois == self.calendrier[0]:
            return "premier_mois"
        return next(iter(self.manquantes(territoire, [mois_plus(mois, -1), mois])), None)

    # ------------------------------------------------------------ 3.3 nouvel entrant

    def dernier_mois_connu(self, personne: str, ligne: Ligne, mois: date) -> date | None:
        """« the latest of M−1, M−2, M−3 in which p is not inconnue »."""
        for recul in (1, 2, 3):
            m = mois_plus(mois, -recul)
            if not self.inconnue(personne, m, ligne):
                return m
        return None

    def eligible(self, personne: str, mois: date) -> bool:
        """soumis(p, M) and M calculable for p's territoire."""
        ligne = self.situation(personne, mois)
        return (
            ligne is not None
            and self.soumis(personne, mois)
            and self.motif_nd(self.territoire(ligne), mois) is None
        )

    def indetermine(self, personne: str, mois: date) -> bool:
        """« If all three are inconnues, p is no candidate and is counted in indetermines »."""
        ligne = self.situation(personne, mois)
        return (
            ligne is not None
            and self.eligible(personne, mois)
            and self.dernier_mois_connu(personne, ligne, mois) is None
        )

    def candidat(self, personne: str, mois: date) -> bool:
        """« soumis(p, M), M calculable for p's territoire, and not soumis(p, m) »."""
        ligne = self.situation(personne, mois)
        if ligne is None or not self.eligible(personne, mois):
            return False
        m = self.dernier_mois_connu(personne, ligne, mois)
        return m is not None and not self.soumis(personne, m)

    def premier_mois_en_magasin(self, organisme: str | None = None) -> date:
        """The oldest month in store, for that organisme or for all."""
        return min(m for o, m in self.en_vigueur if organisme in (None, o))

    def declencheur(self, personne: str, mois: date) -> date | None:
        """« the latest of the known date_demande, date_rattachement, date_arrivee_mutation of p's row in M.
        If declencheur < first day of M, and ≥ first day of the oldest month in store for that organisme,
        and p is in état 2, 3 or 4 in no month from the month of declencheur to M−1 (any dossier) »; else
        None."""
        ligne = self.situations[personne][mois]
        dates = connues(ligne[c] for c in ("date_demande", "date_rattachement", "date_arrivee_mutation"))
        jour = max(dates, default=None)
        if jour is None or jour >= mois or jour < self.premier_mois_en_magasin(ligne["organisme"]):
            return None
        for m in de_mois_a_mois(mois_de(jour), mois_plus(mois, -1)):
            if any(x["etat_dossier"] in "234" for x in self.lignes_par_personne[personne].get(m, [])):
                return None
        return jour

    def debut_episode(self, personne: str, mois: date) -> date:
        """« debut_episode(p, M) = first day of M », or the declencheur."""
        return self.declencheur(personne, mois) or mois

    @cached_property
    def clotures_par_personne(self) -> dict[str, list[Cloture]]:
        """« a row of p in any monthly or daily delivery received ≤ arrete_au, état 5 or 6, dated
        date_cloture, else the last day of the file's month », unless annulled."""
        vues: dict[str, list[Cloture]] = {}
        closes = [(d, ligne) for d in self.caf for ligne in d.rows if ligne["etat_dossier"] in "56"]
        for livraison, ligne in closes:
            personne = self.personnes.de_ligne(ligne)
            if personne and not self.annulee(personne, livraison, ligne):
                jour = ligne["date_cloture"] or fin_de_mois(ligne["mois"])
                continuite = ligne["motif_cloture"] in self.regles.motifs_continuite
                cloture = Cloture(jour, ligne["mois"], ligne["numero_demande_rsa"], continuite)
                vues.setdefault(personne, []).append(cloture)
        return vues

    def clotures(self, personne: str) -> list[Cloture]:
        """p's closures, radiations or not."""
        return self.clotures_par_personne.get(personne, [])

    def montree(self, personne: str, cloture: Cloture) -> date:
        """« first shown »: the month of the first file that shows this closure."""
        memes = [
            c
            for c in self.clotures(personne)
            if (c.jour, c.numero_demande) == (cloture.jour, cloture.numero_demande)
        ]
        return min(c.mois for c in memes)

    def annulee(self, personne: str, livraison: Livraison, cloture: Ligne) -> bool:
        """« If p's row of the same numero_demande_rsa is in état 2, 3 or 4 in the first monthly delivery in
        force created after the closing row's delivery, the closure is annulled and counts for nothing »."""
        suivantes = [
            (autre.creation, mois)
            for (organisme, mois), autre in self.en_vigueur.items()
            if organisme == cloture["organisme"] and autre.creation > livraison.creation
        ]
        if not suivantes or cloture["numero_demande_rsa"] is None:
            return False
        _, mois = min(suivantes)
        return any(
            self.personnes.de_ligne(ligne) == personne
            and ligne["numero_demande_rsa"] == cloture["numero_demande_rsa"]
            and ligne["etat_dossier"] in "234"
            and rattachee(ligne)
            for _, ligne in self.lignes_en_vigueur((cloture["organisme"], mois))
        )

    def radiations(self, personne: str) -> list[Cloture]:
        """A radiation: a closure whose « motif not in motifs_continuite »."""
        return [c for c in self.clotures(personne) if not c.continuite]

    @retenu
    def sorties(self, personne: str) -> list[date]:
        """« absence_sortie_mois (2) or more consecutive months, complete for every indispensable organisme,
        in which p, seen before, has no row, dated the first day of the first of these months »; « An
        inconnue month neither breaks nor lengthens a run »."""
        vus = self.situations.get(personne, {})
        absences: list[list[date]] = [[]]
        for mois in self.calendrier:
            if mois < min(vus, default=date.max) or self.inconnue(personne, mois):
                continue
            if self.situation(personne, mois) is not None:
                absences.append([])
            elif self.complet(TOTAL, mois):
                absences[-1].append(mois)
        return [a[0] for a in absences if a and len(a) >= self.duree_de_sortie(personne, a)]

    def duree_de_sortie(self, personne: str, absence: list[date]) -> int:
        """« after a closure of motifs_continuite, 3 months »."""
        dernier = max(m for m in self.situations[personne] if m < absence[0])
        for cloture in self.clotures(personne):
            if cloture.continuite and dernier <= cloture.mois <= absence[-1]:
                return self.regles.absence_sortie_continuite_mois
        return self.regles.absence_sortie_mois

    @staticmethod
    def en_suspension(ligne: Ligne | None) -> bool:
        """« état 3 or 4 »; « État 4 for motif 05 (RSA under the payment threshold) with top 1 is no
        suspension »."""
        if ligne is None or ligne["etat_dossier"] not in "34":
            return False
        sous_le_seuil = ligne["motifs_suspension"] == "05" and ligne["top_droits_devoirs"] is True
        return not (ligne["etat_dossier"] == "4" and sous_le_seuil)

    @retenu
    def suspensions_longues(self, personne: str) -> list[SuspensionLongue]:
        """« état 3 or 4 in every month up to M−1 … A long suspension of the past that meets this at its own
        end closes the suivi for good ». Known months only; the next known month after the run is its
        end."""
        trouvees: list[SuspensionLongue] = []
        serie: list[date] = []
        for mois in self.calendrier:
            if self.inconnue(personne, mois):
                continue
            if self.en_suspension(self.situation(personne, mois)):
                serie.append(mois)
                continue
            jour = self.debut_de_suspension(personne, serie) if serie else None
            if jour and plus_mois(jour, self.regles.suspension_mois) < mois:
                trouvees.append(SuspensionLongue(jour, mois))
            serie = []
        return trouvees

    def debut_de_suspension(self, personne: str, serie: list[date]) -> date | None:
        """« since the later of the earliest date_suspension of the row of M−1 and the first month that
        shows it; with date_suspension (none: the first day of the first such month) »; None when the months
        since then were not all suspended."""
        situations = self.situations[personne]
        jour = situations[serie[-1]]["date_suspension"]
        if jour is None:
            return serie[0]
        montre = min(m for m, ligne in situations.items() if ligne["date_suspension"] == jour)
        return jour if max(mois_de(jour), montre) >= serie[0] else None

    @cached_property
    def suivis(self) -> list[Suivi]:
        """3.6: every version of every orientation, tied to a person (4.6) or not."""
        tous: list[Suivi] = []
        for source in self.magasin.emetteurs("orientations"):
            passages: dict[str, list[tuple[date, Ligne]]] = {}
            for recue, lignes in self.passages(source):
                for ligne in lignes:
                    passages.setdefault(ligne["id_orientation"], []).append((recue, ligne))
            for liste in passages.values():
                tous += versions(source.emetteur, liste, self.regles.correction_jours)
        for suivi in tous:
            rapproches = [self.personnes.rapprocher(ligne) for ligne in reversed(suivi.lignes)]
            suivi.id_personne = next((personne for personne in rapproches if personne), None)
        return tous

    def passages(self, source: Source) -> list[tuple[date, list[Ligne]]]:
        """The deliveries of an émetteur in order of reception; in stock mode a confirmation (4.4: « the same
        content at a later date_reception ») is its content again."""
        vus: list[tuple[date, list[Ligne]]] = []
        for livraison in self.releves_en_vigueur(source):
            confirmations = livraison.confirmations if source.mode == "stock" else []
            jours = [livraison.date_reception, *confirmations]
            vus += [(jour, livraison.rows) for jour in jours if jour <= self.arrete_au]
        return sorted(vus, key=lambda v: v[0])

    def releves_en_vigueur(self, source: Source) -> list[Livraison]:
        """4.5: « suspecte: > 5 % of a CD stock's ids vanished », in order of reception, against the one in
        force; undecided with nothing newer in force, it blocks."""
        retenus: list[Livraison] = []
        attente: list[Livraison] = []
        for livraison in self.livraisons("orientations"):
            if livraison.emetteur == source.emetteur:
                suspect = source.mode == "stock" and self.ids_disparus(livraison, retenus[-1:])
                if suspect and not livraison.acceptation:
                    attente.append(livraison)
                else:
                    retenus, attente = [*retenus, livraison], []
        if attente:
            raise Bloquee(attente)
        return retenus

    def ids_disparus(self, livraison: Livraison, precedente: list[Livraison]) -> bool:
        """« > 5 % of a CD stock's ids vanished », above suspecte_minimum ids."""
        presents = {x["id_orientation"] for x in livraison.rows}
        avant = {x["id_orientation"] for d in precedente for x in d.rows}
        return len(avant) > self.magasin.qualite.suspecte_minimum and 20 * len(avant - presents) > len(avant)

    @cached_property
    def suivis_par_personne(self) -> dict[str, list[Suivi]]:
        """« The same suivi from two émetteurs (same person, start, type_organisme) counts once »."""
        retenus: dict[str, list[Suivi]] = {}
        for suivi in sorted(self.suivis, key=lambda s: (s.emetteur, s.id_orientation, s.version)):
            if suivi.id_personne:
                siens = retenus.setdefault(suivi.id_personne, [])
                if not any(meme_suivi(suivi, autre) for autre in siens):
                    siens.append(suivi)
        return retenus

    def rompu(self, personne: str, suivi: Suivi, debut: date, mois: date) -> bool:
        """« p has had since its start and before debut_episode »: a radiation, a sortie, a suspension
        longue (« and the suivi started before that date »)."""
        evenements = [c.jour for c in self.radiations(personne)] + self.sorties(personne)
        if any(suivi.debut <= jour < debut for jour in evenements):
            return True
        longues = [s.jour for s in self.suspensions_longues(personne) if s.fin <= mois]
        return any(suivi.debut < jour < debut for jour in longues)

    def en_cours(self, personne: str, suivi: Suivi, debut: date, mois: date) -> bool:
        """« en cours at debut_episode iff start < debut_episode, and date_fin is null or ≥ debut_episode,
        and p has had since its start and before debut_episode none of »."""
        ouvert = suivi.debut < debut and (suivi.date_fin is None or suivi.date_fin >= debut)
        return ouvert and not self.rompu(personne, suivi, debut, mois)

    def suivi_en_cours(self, personne: str, debut: date, mois: date) -> Suivi | None:
        """The suivi en cours « with the latest start, then the greatest id » (4.7)."""
        en_cours = [
            s for s in self.suivis_par_personne.get(personne, []) if self.en_cours(personne, s, debut, mois)
        ]
        return max(en_cours, key=lambda s: (s.debut, s.id_orientation, s.version), default=None)

    def est_continuation(self, candidat: Candidat, precedent: Candidat | None) -> bool:
        """« the person's previous candidate had no suivi en cours either, and since its debut_episode there
        has been neither an orientation nor a radiation, sortie or suspension longue »."""
        if self.regles.reentree_non_orientee != "continuation" or precedent is None or precedent.suivi:
            return False
        p = candidat.id_personne
        jours = [s.debut for s in self.suivis_par_personne.get(p, [])]
        jours += [c.jour for c in self.radiations(p)] + self.sorties(p)
        jours += [s.jour for s in self.suspensions_longues(p) if s.fin <= candidat.mois]
        return not any(precedent.debut_episode <= jour < candidat.debut_episode for jour in jours)

    @cached_property
    def candidats(self) -> list[Candidat]:
        """Every candidate, judged in the order of the months."""
        tous: list[Candidat] = []
        for personne in sorted(self.situations):
            precedent: Candidat | None = None
            for mois in self.calendrier:
                if self.candidat(personne, mois):
                    precedent = self.juger(personne, mois, precedent)
                    tous.append(precedent)
        return tous

    def juger(self, personne: str, mois: date, precedent: Candidat | None) -> Candidat:
        """« A candidate is a nouvel entrant unless a suivi is en cours at debut_episode, or it continues an
        entry already counted »; « criteres = [1,2] drops the third criterion and the continuation »."""
        ligne = self.situations[personne][mois]
        debut = self.debut_episode(personne, mois)
        candidat = Candidat(personne, mois, self.territoire(ligne), ligne, debut)
        if 3 in self.regles.criteres:
            candidat.suivi = self.suivi_en_cours(personne, debut, mois)
            candidat.continuation = candidat.suivi is None and self.est_continuation(candidat, precedent)
        candidat.motif = self.motif_inclusion(candidat) if candidat.compte else self.motif_exclusion(candidat)
        return candidat

    # ------------------------------------------------------------ 3.3 motifs

    def motif_inclusion(self, c: Candidat) -> str:
        """motif_inclusion, the first that holds."""
        regles: list[tuple[str, Callable[[Candidat], bool]]] = [
            ("emmenagement", self.emmenagement),
            ("retour_apres_radiation", self.retour_apres_radiation),
            ("retour_suspension_plus_12_mois", self.retour_suspension),
            ("passage_sous_500", self.versable_sans_top_avant),
            ("entree_dans_foyer", self.entree_dans_foyer),
            ("primo_demandeur", self.primo_demandeur),
            ("retour_hors_historique", lambda c: not self.mois_vus(c)),
        ]
        return next((motif for motif, tient in regles if tient(c)), "autre_retour")

    def mois_vus(self, c: Candidat) -> list[date]:
        """The months before M in which p was seen."""
        return [m for m in self.situations[c.id_personne] if m < c.mois]

    def mois_soumis(self, c: Candidat) -> list[date]:
        """The months before M in which p was soumis."""
        return [m for m in self.mois_vus(c) if self.soumis(c.id_personne, m)]

    def emmenagement(self, c: Candidat) -> bool:
        """« date_arrivee_mutation between the first day of M−2 and the last day of M, from an organisme
        that is not one of [[organismes]], p not soumis from that month to M−1 »."""
        jour, cedant = c.ligne["date_arrivee_mutation"], c.ligne["organisme_cedant"]
        if jour is None or not mois_plus(c.mois, -2) <= jour <= fin_de_mois(c.mois):
            return False
        if cedant is None or cedant in {o.code for o in self.magasin.organismes}:
            return False
        return not any(m >= mois_de(jour) for m in self.mois_soumis(c))

    def retour_apres_radiation(self, c: Candidat) -> bool:
        """« a radiation or sortie dated, or first shown, after p's last soumis month (or first seen) »."""
        reperes = self.mois_soumis(c)[-1:] or self.mois_vus(c)[:1]
        if not reperes:
            return False
        fin = fin_de_mois(reperes[0])
        p = c.id_personne
        jours = [max(r.jour, self.montree(p, r)) for r in self.radiations(p) if r.jour < c.mois]
        jours += [jour for jour in self.sorties(p) if jour < c.mois]
        return any(jour > fin for jour in jours)

    def retour_suspension(self, c: Candidat) -> bool:
        """« the suspension longue above, whether or not a suivi exists »."""
        return any(s.fin == c.mois for s in self.suspensions_longues(c.id_personne))

    def versable_sans_top_avant(self, c: Candidat) -> bool:
        """« at M−1 p is versable with top 0 »."""
        ligne = self.connue_avant(c)
        return ligne is not None and self.versable(ligne) and ligne["top_droits_devoirs"] is False

    def connue_avant(self, c: Candidat) -> Ligne | None:
        """p's row in M−1, if p is not inconnue then."""
        avant = mois_plus(c.mois, -1)
        inconnue = self.inconnue(c.id_personne, avant, c.ligne)
        return None if inconnue else self.situation(c.id_personne, avant)

    def entree_dans_foyer(self, c: Candidat) -> bool:
        """« p never seen before, the dossier seen in an earlier month »."""
        numero = c.ligne["numero_demande_rsa"]
        lignes = (
            ligne
            for par_mois in self.lignes_par_personne.values()
            for m, du_mois in par_mois.items()
            for ligne in du_mois
            if m < c.mois
        )
        return (
            not self.mois_vus(c)
            and numero is not None
            and any(x["numero_demande_rsa"] == numero for x in lignes)
        )

    def primo_demandeur(self, c: Candidat) -> bool:
        """« p never soumis before, no numero_demande_precedente, date_demande ≥ first day of the oldest
        month in store »."""
        demande = c.ligne["date_demande"]
        recente = demande is not None and demande >= self.premier_mois_en_magasin()
        return not self.mois_soumis(c) and c.ligne["numero_demande_precedente"] is None and recente

    def motif_exclusion(self, c: Candidat) -> str:
        """« entree_deja_comptee (continuation) · with a suivi en cours: aller_retour_revenus (M−1:
        versable, top 0) · suspension_moins_12_mois (M−1: suspendu) · absence_courte (M−1: absent, seen
        before) · suivi_en_cours »."""
        if c.continuation:
            return "entree_deja_comptee"
        avant = mois_plus(c.mois, -1)
        ligne = self.connue_avant(c)
        if self.versable_sans_top_avant(c):
            return "aller_retour_revenus"
        if ligne is not None and self.suspendu(ligne):
            return "suspension_moins_12_mois"
        absent = ligne is None and not self.inconnue(c.id_personne, avant, c.ligne)
        return "absence_courte" if absent and self.mois_vus(c) else "suivi_en_cours"

    # ------------------------------------------------------------ 3.3 criterion 3 must be verifiable

    def emetteurs(self, territoire: str) -> list[Source]:
        """The émetteurs of orientations of a territoire (HORS and TOTAL: every one)."""
        return [
            s
            for s in self.magasin.emetteurs("orientations")
            if territoire in (HORS, TOTAL) or not s.territoires or territoire in s.territoires
        ]

    @cached_property
    def dernieres_receptions(self) -> dict[str, date | None]:
        """« the date_reception of their last delivery (a re-delivery of the same content counts) »."""
        return {
            s.emetteur: max((jour for jour, _ in self.passages(s)), default=None)
            for s in self.magasin.emetteurs("orientations")
        }

    def derniere_reception(self, source: Source) -> date | None:
        """When an émetteur last delivered, None if never."""
        return self.dernieres_receptions[source.emetteur]

    def en_service(self, territoire: str, debut: date, fin: date) -> list[Source]:
        """The émetteurs whose months of service meet these days."""
        return [
            s
            for s in self.emetteurs(territoire)
            if (s.debut is None or s.debut <= fin) and (s.fin is None or s.fin >= debut)
        ]

    def orientations_recues(self, territoire: str, mois: date) -> bool:
        """« no orientations ever received for a territoire »; « An émetteur in service that never delivered
        counts as such an absence ». TOTAL needs every territoire."""
        codes = [t.code for t in self.magasin.territoires] if territoire == TOTAL else [territoire]
        return all(self._recues(code, mois) for code in codes)

    def _recues(self, territoire: str, mois: date) -> bool:
        recues = [self.derniere_reception(s) for s in self.emetteurs(territoire)]
        en_service = self.en_service(territoire, mois, fin_de_mois(mois))
        return any(recues) and all(self.derniere_reception(s) for s in en_service)

    def verifiable(self, territoire: str, mois: date) -> bool:
        """« Criterion 3 must be verifiable », where it is one of the criteria."""
        return 3 not in self.regles.criteres or self.orientations_recues(territoire, mois)

    @cached_property
    def entrees(self) -> list[Candidat]:
        """The nouveaux entrants."""
        return [c for c in self.candidats if c.compte and self.verifiable(c.territoire, c.mois)]

    @cached_property
    def ecartes(self) -> list[Candidat]:
        """The candidates not counted."""
        return [c for c in self.candidats if not c.compte and self.verifiable(c.territoire, c.mois)]

    # ------------------------------------------------------------ 3.4 orienté en 15 jours

    def t0(self, c: Candidat) -> tuple[date, str, str]:
        """« the earliest date_reception ≤ arrete_au among deliveries (in force or not) that show p soumis
        and are: monthly ones for M; or daily ones created after the first monthly delivery for M−1 and not
        after the first for M »; with the delivery's id and mensuel | quotidien."""
        trouvees: list[tuple[Any, ...]] = []
        for livraison in self.caf:
            for ligne in livraison.rows:
                if self.personnes.de_ligne(ligne) == c.id_personne and self.montre_soumis(ligne):
                    if livraison.type_flux == "M" and ligne["mois"] == c.mois:
                        trouvees.append((*livraison.ordre, "mensuel"))
                    elif livraison.type_flux == "I" and self.quotidienne_de(
                        livraison, ligne["organisme"], c.mois
                    ):
                        trouvees.append((*livraison.ordre, "quotidien"))
        premiere = min(trouvees)
        return premiere[0], premiere[-2], premiere[-1]

    def montre_soumis(self, ligne: Ligne) -> bool:
        """Whether a row shows its person soumis (and still attached)."""
        return self.ligne_soumise(ligne) and rattachee(ligne)

    def quotidienne_de(self, livraison: Livraison, organisme: str, mois: date) -> bool:
        """Whether a daily delivery was created between the organisme's first monthly ones for M−1 and M."""
        avant = self.premiere_mensuelle(organisme, mois_plus(mois, -1))
        pendant = self.premiere_mensuelle(organisme, mois)
        if avant is None or pendant is None:
            return False
        return avant.creation < livraison.creation <= pendant.creation

    def premiere_mensuelle(self, organisme: str, mois: date) -> Livraison | None:
        """The first created complete monthly delivery of an (organisme, mois)."""
        mensuelles = [d for d in self.completes if (organisme, mois) in d.parties]
        return min(mensuelles, key=lambda d: d.creation, default=None)

    def fenetre(self, c: Candidat) -> list[Suivi]:
        """« p's suivis whose start is ≥ debut_episode and < the debut_episode of p's next entry »."""
        limite = self.entree_suivante(c)
        siens = self.suivis_par_personne.get(c.id_personne, [])
        return [s for s in siens if c.debut_episode <= s.debut < limite]

    @cached_property
    def rendez_vous(self) -> list[tuple[str | None, Ligne]]:
        """The latest known row of every rendez-vous, with its person."""
        return self.dernieres_lignes("rendez_vous")

    def dernieres_lignes(self, table: str) -> list[tuple[str | None, Ligne]]:
        """2-formats § 2.3: of a stock « all rows as of its reception », of a flux « new and changed rows »;
        each with its person, where it names one."""
        lignes: list[Ligne] = []
        for source in self.magasin.emetteurs(table):
            livrees = [d for d in self.livraisons(table) if d.emetteur == source.emetteur]
            if source.mode == "flux":
                lignes += {identifiant(x): x for d in livrees for x in d.rows}.values()
            else:
                jours = [(jour, d.rows) for d in livrees for jour in (d.date_reception, *d.confirmations)]
                connus = [x for x in jours if x[0] <= self.arrete_au]
                lignes += max(connus, key=lambda x: x[0])[1] if connus else []
        return [(self.personnes.rapprocher(x) if "cle_nir" in x else None, x) for x in lignes]

    def absent_au_rendez_vous(self, c: Candidat) -> bool:
        """« people who did not come to their rendez-vous d'orientation (between debut_episode and
        date_observation, before the next entry: at least one absent or excuse, none honore) »."""
        fin = self.date_observation(c.territoire)
        presences = {
            ligne["presence"]
            for personne, ligne in self.rendez_vous
            if personne == c.id_personne
            and ligne["type"] == "orientation"
            and c.debut_episode <= ligne["date_rdv"] <= fin
            and ligne["date_rdv"] < self.entree_suivante(c)
        }
        return bool(presences & {"absent", "excuse"}) and "honore" not in presences

    def entree_suivante(self, c: Candidat) -> date:
        """The debut_episode of p's next nouvel entrant."""
        suivants = [
            e.debut_episode for e in self.entrees if e.id_personne == c.id_personne and e.mois > c.mois
        ]
        return min(suivants, default=date.max)

    def fin_du_delai(self, suivi: Suivi) -> tuple[date, str] | None:
        """« the earliest date_envoi_courrier or date_designation_referent (regle_date_fin) »; « courrier
        wins a tie »."""
        dates = [
            (suivi.colonne("date_envoi_courrier"), "courrier"),
            (suivi.colonne("date_designation_referent"), "referent"),
        ]
        retenues = [d for d in dates if d[0] and self.regles.regle_date_fin in ("premiere", d[1])]
        return min(retenues, default=None)

    def orientation(self, c: Candidat) -> tuple[date, str, Suivi] | None:
        """date_orientation, its source and its suivi: « Several the same day: accompagnement_global O
        first, then type_organisme ft, then the smallest id; the other columns come from that row »."""
        trouvees = []
        for suivi in self.fenetre(c):
            fin = self.fin_du_delai(suivi)
            if fin:
                global_ = suivi.colonne("accompagnement_global") is True
                ft = suivi.colonne("type_organisme") == "ft"
                rang = (fin[0], not global_, not ft, suivi.id_orientation, suivi.version)
                trouvees.append((rang, fin, suivi))
        if not trouvees:
            return None
        _, fin, suivi = min(trouvees, key=lambda t: t[0])
        return fin[0], fin[1], suivi

    def dans_le_delai(self, jour: date | None, limite: date) -> bool:
        """« date_orientation < T0 + 15 days (borne_delai = stricte); inclusive: ≤ »."""
        if jour is None:
            return False
        return jour < limite or (jour == limite and self.regles.borne_delai == "inclusive")

    def date_observation(self, territoire: str) -> date:
        """« the smallest of arrete_au and, over the émetteurs of orientations in service there, the
        date_reception of their last delivery »; nothing is known after the last one received there while none
        is in service, or one has not delivered yet."""
        codes = [t.code for t in self.magasin.territoires] if territoire in (HORS, TOTAL) else [territoire]
        return min([self.arrete_au, *(d for code in codes for d in self.dernieres_observations(code))])

    def dernieres_observations(self, code: str) -> list[date]:
        """Up to when each émetteur in service tells of a territoire."""
        recues = connues(self.derniere_reception(s) for s in self.emetteurs(code))
        if not recues:
            return []
        en_service = self.en_service(code, self.arrete_au, self.arrete_au)
        return [self.derniere_reception(s) or max(recues) for s in en_service] or [max(recues)]

    def echeance(self, t0: date) -> date:
        """« echeance = T0 + 15 days, + 16 if inclusive (by seuil: + 1 month) »."""
        inclus = timedelta(days=self.regles.borne_delai == "inclusive")
        limite = plus_mois(t0, 1) if self.regles.seuil == "1_mois" else t0 + timedelta(days=15)
        return limite + inclus

    def statut_orientation(self, dans_le_delai: bool, jour: date | None, echu: bool) -> str:
        """« oriente_dans_delai · oriente_hors_delai · non_oriente (delay elapsed) · en_attente »."""
        if jour is not None:
            return "oriente_dans_delai" if dans_le_delai else "oriente_hors_delai"
        return "non_oriente" if echu else "en_attente"

    def entree(self, c: Candidat) -> Ligne:
        """The row of nouveaux_entrants (4.7) of an entry."""
        t0, id_t0, source_t0 = self.t0(c)
        jour, source, suivi = self.orientation(c) or (None, None, None)
        quinze = self.dans_le_delai(jour, t0 + timedelta(days=15))
        un_mois = self.dans_le_delai(jour, plus_mois(t0, 1))
        echu = self.date_observation(c.territoire) >= self.echeance(t0)
        vise = un_mois if self.regles.seuil == "1_mois" else quinze
        decide = jour is None and any(s.colonne("date_decision") for s in self.fenetre(c))
        return {
            "mois": c.mois,
            "territoire": c.territoire,
            "id_personne": c.id_personne,
            "organisme": c.ligne["organisme"],
            "role": c.ligne["role"],
            "sexe": c.ligne["sexe"],
            "tranche_age": tranche_age(c.ligne["mois_naissance"], c.mois),
            "motif_inclusion": c.motif,
            "debut_episode": c.debut_episode,
            "date_ouverture_droit": c.ligne["date_ouverture_droit"]
            or self.declencheur(c.id_personne, c.mois),
            "date_reception_t0": t0,
            "source_t0": source_t0,
            "id_livraison_t0": id_t0,
            "date_orientation": jour,
            "source_date_orientation": source,
            "delai_jours": (jour - t0).days if jour else None,
            "anticipee": jour is not None and jour < t0,
            "oriente_15_jours": quinze,
            "oriente_1_mois": un_mois,
            "delai_echu": echu,
            "statut_orientation": self.statut_orientation(vise, jour, echu),
            "decide_non_notifie": decide,
            "absent_rdv_orientation": self.absent_au_rendez_vous(c),
            **{nom: suivi.colonne(nom) if suivi else None for nom in COLONNES_DU_SUIVI},
        }

    @cached_property
    def nouveaux_entrants(self) -> list[Ligne]:
        """The mart nouveaux_entrants."""
        return [self.entree(c) for c in self.entrees]

    @cached_property
    def entrees_ecartees(self) -> list[Ligne]:
        """The mart entrees_ecartees."""
        return [
            {
                "mois": c.mois,
                "territoire": c.territoire,
                "id_personne": c.id_personne,
                "motif_exclusion": c.motif,
                "debut_episode": c.debut_episode,
                "date_debut_suivi": c.suivi.debut if c.suivi else None,
                "statut_suivi": c.suivi.colonne("statut") if c.suivi else None,
            }
            for c in self.ecartes
        ]

    # ------------------------------------------------------------ what is counted

    @cached_property
    def situations_mensuelles(self) -> list[Ligne]:
        """One row per person and month with a situation: decision and motif."""
        return [
            {
                "mois": mois,
                "territoire": self.territoire(ligne),
                "id_personne": personne,
                "organisme": ligne["organisme"],
                "etat_dossier": ligne["etat_dossier"],
                "top_droits_devoirs": ligne["top_droits_devoirs"],
                "soumis": self.soumis(personne, mois),
                "inconnue": self.inconnue(personne, mois),
                "decision": self.decision(personne, mois),
                "id_livraison": ligne["id_livraison"],
            }
            for personne, par_mois in self.situations.items()
            for mois, ligne in par_mois.items()
        ]

    def decision(self, personne: str, mois: date) -> str:
        """decision of 4.7: nouvel_entrant, ecarte, non_candidat, indetermine, non_calculable."""
        for c in self.candidats:
            if (c.id_personne, c.mois) == (personne, mois):
                return "nouvel_entrant" if c.compte else "ecarte"
        if self.motif_nd(self.territoire(self.situations[personne][mois]), mois) is not None:
            return "non_calculable"
        return "indetermine" if self.indetermine(personne, mois) else "non_candidat"

    def codes_territoires(self, mois: date) -> list[str]:
        """The territoires with a row: HORS only « when someone is there », TOTAL always."""
        hors = [HORS] if any(self.territoire(x) == HORS for x in self.du_mois(mois, TOTAL)) else []
        return [t.code for t in self.magasin.territoires] + hors + [TOTAL]

    def du_mois(self, mois: date, territoire: str) -> list[Ligne]:
        """The situations of a month there."""
        lignes = [par_mois[mois] for par_mois in self.situations.values() if mois in par_mois]
        return [x for x in lignes if territoire in (TOTAL, self.territoire(x))]

    @cached_property
    def entonnoir_mensuel(self) -> list[Ligne]:
        """Entonnoir per (M, territoire): « présents (état 0, 2, 3, 4) → versables → soumis → candidats →
        nouveaux_entrants; candidats = nouveaux_entrants + écartés; indetermines beside »."""
        return [self.etage(m, t) for m in self.calendrier for t in self.codes_territoires(m)]

    def etage(self, mois: date, territoire: str) -> Ligne:
        """« null where not calculable; presents…soumis whenever M itself is complete »."""
        nd = self.motif_nd(territoire, mois)
        lignes = self.du_mois(mois, territoire)
        la = [c for c in self.candidats if c.mois == mois and territoire in (TOTAL, c.territoire)]
        complet, calculable = self.complet(territoire, mois), nd is None
        juge = calculable and self.verifiable(territoire, mois)
        indetermines = sum(
            self.indetermine(p, mois)
            for p, par_mois in self.situations.items()
            if mois in par_mois and territoire in (TOTAL, self.territoire(par_mois[mois]))
        )
        return {
            "mois": mois,
            "territoire": territoire,
            "calculable": calculable,
            "motif_nd": self.motif_nd_indicateur(mois, territoire),
            "presents": sum(x["etat_dossier"] in "0234" for x in lignes) if complet else None,
            "versables": sum(self.versable(x) for x in lignes) if complet else None,
            "soumis": sum(self.ligne_soumise(x) for x in lignes) if complet else None,
            "candidats": len(la) if calculable else None,
            "nouveaux_entrants": sum(c.compte for c in la) if juge else None,
            "ecartes": sum(not c.compte for c in la) if juge else None,
            "indetermines": indetermines if calculable else None,
        }

    def motif_nd_indicateur(self, mois: date, territoire: str, code: str = "V2-1") -> str | None:
        """Why a figure is ND: not calculable, then no orientations (V2-2 needs them in any case)."""
        sait = self.orientations_recues if code == "V2-2" else self.verifiable
        return self.motif_nd(territoire, mois) or (
            None if sait(territoire, mois) else "source_absente: orientations"
        )

    def provisoire(self, mois: list[date], territoire: str, t0s: list[date]) -> bool:
        """« provisoire until date_observation ≥ the period's last T0 + 15 + delai_saisie_jours (30) days
        (no entry: last day of the period + 45 days) », or for what is missing in one of its months."""
        delai = timedelta(days=15 + self.regles.delai_saisie_jours)
        terme = max(t0s, default=fin_de_mois(mois[-1])) + delai
        return self.date_observation(territoire) < terme or any(self.lacunaire(m, territoire) for m in mois)

    def lacunaire(self, mois: date, territoire: str) -> bool:
        """A non-indispensable organisme is missing, or « Last orientations of an émetteur in service received
        before the last day of M → provisoire »."""
        en_service = self.en_service(territoire, mois, fin_de_mois(mois))
        recues = connues(self.derniere_reception(s) for s in en_service)
        manque = self.manquantes(territoire, [mois_plus(mois, -1), mois], indispensables=False)
        return bool(manque) or any(jour < fin_de_mois(mois) for jour in recues)

    def entrees_de(self, mois: list[date], territoire: str) -> list[Ligne]:
        """The entries of some months there."""
        du_mois = [e for e in self.nouveaux_entrants if e["mois"] in mois]
        return [e for e in du_mois if territoire in (TOTAL, e["territoire"])]

    def indicateur(self, mois: date, territoire: str, code: str) -> Ligne:
        """V2-1 or V2-2 of a month, with its measures."""
        entrees = self.entrees_de([mois], territoire)
        nd = self.motif_nd_indicateur(mois, territoire, code)
        provisoire = self.provisoire([mois], territoire, [e["date_reception_t0"] for e in entrees])
        mesures = {"nombre": len(entrees)} if code == "V2-1" else self.mesures_v2_2(entrees)
        return {
            "mois": mois,
            "territoire": territoire,
            "code": code,
            "statut": "ND" if nd else "provisoire" if provisoire else "stabilise",
            "motif_nd": nd,
            "mesures": dict.fromkeys(mesures) if nd else mesures,
        }

    def cumul(self, mois: list[date], territoire: str, code: str) -> Ligne:
        """« A figure over several months is their sum; if k of N months are ND: valeur null, statut partiel,
        motif_nd of its first ND month, with valeur_partielle and mois_calculables »."""
        motifs = [self.motif_nd_indicateur(m, territoire, code) for m in mois]
        connus = [m for m, motif in zip(mois, motifs, strict=True) if motif is None]
        entrees = self.entrees_de(connus, territoire)
        nombre = len(entrees) if code == "V2-1" else self.mesures_v2_2(entrees)["nombre"]
        entier = len(connus) == len(mois)
        provisoire = self.provisoire(mois, territoire, [e["date_reception_t0"] for e in entrees])
        return {
            "valeur": nombre if entier else None,
            "statut": ("provisoire" if provisoire else "stabilise")
            if entier
            else "partiel"
            if connus
            else "ND",
            "motif_nd": next((motif for motif in motifs if motif), None),
            "valeur_partielle": nombre if connus and not entier else None,
            "mois_calculables": len(connus),
        }

    def mesures_v2_2(self, entrees: list[Ligne]) -> dict[str, Any]:
        """« Rate = entries with delai_echu and oriente_15_jours / entries with delai_echu, null when none.
        Beside: deja_orientes (delay not elapsed), en_attente »."""
        nom = "oriente_1_mois" if self.regles.seuil == "1_mois" else "oriente_15_jours"
        echus = [e for e in entrees if e["delai_echu"]]
        return {
            "nombre": sum(e[nom] for e in entrees),
            "taux": (sum(e[nom] for e in echus), len(echus)),
            "exactement_15_jours": sum(e["delai_jours"] == 15 for e in entrees),
            "un_jour": sum(e["delai_jours"] is not None and e["delai_jours"] <= 1 for e in entrees),
            "un_mois": sum(e["oriente_1_mois"] for e in entrees),
            "deja_orientes": sum(e[nom] and not e["delai_echu"] for e in entrees),
            "en_attente": sum(e["statut_orientation"] == "en_attente" for e in entrees),
            "anticipees": sum(e["anticipee"] for e in entrees),
        }

    @cached_property
    def indicateurs(self) -> list[Ligne]:
        """V2-1 and V2-2 for every (M, territoire)."""
        return [
            self.indicateur(m, t, code)
            for m in self.calendrier
            for t in self.codes_territoires(m)
            for code in ("V2-1", "V2-2")
        ]

    def variante(self, **regles: Any) -> "Naif":
        """The same store under another reading."""
        return Naif(self.magasin, replace(self.regles, **regles))

    @cached_property
    def variantes(self) -> dict[str, "Naif"]:
        """« the other reading stays computable and is published in variantes »."""
        return {
            "etats_2_3_4": self.variante(etats_versables=("2", "3", "4")),
            "sans_critere_3": self.variante(criteres=(1, 2)),
            "reentrees_comptees": self.variante(reentree_non_orientee="nouvelle"),
            "date_fin_courrier": self.variante(regle_date_fin="courrier"),
            "date_fin_referent": self.variante(regle_date_fin="referent"),
            "borne_inclusive": self.variante(borne_delai="inclusive"),
        }


def identifiant(ligne: Ligne) -> Any:
    """The id of a row at its émetteur."""
    return next(v for c, v in ligne.items() if c.startswith("id_") or c in ("annee", "nom"))


COLONNES_DU_SUIVI = ("type_parcours", "type_organisme", "organisme_referent", "accompagnement_global")
