"""The registry of delivered columns: each fact about a column is stated here and nowhere else.

A column whose meaning depends on its table has an entry ``table.colonne``, which wins over ``colonne``.
"""

from contracts.definitions import Champ

_CODE = r"^[0-9A-Z]{1,3}$"
_COMMUNE = r"^(?:0[1-9]|[1-9][0-9]|2[AB])[0-9]{3}$"
_POSTAL = r"^(?:0[1-9]|[1-9][0-9])[0-9]{3}$"
_MOTIFS_SUSPENSION = (
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
    "09",
    "19",
    "31",
    "34",
    "35",
    "36",
    "44",
    "70",
    "78",
    "84",
    "85",
    "97",
    "AB",
    "CG",
    "CV",
    "CZ",
    "DA",
    "DB",
    "DC",
)
_PRESTATIONS_RSA = ("RSD", "RSI", "RSU", "RSB", "RSJ", "RCD", "RCI", "RCU", "RCB", "RCJ")
_TYPES_ORGANISME = (
    "ft",
    "mission_locale",
    "cap_emploi",
    "plie",
    "autre_spe",
    "cd",
    "caf",
    "msa",
    "ccas",
    "autre_hors_spe",
)
_FREINS = (
    "mobilite",
    "garde_enfant",
    "sante",
    "logement",
    "numerique",
    "langue",
    "administratif",
    "finances",
    "famille",
    "autre",
)
_PARCOURS_FT = ("PED", "PSP", "PSO", "EO", "IND")

_PERSONNE: tuple[Champ, ...] = (
    Champ(
        "nir", "texte", "Numéro de sécurité sociale (13 ou 15 caractères)", personnel=True, regle="IDE-001"
    ),
    Champ(
        "nom",
        "texte",
        "Nom d'usage",
        personnel=True,
    ),
    Champ(
        "nom_naissance",
        "texte",
        "Nom de naissance",
        personnel=True,
    ),
    Champ(
        "prenom",
        "texte",
        "Prénom",
        personnel=True,
    ),
    Champ("date_naissance", "date", "Date de naissance", personnel=True, regle="IDE-008"),
    Champ(
        "identifiant_france_travail",
        "texte",
        "Identifiant France Travail (8 ou 11 caractères)",
        personnel=True,
        forme=r"^[0-9]{7}[0-9A-Z](?:[0-9]{3})?$",
        regle="IDE-007",
    ),
    Champ(
        "numero_demande_rsa",
        "texte",
        "Numéro de demande de RSA, complété à 11 caractères",
        personnel=True,
        forme=r"^[0-9A-Z]{1,11}$",
        regle="IDE-006",
    ),
    Champ(
        "matricule",
        "texte",
        "Numéro d'allocataire, ramené à 7 chiffres",
        personnel=True,
        forme=r"^(?:[0-9]{1,7}|[0-9]{15})$",
        regle="IDE-005",
    ),
    Champ("sexe", "texte", "Sexe : 1 homme, 2 femme", codes=("1", "2"), regle="TAB-102"),
)

_DOSSIER: tuple[Champ, ...] = (
    Champ(
        "organisme",
        "texte",
        "Organisme payeur : CAF ou MSA",
        codes=("CAF", "MSA"),
        regle="CAF-004",
        absence="CAF-004",
    ),
    Champ(
        "numero_organisme",
        "texte",
        "Numéro de l'organisme payeur",
        forme=r"^[0-9A-Z]{1,3}$",
        regle="CAF-004",
        absence="CAF-004",
    ),
    Champ(
        "mois_reference", "mois", "Mois que décrit le fichier (AAAA-MM)", regle="CAF-005", absence="CAF-005"
    ),
    Champ("date_creation", "date", "Date de création du fichier par l'organisme", regle="TAB-101"),
    Champ("date_demande", "date", "Date de la demande de RSA", regle="TAB-101"),
    Champ(
        "date_arrivee_mutation",
        "date",
        "Date d'arrivée du dossier, venu d'un autre organisme",
        regle="TAB-101",
    ),
    Champ(
        "organisme_cedant",
        "texte",
        "Organisme d'où vient le dossier",
        forme=r"^[A-Z]{2,3}[0-9A-Z]{1,3}$",
        regle="CAF-107",
    ),
    Champ(
        "date_depart_mutation", "date", "Date de départ du dossier vers un autre organisme", regle="TAB-101"
    ),
    Champ(
        "role",
        "texte",
        "Rôle dans le dossier RSA : DEM demandeur, CJT conjoint",
        codes=("DEM", "CJT", "ENF", "AUT"),
        regle="CAF-003",
        absence="CAF-003",
    ),
    Champ("date_rattachement", "date", "Date de rattachement de la personne au dossier", regle="TAB-101"),
    Champ("date_fin_rattachement", "date", "Date de fin de rattachement au dossier", regle="TAB-101"),
    Champ(
        "numero_demande_precedente",
        "texte",
        "Numéro de la demande de RSA précédente, complété à 11 caractères",
        personnel=True,
        forme=r"^[0-9A-Z]{1,11}$",
        regle="IDE-006",
    ),
    Champ(
        "top_droits_devoirs",
        "booleen",
        "Soumis aux droits et devoirs selon l'organisme (absent : inconnu)",
        regle="CAF-104",
    ),
    Champ("top_entrant", "booleen", "Entrant dans les droits et devoirs selon l'organisme", regle="CAF-104"),
    Champ(
        "etat_dossier",
        "texte",
        "État du dossier RSA : 0 en attente, 1 refusé, 2 ouvert et versable, 3 ouvert et suspendu, "
        "4 versement suspendu, 5 clos, 6 clos sur mois antérieur",
        codes=("0", "1", "2", "3", "4", "5", "6"),
        regle="CAF-002",
        absence="CAF-002",
    ),
    Champ(
        "motifs_suspension",
        "liste",
        "Motifs de suspension, joints par +",
        codes=_MOTIFS_SUSPENSION,
        regle="CAF-101",
    ),
    Champ("date_suspension", "date", "Première date de suspension", regle="TAB-101"),
    Champ(
        "motif_cloture",
        "texte",
        "Motif de clôture",
        codes=("PCG", "ECH", "EFF", "MUT", "RGD", "RFD", "RAU", "RST", "RSO"),
        regle="CAF-101",
    ),
    Champ("date_cloture", "date", "Date de clôture", regle="TAB-101"),
    Champ("code_commune", "texte", "Code Insee de la commune de résidence", forme=_COMMUNE, regle="CAF-102"),
    Champ("code_postal", "texte", "Code postal de résidence", forme=_POSTAL, regle="CAF-102"),
    Champ(
        "nature_prestation",
        "liste",
        "Natures de RSA versées, jointes par + (RSD socle, RSI majoré, RSJ jeune…)",
        codes=_PRESTATIONS_RSA,
        regle="CAF-103",
    ),
    Champ("activite", "texte", "Code d'activité en cours (CNAF)", forme=_CODE, regle="TAB-102"),
    Champ("situation_famille", "texte", "Code de situation de famille (CNAF)", forme=_CODE, regle="TAB-102"),
    Champ("nombre_enfants", "entier", "Nombre d'enfants à charge", regle="TAB-103"),
    Champ("date_ouverture_droit", "date", "Date d'ouverture du droit", regle="TAB-101"),
)

_ORIENTATION: tuple[Champ, ...] = (
    Champ(
        "id_orientation",
        "texte",
        "Identifiant de l'orientation chez l'émetteur (dérivé s'il manque)",
    ),
    Champ("date_decision", "date", "Date de la décision d'orientation", regle="TAB-101"),
    Champ(
        "date_envoi_courrier", "date", "Date d'envoi du courrier ou courriel d'orientation", regle="TAB-101"
    ),
    Champ("date_designation_referent", "date", "Date de désignation du référent", regle="TAB-101"),
    Champ(
        "organisme_referent",
        "texte",
        "Organisme référent unique",
    ),
    Champ("type_organisme", "texte", "Type de l'organisme référent", codes=_TYPES_ORGANISME, regle="TAB-102"),
    Champ(
        "type_parcours",
        "texte",
        "Type de parcours",
        codes=("professionnel", "socio_professionnel", "social"),
        regle="TAB-102",
    ),
    Champ("accompagnement_global", "booleen", "Orientation en accompagnement global (O/N)", regle="TAB-104"),
    Champ("statut", "texte", "Statut du suivi", codes=("en_cours", "en_veille", "clos"), regle="TAB-102"),
    Champ("date_fin", "date", "Date de fin", regle="TAB-101"),
    Champ(
        "motif_fin",
        "texte",
        "Motif de fin",
    ),
    Champ(
        "preorientation_ft",
        "texte",
        "Préorientation par France Travail",
        codes=("PED", "PSP", "PSO", "EO"),
        regle="TAB-102",
    ),
    Champ(
        "date_entree_flux",
        "date",
        "Date d'entrée dans le flux selon l'outil (rdv-insertion) : seulement comparée à T0",
        regle="TAB-101",
    ),
)

_RENDEZ_VOUS: tuple[Champ, ...] = (
    Champ(
        "id_rdv",
        "texte",
        "Identifiant du rendez-vous chez l'émetteur (dérivé s'il manque)",
    ),
    Champ("date_rdv", "date", "Date du rendez-vous", regle="TAB-101"),
    Champ("rendez_vous.date_creation", "date", "Date à laquelle le rendez-vous a été fixé", regle="TAB-101"),
    Champ(
        "rendez_vous.type",
        "texte",
        "Type de rendez-vous",
        codes=("orientation", "diagnostic", "accompagnement"),
        regle="TAB-102",
    ),
    Champ(
        "presence",
        "texte",
        "Présence au rendez-vous",
        codes=("prevu", "honore", "absent", "excuse", "annule"),
        regle="TAB-102",
    ),
)

_FRANCE_TRAVAIL: tuple[Champ, ...] = (
    Champ("date_inscription", "date", "Date d'inscription à France Travail", regle="TAB-101"),
    Champ(
        "categorie",
        "texte",
        "Catégorie d'inscription (1 à 8)",
        codes=("1", "2", "3", "4", "5", "6", "7", "8"),
        regle="FTR-101",
    ),
    Champ("date_cessation", "date", "Date de cessation d'inscription", regle="TAB-101"),
    Champ(
        "motif_cessation",
        "texte",
        "Motif de cessation",
    ),
    Champ("date_radiation", "date", "Date de radiation", regle="TAB-101"),
    Champ(
        "motif_radiation",
        "texte",
        "Motif de radiation",
    ),
    Champ("date_signature_ppae", "date", "Date de signature du PPAE", regle="TAB-101"),
    Champ("date_dernier_entretien", "date", "Date du dernier entretien", regle="TAB-101"),
    Champ(
        "code_parcours",
        "texte",
        "Parcours France Travail (PED, PSP, PSO, EO, IND)",
        codes=_PARCOURS_FT,
        regle="FTR-101",
    ),
    Champ(
        "structure",
        "texte",
        "Structure qui suit la personne",
    ),
)

_CONTRATS: tuple[Champ, ...] = (
    Champ("id_contrat", "texte", "Identifiant du contrat chez l'émetteur (dérivé s'il manque)"),
    Champ(
        "contrats.type",
        "texte",
        "Type de contrat",
        codes=("CER", "PPAE", "contrat_engagement"),
        regle="TAB-102",
    ),
    Champ("date_signature", "date", "Date de signature", regle="TAB-101"),
    Champ("rang", "entier", "Rang du contrat pour la personne (1 : premier)", regle="TAB-103"),
)

_ACCOMPAGNEMENT: tuple[Champ, ...] = (
    Champ("id_diagnostic", "texte", "Identifiant du diagnostic chez l'émetteur (dérivé s'il manque)"),
    Champ("date_diagnostic", "date", "Date de l'entretien de diagnostic", regle="TAB-101"),
    Champ("freins", "liste", "Freins relevés, joints par +", codes=_FREINS, regle="TAB-102"),
    Champ("id_prestation", "texte", "Identifiant de la prestation chez l'émetteur (dérivé s'il manque)"),
    Champ(
        "prestations.type",
        "texte",
        "Type de prestation",
        codes=("immersion", "formation", "atelier", "accompagnement", "levee_frein", "autre"),
        regle="TAB-102",
    ),
    Champ("mode", "texte", "Mode de la prestation", codes=("individuel", "collectif"), regle="TAB-102"),
    Champ("date_debut", "date", "Date de début", regle="TAB-101"),
    Champ("duree_heures", "decimal", "Durée totale, en heures", regle="TAB-103"),
    Champ("id_participation", "texte", "Identifiant de la participation (dérivé s'il manque)"),
    Champ("code_action", "texte", "Code de l'action (fiche action)"),
    Champ("date_entree", "date", "Date d'entrée dans l'action", regle="TAB-101"),
    Champ("date_sortie", "date", "Date de sortie de l'action", regle="TAB-101"),
)

_EMPLOI: tuple[Champ, ...] = (
    Champ("id_reprise", "texte", "Identifiant de la reprise d'emploi (dérivé s'il manque)"),
    Champ(
        "type_contrat",
        "texte",
        "Type de contrat de travail",
        codes=("CDI", "CDD", "CDDI", "interim", "apprentissage", "independant", "autre"),
        regle="TAB-102",
    ),
    Champ("reprises_emploi.duree_mois", "entier", "Durée du contrat de travail, en mois", regle="TAB-103"),
)

_MOYENS: tuple[Champ, ...] = (
    Champ("parcours_types.nom", "texte", "Nom du parcours", absence="TAB-005"),
    Champ("duree_mois", "entier", "Durée du parcours, en mois", regle="TAB-103"),
    Champ("contenu", "texte", "Contenu du parcours"),
    Champ("modalites", "texte", "Modalités du parcours"),
    Champ("public_cible", "texte", "Public visé par le parcours"),
    Champ("cout_unitaire", "decimal", "Coût unitaire du parcours, en euros", regle="TAB-103"),
    Champ("places_financees", "entier", "Nombre de places financées", regle="TAB-103"),
    Champ("annee", "texte", "Année", forme=r"^20[0-9]{2}$", regle="TAB-005", absence="TAB-005"),
    Champ("etp_chefferie", "decimal", "ETP dédiés à la chefferie de projet", regle="TAB-103"),
    Champ("rattachement", "texte", "Rattachement de la chefferie de projet"),
    Champ("etp_numerique", "decimal", "ETP dédiés à la transformation numérique", regle="TAB-103"),
    Champ("feuille_de_route", "booleen", "Feuille de route formalisée (O/N)", regle="TAB-104"),
    Champ("id_enquete", "texte", "Identifiant de l'enquête (dérivé s'il manque)"),
    Champ("date", "date", "Date de l'enquête", regle="TAB-101"),
    Champ(
        "public",
        "texte",
        "Public interrogé",
        codes=("personnes", "professionnels"),
        regle="TAB-005",
        absence="TAB-005",
    ),
    Champ("nombre_reponses", "entier", "Nombre de réponses", regle="TAB-103"),
    Champ("nombre_satisfaits", "entier", "Nombre de réponses satisfaites", regle="TAB-103"),
)

_DECLARES: tuple[Champ, ...] = (
    Champ("id_valeur", "texte", "Identifiant de la valeur déclarée (dérivé s'il manque)"),
    Champ("valeurs_declarees.code", "texte", "Code de l'indicateur", absence="TAB-005"),
    Champ(
        "valeurs_declarees.type_periode",
        "texte",
        "Type de période",
        codes=("mois", "trimestre", "semestre", "annee", "jalon"),
        regle="TAB-005",
        absence="TAB-005",
    ),
    Champ("valeurs_declarees.periode", "texte", "Période (2023, 2023-T1, code du jalon…)", absence="TAB-005"),
    Champ("valeurs_declarees.territoire", "texte", "Code du territoire, ou TOTAL", absence="TAB-005"),
    Champ(
        "valeurs_declarees.valeur",
        "decimal",
        "Valeur déclarée, non recalculée",
        regle="TAB-005",
        absence="TAB-005",
    ),
    Champ("methode", "texte", "Comment la valeur déclarée a été obtenue"),
    Champ("valeurs_declarees.source", "texte", "Document où la valeur est signée"),
    Champ("id_commentaire", "texte", "Identifiant du commentaire (dérivé s'il manque)"),
    Champ("commentaires.code", "texte", "Code de l'indicateur commenté, ou * pour tous", absence="TAB-005"),
    Champ("commentaires.debut", "date", "Premier jour que couvre le commentaire", regle="TAB-101"),
    Champ("commentaires.fin", "date", "Dernier jour que couvre le commentaire", regle="TAB-101"),
    Champ("commentaires.territoire", "texte", "Territoire commenté (vide : tous)"),
    Champ("texte", "texte", "Texte du commentaire", absence="TAB-005"),
)

_RECEPTION: tuple[Champ, ...] = (
    Champ("ligne", "entier", "Ligne dans le fichier (table : en-tête = 1 ; flux XML : rang de la personne)"),
    Champ("dossier", "entier", "Rang du dossier dans le fichier"),
    Champ("anomalie", "booleen", "Le dossier porte un bloc Anomalie"),
    Champ("mois", "mois", "Mois de la ligne (premier jour)"),
    Champ("cle_nir", "texte", "Pseudonyme du NIR"),
    Champ("cle_dem", "texte", "Pseudonyme du numéro de demande, de la naissance et du prénom"),
    Champ("cle_dem_precedente", "texte", "Pseudonyme de la demande précédente, de la naissance et du prénom"),
    Champ("cle_mat", "texte", "Pseudonyme du matricule, de la naissance et du prénom"),
    Champ("cle_ft", "texte", "Pseudonyme de l'identifiant France Travail et de la naissance"),
    Champ("cle_naissance", "texte", "Pseudonyme de la date de naissance"),
    Champ("mois_naissance", "mois", "Mois de naissance (premier jour)"),
    Champ("regles", "texte", "Règles qui ont fait écarter la ligne, jointes par +"),
    Champ("colonnes", "texte", "Colonnes en cause, jointes par +"),
)

CHAMPS: dict[str, Champ] = {
    champ.nom: champ
    for groupe in (
        _PERSONNE,
        _DOSSIER,
        _ORIENTATION,
        _RENDEZ_VOUS,
        _FRANCE_TRAVAIL,
        _CONTRATS,
        _ACCOMPAGNEMENT,
        _EMPLOI,
        _MOYENS,
        _DECLARES,
        _RECEPTION,
    )
    for champ in groupe
}


def champ(table: str, colonne: str) -> Champ:
    """The field of a column in its table."""
    return CHAMPS.get(f"{table}.{colonne}") or CHAMPS[colonne]
