"""3-rules § 3.6, naively: every version of every orientation."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from naif_magasin import Ligne, connues


@dataclass
class Suivi:
    """One version of one CD orientation."""

    id_personne: str | None
    emetteur: str
    id_orientation: str
    version: int
    lignes: list[Ligne]  # as delivered, one after the other
    vu_du: date
    vu_au: date
    clos_le: date | None = None
    date_fin: date | None = None

    @property
    def debut(self) -> date:
        """« the earliest of date_envoi_courrier, date_designation_referent, date_decision; if none but
        organisme_referent is filled, the date_reception of the first delivery that holds it »."""
        return min(dates_de_debut(self.derniere), default=self.vu_du)

    @property
    def derniere(self) -> Ligne:
        """« the latest values win »."""
        return self.lignes[-1]

    def colonne(self, nom: str) -> Any:
        """The value of a column in this version."""
        return self.derniere.get(nom)


def dates_de_debut(ligne: Ligne) -> list[date]:
    """The dates that may start a suivi."""
    return connues(ligne[c] for c in ("date_envoi_courrier", "date_designation_referent", "date_decision"))


def differe(avant: Any, apres: Any) -> bool:
    """« (a blank never differs) »."""
    return avant is not None and apres is not None and avant != apres


def ouvre_une_version(courante: Suivi, ligne: Ligne, recue: date, correction_jours: int) -> bool:
    """« a delivery whose start is later than the current version's by more than correction_jours, or whose
    type_organisme differs, or whose organisme_referent differs while the start is later »."""
    autre_referent = differe(courante.colonne("organisme_referent"), ligne["organisme_referent"])
    sans_date = recue if autre_referent else courante.debut
    debut = min(dates_de_debut(ligne), default=sans_date)
    plus_tard = (debut - courante.debut).days
    autre_type = differe(courante.colonne("type_organisme"), ligne["type_organisme"])
    return plus_tard > correction_jours or autre_type or (autre_referent and plus_tard > 0)


def versions(emetteur: str, passages: list[tuple[date, Ligne]], correction_jours: int) -> list[Suivi]:
    """« per (émetteur, id_orientation), over its deliveries in order of reception: … opens a new version
    and ends the previous one the day before; any other change corrects the current version in place »."""
    suivis: list[Suivi] = []
    for recue, ligne in passages:
        if not suivis or ouvre_une_version(suivis[-1], ligne, recue, correction_jours):
            rang = len(suivis) + 1
            suivis.append(Suivi(None, emetteur, ligne["id_orientation"], rang, [], recue, recue))
        suivi = suivis[-1]
        suivi.lignes.append(ligne)
        suivi.vu_au = recue
        clos = ligne["statut"] == "clos" and ligne["date_fin"] is None
        suivi.clos_le = (suivi.clos_le or recue) if clos else None
    for rang, suivi in enumerate(suivis):
        propre = suivi.colonne("date_fin") or suivi.clos_le
        veille = [s.debut - timedelta(days=1) for s in suivis[rang + 1 : rang + 2]]
        suivi.date_fin = min(connues([propre, *veille]), default=None)
    return suivis


def meme_suivi(a: Suivi, b: Suivi) -> bool:
    """« The same suivi from two émetteurs (same person, start, type_organisme) »."""
    memes = a.debut == b.debut and a.colonne("type_organisme") == b.colonne("type_organisme")
    return memes and a.emetteur != b.emetteur
