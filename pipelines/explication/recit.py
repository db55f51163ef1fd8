"""The explanation of one month of one person: a paragraph a step, in the order in which the rules decide."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pipelines.affichage import accord
from pipelines.calcul.questions import Lecteur, Ligne, mois_de_rang, rang
from pipelines.configuration import Regles
from pipelines.explication import phrases
from pipelines.explication.phrases import INCONNU, NON, OUI, SANS_OBJET, jour


@dataclass(frozen=True)
class Paragraphe:
    """One step: what it answers, and what says so."""

    titre: str
    lignes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mois:
    """All that a calculation says of one person and one month; ``decision`` is None without a situation."""

    mois: date
    lignes: list[Ligne]
    manquants: list[str]
    decision: Ligne | None
    comparaisons: list[Ligne]
    evenements: list[Ligne]
    suivis: list[Ligne]
    anterieures: list[Ligne]
    reentree: Ligne | None
    entree: Ligne | None
    entree_continuee: Ligne | None

    @property
    def retenue(self) -> Ligne | None:
        """The row that is the person's situation."""
        return next((ligne for ligne in self.lignes if ligne["retenue"]), None)

    @property
    def suivis_en_cours(self) -> list[Ligne]:
        return [s for s in self.suivis if s["commence"] and not s["termine"] and not s["date_fermeture"]]


def lire_mois(lecteur: Lecteur, p: int, mois: date) -> Mois:
    """Ask a calculation for one month of the person ``p``."""
    de = {"p": p, "im": rang(mois)}
    reentree = lecteur.une("reentree", **de)
    continuee = reentree["im_entree"] if reentree and reentree["continue_entree"] else None
    return Mois(
        mois=mois,
        lignes=lecteur.lire("lignes", **de),
        manquants=[m["organisme"] for m in lecteur.lire("manquants", im=de["im"])],
        decision=lecteur.une("decision", **de),
        comparaisons=lecteur.lire("comparaisons", **de),
        evenements=lecteur.lire("evenements", **de),
        suivis=lecteur.lire("suivis", **de),
        anterieures=lecteur.lire("anterieures", **de),
        reentree=reentree,
        entree=lecteur.une("entree", **de),
        entree_continuee=lecteur.une("entree", p=p, im=continuee) if continuee else None,
    )


def raconter(vu: Mois, regles: Regles) -> Iterator[Paragraphe]:
    """The steps, as far as the rules went."""
    yield _situation(vu)
    if vu.decision is None:
        return
    if vu.comparaisons:
        yield _comparaison(vu)
    yield _critere_1(vu, vu.decision)
    yield _critere_2(vu, vu.decision)
    if vu.evenements:
        yield _evenements(vu.evenements, regles)
    yield _critere_3(vu, vu.decision, regles)
    if vu.reentree:
        yield _continuation(vu, vu.reentree)
    yield _decision(vu.decision)
    if vu.entree:
        yield _delai(vu, vu.entree)


# --- the situation and the months that it is compared to --------------------------


def _situation(vu: Mois) -> Paragraphe:
    titre = f"Situation en {phrases.mois(vu.mois)}"
    if vu.retenue is None:
        return Paragraphe(f"{titre} : aucune", [*_non_retenues(vu), *_absence(vu)])
    decrite = [f"{_decrire(vu.retenue)}.", _source(vu.retenue)]
    return Paragraphe(titre, [*decrite, *_non_retenues(vu)])


def _absence(vu: Mois) -> list[str]:
    aucune = "Aucune ligne de cette personne dans les fichiers en vigueur pour ce mois."
    manque = f"Sans fichier en vigueur ce mois-là : {', '.join(vu.manquants)}."
    return ([] if vu.lignes else [aucune]) + ([manque] if vu.manquants else [])


def _non_retenues(vu: Mois) -> list[str]:
    """The other rows of the month: the rules keep one."""
    dites = []
    for ligne in vu.lignes:
        if ligne["etat_dossier"] is None:
            dites += [
                "Une ligne a été écartée par les contrôles : la situation est inconnue.",
                _source(ligne),
            ]
        elif ligne["partie"]:
            depart = jour(ligne["date_fin_rattachement"])
            dites += [
                f"Ligne qui ne compte pas, la personne a quitté ce dossier le {depart}.",
                _source(ligne),
            ]
        elif not ligne["retenue"]:
            dites += [f"Autre ligne, non retenue : {_decrire(ligne)}.", _source(ligne)]
    return dites


def _comparaison(vu: Mois) -> Paragraphe:
    lignes = []
    for compare in vu.comparaisons:
        retenu = " (mois de comparaison)" if compare["retenu"] else ""
        lignes.append(f"{phrases.mois(compare['mois'])}{retenu} : {_comparer(compare)}.")
        lignes += [_source(compare)] if compare["fichier"] else []
    if not any(compare["retenu"] for compare in vu.comparaisons) and len(vu.comparaisons) > 1:
        lignes.append("Aucun de ces trois mois n'est connu.")
    return Paragraphe("Mois auxquels elle est comparée", lignes)


def _comparer(compare: Ligne) -> str:
    if compare["etat_dossier"] is not None:
        connue = "situation inconnue, " if compare["inconnue"] else ""
        return f"{connue}{_decrire(compare)}"
    if compare["ecartee"]:
        return "situation inconnue, sa ligne a été écartée par les contrôles"
    if compare["inconnue"]:
        return f"situation inconnue, {compare['organisme_manquant']} n'a pas de fichier en vigueur"
    return f"absente, aucune ligne dans le fichier de {compare['organisme_attendu']}"


def _decrire(ligne: Ligne) -> str:
    role = phrases.ROLES.get(ligne["role"], ligne["role"])
    return f"{ligne['organisme']}, {role}, {_etat(ligne)}, {_top(ligne)}"


def _etat(ligne: Ligne) -> str:
    etat = ligne["etat_dossier"]
    precisions = [phrases.ETATS[etat]]
    if etat in ("3", "4"):
        precisions += [f"motif {ligne['motifs_suspension']}"] if ligne["motifs_suspension"] else []
        precisions += [f"depuis le {jour(ligne['date_suspension'])}"] if ligne["date_suspension"] else []
    if etat in ("5", "6"):
        precisions += [f"motif {ligne['motif_cloture']}"] if ligne["motif_cloture"] else []
        precisions += [f"au {jour(ligne['date_cloture'])}"] if ligne["date_cloture"] else []
    return f"état {etat} ({', '.join(precisions)})"


def _top(ligne: Ligne) -> str:
    top = ligne["top_droits_devoirs"]
    return "top droits et devoirs " + ("non renseigné" if top is None else str(int(top)))


def _source(ligne: Ligne) -> str:
    """Where it is written: file, day of reception, rank, delivery."""
    nature = "personne de rang" if ligne["format"].startswith("xml") else "ligne"
    ou = f", {nature} {ligne['ligne']}" if ligne["ligne"] is not None else ""
    return (
        f"  ↳ {ligne['fichier']}, reçu le {jour(ligne['date_reception'])}{ou}"
        f" (livraison {ligne['id_livraison']})"
    )


# --- the three criteria -----------------------------------------------------------


def _critere_1(vu: Mois, decision: Ligne) -> Paragraphe:
    signe = OUI if decision["classe_etat"] == "versable" else NON
    preuve = [f"{_majuscule(_etat(vu.retenue))}.", _source(vu.retenue)] if vu.retenue else []
    return Paragraphe(f"Critère 1, droit versable : {_reponse(signe)}", preuve)


def _reponse(signe: str) -> str:
    return f"{signe} {phrases.REPONSES[signe]}"


def _critere_2(vu: Mois, decision: Ligne) -> Paragraphe:
    signe, raison = _nouvellement_soumise(vu, decision)
    titre = (
        f"Critère 2, soumise aux droits et devoirs, absente des droits et devoirs avant : {_reponse(signe)}"
    )
    comparees = [compare for compare in vu.comparaisons if compare["retenu"] and compare["fichier"]]
    sources = [_source(ligne) for ligne in (vu.retenue, *comparees) if ligne]
    return Paragraphe(titre, [f"{_majuscule(raison)}.", *sources])


def _nouvellement_soumise(vu: Mois, decision: Ligne) -> tuple[str, str]:
    ici = phrases.mois(vu.mois)
    if decision["inconnue"]:
        return INCONNU, f"{ici} : situation inconnue, ni soumise, ni non soumise"
    if decision["classe_etat"] != "versable":
        return NON, "sans droit versable, elle n'est pas soumise, quel que soit le top"
    if not decision["soumis"]:
        return NON, f"top 0 en {ici} : elle n'est pas soumise"
    if not decision["calculable"]:
        return INCONNU, f"soumise en {ici}, mais {phrases.motif(decision['motif_nd'])}"
    if decision["comparee"] and decision["im_compare"] is None:
        return INCONNU, f"soumise en {ici}, mais rien n'est connu des trois mois d'avant"
    compare = phrases.mois(mois_de_rang(decision["im_compare"] or rang(vu.mois) - 1))
    if not decision["candidate"]:
        return NON, f"soumise en {ici}, mais déjà en {compare}"
    return OUI, f"soumise en {ici}, et pas en {compare}"


def _evenements(evenements: list[Ligne], regles: Regles) -> Paragraphe:
    lignes = []
    for evenement in evenements:
        motif = f" (motif {evenement['motif']})" if evenement["motif"] else ""
        effet = phrases.EVENEMENTS[evenement["nature"]].format(
            jour=jour(evenement["jour"]), motif=motif, mois=regles.suspension_mois
        )
        lignes.append(f"{effet}.")
        lignes += [_source(evenement)] if evenement["fichier"] else []
    return Paragraphe("Événements d'avant cet épisode, qui ferment un suivi ou l'auraient pu", lignes)


def _critere_3(vu: Mois, decision: Ligne, regles: Regles) -> Paragraphe:
    titre = "Critère 3, pas de suivi en cours"
    if not decision["candidate"]:
        return Paragraphe(f"{titre} : {_reponse(SANS_OBJET)}", ["Pas examiné : elle n'est pas candidate."])
    if 3 not in regles.criteres:
        sans = "Pas appliqué : [regles] criteres = [1, 2]."
        return Paragraphe(f"{titre} : {_reponse(SANS_OBJET)}", [sans])
    lignes = [_debut_episode(decision)]
    for suivi in vu.suivis:
        lignes += [f"{_nommer(suivi)} : {_juger(vu, suivi)}.", *_source_suivi(suivi)]
    if not vu.suivis:
        lignes.append("Aucun suivi de cette personne n'est connu.")
    if not decision["criteres_verifiables"]:
        raison = f"{_majuscule(phrases.motif(decision['motif_nd_criteres']))}."
        return Paragraphe(f"{titre} : {_reponse(INCONNU)}", [raison, *lignes])
    return Paragraphe(f"{titre} : {_reponse(NON if vu.suivis_en_cours else OUI)}", lignes)


def _debut_episode(decision: Ligne) -> str:
    debut = decision["debut_episode"]
    if not decision["depuis_declencheur"]:
        return f"L'épisode commence le {jour(debut)}, premier jour du mois."
    causes = [cause for colonne, cause in phrases.DECLENCHEURS.items() if decision[colonne] == debut]
    return f"L'épisode commence le {jour(debut)}, jour de {causes[0]}, avant le premier mois versable."


def _nommer(suivi: Ligne) -> str:
    dates = [f"{nom} le {jour(suivi[c])}" for c, nom in phrases.DATES_SUIVI.items() if suivi[c]]
    statut = phrases.STATUTS_SUIVI.get(suivi["statut"])
    precisions = [*dates, suivi["type_organisme"], suivi["organisme_referent"], statut]
    return f"Suivi du {jour(suivi['debut_suivi'])} ({', '.join(p for p in precisions if p)})"


def _juger(vu: Mois, suivi: Ligne) -> str:
    if not suivi["commence"]:
        return "ne compte pas ici, il commence avec l'épisode ou après lui"
    if suivi["termine"]:
        return f"terminé le {jour(suivi['date_fin'])} ({phrases.FINS_SUIVI[suivi['cause_fin']]})"
    if suivi["date_fermeture"]:
        return f"fermé par {phrases.NATURES[suivi['nature_fermeture']]} du {jour(suivi['date_fermeture'])}"
    avant = [
        f" ; {phrases.NATURES[a['nature']]} du {jour(a['date_rupture'])} précède le suivi"
        for a in vu.anterieures
        if _meme_suivi(a, suivi)
    ]
    return "EN COURS" + "".join(avant)


def _meme_suivi(une: Ligne, autre: Ligne) -> bool:
    return all(une[cle] == autre[cle] for cle in ("emetteur", "id_orientation", "version"))


def _source_suivi(suivi: Ligne) -> list[str]:
    return [_source(suivi)] if suivi["fichier"] else []


# --- what follows -----------------------------------------------------------------


def _continuation(vu: Mois, reentree: Ligne) -> Paragraphe:
    avant = phrases.mois(reentree["mois_precedent"])
    titre = "Pas déjà comptée"
    if reentree["suivi_depuis"]:
        raison = (
            f"Candidate en {avant}, mais un suivi a commencé depuis, le {jour(reentree['suivi_depuis'])}."
        )
    elif reentree["rupture_depuis"]:
        rupture = f"une clôture, une sortie ou une suspension longue le {jour(reentree['rupture_depuis'])}"
        raison = f"Candidate en {avant}, mais il y a eu depuis {rupture}."
    elif not reentree["continue_entree"]:
        raison = "Pas appliqué : [regles] reentree_non_orientee ou criteres en décide autrement."
    else:
        raison = (
            f"Candidate en {avant} sans suivi, et personne ne l'a orientée depuis : c'est la même entrée."
        )
        return Paragraphe(f"{titre} : {_reponse(NON)}", [raison, *_entree_continuee(vu.entree_continuee)])
    return Paragraphe(f"{titre} : {_reponse(OUI)}", [raison])


def _entree_continuee(entree: Ligne | None) -> list[str]:
    if entree is None:
        return []
    quand, t0 = phrases.mois(entree["mois"]), jour(entree["date_reception_t0"])
    ici = f"{entree['mois']:%Y-%m}"
    return [f"Elle est comptée en {quand}, et son délai court depuis le {t0} (voir --mois {ici})."]


def _decision(decision: Ligne) -> Paragraphe:
    lignes = [f"{_majuscule(phrases.motif(decision['motif']))}."]
    if decision["decision"] == "nouvel_entrant" and decision["jamais_vue"]:
        lignes.append("Elle n'a jamais été vue dans un mois d'avant.")
    if decision["candidate"] and decision["hors"]:
        lignes.append(f"Provisoire : le mois est calculé hors {decision['hors']}.")
    if decision["candidate"] and decision["orientations_en_retard"]:
        lignes.append("Provisoire : les orientations ne sont pas encore connues jusqu'à la fin du mois.")
    return Paragraphe(f"Décision : {phrases.DECISIONS[decision['decision']]}", lignes)


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _delai(vu: Mois, entree: Ligne) -> Paragraphe:
    t0, echeance = jour(entree["date_reception_t0"]), jour(entree["echeance"])
    lignes = [
        f"T0 : {t0}, réception du premier fichier ({entree['source_t0']}) qui la montre soumise.",
        _source(entree),
        f"Dans le délai si l'orientation est notifiée avant le {echeance}.",
        *_fin(vu, entree),
    ]
    return Paragraphe(f"Délai d'orientation : {phrases.STATUTS[entree['statut_orientation']]}", lignes)


def _fin(vu: Mois, entree: Ligne) -> list[str]:
    """The end of the delay, or the day up to which none is known."""
    if entree["date_orientation"] is None:
        decidee = " ; une décision existe, que rien ne dit notifiée" if entree["decide_non_notifie"] else ""
        observe = entree["date_observation"]
        jusque = f", observé jusqu'au {jour(observe)}" if observe else ""
        return [f"Aucune orientation notifiée{jusque}{decidee}."]
    suivi = next((s for s in vu.suivis if _meme_suivi(s, entree)), None)
    comment = phrases.SOURCES_FIN[entree["source_date_orientation"]]
    un_mois = "oui" if entree["oriente_1_mois"] else "non"
    return [
        f"Orientation notifiée le {jour(entree['date_orientation'])} ({comment}), {_ecart(entree)}."
        f" En un mois et moins : {un_mois}.",
        *(_source_suivi(suivi) if suivi else []),
        *(["Elle ne s'est présentée à aucun rendez-vous d'orientation."] * entree["absent_rdv_orientation"]),
    ]


def _ecart(entree: Ligne) -> str:
    delai = entree["delai_jours"]
    if delai < 0:
        return f"{accord(-delai, 'jour')} avant T0 (orientation anticipée)"
    return f"{accord(delai, 'jour')} après T0"
