"""The published tables: what a row is, their columns, their order. From here come the catalogue's COMMENTs,
the data dictionary and the order of the rows of every parquet file.

A column that a delivered table already has is taken from ``contracts.champs``; the others are stated here.
"""

from dataclasses import dataclass
from typing import Literal

from contracts.champs import CHAMPS
from contracts.definitions import Champ

Niveau = Literal["agregat", "personne"]

TRANCHES_AGE = ("0-24", "25-29", "30-39", "40-49", "50-59", "60+")
MOTIFS_INCLUSION = (
    "emmenagement",
    "retour_apres_radiation",
    "retour_suspension_plus_12_mois",
    "passage_sous_500",
    "entree_dans_foyer",
    "primo_demandeur",
    "retour_hors_historique",
    "autre_retour",
)
MOTIFS_EXCLUSION = (
    "entree_deja_comptee",
    "aller_retour_revenus",
    "suspension_moins_12_mois",
    "absence_courte",
    "suivi_en_cours",
)
TYPES_PERIODE = ("mois", "trimestre", "semestre", "annee", "jalon")
STATUTS = ("stabilise", "provisoire", "partiel", "ND")

_DEFINIS: tuple[Champ, ...] = (
    Champ("mois", "mois", "Mois M, par son premier jour"),
    Champ("territoire", "texte", "Code du territoire ; HORS : commune d'aucun territoire ; TOTAL : l'ensemble"),
    Champ("calculable", "booleen", "Chaque organisme indispensable a une livraison en vigueur pour M et M−1"),
    Champ("motif_nd", "texte", "Pourquoi le chiffre n'est pas disponible (premier_mois, livraison_manquante: …, source_absente: …, colonne_absente: …)"),
    Champ("presents", "entier", "Personnes en état 0, 2, 3 ou 4"),
    Champ("versables", "entier", "Personnes dont le droit est versable"),
    Champ("soumis", "entier", "Personnes au droit versable et soumises aux droits et devoirs"),
    Champ("candidats", "entier", "Soumis en M et pas au dernier mois connu avant M"),
    Champ("nouveaux_entrants", "entier", "Candidats sans suivi en cours et pas déjà comptés"),
    Champ("ecartes", "entier", "Candidats non comptés (suivi en cours, ou entrée déjà comptée)"),
    Champ("indetermines", "entier", "Soumis dont rien n'est connu en M−1, M−2 et M−3 : ni candidats, ni écartés"),
    Champ("code", "texte", "Code de l'indicateur dans le catalogue"),
    Champ("libelle", "texte", "Libellé officiel de l'indicateur (annexe 4)"),
    Champ("volet", "texte", "Volet de la convention"),
    Champ("type_periode", "texte", "Sorte de période", codes=TYPES_PERIODE),
    Champ("periode", "texte", "Période : 2024-03, 2024-T1, 2024-S1, 2024 ou le code du jalon"),
    Champ("debut", "date", "Premier jour de la période"),
    Champ("fin", "date", "Dernier jour de la période"),
    Champ("axe", "texte", "Répartition (vide : l'ensemble)"),
    Champ("modalite", "texte", "Valeur de l'axe (vide : l'ensemble)"),
    Champ("mesure", "texte", "Ce qui est mesuré : nombre, taux, personnes_distinctes, mediane…"),
    Champ("valeur", "decimal", "Le chiffre ; vide s'il n'est pas disponible, s'il est partiel, ou si un taux ou un délai n'a personne à compter"),
    Champ("numerateur", "entier", "Numérateur d'un taux, sur les mois calculables"),
    Champ("denominateur", "entier", "Dénominateur d'un taux, sur les mois calculables"),
    Champ("unite", "texte", "Unité de la valeur"),
    Champ("indicateurs.statut", "texte", "stabilise : ne bougera plus que par un fichier corrigé ; provisoire : peut encore bouger ; partiel : des mois manquent ; ND : non disponible", codes=STATUTS),
    Champ("valeur_partielle", "decimal", "Somme des seuls mois calculables, quand le statut est partiel"),
    Champ("mois_calculables", "entier", "Nombre de mois calculables de la période"),
    Champ("commentaire", "texte", "Commentaires demandés par l'annexe 4, pour ce chiffre"),
    Champ("arrete_au", "date", "Jour auquel la publication est arrêtée : rien de reçu après n'y entre"),
    Champ("empreinte", "texte", "Empreinte des entrées de la publication (fin du nom de son dossier)"),
    Champ("variante", "texte", "Autre lecture de la règle"),
    Champ("ecart", "decimal", "Valeur de la variante moins valeur publiée"),
    Champ("id_livraison", "texte", "Livraison d'où vient la ligne"),
    Champ("source", "texte", "Table livrée"),
    Champ("emetteur", "texte", "Logiciel qui exporte la table (vide pour la CAF, la MSA et France Travail)"),
    Champ("organisme", "texte", "Organisme payeur : CAF ou MSA et son numéro"),
    Champ("livraisons.mois", "mois", "Mois que décrit la livraison (CAF/MSA)"),
    Champ("type_flux", "texte", "M mensuel, I quotidien", codes=("M", "I")),
    Champ("date_reception", "date", "Jour où le fichier a été disponible pour le département"),
    Champ("date_enregistrement", "date", "Jour (UTC) de l'enregistrement par pilotage"),
    Champ("origine_date", "texte", "D'où vient la date de réception", codes=("option", "receptions", "implicite")),
    Champ("sha256", "texte", "Empreinte SHA-256 du contenu reçu"),
    Champ("lignes", "entier", "Lignes retenues"),
    Champ("rejets", "entier", "Lignes écartées par le contrat"),
    Champ("avertissements", "entier", "Valeurs lues comme absentes, et autres avertissements"),
    Champ("livraisons.etat", "texte", "Ce qu'il est fait de la livraison à la date d'arrêté", codes=("en_vigueur", "remplacee", "complementaire", "suspecte", "acceptee", "quotidienne")),
    Champ("regle", "texte", "Règle de contrôle"),
    Champ("gravite", "texte", "Gravité de la règle", codes=("refus", "suspecte", "rejet", "avertissement")),
    Champ("qualite.mois", "mois", "Mois des données (CAF/MSA), sinon mois de réception ; vide pour un constat d'ensemble"),
    Champ("nombre", "entier", "Nombre de cas"),
    Champ("message", "texte", "Constat, en une phrase, sans donnée personnelle"),
    Champ("id_personne", "texte", "Pseudonyme de la personne"),
    Champ("classe_etat", "texte", "Classe de l'état du dossier", codes=("versable", "suspendu", "clos", "autre")),
    Champ("situations_mensuelles.soumis", "booleen", "Droit versable et soumise aux droits et devoirs"),
    Champ("inconnue", "booleen", "Situation inconnue ce mois-là : ni soumise, ni non soumise"),
    Champ("decision", "texte", "Ce qui est décidé de la personne pour V2-1", codes=("nouvel_entrant", "ecarte", "non_candidat", "indetermine", "non_calculable")),
    Champ("motif", "texte", "Motif d'inclusion, d'exclusion ou de non-calcul"),
    Champ("tranche_age", "texte", "Tranche d'âge au dernier jour du mois", codes=TRANCHES_AGE),
    Champ("mois_demande", "mois", "Mois de la demande de RSA"),
    Champ("motif_inclusion", "texte", "Pourquoi la personne entre (annexe 4, « inclut »)", codes=MOTIFS_INCLUSION),
    Champ("debut_episode", "date", "Début de l'épisode : premier jour de M, ou date de l'événement qui le déclenche"),
    Champ("date_reception_t0", "date", "T0 : réception de la première livraison qui montre la personne soumise"),
    Champ("source_t0", "texte", "Flux d'où vient T0", codes=("mensuel", "quotidien")),
    Champ("id_livraison_t0", "texte", "Livraison d'où vient T0"),
    Champ("date_orientation", "date", "Date de notification de l'orientation (courrier ou référent)"),
    Champ("source_date_orientation", "texte", "Ce qui date l'orientation", codes=("courrier", "referent")),
    Champ("delai_jours", "entier", "date_orientation − T0, en jours calendaires, signé"),
    Champ("anticipee", "booleen", "Orientation notifiée avant T0"),
    Champ("oriente_15_jours", "booleen", "Orientée en 15 jours et moins"),
    Champ("oriente_1_mois", "booleen", "Orientée en un mois et moins"),
    Champ("delai_echu", "booleen", "Le délai est écoulé à la date d'observation"),
    Champ("statut_orientation", "texte", "Où en est l'orientation", codes=("oriente_dans_delai", "oriente_hors_delai", "non_oriente", "en_attente")),
    Champ("decide_non_notifie", "booleen", "Orientation décidée, que rien ne dit notifiée"),
    Champ("absent_rdv_orientation", "booleen", "Ne s'est présentée à aucun rendez-vous d'orientation"),
    Champ("motif_exclusion", "texte", "Pourquoi le candidat n'est pas compté", codes=MOTIFS_EXCLUSION),
    Champ("date_debut_suivi", "date", "Début du suivi en cours"),
    Champ("statut_suivi", "texte", "Statut du suivi en cours", codes=("en_cours", "en_veille", "clos")),
    Champ("version", "entier", "Rang de la version de l'orientation"),
    Champ("debut_suivi", "date", "Début du suivi"),
    Champ("cause_fin", "texte", "Ce qui met fin à la version"),
    Champ("vu_du", "date", "Première réception qui montre cette version"),
    Champ("vu_au", "date", "Dernière réception qui montre cette version"),
    Champ("ancien_id", "texte", "Pseudonyme qu'a porté la personne"),
    Champ("cause", "texte", "Pourquoi le pseudonyme a changé"),
)  # fmt: skip

_PROPRES: dict[str, Champ] = {champ.nom: champ for champ in _DEFINIS}


@dataclass(frozen=True)
class Mart:
    """One published table. ``tri``: the columns that order its rows, and tell them apart."""

    nom: str
    niveau: Niveau
    description: str
    colonnes: tuple[str, ...]
    tri: tuple[str, ...]

    def champs(self) -> dict[str, Champ]:
        """The field of each column, in the table's order."""
        return {colonne: champ_de_mart(self.nom, colonne) for colonne in self.colonnes}


def champ_de_mart(mart: str, colonne: str) -> Champ:
    """The field of a column: that of this mart, else of all marts, else of the delivered tables."""
    return _PROPRES.get(f"{mart}.{colonne}") or _PROPRES.get(colonne) or CHAMPS[colonne]


def _mart(nom: str, niveau: Niveau, description: str, colonnes: str, tri: str) -> Mart:
    return Mart(nom, niveau, description, tuple(colonnes.split()), tuple(tri.split()))


_LISTE: tuple[Mart, ...] = (
    _mart(
        "indicateurs",
        "agregat",
        "Les indicateurs. Une ligne par code × période × territoire × modalité × mesure.",
        "code libelle volet type_periode periode debut fin territoire axe modalite mesure valeur "
        "numerateur denominateur unite statut motif_nd valeur_partielle mois_calculables commentaire "
        "arrete_au empreinte",
        "code type_periode debut periode territoire axe modalite mesure",
    ),
    _mart(
        "entonnoir_mensuel",
        "agregat",
        "Des personnes présentes aux nouveaux entrants. Une ligne par mois × territoire.",
        "mois territoire calculable motif_nd presents versables soumis candidats nouveaux_entrants "
        "ecartes indetermines",
        "mois territoire",
    ),
    _mart(
        "variantes",
        "agregat",
        "Ce que donnerait une autre lecture des règles. Une ligne par code × variante × période × territoire.",
        "code variante type_periode periode territoire valeur ecart",
        "code variante type_periode periode territoire",
    ),
    _mart(
        "livraisons",
        "agregat",
        "Le registre des livraisons reçues. Une ligne par livraison × organisme × mois.",
        "id_livraison source emetteur organisme mois type_flux date_reception date_enregistrement "
        "origine_date date_creation sha256 lignes rejets avertissements etat",
        "source emetteur organisme mois date_reception id_livraison",
    ),
    _mart(
        "qualite",
        "agregat",
        "Ce que les contrôles ont constaté. Une ligne par règle × source × mois × territoire × message.",
        "regle gravite source mois territoire nombre message",
        "regle source mois territoire message",
    ),
    _mart(
        "situations_mensuelles",
        "personne",
        "La situation de chaque personne chaque mois, et la décision prise. Une ligne par mois × personne.",
        "mois territoire id_personne organisme role etat_dossier classe_etat top_droits_devoirs soumis "
        "inconnue decision motif sexe tranche_age mois_demande id_livraison",
        "mois territoire id_personne",
    ),
    _mart(
        "nouveaux_entrants",
        "personne",
        "Les nouveaux entrants et leur orientation. Une ligne par entrée.",
        "mois territoire id_personne organisme role sexe tranche_age motif_inclusion debut_episode "
        "date_ouverture_droit date_reception_t0 source_t0 id_livraison_t0 date_orientation "
        "source_date_orientation delai_jours anticipee oriente_15_jours oriente_1_mois delai_echu "
        "statut_orientation decide_non_notifie type_parcours type_organisme organisme_referent "
        "accompagnement_global absent_rdv_orientation",
        "mois territoire id_personne",
    ),
    _mart(
        "entrees_ecartees",
        "personne",
        "Les candidats qui ne sont pas comptés, et pourquoi. Une ligne par candidat écarté.",
        "mois territoire id_personne motif_exclusion debut_episode date_debut_suivi statut_suivi",
        "mois territoire id_personne",
    ),
    _mart(
        "suivis",
        "personne",
        "Les suivis tels qu'ils ont été connus. Une ligne par version d'une orientation.",
        "id_personne emetteur id_orientation version debut_suivi date_envoi_courrier "
        "date_designation_referent date_decision date_fin cause_fin organisme_referent type_organisme "
        "type_parcours accompagnement_global vu_du vu_au",
        "id_personne emetteur id_orientation version",
    ),
    _mart(
        "alias_personnes",
        "personne",
        "Les pseudonymes qui ont changé. Une ligne par ancien pseudonyme.",
        "ancien_id id_personne cause",
        "ancien_id id_personne",
    ),
)

MARTS: dict[str, Mart] = {mart.nom: mart for mart in _LISTE}
