"""The other tables of random stores: what people sign, attend and find, told by émetteurs that correct
themselves, forget, replace one another, lack a column or say nothing at all."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from histoires import Hasard, jour_de, magasin_au_hasard, parfois
from naif_magasin import Ligne, Livraison, Magasin, connues, fin_de_mois, mois_de, mois_plus, plus_mois
from reduction import personne_de

from pipelines.configuration import Jalon, Source

FAMILLES = ("CEL", "VEU", "MAR", "VIM", "ISO", "XXX", None)
ACTIONS = ("A1", "A2", "A3")
PARCOURS = ("Social", "Professionnel", "Atelier cuisine")
OPTIONNELLES = {
    "contrats": ("date_fin",),
    "prestations": ("date_fin", "duree_heures"),
    "participations": ("date_sortie",),
    "reprises_emploi": ("duree_mois", "date_fin"),
    "france_travail": ("date_cessation", "date_radiation", "date_signature_ppae"),
    "orientations": (
        "type_parcours",
        "accompagnement_global",
        "type_organisme",
        "date_envoi_courrier",
        "date_designation_referent",
    ),
    "beneficiaires": ("sexe", "situation_famille"),
    "parcours_types": ("places_financees", "cout_unitaire"),
    "volet1": ("etp_numerique",),
}
Raconter = Callable[[Hasard, date], Ligne]


def apres(hasard: Hasard, jour: date, jours: int) -> date | None:
    """A later day, often the last of a month, or none."""
    tard = jour + timedelta(days=hasard.randint(0, jours))
    return hasard.choice((None, tard, tard, fin_de_mois(mois_de(tard)), mois_plus(mois_de(tard), 1)))


def rendez_vous(hasard: Hasard, jour: date) -> Ligne:
    """One rendez-vous about that day."""
    return {
        "date_rdv": jour,
        "date_creation": None,
        "type": hasard.choice(("orientation", "diagnostic", "accompagnement", "accompagnement", None)),
        "presence": hasard.choice(("prevu", "honore", "honore", "absent", "excuse", "annule", None)),
    }


def contrat(hasard: Hasard, jour: date) -> Ligne:
    """One contract signed that day."""
    type_ = hasard.choice(("CER", "CER", "PPAE", "contrat_engagement", None))
    return {"type": type_, "date_signature": jour, "date_fin": apres(hasard, jour, 400), "rang": None}


def diagnostic(hasard: Hasard, jour: date) -> Ligne:
    """One diagnostic."""
    return {"date_diagnostic": jour, "freins": hasard.choice(("sante", "mobilite+langue", None))}


def prestation(hasard: Hasard, jour: date) -> Ligne:
    """One prestation; often fifteen hours a week exactly."""
    semaines = hasard.randint(1, 20)
    intensive = parfois(hasard, 0.5)
    fin = jour + timedelta(days=7 * semaines - 1) if intensive else apres(hasard, jour, 90)
    return {
        "type": hasard.choice(("immersion", "formation", "levee_frein", "atelier", "accompagnement", None)),
        "mode": None,
        "date_debut": jour if parfois(hasard, 0.95) else None,
        "date_fin": fin,
        "duree_heures": 15 * semaines if intensive else hasard.choice((None, 3.5, 120)),
    }


def participation(hasard: Hasard, jour: date) -> Ligne:
    """One stay in an action."""
    return {
        "code_action": hasard.choice(ACTIONS),
        "date_entree": jour,
        "date_sortie": apres(hasard, jour, 200),
    }


def reprise(hasard: Hasard, jour: date) -> Ligne:
    """One job."""
    return {
        "date_debut": jour,
        "date_fin": hasard.choice(
            (None, apres(hasard, jour, 300), mois_plus(mois_de(jour), 6) - timedelta(days=1))
        ),
        "type_contrat": hasard.choice(("CDI", "CDD", "CDD", "interim", "autre", None)),
        "duree_mois": hasard.choice((None, None, 3, 6)),
    }


PERSONNELLES: dict[str, tuple[str, Raconter]] = {
    "rendez_vous": ("id_rdv", rendez_vous),
    "contrats": ("id_contrat", contrat),
    "diagnostics": ("id_diagnostic", diagnostic),
    "prestations": ("id_prestation", prestation),
    "participations": ("id_participation", participation),
    "reprises_emploi": ("id_reprise", reprise),
}


def cles(hasard: Hasard, personne: str) -> Ligne:
    """The keys of somebody's row; now and then those of somebody whom no CAF knows."""
    if parfois(hasard, 0.07):
        personne = f"inconnu{hasard.randint(1, 5)}"
    par_nir = parfois(hasard, 0.7)
    return {
        "ligne": 0,
        "cle_nir": f"nir:{personne}" if par_nir else None,
        "cle_dem": None,
        "cle_mat": None if par_nir else f"mat:{personne}",
        "cle_ft": None,
        "cle_naissance": f"nai:{personne}",
    }


def emetteurs(hasard: Hasard, table: str, magasin: Magasin) -> tuple[Source, ...]:
    """Who delivers a table: one system, one in flux, one per territoire, one after the other."""
    milieu = mois_plus(mois_de(magasin.arrete_au), -hasard.randint(1, 8))
    choix: list[tuple[Source, ...]] = [(), (), (Source(table, mode="flux"),)]
    choix.append(
        (Source(table, "ancien", fin=milieu - timedelta(days=1)), Source(table, "neuf", debut=milieu))
    )
    if len(magasin.territoires) > 1:
        choix.append((Source(table, "nord", ("67",)), Source(table, "sud", ("68",), mode="flux")))
    return hasard.choice(choix)


def jours_remarquables(magasin: Magasin) -> list[date]:
    """The days that definitions look at closely: month ends, two weeks after an orientation, two months after
    T0."""
    caf = [d for d in magasin.livraisons if d.source == "beneficiaires"]
    mois = sorted({m for d in caf for _, m in d.parties})
    jours = [jour for m in mois for jour in (m, fin_de_mois(m), m + timedelta(days=1))]
    orientations = [x for d in magasin.livraisons if d.source == "orientations" for x in d.rows]
    notifiees = connues(
        x[c] for x in orientations for c in ("date_envoi_courrier", "date_designation_referent")
    )
    jours += [jour + timedelta(days=n) for jour in notifiees for n in (0, 14, 15)]
    deux_mois = [plus_mois(d.date_reception, 2) for d in caf]
    return jours + deux_mois + [jour - timedelta(days=1) for jour in deux_mois]


def exports(
    hasard: Hasard,
    source: Source,
    table: str,
    noms: list[str],
    bornes: tuple[date, date],
    reperes: list[date],
) -> list[Livraison]:
    """What an émetteur says over time: rows come, are corrected, vanish; sometimes it never says anything."""
    cle, raconter = PERSONNELLES[table]
    if parfois(hasard, 0.15):
        return []
    jours = sorted({jour_de(hasard, *bornes) for _ in range(hasard.randint(1, 4))})
    lignes: dict[str, Ligne] = {}
    livraisons = []
    for jour in jours:
        avant = dict(lignes)
        for _ in range(hasard.randint(0, 2 * len(noms))):
            quelconque = jour_de(hasard, bornes[0] - timedelta(days=60), bornes[1])
            evenement = raconter(hasard, hasard.choice(reperes) if parfois(hasard, 0.5) else quelconque)
            numero = f"{source.emetteur}{hasard.randint(0, 3 * len(noms))}"
            lignes[numero] = {**cles(hasard, hasard.choice(noms)), cle: numero, **evenement}
        if lignes and parfois(hasard, 0.3):
            del lignes[hasard.choice(list(lignes))]
        nouvelles = [x for n, x in lignes.items() if avant.get(n) != x]
        contenu = list(lignes.values()) if source.mode == "stock" else nouvelles
        identifiant = f"{table}-{source.emetteur}-{jour:%Y%m%d}"
        livraison = Livraison(identifiant, table, jour, [dict(x) for x in contenu], emetteur=source.emetteur)
        livraison.rejets = [{"ligne": n, "regles": "TAB-003"} for n in range(hasard.choice((0, 0, 1, 2)))]
        livraisons.append(livraison)
    if source.mode == "stock" and parfois(hasard, 0.2):
        hasard.choice(livraisons).confirmations.append(jours[-1] + timedelta(days=hasard.randint(1, 20)))
    return livraisons


def france_travail(hasard: Hasard, noms: list[str], bornes: tuple[date, date]) -> list[Livraison]:
    """Monthly exports, each of some registrations, as they then stand."""
    inscriptions: list[Ligne] = []
    livraisons = []
    for jour in sorted({jour_de(hasard, *bornes) for _ in range(hasard.randint(0, 4))}):
        for nom in hasard.sample(noms, len(noms) // 2):
            debut = hasard.choice((None, *(jour - timedelta(days=hasard.randint(0, 900)) for _ in range(5))))
            inscriptions.append({**cles(hasard, nom), "date_inscription": debut})
        for x in inscriptions:
            x.setdefault("date_radiation", None)
            fin = hasard.choice((jour, fin_de_mois(mois_plus(mois_de(jour), -1))))
            x["date_cessation"] = x.get("date_cessation") or (fin if parfois(hasard, 0.1) else None)
            x["date_signature_ppae"] = jour if parfois(hasard, 0.2) else x.get("date_signature_ppae")
        dites = [dict(x) for x in inscriptions if parfois(hasard, 0.8)]
        livraisons.append(Livraison(f"ft-{jour:%Y%m%d}", "france_travail", jour, dites))
    return livraisons


def anonymes(hasard: Hasard, bornes: tuple[date, date]) -> list[Livraison]:
    """parcours_types, volet1 and satisfaction."""
    annees = range(bornes[0].year, bornes[1].year + 1)
    contenus: dict[str, list[dict[str, Any]]] = {
        "parcours_types": [
            {
                "nom": n,
                "places_financees": hasard.choice((20, 0, None)),
                "cout_unitaire": hasard.choice((99.5, None)),
            }
            for n in hasard.sample(PARCOURS, hasard.randint(1, 3))
        ],
        "volet1": [
            {
                "annee": str(a),
                "etp_chefferie": hasard.choice((1.5, None)),
                "etp_numerique": 0.5,
                "feuille_de_route": True,
            }
            for a in annees
            if parfois(hasard, 0.7)
        ],
        "satisfaction": [
            {
                "id_enquete": str(rang),
                "date": jour_de(hasard, *bornes),
                "public": hasard.choice(("personnes", "professionnels")),
                "nombre_reponses": 10,
                "nombre_satisfaits": hasard.randint(0, 10),
            }
            for rang in range(4)
        ],
    }
    jour = jour_de(hasard, *bornes)
    return [
        Livraison(table, table, jour, [{"ligne": 0, **x} for x in lignes], emetteur="principal")
        for table, lignes in contenus.items()
        if parfois(hasard, 0.8)
    ]


def completer_les_beneficiaires(hasard: Hasard, magasin: Magasin) -> None:
    """Family situations, as the OARSA needs them, and openings of right."""
    for ligne in [x for d in magasin.livraisons if d.source == "beneficiaires" for x in d.rows]:
        ligne["situation_famille"] = hasard.choice(FAMILLES)
        ligne["nombre_enfants"] = hasard.choice((None, 0, 0, 1, 3))
        if parfois(hasard, 0.5):
            ligne["date_ouverture_droit"] = ligne["mois"] - timedelta(days=hasard.randint(0, 40))


def oublier_des_colonnes(hasard: Hasard, magasin: Magasin) -> None:
    """Now and then an émetteur, or a whole table, never gives an optional column."""
    for table, colonnes in OPTIONNELLES.items():
        if not parfois(hasard, 0.25):
            continue
        sans = set(hasard.sample(colonnes, hasard.randint(1, len(colonnes))))
        emetteur = hasard.choice([d.emetteur for d in magasin.livraisons if d.source == table] or [None])
        siennes = [d for d in magasin.livraisons if (d.source, d.emetteur) == (table, emetteur)]
        depuis = hasard.choice(
            [date.min, *(d.date_reception for d in siennes)]
        )  # never given, or lost one day
        for livraison in [d for d in siennes if d.date_reception >= depuis]:
            livraison.sans = frozenset(sans)
            for ligne in livraison.rows:
                ligne.update((c, None) for c in sans if c in ligne)
    for livraison in [d for d in magasin.livraisons if d.source == "orientations"]:
        for ligne in livraison.rows:  # as reception would: no row without date nor référent
            ligne["organisme_referent"] = ligne["organisme_referent"] or "A"


def jalons(hasard: Hasard, bornes: tuple[date, date]) -> tuple[Jalon, ...]:
    """Whole quarters, months cut short, a year that ends on 31 December."""
    debut, fin = sorted((jour_de(hasard, *bornes), jour_de(hasard, *bornes)))
    return (
        Jalon("J1", debut, fin, "à cheval"),
        Jalon("J2", mois_de(debut), fin_de_mois(fin), "mois entiers"),
        Jalon("J3", date(fin.year, 10, 1), date(fin.year, 12, 31), "fin d'année"),
    )


def magasin_complet(graine: int) -> Magasin:
    """A small store with every table, always the same for the same seed."""
    magasin = magasin_au_hasard(graine)
    hasard = random.Random(graine + 2)
    caf = [d for d in magasin.livraisons if d.source == "beneficiaires"]
    noms = sorted({personne_de(x) for d in caf for x in d.rows})
    bornes = min(m for d in caf for _, m in d.parties), max(d.date_reception for d in caf)
    livraisons = [d for d in magasin.livraisons if d.source != "rendez_vous"]
    sources, reperes = list(magasin.sources), jours_remarquables(magasin)
    for table in PERSONNELLES:
        siens = emetteurs(hasard, table, magasin)
        sources += siens
        for source in siens or (Source(table),):
            livraisons += exports(hasard, source, table, noms, bornes, reperes)
    livraisons += france_travail(hasard, noms, bornes) + anonymes(hasard, bornes)
    complet = replace(magasin, livraisons=livraisons, sources=tuple(sources), jalons=jalons(hasard, bornes))
    completer_les_beneficiaires(hasard, complet)
    oublier_des_colonnes(hasard, complet)
    if parfois(hasard, 0.2):
        complet.regles = replace(complet.regles, heures_intensif=hasard.choice((10, 20)))
    for livraison in complet.livraisons:
        for rang, ligne in enumerate(livraison.rows, start=1):
            ligne["ligne"] = rang
    return complet
