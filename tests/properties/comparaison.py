"""What the SQL publishes beside what the naive computation says, difference by difference, in words."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
from ecriture import ecrire, sous_pseudonymes
from naif import Naif
from naif_catalogue import Catalogue
from naif_magasin import Bloquee, Ligne, Magasin, de_mois_a_mois, mois_de

from pipelines.calcul.calculer import calculer
from pipelines.configuration import Regles
from pipelines.erreurs import PublicationBloquee
from pipelines.publication.invariants import verifier_invariants

Table = dict[tuple[Any, ...], Ligne]
CLES = {
    "situations_mensuelles": ("mois", "id_personne"),
    "suivis": ("id_personne", "emetteur", "id_orientation", "version"),
    "nouveaux_entrants": ("mois", "id_personne"),
    "entrees_ecartees": ("mois", "id_personne"),
    "entonnoir_mensuel": ("mois", "territoire"),
}
SCHEMAS = {
    "etats_2_3_4": "variante_etats_2_3_4",
    "sans_critere_3": "variante_sans_critere_3",
    "reentrees_comptees": "variante_reentrees_comptees",
}
FINS_DE_DELAI = {
    "date_fin_courrier": "variante_date_fin_courrier",
    "date_fin_referent": "variante_date_fin_referent",
}


def lire(connexion: duckdb.DuckDBPyConnection, requete: str) -> list[Ligne]:
    """The rows of a query as dicts."""
    curseur = connexion.execute(requete)
    noms = [colonne[0] for colonne in curseur.description or []]
    return [dict(zip(noms, valeurs, strict=True)) for valeurs in curseur.fetchall()]


def suivis(naif: Naif) -> list[Ligne]:
    """The mart suivis, of persons that are known."""
    colonnes = ("date_envoi_courrier", "date_designation_referent", "date_decision")
    colonnes += ("organisme_referent", "type_organisme", "type_parcours", "accompagnement_global")
    return [
        {
            "id_personne": s.id_personne,
            "emetteur": s.emetteur,
            "id_orientation": s.id_orientation,
            "version": s.version,
            "debut_suivi": s.debut,
            "date_fin": s.date_fin,
            "vu_du": s.vu_du,
            "vu_au": s.vu_au,
            **{nom: s.colonne(nom) for nom in colonnes},
        }
        for s in naif.suivis
        if s.id_personne
    ]


def tables(naif: Naif) -> dict[str, list[Ligne]]:
    """The naive tables, named as the marts."""
    return {
        "situations_mensuelles": naif.situations_mensuelles,
        "suivis": suivis(naif),
        "nouveaux_entrants": naif.nouveaux_entrants,
        "entrees_ecartees": naif.entrees_ecartees,
        "entonnoir_mensuel": naif.entonnoir_mensuel,
    }


def par_cle(lignes: Iterable[Ligne], cle: tuple[str, ...]) -> Table:
    """Rows by their key."""
    return {tuple(ligne[c] for c in cle): ligne for ligne in lignes}


def differences(nom: str, attendues: list[Ligne], obtenues: list[Ligne], cle: tuple[str, ...]) -> list[str]:
    """Rows missing, rows too many, columns that differ."""
    naives, publiees = par_cle(attendues, cle), par_cle(obtenues, cle)
    trouvees = [f"{nom} {len(obtenues)} rows for {len(publiees)} keys"] * (len(obtenues) != len(publiees))
    for valeurs in sorted(naives.keys() | publiees.keys(), key=str):
        ou = f"{nom} {' '.join(map(str, valeurs))}"
        if valeurs not in publiees:
            trouvees.append(f"{ou}: only in the naive computation: {naives[valeurs]}")
        elif valeurs not in naives:
            trouvees.append(f"{ou}: only in the SQL: {publiees[valeurs]}")
        else:
            une, autre = naives[valeurs], publiees[valeurs]
            ecarts = [c for c in une if c not in autre or une[c] != autre[c]]
            trouvees += [f"{ou}.{c}: naive {une[c]}, SQL {autre.get(c, '(no column)')}" for c in ecarts]
    return trouvees


def sans_objet(naif: Naif, ligne: Ligne) -> bool:
    """decision where nothing in the text says which word to use: months that cannot be judged."""
    juge = naif.motif_nd_indicateur(ligne["mois"], ligne["territoire"]) is None
    return not juge


def comparer_tables(naif: Naif, connexion: duckdb.DuckDBPyConnection) -> list[str]:
    """The marts of 4.7, row by row."""
    trouvees: list[str] = []
    for nom, attendues in tables(naif).items():
        obtenues = lire(connexion, f"select * from {nom}")
        if nom == "situations_mensuelles":
            obtenues = [x for x in obtenues if x["etat_dossier"] is not None]
            for ligne in [x for x in attendues + obtenues if sans_objet(naif, x)]:
                ligne["decision"] = None
        if nom == "suivis":
            connus = {tuple(x[c] for c in CLES[nom]) for x in obtenues}
            doubles = {id(s) for p in naif.suivis_par_personne.values() for s in p}
            gardes = {
                (s.id_personne, s.emetteur, s.id_orientation, s.version)
                for s in naif.suivis
                if id(s) in doubles
            }
            attendues = [x for x in attendues if tuple(x[c] for c in CLES[nom]) in gardes | connus]
        trouvees += differences(nom, attendues, obtenues, CLES[nom])
    return trouvees


def indicateurs(connexion: duckdb.DuckDBPyConnection) -> dict[tuple[Any, ...], Ligne]:
    """V2-1 and V2-2 of the months, as published: (mois, territoire, code, mesure)."""
    lignes = lire(
        connexion,
        "select * from indicateurs where code in ('V2-1', 'V2-2') and type_periode = 'mois' and axe = ''",
    )
    return {(x["debut"], x["territoire"], x["code"], x["mesure"]): x for x in lignes}


def comparer_indicateurs(naif: Naif, connexion: duckdb.DuckDBPyConnection) -> list[str]:
    """V2-1 and V2-2 month by month, their statut and their reasons."""
    publies, trouvees = indicateurs(connexion), []
    for attendu in naif.indicateurs:
        for mesure, valeur in attendu["mesures"].items():
            cle = attendu["mois"], attendu["territoire"], attendu["code"], mesure
            publie = publies.get(cle, {})
            paires = [(attendu[c], publie.get(c)) for c in ("statut", "motif_nd")]
            paires += paires_du_taux(valeur, publie) if mesure == "taux" else [(valeur, publie.get("valeur"))]
            trouvees += [f"indicateur {cle}: naive {a}, SQL {b}" for a, b in paires if a != b]
    return trouvees


def paires_du_taux(valeur: tuple[int, int] | None, publie: Ligne) -> list[tuple[Any, Any]]:
    """The two numbers of the rate of V2-2; the rate itself is null when there is no denominator."""
    numerateur, denominateur = valeur or (None, None)
    paires = [(numerateur, publie.get("numerateur")), (denominateur, publie.get("denominateur"))]
    return [*paires, (not denominateur, publie.get("valeur") is None)]


def comparer_cumuls(naif: Naif, connexion: duckdb.DuckDBPyConnection) -> list[str]:
    """Quarters, half-years and years whose months have all been delivered."""
    requete = """select * from indicateurs where code in ('V2-1', 'V2-2') and mesure = 'nombre' and axe = ''
                 and type_periode in ('trimestre', 'semestre', 'annee') and territoire <> 'HORS'"""
    trouvees = []
    for publie in lire(connexion, requete):
        mois = list(de_mois_a_mois(publie["debut"], mois_de(publie["fin"])))
        if mois[0] >= naif.calendrier[0] and mois[-1] <= naif.calendrier[-1]:
            attendu = naif.cumul(mois, publie["territoire"], publie["code"])
            ou = f"{publie['code']} {publie['periode']} {publie['territoire']}"
            ecarts = [c for c in attendu if attendu[c] != publie[c]]
            trouvees += [f"{ou}.{c}: naive {attendu[c]}, SQL {publie[c]}" for c in ecarts]
    return trouvees


def comparer_variantes(naif: Naif, connexion: duckdb.DuckDBPyConnection) -> list[str]:
    """The other readings: their funnel and their entries."""
    trouvees: list[str] = []
    for variante, schema in SCHEMAS.items():
        autre = naif.variantes[variante]
        for nom in ("nouveaux_entrants", "entonnoir_mensuel"):
            obtenues = lire(connexion, f"select * from {schema}.{nom}")
            trouvees += [
                f"{variante}: {d}" for d in differences(nom, tables(autre)[nom], obtenues, CLES[nom])
            ]
    for variante, schema in FINS_DE_DELAI.items():  # the same people enter, another day ends their delay
        obtenues = lire(connexion, f"select * from {schema}.nouveaux_entrants")
        attendues = naif.variantes[variante].nouveaux_entrants
        ecarts = differences("nouveaux_entrants", attendues, obtenues, CLES["nouveaux_entrants"])
        trouvees += [f"{variante}: {d}" for d in ecarts]
    return trouvees + comparer_borne_inclusive(naif, connexion)


def comparer_borne_inclusive(naif: Naif, connexion: duckdb.DuckDBPyConnection) -> list[str]:
    """V2-2 when the fifteenth day is in time."""
    requete = "select * from variantes where code = 'V2-2' and variante = 'borne_inclusive'"
    publiees = lire(connexion, f"{requete} and type_periode = 'mois'")
    valeurs = {(x["periode"], x["territoire"]): x["valeur"] for x in publiees}
    attendues = {
        (f"{i['mois']:%Y-%m}", i["territoire"]): i["mesures"]["nombre"]
        for i in naif.variantes["borne_inclusive"].indicateurs
        if i["code"] == "V2-2"
    }
    return [
        f"borne_inclusive {cle}: naive {attendue}, SQL {valeurs.get(cle, '(no row)')}"
        for cle, attendue in sorted(attendues.items())
        if attendue != valeurs.get(cle, "")
    ]


def comparer_catalogue(naif: Naif, connexion: duckdb.DuckDBPyConnection) -> list[str]:
    """Every published figure: its value, what it is made of, its statut, its reason; and the invariants."""
    verifier_invariants(connexion)
    cle = ("code", "axe", "modalite", "mesure", "type_periode", "periode", "territoire")
    publies = par_cle(lire(connexion, "select * from indicateurs"), cle)
    attendus = dict(Catalogue(naif).chiffres())
    trouvees = [f"indicateurs {c}: only in one" for c in sorted(attendus.keys() ^ publies.keys())]
    for valeurs in attendus.keys() & publies.keys():
        une, autre = attendus[valeurs], publies[valeurs]
        ecarts = [c for c in une if not proches(une[c], autre[c])]
        trouvees += [f"indicateurs {' '.join(valeurs)}.{c}: naive {une[c]}, SQL {autre[c]}" for c in ecarts]
    return sorted(trouvees)


def proches(une: Any, autre: Any) -> bool:
    """The same, up to the rounding of a division."""
    nombres = isinstance(une, int | float) and isinstance(autre, int | float)
    return bool(une == autre or (nombres and abs(une - autre) < 1e-9))


Comparaisons = tuple[Callable[[Naif, duckdb.DuckDBPyConnection], list[str]], ...]
COMPARAISONS: Comparaisons = (
    comparer_tables,
    comparer_indicateurs,
    comparer_cumuls,
    comparer_variantes,
)


COMPARAISON_DU_CATALOGUE: Comparaisons = (comparer_catalogue,)


def comparer(
    magasin: Magasin, regles: Regles | None = None, comparaisons: Comparaisons = COMPARAISONS
) -> list[str]:
    """Every difference between the two computations of a store (the naive one under other rules, if told)."""
    chiffre, mots = sous_pseudonymes(magasin)
    naif = Naif(chiffre, regles)
    with tempfile.TemporaryDirectory() as dossier:
        configuration = ecrire(chiffre, Path(dossier))
        try:
            naif.en_vigueur, naif.suivis  # noqa: B018  (both judge the suspectes)
        except Bloquee:
            return comparer_blocage(configuration, chiffre)
        try:
            with calculer(configuration, chiffre.arrete_au) as calcul:
                trouvees = [d for compare in comparaisons for d in compare(naif, calcul.connexion)]
        except PublicationBloquee as erreur:
            trouvees = [f"blocked by the SQL only: {erreur.message}"]
    return [en_mots(d, mots) for d in trouvees]


def comparer_blocage(configuration: Any, magasin: Magasin) -> list[str]:
    """The naive computation is blocked: the SQL must be too."""
    try:
        with calculer(configuration, magasin.arrete_au):
            return ["blocked by the naive computation only"]
    except PublicationBloquee:
        return []


def en_mots(difference: str, mots: dict[str, str]) -> str:
    """Keys said in words again."""
    for cle, mot in mots.items():
        difference = difference.replace(cle, mot)
    return difference
