"""Random small stores: lives of a few people, the files that tell them, and everything that goes wrong."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from conte import (
    BAS_RHIN,
    CAF67,
    CAF68,
    HAUT_RHIN,
    MSA,
    ligne_caf,
    ligne_orientation,
    ligne_rejet,
    ligne_rendez_vous,
    numeroter,
)
from naif import Naif
from naif_magasin import Bloquee, Ligne, Livraison, Magasin, de_mois_a_mois, fin_de_mois, mois_de, mois_plus

from pipelines.configuration import Qualite, Regles, Source

MSA_INDISPENSABLE = replace(MSA, indispensable=True)
RESEAUX = (
    (CAF67,),
    (CAF67, MSA),
    (CAF67, CAF68),
    (CAF67, CAF68, MSA),
    (CAF67, CAF68, MSA_INDISPENSABLE),
)
COMMUNES = {"67": "67482", "68": "68066"}
MOTIFS_CLOTURE = ("MUT", "RGD", "EFF", "RFD", "RAU", "RST", "PCG", None)
TYPES_ORGANISME = ("ft", "ccas", "cd", None)

Hasard = random.Random


def parfois(hasard: Hasard, probabilite: float) -> bool:
    """True that often."""
    return hasard.random() < probabilite


def jour_de(hasard: Hasard, debut: date, fin: date) -> date:
    """A day between the two."""
    return debut + timedelta(days=hasard.randint(0, max(0, (fin - debut).days)))


# ---------------------------------------------------------------- lives


@dataclass
class Vie:
    """A person: identity, dossier, where they live, and the months told so far."""

    nom: str
    hasard: Hasard
    debut: date
    organisme: str
    commune: str
    numero: str
    precedent: str | None = None
    demande: date | None = None
    role: str = "DEM"
    sans_nir: bool = False
    nir_provisoire_jusqu_a: date = date.min
    nir_partage: str | None = None  # somebody else's NIR, borne by mistake or before a correction
    naissance_oubliee: bool = False
    inscrit: bool = False  # known to France Travail
    mois: dict[date, list[Ligne]] = field(default_factory=dict)

    def nir(self, m: date) -> str | None:
        """cle_nir as the file of that month gives it."""
        if self.sans_nir:
            return None
        if self.nir_partage:
            return self.nir_partage
        return f"nir:provisoire-{self.nom}" if m < self.nir_provisoire_jusqu_a else f"nir:{self.nom}"

    def ligne(self, m: date, **colonnes: Any) -> Ligne:
        """The person's row in that month's file."""
        return ligne_caf(
            self.nom,
            m,
            **{
                "organisme": self.organisme,
                "numero_demande_rsa": self.numero,
                "cle_nir": self.nir(m),
                "cle_ft": f"ft:{self.nom}" if self.inscrit else None,
                "cle_naissance": None if self.naissance_oubliee and self.nir(m) else f"nai:{self.nom}",
                "cle_dem": f"dem:{self.numero}|{self.nom}",
                "cle_dem_precedente": f"dem:{self.precedent}|{self.nom}" if self.precedent else None,
                "numero_demande_precedente": self.precedent,
                "code_commune": self.commune,
                "date_demande": self.demande,
                "role": self.role,
                **colonnes,
            },
        )

    def changer_de_dossier(self, m: date, organisme: str, chaine: bool) -> None:
        """Another dossier, elsewhere or not, that may name the former one."""
        self.precedent = self.numero if chaine else None
        self.numero, self.organisme = f"D{self.nom}-{m:%y%m}", organisme
        self.demande = m - timedelta(days=self.hasard.randint(-20, 90))


def phase(vie: Vie, m: date) -> tuple[int, dict[str, Any]]:
    """How long the next stretch of life lasts, and what the files say of it."""
    hasard = vie.hasard
    suspension = {
        "date_suspension": hasard.choice((m, m, None, m - timedelta(days=hasard.randint(1, 200)))),
        "motifs_suspension": hasard.choice(("06", "01", "05", None)),
        "top_droits_devoirs": hasard.choice((True, True, False, None)),
    }
    cloture = {
        "etat_dossier": hasard.choice("556"),
        "motif_cloture": hasard.choice(MOTIFS_CLOTURE),
        "date_cloture": hasard.choice((fin_de_mois(m), m, None, m - timedelta(days=hasard.randint(1, 90)))),
    }
    etats: list[tuple[int, int, dict[str, Any]]] = [
        (30, 4, {}),
        (12, 4, {"top_droits_devoirs": False}),
        (3, 2, {"top_droits_devoirs": None}),
        (6, 2, {"etat_dossier": "0", "top_droits_devoirs": None}),
        (2, 1, {"etat_dossier": "1", "top_droits_devoirs": False}),
        (5, 5, {"etat_dossier": "3", **suspension}),
        (9, 9, {"etat_dossier": "4", **suspension}),
        (4, 4, {"etat_dossier": "4", "motifs_suspension": "05", "top_droits_devoirs": True}),
        (8, 1, cloture),
        (18, 5, {"absent": True}),
        (2, 1, {"rejet": True}),
    ]
    _, longueur, colonnes = hasard.choices(etats, [e[0] for e in etats])[0]
    return hasard.randint(1, longueur), colonnes


def vivre(vie: Vie, fin: date, organismes: list[str]) -> None:
    """Fill the months of a life, stretch after stretch."""
    m, hasard = vie.debut, vie.hasard
    while m <= fin:
        if m > vie.debut and parfois(hasard, 0.12):
            vie.changer_de_dossier(m, hasard.choice(organismes), chaine=parfois(hasard, 0.3))
        if parfois(hasard, 0.06):
            vie.commune = hasard.choice(("67482", "68066", "67482", "99999"))
        duree, colonnes = phase(vie, m)
        dates = dates_de_ligne(hasard, m)
        for _ in range(duree):
            vie.mois[m] = lignes_du_mois(vie, m, {**dates, **colonnes})
            m = mois_plus(m, 1)


def dates_de_ligne(hasard: Hasard, m: date) -> dict[str, Any]:
    """Dates that may start an episode before its month."""
    dates: dict[str, Any] = {}
    if parfois(hasard, 0.1):
        dates["date_rattachement"] = m - timedelta(days=hasard.randint(-10, 60))
    if parfois(hasard, 0.12):
        dates["date_arrivee_mutation"] = m - timedelta(days=hasard.randint(-20, 80))
        dates["organisme_cedant"] = hasard.choice(("CAF999", "CAF671", None))
    if parfois(hasard, 0.25):
        dates["date_demande"] = hasard.choice((None, m - timedelta(days=hasard.randint(-15, 70))))
    if parfois(hasard, 0.05):
        dates["date_fin_rattachement"] = m + timedelta(days=hasard.randint(-5, 70))
    if parfois(hasard, 0.15):
        dates["date_ouverture_droit"] = m - timedelta(days=hasard.randint(0, 40))
    return dates


def lignes_du_mois(vie: Vie, m: date, colonnes: dict[str, Any]) -> list[Ligne]:
    """The rows of one person in one month: none, one, sometimes a second dossier, sometimes set aside."""
    hasard, lignes = vie.hasard, []
    if colonnes.get("rejet"):
        rejet = ligne_rejet(vie.nom, vie.organisme, m)
        rejet["cle_nir"] = vie.nir(m)
        if not vie.nir(m) or parfois(hasard, 0.5):
            rejet["cle_dem"] = f"dem:{vie.numero}|{vie.nom}"
        lignes.append(rejet)
    elif not colonnes.get("absent"):
        lignes.append(vie.ligne(m, **colonnes))
    if parfois(hasard, 0.04):
        second = {"numero_demande_rsa": f"E{vie.nom}", "cle_dem": f"dem:E{vie.nom}|{vie.nom}"}
        ancien = {"etat_dossier": hasard.choice("0123456"), "date_demande": date(2016, 2, 3)}
        cloture = {"motif_cloture": hasard.choice(MOTIFS_CLOTURE), "date_cloture": m - timedelta(days=400)}
        fermee = cloture if ancien["etat_dossier"] in "56" else {}
        lignes.append(vie.ligne(m, **second, **ancien, **fermee))
    return lignes


# ---------------------------------------------------------------- CAF/MSA files


def fichiers_mensuels(
    hasard: Hasard, vies: list[Vie], organismes: list[str], mois: list[date]
) -> list[Livraison]:
    """Monthly files: missing, late, sent again, two organismes in one, complementary."""
    livraisons: list[Livraison] = []
    sans_creation = parfois(hasard, 0.2)
    ensemble = parfois(hasard, 0.1)
    for m in mois:
        groupes = [organismes] if ensemble else [[o] for o in organismes]
        for groupe in groupes:
            if parfois(hasard, 0.03) and m not in (mois[0], mois[-1]):
                continue
            livraison = fichier_mensuel(hasard, vies, groupe, m)
            if sans_creation:
                livraison.date_creation = livraison.heure_creation = None
            livraisons.append(livraison)
            if parfois(hasard, 0.12):
                livraisons.append(renvoi(hasard, livraison))
            if parfois(hasard, 0.05):
                livraisons.append(complement(hasard, livraison, vies))
    return livraisons


def fichier_mensuel(hasard: Hasard, vies: list[Vie], organismes: list[str], m: date) -> Livraison:
    """One monthly file, with a witness per organisme."""
    creation = fin_de_mois(m) + timedelta(days=hasard.randint(-3, 9))
    recue = creation + timedelta(days=hasard.randint(0, 6))
    livraison = Livraison(f"M-{'-'.join(organismes)}-{m:%Y%m}", "beneficiaires", recue, type_flux="M")
    livraison.date_creation = creation
    livraison.heure_creation = f"{hasard.randint(0, 23):02}:15:00.000000"
    for organisme in organismes:
        commune = COMMUNES["68" if organisme == "CAF681" else "67"]
        livraison.rows.append(ligne_caf(f"temoin{organisme}", m, organisme=organisme, code_commune=commune))
    for vie in vies:
        for ligne in vie.mois.get(m, []):
            if ligne["organisme"] in organismes:
                (livraison.rejets if "regles" in ligne else livraison.rows).append(dict(ligne))
    return livraison


def historique_en_bloc(hasard: Hasard, livraisons: list[Livraison]) -> list[Livraison]:
    """The oldest months handed over the same day, as tables without creation date; some in a single file."""
    jour = hasard.choice(livraisons).date_reception
    anciennes = [d for d in livraisons if d.date_reception <= jour]
    for livraison in anciennes:
        livraison.date_reception, livraison.date_creation, livraison.heure_creation = jour, None, None
    mois_vus: set[tuple[str, date]] = set()
    seul = Livraison("historique", "beneficiaires", jour, type_flux="M")
    for livraison in [d for d in anciennes if not d.complementaire and parfois(hasard, 0.5)]:
        if not mois_vus & livraison.parties:
            mois_vus |= livraison.parties
            seul.rows += livraison.rows
            seul.rejets += livraison.rejets
            livraisons = [d for d in livraisons if d is not livraison]
    return [*livraisons, seul] if seul.rows else livraisons


def renvoi(hasard: Hasard, premier: Livraison) -> Livraison:
    """The same month sent again, later, not quite the same."""
    second = replace(premier, id=f"{premier.id}-bis", rows=[], rejets=[dict(x) for x in premier.rejets])
    for ligne in premier.rows:
        if not ligne["cle_nir"] or "temoin" in ligne["cle_nir"] or not parfois(hasard, 0.2):
            second.rows.append(dict(ligne))
        elif parfois(hasard, 0.6):
            autre = hasard.choice(
                ({"top_droits_devoirs": False}, {}, {"etat_dossier": "2", "top_droits_devoirs": True})
            )
            second.rows.append({**ligne, **autre})
    delai = hasard.randint(0, 45)
    second.date_reception = premier.date_reception + timedelta(days=delai)
    if premier.date_creation:
        second.date_creation = premier.date_creation + timedelta(days=hasard.randint(0, delai))
        second.heure_creation = "23:45:00.000000"
    return second


def complement(hasard: Hasard, premier: Livraison, vies: list[Vie]) -> Livraison:
    """A flux anomalies: dossiers known or not, all with an Anomalie block."""
    connus = [dict(ligne) for ligne in premier.rows if "temoin" not in (ligne["cle_nir"] or "")]
    inconnus = [
        vie.ligne(ligne["mois"], organisme=ligne["organisme"]) for vie in vies for ligne in premier.rows[:1]
    ]
    lignes = [
        dict(x, anomalie=True) for x in hasard.sample(connus, len(connus) // 2) + hasard.sample(inconnus, 1)
    ]
    recue = premier.date_reception + timedelta(days=hasard.randint(0, 20))
    return replace(
        premier, id=f"{premier.id}-ano", date_reception=recue, rows=lignes, rejets=[], complementaire=True
    )


def fichiers_quotidiens(
    hasard: Hasard, vies: list[Vie], organismes: list[str], mois: list[date]
) -> list[Livraison]:
    """Daily files: a few rows each, closures and openings."""
    livraisons = []
    for rang in range(hasard.randint(0, len(mois))):
        creation = jour_de(hasard, mois[0], fin_de_mois(mois[-1]) + timedelta(days=12))
        recue = creation + timedelta(days=hasard.randint(0, 3))
        livraison = Livraison(f"J-{rang}", "beneficiaires", recue, type_flux="I", date_creation=creation)
        livraison.heure_creation = f"{hasard.randint(0, 23):02}:30:00.000000"
        for vie in hasard.sample(vies, min(len(vies), hasard.randint(1, 4))):
            _, colonnes = phase(vie, mois_de(creation))
            if not {"absent", "rejet"} & set(colonnes):
                livraison.rows.append(
                    vie.ligne(mois_de(creation), organisme=hasard.choice(organismes), **colonnes)
                )
        if livraison.rows:
            livraisons.append(livraison)
    return livraisons


# ---------------------------------------------------------------- orientations


@dataclass
class Dossier:
    """One orientation as the editor holds it: a row that the editor keeps overwriting."""

    ligne: Ligne
    retouches: dict[date, Callable[[date], None]] = field(default_factory=dict)


def jour_d_orientation(hasard: Hasard, le: date, reperes: list[date]) -> date:
    """A day before the export: any, or one that the rules look at closely."""
    proches = [jour for jour in reperes if le - timedelta(days=60) <= jour <= le]
    return (
        hasard.choice(proches)
        if proches and parfois(hasard, 0.5)
        else le - timedelta(days=hasard.randint(0, 25))
    )


def jours_remarquables(livraisons: list[Livraison]) -> list[date]:
    """First days of months, receptions, and the days about the end of the fifteen days and of the month."""
    recues = [d.date_reception for d in livraisons]
    ecarts = (-1, 0, 1, 14, 15, 16, 30, 31)
    return [mois_de(jour) for jour in recues] + [jour + timedelta(days=n) for jour in recues for n in ecarts]


def nouvelle_orientation(hasard: Hasard, vie: Vie, rang: int, le: date, reperes: list[date]) -> Ligne:
    """A row entered that day."""
    jours = [jour_d_orientation(hasard, le, reperes) for _ in range(3)]
    dates = dict(
        zip(("date_decision", "date_envoi_courrier", "date_designation_referent"), sorted(jours), strict=True)
    )
    gardees = {nom: jour for nom, jour in dates.items() if parfois(hasard, 0.55)}
    ligne = ligne_orientation(
        vie.nom,
        id_orientation=f"O{rang}-{vie.nom}",
        **gardees,
        organisme_referent=hasard.choice(("A", "B", "C")),
        type_organisme=hasard.choice(TYPES_ORGANISME),
        type_parcours=hasard.choice(("social", "professionnel", None)),
        accompagnement_global=hasard.choice((True, False, None)),
        statut=hasard.choice(("en_cours", "en_veille", None)),
    )
    if vie.sans_nir or parfois(hasard, 0.2):  # real exports often carry the matricule alone
        ligne["cle_nir"] = None
        ligne["cle_ft" if vie.inscrit else "cle_mat"] = f"{'ft' if vie.inscrit else 'mat'}:{vie.nom}"
    return ligne


def retoucher(hasard: Hasard, ligne: Ligne, le: date) -> None:
    """What an editor does to a row between two exports."""
    noms = ("date_decision", "date_envoi_courrier", "date_designation_referent")
    geste = hasard.choice(
        ("deplacer", "deplacer", "effacer", "reorienter", "type", "referent", "clore", "clos", "rouvrir")
    )
    if geste in ("deplacer", "reorienter"):
        recul = hasard.choice((0, 3, 10, 40))
        for nom in noms:
            if ligne[nom] and parfois(hasard, 0.8):
                ligne[nom] = le - timedelta(days=recul)
        if not any(ligne[nom] for nom in noms):
            ligne[hasard.choice(noms)] = le - timedelta(days=recul)
    if geste == "effacer":
        ligne[hasard.choice(noms)] = None
    if geste == "reorienter":
        ligne.update(
            statut="en_cours", date_fin=None, organisme_referent=hasard.choice(("A", "B", "C", None))
        )
    if geste == "type":
        ligne["type_organisme"] = hasard.choice(TYPES_ORGANISME)
    if geste == "referent":
        ligne["organisme_referent"] = hasard.choice(("A", "B", "C"))
    if geste == "clore":
        ligne.update(statut="clos", date_fin=le - timedelta(days=hasard.randint(0, 5)))
    if geste == "clos":
        ligne["statut"] = "clos"
    if geste == "rouvrir":
        ligne.update(statut="en_cours", date_fin=None)
    reparer(ligne, noms)


def reparer(ligne: Ligne, noms: tuple[str, ...]) -> None:
    """As reception would: no row without date nor référent, no date_fin before a start."""
    dates = [ligne[nom] for nom in noms if ligne[nom]]
    if not dates and ligne["organisme_referent"] is None:
        ligne["organisme_referent"] = "A"
    if ligne["date_fin"] and any(ligne["date_fin"] < jour for jour in dates):
        ligne["date_fin"] = None


def exports(
    hasard: Hasard,
    source: Source,
    vies: list[Vie],
    jours: list[date],
    reperes: list[date],
    lignes: dict[str, Ligne],
) -> list[Livraison]:
    """The deliveries of one émetteur: whole stock each time, or what is new and changed."""
    livraisons: list[Livraison] = []
    for jour in jours:
        avant = {cle: dict(ligne) for cle, ligne in lignes.items()}
        faire_vivre(hasard, source, lignes, vies, jour, reperes)
        nouvelles = {cle: ligne for cle, ligne in lignes.items() if avant.get(cle) != ligne}
        contenu = [dict(x) for x in (lignes if source.mode == "stock" else nouvelles).values()]
        deja = [d for d in livraisons if memes_lignes(d.rows, contenu)]
        if deja and source.mode == "stock":
            deja[0].confirmations.append(jour)
        elif not deja:
            identifiant = f"{source.emetteur}-{jour:%Y%m%d}"
            livraisons.append(
                numeroter(Livraison(identifiant, "orientations", jour, contenu, emetteur=source.emetteur))
            )
    return livraisons


def memes_lignes(unes: list[Ligne], autres: list[Ligne]) -> bool:
    """The same content, whatever the line numbers."""
    return [{**x, "ligne": 0} for x in unes] == [{**x, "ligne": 0} for x in autres]


def faire_vivre(
    hasard: Hasard, source: Source, lignes: dict[str, Ligne], vies: list[Vie], jour: date, reperes: list[date]
) -> None:
    """Between two exports: new orientations, changed ones, forgotten ones."""
    for ligne in list(lignes.values()):
        if parfois(hasard, 0.2):
            retoucher(hasard, ligne, jour)
    if lignes and source.mode == "stock" and parfois(hasard, 0.1):
        del lignes[hasard.choice(list(lignes))]
    for vie in vies:
        if parfois(hasard, 0.2):
            rang = hasard.randint(0, 3)
            ligne = nouvelle_orientation(hasard, vie, rang, jour, reperes)
            ligne["id_orientation"] += f"-{source.emetteur}"
            lignes[ligne["id_orientation"]] = ligne


def rendez_vous(hasard: Hasard, vies: list[Vie], premier: date, fin: date) -> list[Livraison]:
    """Two exports of the appointments: the second knows what became of the first one's."""
    jours = sorted({jour_de(hasard, premier, fin) for _ in range(2)})
    lignes: dict[str, Ligne] = {}
    livraisons = []
    for jour in jours:
        for vie in vies:
            for _ in range(hasard.randint(0, 3)):
                presence = hasard.choice(("prevu", "honore", "absent", "absent", "excuse", "annule"))
                genre = hasard.choice(("orientation", "orientation", "diagnostic"))
                ligne = ligne_rendez_vous(vie.nom, jour_de(hasard, premier, fin), presence, type=genre)
                lignes[ligne["id_rdv"]] = ligne
        contenu = [dict(ligne) for ligne in lignes.values()]
        livraison = Livraison(f"rdv-{jour}", "rendez_vous", jour, contenu, emetteur="principal")
        livraisons.append(livraison)
    return livraisons


def sources_au_hasard(hasard: Hasard, mois: list[date], deux_territoires: bool) -> tuple[Source, ...]:
    """Who exports the orientations: one system, one per territoire, one after the other."""
    milieu = mois[len(mois) // 2]
    seul = (Source("orientations", mode=hasard.choice(("stock", "stock", "flux"))),)
    un_par_territoire = (
        Source("orientations", "iodas", ("67",)),
        Source("orientations", "solis", ("68",), mode="flux"),
    )
    l_un_puis_l_autre = (
        Source("orientations", "ancien", fin=milieu - timedelta(days=1)),
        Source("orientations", "neuf", debut=milieu),
    )
    return hasard.choice((seul, seul, un_par_territoire if deux_territoires else seul, l_un_puis_l_autre))


# ---------------------------------------------------------------- whole stores


def regles_au_hasard(hasard: Hasard) -> Regles:
    """The defaults, or other readings and shorter terms (so that long runs happen in short stores)."""
    if parfois(hasard, 0.3):
        return Regles()
    return Regles(
        etats_versables=hasard.choice((("2",), ("2",), ("2",), ("2", "3"))),
        absence_sortie_continuite_mois=hasard.choice((3, 4)),
        motifs_continuite=hasard.choice((("MUT", "RGD", "EFF"), ("MUT",))),
        absence_sortie_mois=hasard.choice((2, 2, 3)),
        suspension_mois=hasard.choice((12, 2, 3)),
        reentree_non_orientee=hasard.choice(("continuation", "continuation", "nouvelle")),
        criteres=hasard.choice(((1, 2, 3), (1, 2, 3), (1, 2, 3), (1, 2))),
        regle_date_fin=hasard.choice(("premiere", "courrier", "referent")),
        borne_delai=hasard.choice(("stricte", "inclusive")),
        seuil=hasard.choice(("15_jours", "15_jours", "1_mois")),
        delai_saisie_jours=hasard.choice((30, 5)),
        correction_jours=hasard.choice((31, 10)),
    )


def vies_au_hasard(hasard: Hasard, organismes: list[str], mois: list[date]) -> list[Vie]:
    """A few people; some live together, some have no NIR or only a provisional one at first."""
    vies: list[Vie] = []
    for rang in range(hasard.choice((hasard.randint(1, 6), hasard.randint(15, 40)))):
        organisme = hasard.choice(organismes)
        debut = hasard.choice((mois[0], hasard.choice(mois)))
        commune = COMMUNES["68" if organisme == "CAF681" else "67"]
        vie = Vie(f"p{rang}", hasard, debut, organisme, commune, f"Dp{rang}")
        vie.demande = hasard.choice((date(2015, 6, 1), None, debut - timedelta(days=hasard.randint(-20, 60))))
        if vies and parfois(hasard, 0.25):
            vie.numero, vie.organisme, vie.role = vies[-1].numero, vies[-1].organisme, "CJT"
        vie.sans_nir = parfois(hasard, 0.1)
        vie.inscrit = parfois(hasard, 0.3)
        vie.naissance_oubliee = parfois(hasard, 0.1)
        if vies and parfois(hasard, 0.06):
            vie.nir_partage = f"nir:{vies[-1].nom}"
        if parfois(hasard, 0.1):
            vie.nir_provisoire_jusqu_a = hasard.choice(mois)
        vivre(vie, mois[-1], organismes)
        vies.append(vie)
    return vies


def magasin_au_hasard(graine: int, en_bloc: bool = True) -> Magasin:
    """A small store, always the same for the same seed."""
    hasard = random.Random(graine)
    premier = date(2022, hasard.randint(1, 12), 1)
    mois = list(de_mois_a_mois(premier, mois_plus(premier, hasard.randint(3, 17))))
    reseau = hasard.choice(RESEAUX)
    haut_rhin = hasard.choice((HAUT_RHIN, replace(HAUT_RHIN, communes=("68", "67482"))))
    territoires = (BAS_RHIN,) if not any("68" in o.territoires for o in reseau) else (BAS_RHIN, haut_rhin)
    organismes = [o.code for o in reseau]
    vies = vies_au_hasard(hasard, organismes, mois)
    sources = sources_au_hasard(hasard, mois, len(territoires) > 1)
    livraisons = fichiers_mensuels(hasard, vies, organismes, mois)
    if parfois(hasard, 0.1) and en_bloc:
        livraisons = historique_en_bloc(hasard, livraisons)
    livraisons += fichiers_quotidiens(hasard, vies, organismes, mois)
    fin = max(d.date_reception for d in livraisons)
    livraisons += orientations(hasard, sources, vies, mois[0], livraisons)
    livraisons += rendez_vous(hasard, vies, mois[0], fin)
    arrete_au = fin if parfois(hasard, 0.6) else jour_de(hasard, mois[-2], fin + timedelta(days=60))
    qualite = Qualite(suspecte_minimum=1000)
    regles = regles_au_hasard(hasard)
    livraisons = [numeroter(d) for d in livraisons]
    return Magasin(livraisons, territoires, reseau, arrete_au, sources, regles, qualite)


def orientations(
    hasard: Hasard, sources: tuple[Source, ...], vies: list[Vie], premier: date, caf: list[Livraison]
) -> list[Livraison]:
    """What each émetteur delivers over its service, sometimes nothing; a new system may start from the rows
    of the one it replaces."""
    livraisons: list[Livraison] = []
    fin = max(d.date_reception for d in caf)
    for source in sources:
        nombre = hasard.randint(0, 30) if parfois(hasard, 0.95) else 0
        debut, dernier = source.debut or premier, min(source.fin or fin, fin)
        jours = {jour_de(hasard, debut, dernier) for _ in range(nombre)}
        reprises = livraisons[-1].rows if livraisons and source.debut and parfois(hasard, 0.6) else []
        lignes = {
            f"R{x['id_orientation']}": {**x, "id_orientation": f"R{x['id_orientation']}"} for x in reprises
        }
        livraisons += exports(hasard, source, vies, sorted(jours), jours_remarquables(caf), lignes)
    return livraisons


def magasin_suspect(graine: int) -> Magasin:
    """A store in which deliveries are suspectes, some accepted, some replaced, a few left undecided."""
    magasin = magasin_au_hasard(graine, en_bloc=False)  # the text does not order what comes the same day
    hasard = random.Random(graine + 1)
    magasin = replace(magasin, qualite=Qualite(suspecte_minimum=hasard.choice((3, 8, 15))))
    for livraison in magasin.livraisons:
        if livraison.type_flux == "M" and not livraison.complementaire and parfois(hasard, 0.5):
            livraison.dossiers_annonces = len({x["dossier"] for x in livraison.rows + livraison.rejets})
            livraison.dossiers_annonces += parfois(hasard, 0.05)
    while parfois(hasard, 0.99):
        bloquees = suspectes_indecises(magasin)
        if not bloquees:
            break
        hasard.choice(bloquees).acceptation = True
    return magasin


def suspectes_indecises(magasin: Magasin) -> list[Livraison]:
    """What somebody must accept before anything is published."""
    try:
        naif = Naif(magasin)
        naif.en_vigueur, naif.suivis  # noqa: B018  (both judge)
    except Bloquee as blocage:
        return blocage.livraisons
    return []
