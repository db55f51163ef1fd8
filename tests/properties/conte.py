"""Small stores told in a few words: who was seen when and how, who was oriented when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from naif_magasin import Ligne, Livraison, Magasin, de_mois_a_mois, fin_de_mois, mois_plus

from pipelines.configuration import Organisme, Qualite, Regles, Source, Territoire

BAS_RHIN = Territoire("67", "Bas-Rhin", ("67",))
HAUT_RHIN = Territoire("68", "Haut-Rhin", ("68",))
CAF67 = Organisme("CAF671", ("67",))
CAF68 = Organisme("CAF681", ("68",))
MSA = Organisme("MSA680", ("67", "68"), indispensable=False)


def ligne_caf(personne: str, mois: date, **colonnes: Any) -> Ligne:
    """A row of lignes.parquet of beneficiaires: soumis unless said; keys from the names given."""
    numero = colonnes.get("numero_demande_rsa", f"D{personne}")
    return {
        "ligne": 0,
        "dossier": 0,
        "anomalie": False,
        "organisme": "CAF671",
        "mois": mois,
        "numero_demande_rsa": numero,
        "matricule": f"{sum(map(ord, numero)) % 10_000_000:07}" if numero else None,
        "cle_nir": f"nir:{personne}",
        "cle_dem": f"dem:{numero}|{personne}" if numero else None,
        "cle_dem_precedente": None,
        "cle_mat": f"mat:{personne}",
        "cle_ft": None,
        "cle_naissance": f"nai:{personne}",
        "mois_naissance": date(1985, 5, 1),
        "sexe": "1",
        "role": "DEM",
        "date_demande": date(2015, 6, 1),
        "date_arrivee_mutation": None,
        "organisme_cedant": None,
        "date_depart_mutation": None,
        "date_rattachement": None,
        "date_fin_rattachement": None,
        "numero_demande_precedente": None,
        "top_droits_devoirs": True,
        "top_entrant": None,
        "etat_dossier": "2",
        "motifs_suspension": None,
        "date_suspension": None,
        "motif_cloture": None,
        "date_cloture": None,
        "code_commune": "67482",
        "code_postal": None,
        "nature_prestation": None,
        "activite": None,
        "situation_famille": None,
        "nombre_enfants": None,
        "date_ouverture_droit": None,
        **colonnes,
    }


def ligne_orientation(personne: str, **colonnes: Any) -> Ligne:
    """A row of lignes.parquet of orientations."""
    return {
        "ligne": 0,
        "cle_nir": f"nir:{personne}",
        "cle_dem": None,
        "cle_mat": None,
        "cle_ft": None,
        "cle_naissance": f"nai:{personne}",
        "id_orientation": f"O-{personne}",
        "date_decision": None,
        "date_envoi_courrier": None,
        "date_designation_referent": None,
        "organisme_referent": "CCAS",
        "type_organisme": "ccas",
        "type_parcours": None,
        "accompagnement_global": None,
        "statut": None,
        "date_fin": None,
        "motif_fin": None,
        "preorientation_ft": None,
        **colonnes,
    }


def ligne_rendez_vous(personne: str, jour: date, presence: str, **colonnes: Any) -> Ligne:
    """A row of lignes.parquet of rendez_vous."""
    return {
        "ligne": 0,
        "cle_nir": f"nir:{personne}",
        "cle_dem": None,
        "cle_mat": f"mat:{personne}",
        "cle_ft": None,
        "cle_naissance": f"nai:{personne}",
        "id_rdv": f"R-{personne}-{jour}",
        "date_rdv": jour,
        "date_creation": None,
        "type": "orientation",
        "presence": presence,
        **colonnes,
    }


def ligne_rejet(personne: str, organisme: str, mois: date) -> Ligne:
    """A row of rejets.parquet of beneficiaires."""
    return {
        "ligne": 0,
        "dossier": 0,
        "organisme": organisme,
        "mois": mois,
        "cle_nir": f"nir:{personne}",
        "cle_dem": None,
        "cle_mat": None,
        "cle_ft": None,
        "cle_naissance": f"nai:{personne}",
        "regles": "CAF-004",
        "colonnes": "etat_dossier",
    }


def numeroter(livraison: Livraison) -> Livraison:
    """Line numbers and dossier ranks as the readers give them."""
    rangs: dict[Any, int] = {}
    for rang, ligne in enumerate(livraison.rows + livraison.rejets, start=1):
        ligne["ligne"] = rang
        if "dossier" in ligne:
            cle = ligne.get("numero_demande_rsa") or rang, ligne.get("matricule")
            ligne["dossier"] = rangs.setdefault(cle, len(rangs) + 1)
    return livraison


@dataclass
class Conte:
    """A story: monthly files from ``debut`` to ``fin``, each received on the 5th of the next month,
    with a witness who is there all along; orientations delivered whole at the dates told."""

    debut: date = date(2021, 1, 1)
    fin: date = date(2024, 12, 1)
    arrete_au: date = date(2025, 3, 31)
    organismes: tuple[Organisme, ...] = (CAF67,)
    territoires: tuple[Territoire, ...] = (BAS_RHIN,)
    receptions: dict[date, date] = field(default_factory=dict)
    manquants: set[tuple[str, date]] = field(default_factory=set)
    lignes: list[Ligne] = field(default_factory=list)
    autres: list[Livraison] = field(default_factory=list)

    def vu(self, personne: str, debut: date, fin: date | None = None, **colonnes: Any) -> None:
        """The person stands in every monthly file from debut to fin (that month alone)."""
        self.lignes += [ligne_caf(personne, m, **colonnes) for m in de_mois_a_mois(debut, fin or debut)]

    def oriente(
        self, personne: str, recues: date | Iterable[date] = date(2025, 3, 31), **colonnes: Any
    ) -> None:
        """Deliveries of orientations that hold one row of that person."""
        for recue in [recues] if isinstance(recues, date) else recues:
            rows = [ligne_orientation(personne, **colonnes)]
            identifiant = f"ori-{recue}-{len(self.autres)}"
            self.autres.append(
                numeroter(Livraison(identifiant, "orientations", recue, rows, emetteur="principal"))
            )

    def quotidien(self, recue: date, *lignes: Ligne, creation: date | None = None) -> None:
        """A daily file."""
        identifiant = f"jour-{recue}-{len(self.autres)}"
        livraison = Livraison(identifiant, "beneficiaires", recue, list(lignes), type_flux="I")
        livraison.date_creation, livraison.heure_creation = creation or recue, "06:00:00.000000"
        self.autres.append(numeroter(livraison))

    def mensuel(self, organisme: str, mois: date, suffixe: str = "", **colonnes: Any) -> Livraison:
        """The monthly file of an organisme."""
        commune = "68066" if organisme == "CAF681" else "67482"
        temoin = ligne_caf(f"temoin{organisme}", mois, organisme=organisme, code_commune=commune)
        rows = [dict(x) for x in self.lignes if (x["organisme"], x["mois"]) == (organisme, mois)]
        recue = self.receptions.get(mois, fin_de_mois(mois) + timedelta(days=5))
        livraison = Livraison(
            f"{organisme}-{mois}{suffixe}", "beneficiaires", recue, [temoin, *rows], type_flux="M"
        )
        livraison.date_creation, livraison.heure_creation = recue, "05:00:00.000000"
        for nom, valeur in colonnes.items():
            setattr(livraison, nom, valeur)
        return numeroter(livraison)

    def magasin(self, regles: Regles | None = None) -> Magasin:
        """The whole store."""
        mensuels = [
            self.mensuel(o.code, m)
            for o in self.organismes
            for m in de_mois_a_mois(self.debut, self.fin)
            if (o.code, m) not in self.manquants
        ]
        if not any(d.source == "orientations" for d in self.autres):
            self.oriente("temoinCAF671", date_decision=date(2019, 1, 7))
        return Magasin(
            mensuels + self.autres,
            self.territoires,
            self.organismes,
            self.arrete_au,
            sources=(Source("orientations"),),
            regles=regles or Regles(),
            qualite=Qualite(),
        )


def mois(annee: int, numero: int) -> date:
    """A month."""
    return date(annee, numero, 1)


def apres(m: date, nombre: int) -> date:
    """The month that many months later."""
    return mois_plus(m, nombre)
