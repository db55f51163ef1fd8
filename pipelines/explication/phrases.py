"""What an explanation says: every French word and sentence of ``pilotage expliquer``."""

from datetime import date

OUI, NON, INCONNU, SANS_OBJET = "✓", "✗", "?", "–"
REPONSES = {OUI: "oui", NON: "non", INCONNU: "on ne sait pas", SANS_OBJET: "sans objet"}

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
ROLES = {"DEM": "demandeur", "CJT": "conjoint"}
ETATS = {
    "0": "en attente",
    "1": "refusé",
    "2": "ouvert et versable",
    "3": "ouvert et suspendu",
    "4": "versement suspendu",
    "5": "clos",
    "6": "clos sur mois antérieur",
}
DECISIONS = {
    "nouvel_entrant": f"{OUI} nouvel entrant",
    "ecarte": f"{NON} candidate, mais pas comptée",
    "non_candidat": f"{NON} pas candidate",
    "indetermine": f"{INCONNU} indéterminé",
    "non_calculable": f"{INCONNU} non calculable",
}
MOTIFS = {
    # nouvel_entrant
    "emmenagement": "elle vient d'emménager dans le département",
    "retour_apres_radiation": "elle revient après une radiation ou une sortie",
    "retour_suspension_plus_12_mois": "elle revient après une suspension de plus de 12 mois",
    "passage_sous_500": "top 0 → 1, dont passage sous 500 €",
    "entree_dans_foyer": "elle rejoint un foyer déjà au RSA",
    "primo_demandeur": "première demande",
    "retour_hors_historique": "jamais vue dans l'historique reçu, mais sa demande est plus ancienne que lui",
    "autre_retour": "autre retour",
    # ecarte
    "entree_deja_comptee": "elle continue une entrée déjà comptée, que personne n'a orientée depuis",
    "aller_retour_revenus": "suivi en cours ; versable, mais top 0 le mois d'avant (revenus variables)",
    "suspension_moins_12_mois": "suivi en cours ; suspendue le mois d'avant, depuis 12 mois au plus",
    "absence_courte": "suivi en cours ; absente le mois d'avant, trop peu pour une sortie",
    "suivi_en_cours": "un suivi est en cours",
    # non_candidat
    "deja_soumis": "déjà soumise au dernier mois connu avant celui-ci",
    "non_soumis": "pas soumise aux droits et devoirs ce mois-là",
    "inconnue": "sa situation de ce mois est inconnue",
    # indetermine
    "trois_mois_inconnus": "rien n'est connu d'elle les trois mois d'avant : comptée à part, jamais devinée",
}
STATUTS = {
    "oriente_dans_delai": f"{OUI} orientée dans le délai",
    "oriente_hors_delai": f"{NON} orientée hors délai",
    "non_oriente": f"{NON} pas orientée, délai écoulé",
    "en_attente": f"{INCONNU} en attente : pas encore orientée, délai non écoulé",
}
SOURCES_FIN = {"courrier": "envoi du courrier", "referent": "désignation du référent"}
NATURES = {
    "radiation": "la clôture",
    "sortie": "la sortie",
    "suspension_longue": "la suspension longue",
}
EVENEMENTS = {
    "radiation": "Clôture du {jour}{motif} : elle ferme les suivis commencés jusque-là",
    "cloture_continuite": "Clôture du {jour}{motif} : motif de continuité, elle ne ferme aucun suivi",
    "cloture_annulee": "Clôture du {jour}{motif} : annulée, le mensuel fait ensuite montre ce dossier ouvert",
    "sortie": "Sortie le {jour} : absente assez de mois complets, elle ferme les suivis commencés jusque-là",
    "suspension_longue": "Suspension depuis le {jour}, plus de {mois} mois : elle ferme les suivis d'avant",
}
DECLENCHEURS = {
    "date_demande": "la demande",
    "date_rattachement": "l'arrivée dans le dossier",
    "date_arrivee_mutation": "l'arrivée dans le département",
}
DATES_SUIVI = {
    "date_envoi_courrier": "courrier",
    "date_designation_referent": "référent",
    "date_decision": "décision",
}
STATUTS_SUIVI = {"en_cours": "en cours", "en_veille": "en veille", "clos": "clos"}
FINS_SUIVI = {
    "date_fin": "fin donnée par le département",
    "clos_sans_date": "dit clos sans date : premier fichier qui le dit",
    "reorientation": "veille de la réorientation",
}
CAUSES_ALIAS = {
    "nir_connu_ensuite": "d'abord connue sans NIR",
    "nir_remplace_ou_demande_rattachee": "NIR remplacé, ou demande rattachée à une plus ancienne",
    "nir_devenu_ambigu": "deux personnes portent le même NIR",
}


def jour(quand: date) -> str:
    return f"{quand:%d/%m/%Y}"


def mois(quand: date) -> str:
    return f"{MOIS[quand.month - 1]} {quand.year}"


def motif(code: str) -> str:
    """The sentence of a reason, with its code; what is not available names the file that is missing."""
    nature, _, precision = code.partition(": ")
    match nature:
        case "premier_mois":
            return f"premier mois livré : il n'y a rien à quoi le comparer [{code}]"
        case "livraison_manquante":
            organisme, quand = precision.rsplit(" ", 1)
            return f"le fichier de {organisme} manque pour {mois(date.fromisoformat(quand + '-01'))} [{code}]"
        case "source_absente":
            return f"aucune orientation n'a été reçue pour ce territoire [{code}]"
        case _:
            return f"{MOTIFS[code]} [{code}]"
