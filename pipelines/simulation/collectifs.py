"""The tables that name nobody: means, parcours, surveys, figures already signed, comments."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from pipelines.simulation.calendrier import mois_suivant
from pipelines.simulation.chroniques import Fiche, Ligne

# nom, months, contenu, modalités, public, euros a place, share of the dossiers that have a place
PARCOURS = (
    ("Professionnel", 6, "Recherche d'emploi et formation", "Individuel", "Proches de l'emploi", 850.0, 0.55),
    ("Socio-professionnel", 12, "Levée des freins et immersions", "Mixte", "Freins à lever", 1480.5, 0.35),
    ("Social", 12, "Accès aux droits et à la santé", "Individuel", "Éloignés de l'emploi", 1210.0, 0.40),
    ("Remobilisation", 3, "Ateliers collectifs", "Collectif", "Toute personne volontaire", 640.25, 0.05),
)
HAUSSE_COUT = 0.02  # a year
ENTRANTS_PAR_DOSSIER = 0.16  # what the year before the first one is said to have counted


def collectifs(mois: Sequence[date], dossiers: Mapping[str, int]) -> dict[str, list[Fiche]]:
    """Every row, in proportion to the dossiers of each territoire."""
    return {
        "parcours_types": _parcours_types(mois, sum(dossiers.values())),
        "volet1": _volet1(mois),
        "satisfaction": _satisfaction(mois, sum(dossiers.values())),
        "valeurs_declarees": _valeurs_declarees(mois, dossiers),
        "commentaires": _commentaires(mois),
    }


def _annees(mois: Sequence[date]) -> list[int]:
    return list(range(mois[0].year, mois[-1].year + 1))


def _parcours_types(mois: Sequence[date], dossiers: int) -> list[Fiche]:
    """A list a year: the cost of a place rises, places follow the dossiers."""
    return [
        Fiche([(date(annee, 1, 1), _parcours(rang, k, dossiers)) for k, annee in enumerate(_annees(mois))])
        for rang in range(len(PARCOURS))
    ]


def _parcours(rang: int, annee: int, dossiers: int) -> Ligne:
    nom, duree, contenu, modalites, public, cout, part = PARCOURS[rang]
    return {
        "nom": nom,
        "duree_mois": duree,
        "contenu": contenu,
        "modalites": modalites,
        "public_cible": public,
        "cout_unitaire": round(cout * (1 + HAUSSE_COUT) ** annee, 2),
        "places_financees": max(1, round(dossiers * part)) + 2 * annee,
    }


def _volet1(mois: Sequence[date]) -> list[Fiche]:
    """Written at the end of each year: the means grow, the feuille de route comes the second year."""
    return [
        Fiche(
            [
                (
                    date(annee, 12, 31),
                    {
                        "annee": annee,
                        "etp_chefferie": 1 + k / 2,
                        "rattachement": "Direction de l'insertion",
                        "etp_numerique": 0.5 + k / 2,
                        "feuille_de_route": k > 0,
                    },
                )
            ]
        )
        for k, annee in enumerate(_annees(mois))
    ]


def _satisfaction(mois: Sequence[date], dossiers: int) -> list[Fiche]:
    """Each quarter, those who are accompanied and those who accompany them."""
    fiches = []
    for k, m in enumerate(m for m in mois if m.month % 3 == 0):
        jour = m.replace(day=15)
        for public, reponses, part in (
            ("personnes", 12 + dossiers // 10 + k, 0.71 + 0.01 * k),
            ("professionnels", 14 + dossiers // 60 + k, 0.64 + 0.015 * k),
        ):
            ligne: Ligne = {
                "date": jour,
                "public": public,
                "nombre_reponses": reponses,
                "nombre_satisfaits": min(reponses, round(reponses * part)),
            }
            fiches.append(Fiche([(jour, ligne)]))
    return fiches


def _valeurs_declarees(mois: Sequence[date], dossiers: Mapping[str, int]) -> list[Fiche]:
    """What the reports said of the year before, and the fiches of the jalon T-1; all else was ND there."""
    annee = mois_suivant(mois[0]).year - 1
    entrants: dict[str, float] = {t: round(n * ENTRANTS_PAR_DOSSIER) for t, n in sorted(dossiers.items())}
    entrants["TOTAL"] = sum(entrants.values())
    rapport, fiche = f"Rapport d'exécution {annee}", "Fiche action T-1"
    declarees: list[tuple[str, str, str, str, float, str, str]] = [
        *(("V2-1", "annee", str(annee), t, n, "Comptage manuel", rapport) for t, n in entrants.items()),
        *(("FA-1", "jalon", "T-1", t, n, "Comptage manuel", fiche) for t, n in entrants.items()),
        ("F1-1", "jalon", "T-1", "TOTAL", 0.42, "Univers de données", fiche),
        ("F1-2", "jalon", "T-1", "TOTAL", 95, "Univers de données", fiche),
    ]
    colonnes = ("code", "type_periode", "periode", "territoire", "valeur", "methode", "source")
    return [Fiche([(mois[0], dict(zip(colonnes, d, strict=True)))]) for d in declarees]


def _commentaires(mois: Sequence[date]) -> list[Fiche]:
    """A strike, an access cut, a change of method: each known once it is over."""
    milieu, fin = mois[len(mois) // 2], mois[-1]
    dits = (
        (
            "V2-2",
            milieu.replace(day=11),
            milieu.replace(day=22),
            "68",
            "Grève des agents d'accueil : des rendez-vous d'orientation ont été reportés.",
        ),
        (
            "*",
            fin.replace(day=4),
            fin.replace(day=15),
            None,
            "Accès au logiciel de suivi coupé : orientations saisies en retard.",
        ),
        (
            "V2-1",
            mois[0],
            mois_suivant(mois[0], 2) - timedelta(days=1),
            "67",
            "Reprise des dossiers dans un nouveau logiciel.",
        ),
    )
    colonnes = ("code", "debut", "fin", "territoire", "texte")
    return [Fiche([(dit[2], dict(zip(colonnes, dit, strict=True)))]) for dit in dits]
