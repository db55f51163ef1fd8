"""The systems of the simulated département: which table each exports, when, with which columns and words."""

from dataclasses import dataclass, field, replace
from typing import Literal

from pipelines.simulation.ecriture_tables import STANDARD, Dialecte

TERRITOIRES = {"67": "Bas-Rhin", "68": "Haut-Rhin"}
CHAQUE_MOIS = tuple(range(1, 13))
CHAQUE_TRIMESTRE, CHAQUE_SEMESTRE, CHAQUE_ANNEE = (3, 6, 9, 12), (6, 12), (12,)

CLES = (
    "nir", "numero_demande_rsa", "matricule", "identifiant_france_travail", "nom", "prenom", "date_naissance",
)  # fmt: skip
COLONNES: dict[str, tuple[str, ...]] = {
    "orientations": (
        *CLES, "id_orientation", "date_decision", "date_envoi_courrier", "date_designation_referent",
        "organisme_referent", "type_organisme", "type_parcours", "accompagnement_global", "statut",
        "date_fin", "motif_fin",
    ),
    "rendez_vous": (*CLES, "id_rdv", "date_rdv", "date_creation", "type", "presence"),
    "contrats": (*CLES, "id_contrat", "type", "date_signature", "date_fin", "rang"),
    "diagnostics": (*CLES, "id_diagnostic", "date_diagnostic", "freins"),
    "prestations": (*CLES, "id_prestation", "type", "mode", "date_debut", "date_fin", "duree_heures"),
    "participations": (*CLES, "code_action", "date_entree", "date_sortie"),
    "reprises_emploi": (*CLES, "id_reprise", "date_debut", "date_fin", "type_contrat", "duree_mois"),
    "france_travail": (
        "identifiant_france_travail", "nir", "nom_naissance", "prenom", "date_naissance", "date_inscription",
        "categorie", "date_cessation", "motif_cessation", "date_radiation", "motif_radiation",
        "date_signature_ppae", "date_dernier_entretien", "code_parcours", "structure",
    ),
    "parcours_types": (
        "nom", "duree_mois", "contenu", "modalites", "public_cible", "cout_unitaire", "places_financees",
    ),
    "volet1": ("annee", "etp_chefferie", "rattachement", "etp_numerique", "feuille_de_route"),
    "satisfaction": ("date", "public", "nombre_reponses", "nombre_satisfaits"),
    "valeurs_declarees": ("code", "type_periode", "periode", "territoire", "valeur", "methode", "source"),
    "commentaires": ("code", "debut", "fin", "territoire", "texte"),
}  # fmt: skip

SOLIS = Dialecte(
    delimiteur=";",
    encodage="windows-1252",
    format_date="%d/%m/%Y",
    entetes={
        "matricule": "N° allocataire",
        "numero_demande_rsa": "N° demande RSA",
        "date_naissance": "Date de naissance",
        "date_decision": "Date de la décision",
        "date_envoi_courrier": "Date envoie du courrier",
        "date_designation_referent": "Référent désigné le",
        "organisme_referent": "Organisme référent",
        "type_parcours": "Parcours",
    },
    valeurs={
        "type_parcours": {
            "professionnel": "Pro",
            "socio_professionnel": "Socio-pro",
            "social": "Social",
        }
    },
    sans_zero=True,
)
SOLIS_PRESTATIONS = replace(
    SOLIS,
    entetes={
        "matricule": "N° allocataire",
        "numero_demande_rsa": "N° demande RSA",
        "date_naissance": "Date de naissance",
        "type": "Nature",
        "date_debut": "Début",
        "date_fin": "Fin",
        "duree_heures": "Nb heures",
    },
    valeurs={"type": {"immersion": "PMSMP", "levee_frein": "Levée de frein"}},
)
IODAS = Dialecte(delimiteur=",", encodage="utf-8-sig")


@dataclass(frozen=True, eq=False)
class Emetteur:
    """A system that exports a table for some territoires, after some months of the year."""

    table: str
    nom: str = "principal"
    territoires: tuple[str, ...] = tuple(TERRITOIRES)
    mode: str = "stock"
    dialecte: Dialecte = field(default=STANDARD)
    apres: tuple[int, ...] = CHAQUE_MOIS
    sans: tuple[str, ...] = ()  # columns that it does not export
    format: Literal["csv", "xlsx", "pecg"] = "csv"

    @property
    def colonnes(self) -> tuple[str, ...]:
        """Those of its table that it exports."""
        return tuple(colonne for colonne in COLONNES[self.table] if colonne not in self.sans)


_ORIENTATIONS = (
    Emetteur("orientations", "solis-67", ("67",), dialecte=SOLIS),
    Emetteur("orientations", "iodas-68", ("68",), dialecte=IODAS),
)
_RENDEZ_VOUS = Emetteur("rendez_vous", mode="flux")
EMETTEURS = (
    *_ORIENTATIONS,
    _RENDEZ_VOUS,
    Emetteur("contrats", apres=CHAQUE_TRIMESTRE),
    Emetteur("diagnostics", mode="flux", apres=CHAQUE_TRIMESTRE),
    # The second one has no hours: what needs them is ND for its territoire.
    Emetteur("prestations", "solis-67", ("67",), "flux", SOLIS_PRESTATIONS, CHAQUE_TRIMESTRE),
    Emetteur("prestations", "iodas-68", ("68",), "flux", IODAS, CHAQUE_TRIMESTRE, ("duree_heures",)),
    Emetteur("participations", apres=CHAQUE_SEMESTRE),
    Emetteur("reprises_emploi", mode="flux", apres=CHAQUE_TRIMESTRE),
    Emetteur("france_travail", apres=CHAQUE_TRIMESTRE, format="pecg"),
    Emetteur("parcours_types", apres=CHAQUE_ANNEE, format="xlsx"),
    Emetteur("volet1", apres=CHAQUE_ANNEE),
    Emetteur("satisfaction", mode="flux", apres=CHAQUE_SEMESTRE),
    Emetteur("valeurs_declarees", apres=CHAQUE_ANNEE),
    Emetteur("commentaires", apres=CHAQUE_SEMESTRE),
)
UN_EMETTEUR = (Emetteur("orientations"), _RENDEZ_VOUS)
