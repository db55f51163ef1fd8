"""Every rule of reception and of publication: one stable id, one gravity, one French text, one advice.

``refus`` the whole file is refused · ``suspecte`` the delivery waits for ``accepter`` · ``rejet`` the row is set
aside · ``avertissement`` the value is read as missing, or the user is only told.
"""

from contracts.definitions import Regle

_FICHIER: tuple[Regle, ...] = (
    Regle(
        "FIC-001",
        "refus",
        "contenu non reconnu : ni flux CAF/MSA, ni flux France Travail, ni table CSV ou XLSX",
        "vérifiez que c'est le bon fichier, tel que reçu ou exporté, sans conversion",
    ),
    Regle(
        "FIC-002",
        "refus",
        "XML mal formé",
        "redemandez le fichier à son expéditeur, ou téléchargez-le de nouveau",
    ),
    Regle("FIC-003", "refus", "fichier tronqué : la fin du flux manque", "téléchargez le fichier de nouveau"),
    Regle(
        "FIC-004",
        "refus",
        "le XML contient une DTD ou une entité, ce qu'aucun flux attendu ne contient",
        "ne modifiez pas le fichier ; vérifiez auprès de l'expéditeur d'où il vient",
    ),
    Regle(
        "FIC-005",
        "refus",
        "octets indéchiffrables : ni UTF-8 ni windows-1252, ou pas l'encodage que le XML annonce",
        "redemandez le flux à son expéditeur ; s'il s'agit d'une table, exportez-la de nouveau en « CSV UTF-8 »",
    ),
    Regle(
        "FIC-006",
        "refus",
        "un guillemet ouvert n'est pas refermé",
        "corrigez la ligne indiquée dans le logiciel source, puis exportez de nouveau",
    ),
    Regle(
        "FIC-007",
        "refus",
        "le nombre de champs d'une ligne ne correspond pas à l'en-tête",
        "corrigez la ligne indiquée (séparateur, guillemet ou retour à la ligne dans une valeur ?), puis exportez de nouveau",
    ),
    Regle("FIC-008", "refus", "fichier vide", "téléchargez ou exportez le fichier de nouveau"),
    Regle("FIC-009", "refus", "archive gzip illisible ou tronquée", "téléchargez le fichier de nouveau"),
    Regle(
        "FIC-010",
        "refus",
        "contenu décompressé démesuré pour un fichier de cette taille",
        "vérifiez l'origine du fichier ; un flux mensuel fait au plus quelques gigaoctets",
    ),
    Regle(
        "FIC-011",
        "refus",
        "classeur XLSX illisible",
        "ouvrez-le dans un tableur et enregistrez-le de nouveau",
    ),
    Regle(
        "FIC-012",
        "refus",
        "plusieurs feuilles du classeur contiennent une table",
        "gardez une seule feuille par classeur",
    ),
    Regle(
        "FIC-013",
        "refus",
        "le fichier a changé pendant sa lecture",
        "attendez la fin du dépôt, puis relancez",
    ),
    Regle(
        "FIC-014",
        "refus",
        "taux de lignes écartées au-dessus du maximum",
        "corrigez les lignes écartées à la source (`pilotage verifier` les liste), ou relevez le maximum dans [qualite]",
    ),
    Regle("FIC-015", "refus", "fichier illisible (droits ou support)", "vérifiez les droits du fichier"),
    Regle(
        "FIC-016",
        "refus",
        "un élément obligatoire du flux manque ou est illisible",
        "redemandez le fichier à son expéditeur",
    ),
    Regle(
        "FIC-101",
        "avertissement",
        "lien ignoré : seuls les fichiers du dossier sont lus",
        "copiez le fichier lui-même dans le dossier",
    ),
)

_RECONNAISSANCE: tuple[Regle, ...] = (
    Regle(
        "REC-001",
        "refus",
        "table non reconnue : aucune n'a toutes ses colonnes obligatoires dans ce fichier",
        "mettez les titres sur la première ligne ; renommez-les, ou décrivez-les dans `colonnes` de pilotage.toml",
    ),
    Regle(
        "REC-002",
        "refus",
        "deux tables possibles pour ces colonnes",
        "exportez une seule table par fichier, ou renommez les colonnes de trop",
    ),
    Regle(
        "REC-003",
        "refus",
        "organisme absent de [[organismes]]",
        "ajoutez l'organisme à pilotage.toml s'il verse le RSA à votre département ; sinon retirez le fichier",
    ),
    Regle(
        "REC-004",
        "refus",
        "date de réception inconnue",
        "indiquez la date de réception : --recu-le AAAA-MM-JJ, ou une ligne dans receptions.csv",
    ),
    Regle(
        "REC-005",
        "refus",
        "date de réception antérieure à la création du fichier",
        "corrigez la date de réception",
    ),
    Regle("REC-006", "refus", "date de réception dans le futur", "corrigez la date de réception"),
    Regle(
        "REC-007",
        "refus",
        "émetteur à préciser : plusieurs sont configurés pour cette table",
        "ajoutez --emetteur NOM, ou déposez le fichier dans depot/<table>/<émetteur>/",
    ),
    Regle(
        "REC-008",
        "refus",
        "émetteur inconnu pour cette table",
        "déposez dans depot/<table>/<émetteur>/, ou déclarez-le dans [[sources.<table>]] de pilotage.toml",
    ),
    Regle(
        "REC-009",
        "refus",
        "receptions.csv illisible, ou date illisible pour ce fichier",
        "receptions.csv a deux colonnes : fichier;date_reception (AAAA-MM-JJ)",
    ),
    Regle(
        "REC-010",
        "refus",
        "receptions.csv donne deux dates pour ce fichier",
        "gardez une seule ligne par fichier",
    ),
    Regle(
        "REC-101",
        "avertissement",
        "flux reconnu mais non lu : ce n'est pas un flux bénéficiaires (NATFLUX ≠ D)",
        "rien à faire",
    ),
    Regle("REC-102", "avertissement", "flux de reprise (TYPEFLUX R) reconnu mais non lu", "rien à faire"),
    Regle("REC-103", "avertissement", "contenu déjà reçu : rien n'a changé", "rien à faire"),
    Regle(
        "REC-104",
        "avertissement",
        "la clé n'est pas celle des premières livraisons : rien ne pourra être publié",
        "remettez la clé d'origine, puis recevez de nouveau ces fichiers : ils seront relus avec elle",
    ),
)

_CAF: tuple[Regle, ...] = (
    Regle(
        "CAF-001",
        "refus",
        "le fichier a ou annonce des dossiers, mais aucune ligne valable",
        "`pilotage verifier` liste les lignes écartées ; redemandez le fichier à l'organisme",
    ),
    Regle("CAF-002", "rejet", "état du dossier inconnu ou absent", "signalez le dossier à l'organisme"),
    Regle("CAF-003", "rejet", "rôle inconnu ou absent", "signalez le dossier à l'organisme"),
    Regle("CAF-004", "rejet", "organisme illisible ou absent", "corrigez la colonne à la source"),
    Regle("CAF-005", "rejet", "mois de référence illisible ou absent", "écrivez le mois AAAA-MM"),
    Regle(
        "CAF-101",
        "avertissement",
        "motif de suspension ou de clôture inconnu : lu comme absent",
        "signalez le code s'il est nouveau",
    ),
    Regle(
        "CAF-102",
        "avertissement",
        "code commune ou code postal impossible : lu comme absent",
        "corrigez l'adresse à la source",
    ),
    Regle(
        "CAF-103",
        "avertissement",
        "code prestation inconnu : lu comme absent",
        "signalez le code s'il est nouveau",
    ),
    Regle(
        "CAF-104",
        "avertissement",
        "top « droits et devoirs » ou « entrant » illisible : lu comme absent",
        "signalez le dossier à l'organisme ; sans top, la personne est inconnue ce mois-là",
    ),
    Regle(
        "CAF-105",
        "avertissement",
        "flux mensuel bien formé sans aucun dossier",
        "vérifiez auprès de l'organisme",
    ),
    Regle(
        "CAF-106",
        "avertissement",
        "fin de rattachement antérieure au début : lue comme absente",
        "signalez le dossier à l'organisme",
    ),
    Regle("CAF-107", "avertissement", "organisme cédant illisible : lu comme absent", "signalez le dossier"),
)

_FRANCE_TRAVAIL: tuple[Regle, ...] = (
    Regle(
        "FTR-001",
        "refus",
        "le nombre de dossiers annoncé en fin de fichier n'est pas celui des dossiers lus",
        "téléchargez le fichier de nouveau",
    ),
    Regle(
        "FTR-101",
        "avertissement",
        "catégorie, parcours ou motif France Travail inconnu : lu comme absent",
        "signalez le code s'il est nouveau",
    ),
    Regle(
        "FTR-102",
        "avertissement",
        "cessation ou radiation antérieure à l'inscription : lue comme absente",
        "signalez la personne à France Travail",
    ),
    Regle(
        "FTR-103", "avertissement", "flux France Travail sans aucun dossier", "rien à faire si c'est attendu"
    ),
)

_TABLES: tuple[Regle, ...] = (
    Regle(
        "TAB-001",
        "refus",
        "colonne obligatoire absente",
        "ajoutez la colonne à l'export, ou décrivez son titre dans `colonnes` de pilotage.toml",
    ),
    Regle(
        "TAB-002", "refus", "colonne présente deux fois", "gardez une seule colonne de ce nom dans l'export"
    ),
    Regle("TAB-003", "rejet", "aucune date lisible", "renseignez au moins une date à la source"),
    Regle(
        "TAB-004",
        "rejet",
        "même identifiant avec des contenus différents : toutes ces lignes sont écartées",
        "corrigez l'identifiant à la source : il doit être unique",
    ),
    Regle(
        "TAB-005",
        "rejet",
        "valeur indispensable absente ou illisible",
        "renseignez la colonne indiquée à la source",
    ),
    Regle(
        "TAB-101",
        "avertissement",
        "date impossible ou incomplète : lue comme absente",
        "écrivez JJ/MM/AAAA ou AAAA-MM-JJ, année sur quatre chiffres",
    ),
    Regle(
        "TAB-102",
        "avertissement",
        "code inconnu : lu comme absent",
        "corrigez la valeur, ou traduisez-la dans `valeurs` de pilotage.toml",
    ),
    Regle("TAB-103", "avertissement", "nombre illisible : lu comme absent", "corrigez la valeur à la source"),
    Regle("TAB-104", "avertissement", "oui/non illisible : lu comme absent", "écrivez O ou N"),
    Regle("TAB-105", "avertissement", "texte mal formé : lu comme absent", "corrigez la valeur à la source"),
    Regle("TAB-106", "avertissement", "lignes identiques : une seule est gardée", "rien à faire"),
    Regle(
        "TAB-107",
        "avertissement",
        "colonnes en trop : non lues",
        "rien à faire, ou décrivez-les dans `colonnes`",
    ),
    Regle(
        "TAB-108",
        "avertissement",
        "date de fin antérieure au début : lue comme absente",
        "corrigez les dates à la source",
    ),
    Regle("TAB-109", "avertissement", "table sans aucune ligne", "rien à faire si c'est attendu"),
)

_ORIENTATIONS: tuple[Regle, ...] = (
    Regle(
        "ORI-001",
        "rejet",
        "ni date d'orientation ni organisme référent",
        "renseignez au moins une date ou l'organisme référent",
    ),
    Regle(
        "ORI-002",
        "rejet",
        "date d'orientation postérieure à la réception : un courrier prévu n'est pas envoyé",
        "n'exportez que les courriers envoyés, ou corrigez la date",
    ),
    Regle(
        "ORI-101", "avertissement", "orientation close sans date de fin", "renseignez date_fin à la source"
    ),
    Regle(
        "ORI-102",
        "avertissement",
        "la date d'entrée dans le flux que dit l'outil n'est pas la date de réception de la notification (T0)",
        "rien à faire : T0 vient des livraisons CAF/MSA ; un écart général dit que l'outil est alimenté en retard",
    ),
)

_RENDEZ_VOUS: tuple[Regle, ...] = (
    Regle(
        "RDV-101",
        "avertissement",
        "rendez-vous déjà tenu ou manqué à une date postérieure à la réception",
        "corrigez la date ou la présence à la source",
    ),
)

_SATISFACTION: tuple[Regle, ...] = (
    Regle(
        "SAT-101",
        "avertissement",
        "plus de réponses satisfaites que de réponses : lues comme absentes",
        "corrigez les deux nombres à la source",
    ),
)

_IDENTITE: tuple[Regle, ...] = (
    Regle("IDE-001", "avertissement", "NIR mal formé : lu comme absent", "corrigez le NIR à la source"),
    Regle(
        "IDE-002",
        "rejet",
        "aucune clé utilisable pour savoir qui est la personne",
        "il faut un NIR ; ou un numéro de demande ou un matricule avec date de naissance et prénom ; "
        "ou un identifiant France Travail avec date de naissance",
    ),
    Regle(
        "IDE-003",
        "avertissement",
        "un même NIR porte deux dates de naissance : il ne rattache personne",
        "signalez les dossiers à l'organisme",
    ),
    Regle(
        "IDE-004",
        "avertissement",
        "deux clés d'une même ligne désignent deux personnes : la première prévaut",
        "corrigez l'identité à la source",
    ),
    Regle(
        "IDE-005",
        "avertissement",
        "matricule mal formé : lu comme absent",
        "le matricule n'a que des chiffres",
    ),
    Regle(
        "IDE-006",
        "avertissement",
        "numéro de demande mal formé : lu comme absent",
        "le numéro de demande a 11 chiffres ou lettres",
    ),
    Regle(
        "IDE-007",
        "avertissement",
        "identifiant France Travail mal formé : lu comme absent",
        "il a 8 caractères (7 chiffres et un caractère), ou 11",
    ),
    Regle(
        "IDE-008",
        "avertissement",
        "date de naissance impossible ou incomplète : lue comme absente",
        "écrivez JJ/MM/AAAA ou AAAA-MM-JJ",
    ),
    Regle(
        "IDE-009",
        "avertissement",
        "lignes non rapprochées d'une personne connue de la CAF ou de la MSA",
        "complétez les clés à la source",
    ),
)

_LIVRAISONS: tuple[Regle, ...] = (
    Regle(
        "LIV-001",
        "suspecte",
        "le nombre de dossiers n'est pas celui que le flux annonce (NBTOTDOSRSATRANSM)",
        "demandez à l'organisme si le fichier est complet, puis `pilotage accepter`",
    ),
    Regle(
        "LIV-002",
        "suspecte",
        "moins de 98 % des dossiers de la livraison remplacée",
        "vérifiez que le fichier corrigé est complet, puis `pilotage accepter`",
    ),
    Regle(
        "LIV-003",
        "suspecte",
        "nombre de dossiers à plus de 10 % du mois précédent",
        "vérifiez auprès de l'organisme, puis `pilotage accepter`",
    ),
    Regle(
        "LIV-004",
        "suspecte",
        "nombre de personnes soumises à plus de 10 % du mois précédent",
        "vérifiez auprès de l'organisme, puis `pilotage accepter`",
    ),
    Regle(
        "LIV-005",
        "suspecte",
        "plus de 1 % des lignes en état 2 sans top « droits et devoirs »",
        "vérifiez auprès de l'organisme, puis `pilotage accepter`",
    ),
    Regle(
        "LIV-006",
        "suspecte",
        "plus de 5 % des identifiants de la livraison précédente ont disparu",
        "vérifiez que l'export est complet, puis `pilotage accepter`",
    ),
)

_PUBLICATION: tuple[Regle, ...] = (
    Regle(
        "PUB-001",
        "avertissement",
        "commune hors de tout territoire : personne comptée dans HORS",
        "complétez `communes` de [territoires], ou signalez l'adresse",
    ),
    Regle(
        "PUB-002",
        "avertissement",
        "livraison suspecte non décidée : une livraison en vigueur la remplace",
        "`pilotage accepter` si elle est bonne",
    ),
    Regle(
        "PUB-003",
        "avertissement",
        "identifiants disparus du stock : dernières valeurs gardées",
        "vérifiez auprès de l'émetteur",
    ),
    Regle("PUB-004", "avertissement", "saut de plus de 50 % entre deux périodes", "vérifiez les livraisons"),
    Regle(
        "PUB-005",
        "avertissement",
        "plus de premiers rendez-vous d'accompagnement que d'entrants",
        "vérifiez la table rendez_vous : type du rendez-vous, historique repris d'un seul coup, personnes entrées "
        "avant le premier fichier",
    ),
    Regle("PUB-006", "avertissement", "livraison manquante", "déposez le fichier manquant"),
    Regle(
        "PUB-007",
        "avertissement",
        "personnes en état versable sans top : inconnues ce mois-là",
        "signalez-les à l'organisme",
    ),
    Regle(
        "PUB-009",
        "avertissement",
        "plus de premiers CER que de premiers rendez-vous d'accompagnement",
        "vérifiez la table contrats (renouvellements comptés comme premiers CER ?) et la table rendez_vous (incomplète ?)",
    ),
    Regle(
        "PUB-010",
        "avertissement",
        "un flux égal à un stock : l'un des deux compte sans doute autre chose que ce qu'il dit",
        "vérifiez que la table ne livre pas à chaque fois toutes les personnes présentes comme si elles venaient d'entrer",
    ),
)

REGLES: dict[str, Regle] = {
    regle.id: regle
    for groupe in (
        _FICHIER,
        _RECONNAISSANCE,
        _CAF,
        _FRANCE_TRAVAIL,
        _TABLES,
        _ORIENTATIONS,
        _RENDEZ_VOUS,
        _SATISFACTION,
        _IDENTITE,
        _LIVRAISONS,
        _PUBLICATION,
    )
    for regle in groupe
}


def message(
    id_regle: str,
    *,
    fichier: str | None = None,
    ligne: int | str | None = None,
    colonne: str | None = None,
    **nombres: float | int | str,
) -> tuple[str, str]:
    """What is wrong (where, which rule, how many) and what to do.

    ``nombres`` are counts, dates or names of ours: never a value read from a file.
    """
    regle = REGLES[id_regle]
    lieu = ", ".join(
        morceau
        for morceau in (
            fichier,
            None if ligne is None else f"ligne {ligne}",
            None if colonne is None else f"colonne « {colonne} »",
        )
        if morceau
    )
    precisions = ", ".join(f"{nom.replace('_', ' ')} : {_ecrire(valeur)}" for nom, valeur in nombres.items())
    texte = f"{lieu} : {regle.texte}" if lieu else regle.texte
    return f"{texte}{f' ({precisions})' if precisions else ''} [{regle.id}]", regle.conseil


def _ecrire(valeur: float | int | str) -> str:
    if isinstance(valeur, float):
        return f"{valeur:.2f}".replace(".", ",")
    return f"{valeur:,}".replace(",", " ") if isinstance(valeur, int) else valeur
