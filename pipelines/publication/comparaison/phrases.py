"""What a comparison says: every French word of ``pilotage comparer``."""

from collections.abc import Mapping

from pipelines.publication.comparaison.resultat import INCONNUE, METHODE, Changement, Comparaison

CAUSES = {
    "fichier_tardif": "fichier tardif",
    "fichier_corrige": "fichier corrigé",
    "fichier_non_retenu": "fichier reçu, mais remplacé ou suspect",
    "fichier_complementaire": "fichier complémentaire",
    "fichier_quotidien": "fichier quotidien",
    "mois_suivant": "fichier d'un mois suivant",
    "suspecte_acceptee": "livraison suspecte acceptée",
    "relecture": "fichier relu",
    "reception_rectifiee": "date de réception rectifiée",
    "confirmation": "relevé confirmé sans changement",
    "orientations": "orientation connue depuis",
    "rendez_vous": "rendez-vous connu depuis",
    "autre_table": "autre table",
    "identite": "identité rapprochée autrement",
    "delai_ecoule": "délai écoulé",
    INCONNUE: "sans cause trouvée",
}
NATURES = CAUSES | {"orientations": "relevé d'orientations", "rendez_vous": "relevé de rendez-vous"}
PRESENCES = {"avant": " (dans la première seulement)", "apres": "", "deux": ""}
METHODES = {
    "configuration": "configuration (pilotage.toml, hors règles)",
    "contrats": "contrats et catalogue",
    "sql": "règles de calcul (sql)",
    "code": "logiciel",
    "verrou": "dépendances du logiciel",
}
STATUTS = {"stabilise": "stabilisé", "provisoire": "provisoire", "partiel": "partiel", "ND": "ND"}
COMPTES = {
    "entrees": ("entrée", "entrées"),
    "sorties": ("sortie", "sorties"),
    "gains": ("désormais comptée", "désormais comptées"),
    "pertes": ("qui ne l'est plus", "qui ne le sont plus"),
}


def cause(nom: str, comparaison: Comparaison) -> str:
    """The cause, in words; of the method, what changed in it."""
    if nom != METHODE:
        return CAUSES[nom]
    morceaux = [f"règle {', '.join(comparaison.regles)}"] if comparaison.regles else []
    morceaux += ["configuration"] if "configuration" in comparaison.empreintes else []
    morceaux += ["logiciel"] if set(comparaison.empreintes) - {"configuration"} else []
    return f"méthode changée ({', '.join(morceaux)})"


def nature(changement: Changement) -> str:
    """What happened to the delivery."""
    if changement.nature == "autre_table":
        return f"relevé de {changement.source}"
    return NATURES[changement.nature]


def livraison(changement: Changement) -> str:
    """« CAF671 2024-03 », « orientations solis-67 du 20/01/2025 »."""
    jour = f"{max(changement.receptions, default=changement.date_reception):%d/%m/%Y}"
    if changement.organisme and changement.mois:
        quoi = f"{changement.organisme} {changement.mois:%Y-%m}"
        return f"{quoi} du {jour}" if changement.nature == "fichier_quotidien" else quoi
    return " ".join(mot for mot in (changement.source, changement.emetteur, f"du {jour}") if mot)


def valeur_de_regle(valeur: object) -> str:
    """« stricte », « 1, 2, 3 »; « aucune » where a rule is new or gone."""
    if valeur is None:
        return "aucune"
    if isinstance(valeur, list | tuple):
        return ", ".join(map(str, valeur))
    return str(valeur)


def mouvement(solde: int, change: bool) -> str:
    """What happened to one person."""
    if change:
        return "désormais comptée" if solde > 0 else "n'est plus comptée"
    return "entre" if solde > 0 else "sort"


def comptes(groupe: Mapping[str, str]) -> str:
    """« 3 entrées, 1 sortie », from the texts of the counts."""
    dits = ((groupe[nom], mots) for nom, mots in COMPTES.items() if groupe[nom])
    return ", ".join(f"{texte} {mots[0] if texte in ('0', '1') else mots[1]}" for texte, mots in dits)
