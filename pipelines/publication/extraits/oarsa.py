"""V2-3 laid out as the DREES lays out its OARSA table: characteristics in rows, types of organisme in
columns.
"""

from contracts.catalogue import CROIX, axes, catalogue
from pipelines.publication.chiffres_publies import Periode, Territoire
from pipelines.publication.extraits.cellules import Extrait
from pipelines.publication.extraits.comite import nom_du_territoire
from pipelines.publication.extraits.tableau import Case, Tableau, jour
from pipelines.publication.rapport.mots import modalite as en_clair

CODE = "V2-3"
ORGANISMES = "type_organisme"
ENSEMBLE = "Ensemble"
MODALITES = {
    ("sexe", "1"): "Hommes",
    ("sexe", "2"): "Femmes",
    ("tranche_age", "0-24"): "Moins de 25 ans",
    ("tranche_age", "60+"): "60 ans et plus",
    ("situation_familiale", "seul"): "Personne seule, sans enfant",
    ("situation_familiale", "seul_enfants"): "Personne seule, avec enfant",
    ("situation_familiale", "couple"): "En couple, sans enfant",
    ("situation_familiale", "couple_enfants"): "En couple, avec enfant",
    ("anciennete", "moins_6_mois"): "Moins de 6 mois",
    ("anciennete", "6_12_mois"): "De 6 mois à moins d'un an",
    ("anciennete", "1_2_ans"): "De 1 an à moins de 2 ans",
    ("anciennete", "2_5_ans"): "De 2 ans à moins de 5 ans",
    ("anciennete", "5_ans_et_plus"): "5 ans et plus",
}


def oarsa(extrait: Extrait) -> Tableau:
    """One block a 31 December and territoire."""
    organismes = axes()[ORGANISMES].modalites
    annees = [p for p in extrait.publies.periodes if p.type_periode == "annee"]
    lignes = [
        [Case(jour(periode.fin)), Case(nom_du_territoire(territoire)), *ligne]
        for periode in annees
        for territoire in extrait.publies.territoires
        for ligne in _bloc(extrait, periode, territoire)
    ]
    colonnes = ("Situation au", "Territoire", "Caractéristique", "Modalité")
    entetes = (*colonnes, *map(en_clair, organismes), ENSEMBLE)
    return Tableau("oarsa", "OARSA", entetes, lignes, figees=len(colonnes), textes=range(len(colonnes)))


def _bloc(extrait: Extrait, periode: Periode, territoire: Territoire) -> list[list[Case]]:
    lignes = [_ligne(extrait, periode, territoire, "", "")]
    for croise in catalogue()[CODE].axes:
        caracteristique = croise.removeprefix(f"{ORGANISMES}{CROIX}")
        if caracteristique != croise:
            modalites = axes()[caracteristique].modalites
            lignes += [_ligne(extrait, periode, territoire, caracteristique, m) for m in modalites]
    return lignes


def _ligne(
    extrait: Extrait, periode: Periode, territoire: Territoire, caracteristique: str, modalite: str
) -> list[Case]:
    croises = [
        (CROIX.join(filter(None, (ORGANISMES, caracteristique))), CROIX.join(filter(None, (o, modalite))))
        for o in axes()[ORGANISMES].modalites
    ]
    cases = [
        extrait.case(periode.cle(CODE, "nombre", territoire.code, axe, valeur), periode)
        for axe, valeur in (*croises, (caracteristique, modalite))
    ]
    nom = axes()[caracteristique].libelle if caracteristique else ENSEMBLE
    return [Case(nom), Case(modalite_en_clair(caracteristique, modalite)), *cases]


def modalite_en_clair(caracteristique: str, modalite: str) -> str:
    defaut = f"{modalite} ans" if caracteristique == "tranche_age" and "-" in modalite else en_clair(modalite)
    return MODALITES.get((caracteristique, modalite), defaut)
