"""The report's French: months, organismes, codes, reasons, as one says them aloud."""

import re
from collections.abc import Iterable
from datetime import date

INSECABLE = "\N{NO-BREAK SPACE}"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
STATUTS = {
    "stabilise": "stabilisé",
    "provisoire": "provisoire",
    "partiel": "partiel",
    "ND": f"non{INSECABLE}disponible",
}
ETAPES = {
    "presents": "Présents",
    "versables": "Droit versable",
    "soumis": "Soumis aux droits et devoirs",
    "candidats": "Candidats",
    "nouveaux_entrants": "Nouveaux entrants",
    "ecartes": "Écartés",
    "indetermines": "Indéterminés",
}
MODALITES = {
    "emmenagement": "Emménagement dans le département",
    "retour_apres_radiation": "Retour après radiation ou sortie",
    "retour_suspension_plus_12_mois": "Retour après plus de 12 mois de suspension",
    "passage_sous_500": "De nouveau soumis, dont passage sous 500 €",
    "entree_dans_foyer": "Entrée dans un foyer au RSA",
    "primo_demandeur": "Première demande",
    "retour_hors_historique": "Demande plus ancienne que l’historique",
    "autre_retour": "Autre retour",
    "professionnel": "Professionnel",
    "socio_professionnel": "Socio-professionnel",
    "social": "Social",
    "ft": "France Travail",
    "mission_locale": "Mission locale",
    "cap_emploi": "Cap emploi",
    "plie": "PLIE",
    "autre_spe": "Autre organisme de l’emploi",
    "cd": "Conseil départemental",
    "caf": "CAF",
    "msa": "MSA",
    "ccas": "CCAS ou CIAS",
    "autre_hors_spe": "Autre organisme",
    "inconnu": "Non renseigné",
    "O": "En accompagnement global",
    "N": "Autres orientations",
}
VARIANTES = {
    "borne_inclusive": 'si le quinzième jour compte (borne_delai = "inclusive")',
    "seuil_1_mois": 'si le délai est d’un mois (seuil = "1_mois")',
    "seuil_15_jours": 'si le délai est de 15 jours (seuil = "15_jours")',
    "sans_critere_3": "sans le critère du suivi en cours (criteres = [1, 2])",
    "etats_2_3_4": 'si les droits suspendus comptent comme versables (etats_versables = ["2", "3", "4"])',
    "personnes_distinctes": "en personnes distinctes au lieu d’entrées",
    "reentrees_comptees": "si une personne revenue sans avoir été orientée compte de nouveau "
    '(reentree_non_orientee = "nouvelle")',
    "date_fin_courrier": 'si seul le courrier met fin au délai (regle_date_fin = "courrier")',
    "date_fin_referent": 'si seule la désignation du référent met fin au délai (regle_date_fin = "referent")',
    "entrants_selon_caf": "selon l’indicateur d’entrée que porte le fichier CAF/MSA",
}


def mois_en_lettres(mois: str) -> str:
    """2024-03 → mars 2024."""
    annee, rang = mois.split("-")
    return f"{MOIS[int(rang) - 1]}{INSECABLE}{annee}"


def jour_en_lettres(jour: date) -> str:
    """2024-03-01 → 1er mars 2024."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"


def periode_en_lettres(debut: date, fin: date) -> str:
    """Whole months: « mars 2024 », « année 2024 », « octobre à décembre 2024 »."""
    if (debut.month, fin.month, debut.year) == (1, 12, fin.year):
        return f"année{INSECABLE}{fin.year}"
    dernier = mois_en_lettres(f"{fin:%Y-%m}")
    if (debut.year, debut.month) == (fin.year, fin.month):
        return dernier
    premier = MOIS[debut.month - 1] if debut.year == fin.year else mois_en_lettres(f"{debut:%Y-%m}")
    return f"{premier} à {dernier}"


def organisme_en_lettres(code: str) -> str:
    """CAF671 → la CAF 671."""
    trouve = re.fullmatch(r"(CAF|MSA)(\w+)", code)
    return f"la {trouve[1]}{INSECABLE}{trouve[2]}" if trouve else code


def liste(mots: Iterable[str]) -> str:
    """« a, b et c »."""
    *debut, dernier = mots
    return f"{', '.join(debut)} et {dernier}" if debut else dernier


def modalite(code: str) -> str:
    """The words for a coded value."""
    return MODALITES.get(code, code)


def de(mot: str) -> str:
    """« de mars », « d’avril »."""
    return f"d’{mot}" if mot[0] in "aeiouéh" else f"de {mot}"


_MOTIF = re.compile(
    r"(livraison_manquante|source_absente|colonne_absente): (\w+(?:[. ][\w-]+)?)"
    r"|premier_mois|historique_insuffisant"
)
_MOIS = re.compile(r"\b(\d{4}-(?:0[1-9]|1[0-2]))\b")


def raison(motif_nd: str) -> str:
    """A reason for ND as a sentence; one that is not known here stands as it is."""
    genre, _, quoi = motif_nd.partition(": ")
    table, _, colonne = quoi.partition(".")
    match genre:
        case "premier_mois":
            return (
                "C’est le premier mois reçu : rien ne dit qui était déjà soumis aux droits et devoirs le "
                "mois d’avant."
            )
        case "livraison_manquante":
            organisme, _, mois = quoi.partition(" ")
            return f"{fichier_de(organisme, mois)} n’a pas été reçu."
        case "source_absente":
            return f"La table {guillemets(quoi)} n’a jamais été reçue pour ce territoire."
        case "colonne_absente":
            return f"La table {guillemets(table)} reçue n’a pas de colonne {guillemets(colonne)}."
        case "historique_insuffisant":
            return "Les fichiers reçus ne couvrent pas tous les mois que ce chiffre demande."
        case "sans_objet":
            return "Ce chiffre n’a pas de sens pour cette période."
        case _:
            return motif_nd


def fichier_de(organisme: str, mois: str) -> str:
    """« Le fichier d’avril 2024 de la CAF 671 »."""
    if not _MOIS.fullmatch(mois):
        return f"La livraison {organisme} {mois}".rstrip()
    return f"Le fichier {de(mois_en_lettres(mois))} de {organisme_en_lettres(organisme)}"


def typographie(html: str) -> str:
    """French spaces and apostrophes: a line does not end before « : », nor inside guillemets."""
    return re.sub(r" (?=[:;?!»])|(?<=«) ", INSECABLE, html).replace("&#39;", "’")


def insecable(chiffre: str) -> str:
    """A number keeps its groups and its unit together: « 11 414 », « 45,3 % »."""
    return re.sub(r"(?<=\d) (?=\d{3}\b|%)", INSECABLE, chiffre)


def guillemets(texte: str) -> str:
    return f"«{INSECABLE}{texte}{INSECABLE}»"


def en_clair(phrase: str) -> str:
    """A sentence of comment, its reasons and its months in words."""
    sans_motif = _MOTIF.sub(lambda trouve: minuscule(raison(trouve[0])).rstrip("."), phrase)
    return _MOIS.sub(lambda trouve: mois_en_lettres(trouve[1]), sans_motif)


def minuscule(phrase: str) -> str:
    """The same, to stand inside a sentence."""
    return phrase[:1].lower() + phrase[1:]


def mois_en_liste(mois: Iterable[str]) -> str:
    """« mars 2024, mai à juillet 2024 »: months that follow each other by their first and last."""
    suites: list[list[str]] = []
    for m in sorted(mois):
        if suites and _rang(m) == _rang(suites[-1][-1]) + 1:
            suites[-1].append(m)
        else:
            suites.append([m])
    return ", ".join(_suite(suite) for suite in suites)


def _rang(mois: str) -> int:
    annee, rang = mois.split("-")
    return 12 * int(annee) + int(rang)


def _suite(mois: list[str]) -> str:
    premier, dernier = mois[0], mois[-1]
    if premier == dernier:
        return mois_en_lettres(premier)
    debut = MOIS[int(premier[5:]) - 1] if premier[:4] == dernier[:4] else mois_en_lettres(premier)
    return f"{debut} à {mois_en_lettres(dernier)}"
