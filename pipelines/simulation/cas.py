"""The 24 worked cases of 3.8, as data: the sample plants them, the tests run them.

Each is told by one function, in the order of the table. Histories begin in December 2022, the sample's
first month; a case alone opens its store at ``debut``.
"""

import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

from pipelines.simulation.atelier import Atelier
from pipelines.simulation.ecriture_caf import EnteteFlux
from pipelines.simulation.emetteurs import UN_EMETTEUR
from pipelines.simulation.foyers import Dossier, Droit, Personne
from pipelines.simulation.plan import ORGANISMES, Envoi, Plan
from pipelines.simulation.recits import (
    Attendu,
    Cas,
    dossier,
    figurants,
    foyer,
    histoire,
    jour,
    lettre,
    mois_entre,
    orientation,
    periode,
    personne,
    reecrire,
)

OUVERTURE, FIN = "2022-12", "2024-12"
JANVIER, FEVRIER, MARS = jour("2024-01"), jour("2024-02"), jour("2024-03")
FEVRIER_LE_1ER = {("CAF671", FEVRIER): jour("2024-03-01")}


def _entrant(mois: date, personne: str = "p", nombre: int = 1, seul: bool = False, **champs: Any) -> Attendu:
    return Attendu("nouveaux_entrants", {"mois": mois}, champs, personne, nombre, seul)


def _ecarte(mois: date, motif: str, **champs: Any) -> Attendu:
    return Attendu("entrees_ecartees", {"mois": mois}, {"motif_exclusion": motif, **champs}, "p")


def _situation(mois: date, personne: str = "p", **champs: Any) -> Attendu:
    return Attendu("situations_mensuelles", {"mois": mois}, champs, personne)


def _premiere_demande(numero: int, demande: str = "2024-02-08") -> tuple[Personne, Dossier]:
    return personne(numero, "ALMA"), dossier(numero, demande)


def _cas_1() -> Cas:
    qui, claim = _premiere_demande(1)
    vie = periode("2024-02", FIN, foyer(claim, qui))
    return Cas(
        1,
        "première demande le 08/02, fichier reçu le 01/03, courrier le 15/03",
        {"p": (qui, claim)},
        (histoire(vie, lettre(claim, qui, "2024-03-15")),),
        (
            _entrant(
                FEVRIER,
                motif_inclusion="primo_demandeur",
                debut_episode=FEVRIER,
                date_reception_t0=jour("2024-03-01"),
                source_t0="mensuel",
                date_orientation=jour("2024-03-15"),
                source_date_orientation="courrier",
                delai_jours=14,
                anticipee=False,
                oriente_15_jours=True,
                statut_orientation="oriente_dans_delai",
            ),
            _situation(FEVRIER, decision="nouvel_entrant", motif="primo_demandeur"),
        ),
        receptions=FEVRIER_LE_1ER,
    )


def _cas_2() -> Cas:
    qui, claim = _premiere_demande(2)
    vie = periode("2024-02", FIN, foyer(claim, qui))
    a_temps = _entrant(
        FEVRIER, delai_jours=15, oriente_15_jours=True, statut_orientation="oriente_dans_delai"
    )
    return Cas(
        2,
        "même histoire, courrier le 16/03",
        {"p": (qui, claim)},
        (histoire(vie, lettre(claim, qui, "2024-03-16")),),
        (
            _entrant(
                FEVRIER,
                motif_inclusion="primo_demandeur",
                delai_jours=15,
                oriente_15_jours=False,
                oriente_1_mois=True,
                delai_echu=True,
                statut_orientation="oriente_hors_delai",
            ),
        ),
        receptions=FEVRIER_LE_1ER,
        autrement=(({"borne_delai": "inclusive"}, (a_temps,)),),
    )


def _cas_3() -> Cas:
    qui, claim = _premiere_demande(3, "2024-01-15")
    attente = foyer(claim, qui, droit=Droit("0"), top=None)
    vie = [(JANVIER, attente), *periode("2024-02", FIN, foyer(claim, qui))]
    return Cas(
        3,
        "état 0 en janvier, 2 et top 1 en février",
        {"p": (qui, claim)},
        (histoire(vie),),
        (
            _entrant(FEVRIER, motif_inclusion="primo_demandeur", debut_episode=jour("2024-01-15")),
            _situation(JANVIER, decision="non_candidat", soumis=False, inconnue=False),
        ),
    )


def _revenus_variables(claim: Dossier, qui: Personne, dernier_soumis: str, premier_top_0: str) -> list[Any]:
    return [
        *periode(OUVERTURE, dernier_soumis, foyer(claim, qui)),
        *periode(premier_top_0, "2024-01", foyer(claim, qui, top=False)),
        *periode("2024-02", FIN, foyer(claim, qui)),
    ]


def _cas_4() -> Cas:
    qui, claim = _premiere_demande(4, "2022-03-01")
    suivi = lettre(claim, qui, "2023-02-20", statut="en_veille")
    return Cas(
        4,
        "top 0 en janvier, 1 en février, suivi de 2023 en veille",
        {"p": (qui, claim)},
        (histoire(_revenus_variables(claim, qui, "2023-10", "2023-11"), suivi),),
        (
            _ecarte(
                FEVRIER,
                "aller_retour_revenus",
                debut_episode=FEVRIER,
                date_debut_suivi=jour("2023-02-20"),
                statut_suivi="en_veille",
            ),
            _entrant(FEVRIER, nombre=0),
        ),
        debut=jour("2023-10"),
    )


def _cas_5() -> Cas:
    qui, claim = _premiere_demande(5, "2022-03-01")
    return Cas(
        5,
        "même histoire sans aucun suivi, soumise en 2022",
        {"p": (qui, claim)},
        (histoire(_revenus_variables(claim, qui, "2022-12", "2023-01")),),
        (_entrant(FEVRIER, motif_inclusion="passage_sous_500", debut_episode=FEVRIER),),
        debut=jour("2022-12"),
    )


def _suspendu(numero: int, dernier_soumis: str, premier_suspendu: str) -> tuple[Personne, Dossier, Any]:
    qui, claim = _premiere_demande(numero, "2022-03-01")
    suspension = Droit("4", "06", jour(premier_suspendu))
    vie = [
        *periode(OUVERTURE, dernier_soumis, foyer(claim, qui)),
        *periode(premier_suspendu, "2024-01", foyer(claim, qui, droit=suspension)),
        *periode("2024-02", FIN, foyer(claim, qui)),
    ]
    return qui, claim, histoire(vie, lettre(claim, qui, "2022-05-10"))


def _cas_6() -> Cas:
    qui, claim, vie = _suspendu(6, "2023-01", "2023-02")
    return Cas(
        6,
        "suspendue (4/06) depuis le 01/02/2023, 2 et top 1 en février 2024",
        {"p": (qui, claim)},
        (vie,),
        (_ecarte(FEVRIER, "suspension_moins_12_mois", date_debut_suivi=jour("2022-05-10")),),
        debut=jour("2022-12"),
    )


def _cas_7() -> Cas:
    qui, claim, vie = _suspendu(7, "2022-12", "2023-01")
    return Cas(
        7,
        "suspendue depuis le 01/01/2023, même retour",
        {"p": (qui, claim)},
        (vie,),
        (_entrant(FEVRIER, motif_inclusion="retour_suspension_plus_12_mois", debut_episode=FEVRIER),),
        debut=jour("2022-12"),
    )


def _cas_8() -> Cas:
    qui, ancien = _premiere_demande(8, "2021-03-01")
    nouveau = dossier(8, "2024-05-14", rang=1)
    vie = [
        *periode(OUVERTURE, "2024-02", foyer(ancien, qui)),
        (MARS, foyer(ancien, qui, droit=Droit("5", motif_cloture="RFD", date_cloture=jour("2024-02-29")))),
        (jour("2024-05"), foyer(nouveau, qui, droit=Droit("0"), top=None)),
        *periode("2024-06", FIN, foyer(nouveau, qui)),
    ]
    return Cas(
        8,
        "5/RFD en mars, état 0 en mai, 2 et top 1 en juin, suivi jamais clos par le CD",
        {"p": (qui, ancien)},
        (histoire(vie, lettre(ancien, qui, "2022-09-01")),),
        (
            _entrant(
                jour("2024-06"),
                motif_inclusion="retour_apres_radiation",
                debut_episode=jour("2024-05-14"),
            ),
        ),
        fin=jour("2024-07"),
    )


def _cas_9() -> Cas:
    qui, claim = personne(9, "ALMA"), dossier(9, "2024-01-20", "MSA680")
    suivi = orientation(claim, qui, "2024-01-25", date_designation_referent=jour("2024-01-25"))
    return Cas(
        9,
        "demande du 20/01, absente du fichier de janvier, référent désigné le 25/01",
        {"p": (qui, claim)},
        (histoire(periode("2024-02", FIN, foyer(claim, qui)), suivi),),
        (
            _entrant(
                FEVRIER,
                debut_episode=jour("2024-01-20"),
                date_reception_t0=jour("2024-03-05"),
                date_orientation=jour("2024-01-25"),
                source_date_orientation="referent",
                delai_jours=-40,
                anticipee=True,
                oriente_15_jours=True,
                statut_orientation="oriente_dans_delai",
            ),
        ),
        organismes=("CAF671", "MSA680"),
    )


def _cas_10() -> Cas:
    qui, caf = _premiere_demande(10, "2021-03-01")
    msa = replace(
        dossier(10, "2021-03-01", "MSA680", rang=1),
        organisme_cedant="CAF671",
        date_arrivee_mutation=MARS,
    )
    vie = [
        *periode(OUVERTURE, "2024-01", foyer(caf, qui)),
        (FEVRIER, foyer(caf, qui, droit=Droit("5", motif_cloture="MUT", date_cloture=jour("2024-01-31")))),
        *periode("2024-03", FIN, foyer(msa, qui)),
    ]
    return Cas(
        10,
        "soumise à la CAF en janvier, 5/MUT en février, à la MSA depuis mars, suivi depuis 2022",
        {"p": (qui, caf)},
        (histoire(vie, lettre(caf, qui, "2022-04-04")),),
        (_ecarte(MARS, "suivi_en_cours"), _entrant(MARS, nombre=0)),
        organismes=("CAF671", "MSA680"),
    )


def _cas_11() -> Cas:
    motif = "livraison_manquante: MSA680 2024-03"
    manquants = tuple(
        Attendu(
            "entonnoir_mensuel",
            {"mois": mois, "territoire": territoire},
            {"calculable": False, "motif_nd": motif, "nouveaux_entrants": None},
            seul=True,
        )
        for mois in (MARS, jour("2024-04"))
        for territoire in ("67", "68", "TOTAL")
    )
    mai = Attendu(
        "entonnoir_mensuel",
        {"mois": jour("2024-05"), "territoire": "TOTAL"},
        {"calculable": True, "motif_nd": None, "nouveaux_entrants": 0},
        seul=True,
    )
    return Cas(
        11,
        "MSA680 indispensable pour 67 et 68, son fichier de mars manque",
        {},
        (),
        (*manquants, mai),
        manquantes=frozenset({("MSA680", MARS)}),
        indispensables=frozenset({"CAF671", "CAF681", "MSA680"}),
        organismes=("CAF671", "CAF681", "MSA680"),
        fin=jour("2024-05"),
    )


def _cas_12() -> Cas:
    premiere, claim = _premiere_demande(12)
    ajoutee, autre = personne(12, "BERTHE", 1), dossier(12, "2024-02-12", rang=1)
    renvoi = Envoi(
        "CAF671_RSABEM_2024-02_corrige",
        jour("2024-03-20"),
        EnteteFlux(jour("2024-03-19"), jour("2024-02-29")),
        copie_de=("CAF671", FEVRIER),
        foyers=(foyer(autre, ajoutee),),
    )
    return Cas(
        12,
        "fichier de février renvoyé le 20/03 avec une personne soumise de plus",
        {"p": (premiere, claim), "ajoutee": (ajoutee, autre)},
        (
            histoire(periode("2024-02", FIN, foyer(claim, premiere))),
            histoire(periode("2024-03", FIN, foyer(autre, ajoutee))),
        ),
        (
            _entrant(FEVRIER, date_reception_t0=jour("2024-03-01")),
            _entrant(FEVRIER, "ajoutee", date_reception_t0=jour("2024-03-20")),
            Attendu(
                "livraisons",
                {"organisme": "CAF671", "mois": FEVRIER, "etat": "remplacee"},
                {"date_reception": jour("2024-03-01")},
            ),
        ),
        receptions=FEVRIER_LE_1ER,
        envois=(renvoi,),
    )


def _cas_13() -> Cas:
    qui, claim = _premiere_demande(13, "2021-03-01")
    arrivee = jour("2024-02-10")
    avec = replace(personne(13, "BERTHE", 1, "CJT"), date_rattachement=arrivee)
    sans = replace(personne(13, "CLAUDIA", 2, "CJT", sans_nir=True), date_rattachement=arrivee)
    vie = [
        *periode(OUVERTURE, "2024-01", foyer(claim, qui)),
        *periode("2024-02", FIN, foyer(claim, qui, avec, sans)),
    ]
    return Cas(
        13,
        "deux conjoints dans un dossier, dont un sans NIR",
        {"p": (qui, claim), "avec_nir": (avec, claim), "sans_nir": (sans, claim)},
        (histoire(vie, lettre(claim, qui, "2021-05-05")),),
        (
            _situation(FEVRIER, decision="non_candidat", soumis=True),
            _entrant(FEVRIER, "avec_nir", motif_inclusion="entree_dans_foyer", role="CJT"),
            _entrant(FEVRIER, "sans_nir", motif_inclusion="entree_dans_foyer", role="CJT"),
        ),
    )


def _cas_14() -> Cas:
    qui, claim = _premiere_demande(14)
    v2 = {"type_periode": "mois", "periode": "2024-02", "territoire": "67", "axe": "", "modalite": ""}
    return Cas(
        14,
        "fichier reçu le 01/03/2024, arrêté au 10/03/2024, aucune orientation",
        {"p": (qui, claim)},
        (histoire(periode("2024-02", FIN, foyer(claim, qui))),),
        (
            _entrant(
                FEVRIER,
                date_reception_t0=jour("2024-03-01"),
                date_orientation=None,
                oriente_15_jours=False,
                delai_echu=False,
                statut_orientation="en_attente",
            ),
            Attendu(
                "indicateurs",
                {"code": "V2-1", "mesure": "nombre", **v2},
                {"valeur": 1, "statut": "provisoire"},
                seul=True,
            ),
            Attendu(
                "indicateurs",
                {"code": "V2-2", "mesure": "taux", **v2},
                {"valeur": None, "denominateur": 0},
                seul=True,
            ),
            Attendu(
                "indicateurs",
                {"code": "V2-2", "mesure": "en_attente", **v2},
                {"valeur": 1},
                seul=True,
            ),
        ),
        arrete_au=jour("2024-03-10"),
        receptions=FEVRIER_LE_1ER,
    )


def _cas_15() -> Cas:
    qui, claim = _premiere_demande(15, "2022-02-01")
    hote, accueil = personne(15, "BRUNO", 1), dossier(15, "2015-09-01", rang=1)
    jointe = replace(qui, role="CJT", date_rattachement=jour("2024-04-01"))
    vie = [
        *periode(OUVERTURE, "2024-02", foyer(claim, qui)),
        (MARS, foyer(claim, qui, droit=Droit("5", motif_cloture="RGD", date_cloture=jour("2024-02-29")))),
    ]
    autre = [
        *periode(OUVERTURE, "2024-03", foyer(accueil, hote)),
        *periode("2024-04", FIN, foyer(accueil, hote, jointe)),
    ]
    return Cas(
        15,
        "suivi depuis 2022, dossier clos RGD en mars, rejoint en avril un dossier de 2015",
        {"p": (qui, claim), "hote": (hote, accueil)},
        (
            histoire(vie, lettre(claim, qui, "2022-04-04")),
            histoire(autre, lettre(accueil, hote, "2016-01-11")),
        ),
        (_ecarte(jour("2024-04"), "suivi_en_cours"), _entrant(jour("2024-04"), nombre=0)),
    )


def _cas_16() -> Cas:
    qui, claim = _premiere_demande(16, "2019-05-06")
    return Cas(
        16,
        "l'entrepôt ouvre en janvier ; absente en janvier, 2 et top 1 en février, suivi de 2021 ouvert",
        {"p": (qui, claim)},
        (histoire(periode("2024-02", FIN, foyer(claim, qui)), lettre(claim, qui, "2021-06-01")),),
        (_ecarte(FEVRIER, "suivi_en_cours", date_debut_suivi=jour("2021-06-01")),),
        debut=JANVIER,
    )


def _cas_17() -> Cas:
    qui, claim = _premiere_demande(17, "2024-01-08")
    ancien = dossier(17, "2019-02-01", rang=1)
    cloture = Droit("6", motif_cloture="RFD", date_cloture=jour("2021-05-31"))
    vie = [
        *periode("2024-01", "2024-04", foyer(claim, qui)),
        (jour("2024-04"), foyer(ancien, qui, droit=cloture)),
        (jour("2024-05"), foyer(claim, qui, top=False)),
        *periode("2024-06", FIN, foyer(claim, qui)),
    ]
    suivi = orientation(claim, qui, "2024-02-20", date_designation_referent=jour("2024-02-20"))
    juin = jour("2024-06")
    return Cas(
        17,
        "revenue en janvier avec un référent ; ligne état 6 en avril d'un dossier clos en 2021",
        {"p": (qui, claim)},
        (histoire(vie, suivi),),
        (
            _entrant(JANVIER),
            _ecarte(juin, "aller_retour_revenus", date_debut_suivi=jour("2024-02-20")),
            _entrant(juin, nombre=0),
        ),
        fin=jour("2024-07"),
    )


def _cas_18() -> Cas:
    qui, claim = _premiere_demande(18, "2021-03-01")
    vie = [
        *periode(OUVERTURE, "2024-01", foyer(claim, qui)),
        (FEVRIER, foyer(claim, qui, top=None)),
        *periode("2024-03", FIN, foyer(claim, qui)),
    ]
    return Cas(
        18,
        "soumise en janvier, top manquant en février, soumise en mars",
        {"p": (qui, claim)},
        (histoire(vie, lettre(claim, qui, "2021-05-05")),),
        (
            _situation(FEVRIER, inconnue=True, soumis=False),
            _situation(MARS, decision="non_candidat", soumis=True),
            _entrant(MARS, nombre=0),
        ),
    )


def _cas_19() -> Cas:
    qui, ancien = _premiere_demande(19, "2021-03-01")
    nouveau = dossier(19, "2024-12-03", rang=1)
    cloture = Droit("5", motif_cloture="RFD", date_cloture=jour("2024-02-29"))
    vie = [
        *periode(OUVERTURE, "2024-02", foyer(ancien, qui)),
        (jour("2024-12"), foyer(nouveau, qui)),
    ]
    quotidien = Envoi(
        "CAF671_RSABEI_2024-03-13",
        jour("2024-03-13"),
        EnteteFlux(jour("2024-03-13"), jour("2024-03-13"), type_flux="I"),
        foyers=(foyer(ancien, qui, droit=cloture),),
    )
    return Cas(
        19,
        "clôture vue par le seul fichier quotidien du 13/03, absente d'avril à novembre",
        {"p": (qui, ancien)},
        (histoire(vie, lettre(ancien, qui, "2022-04-04")),),
        (_entrant(jour("2024-12"), motif_inclusion="retour_apres_radiation"),),
        fin=jour("2024-12"),
        envois=(quotidien,),
    )


def _cas_20() -> Cas:
    qui, claim = personne(20, "ALMA"), dossier(20, "2024-01-09", "CAF681")
    vie = [
        (JANVIER, foyer(claim, qui)),
        (FEVRIER, foyer(claim, qui, droit=Droit("4", "01", FEVRIER))),
        *periode("2024-03", FIN, foyer(claim, qui)),
    ]
    return Cas(
        20,
        "entrée de janvier jamais écrite, état 4 en février, retour en mars, courrier le 10/04",
        {"p": (qui, claim)},
        (histoire(vie, lettre(claim, qui, "2024-04-10")),),
        (
            _entrant(
                JANVIER,
                date_reception_t0=jour("2024-02-06"),
                date_orientation=jour("2024-04-10"),
                delai_jours=64,
                oriente_15_jours=False,
                oriente_1_mois=False,
                statut_orientation="oriente_hors_delai",
            ),
            _ecarte(MARS, "entree_deja_comptee"),
            _entrant(MARS, nombre=0),
        ),
        receptions={("CAF681", JANVIER): jour("2024-02-06")},
        organismes=("CAF681",),
    )


def _cas_21() -> Cas:
    qui, claim = _premiere_demande(21)
    suivi = reecrire(
        lettre(claim, qui, "2024-03-10"),
        "2024-09-15",
        date_envoi_courrier=jour("2024-09-15"),
        organisme_referent="Unité territoriale fictive",
        type_organisme="cd",
        type_parcours="social",
    )
    versions = (
        {"debut_suivi": jour("2024-03-10"), "type_organisme": "ft", "date_fin": jour("2024-09-14")},
        {"debut_suivi": jour("2024-09-15"), "type_organisme": "cd", "date_fin": None},
    )
    return Cas(
        21,
        "orientée le 10/03 ; le 15/09 l'éditeur écrase la même ligne",
        {"p": (qui, claim)},
        (histoire(periode("2024-02", FIN, foyer(claim, qui)), suivi),),
        (
            _entrant(
                FEVRIER,
                date_orientation=jour("2024-03-10"),
                delai_jours=9,
                oriente_15_jours=True,
                type_organisme="ft",
            ),
            *(Attendu("suivis", {"version": n}, v, "p") for n, v in enumerate(versions, 1)),
        ),
        fin=jour("2024-10"),
        receptions=FEVRIER_LE_1ER,
    )


def _cas_22() -> Cas:
    qui, claim = personne(22, "ALMA"), dossier(22, "2024-02-12", "CAF681")
    le_5 = jour("2024-03-05")
    quotidien = Envoi(
        "CAF681_RSABEI_2024-03-05",
        le_5,
        EnteteFlux(le_5, le_5, type_flux="I"),
        foyers=(foyer(claim, qui, entrant=True),),
    )
    return Cas(
        22,
        "soumise dans le quotidien du 05/03 puis le mensuel créé le 08/03, courrier le 21/03",
        {"p": (qui, claim)},
        (histoire(periode("2024-02", FIN, foyer(claim, qui)), lettre(claim, qui, "2024-03-21")),),
        (
            _entrant(
                FEVRIER,
                date_reception_t0=le_5,
                source_t0="quotidien",
                delai_jours=16,
                oriente_15_jours=False,
                statut_orientation="oriente_hors_delai",
            ),
        ),
        receptions={("CAF681", FEVRIER): jour("2024-03-09")},
        organismes=("CAF681",),
        envois=(quotidien,),
    )


def _cas_23() -> Cas:
    anomalies = Envoi(
        "CAF671_RSABEM_2024-02_anomalies",
        jour("2024-03-01"),
        EnteteFlux(jour("2024-03-01"), jour("2024-02-29"), time(1, 25, 12)),
        copie_de=("CAF671", FEVRIER),
        maximum=37,
        anomalie="ANOMALIE FICTIVE",
    )
    fevrier = {"organisme": "CAF671", "mois": FEVRIER, "date_reception": jour("2024-03-01")}
    return Cas(
        23,
        "second « février » de 37 dossiers, tous avec Anomalie, créé quelques minutes plus tard",
        {},
        (),
        (
            Attendu("livraisons", {**fevrier, "etat": "complementaire"}),
            Attendu("livraisons", {**fevrier, "etat": "en_vigueur"}, {"lignes": 45}, seul=True),
            Attendu(
                "entonnoir_mensuel",
                {"mois": FEVRIER, "territoire": "67"},
                {"calculable": True, "presents": 45, "soumis": 45, "candidats": 0},
                seul=True,
            ),
        ),
        receptions=FEVRIER_LE_1ER,
        envois=(anomalies,),
        remplissage={"CAF671": 45},
    )


def _cas_24() -> Cas:
    qui, claim = _premiere_demande(24, "2021-03-01")
    suivi = orientation(
        claim,
        qui,
        "2021-05-14",
        date_decision=jour("2021-05-12"),
        organisme_referent="Unité territoriale fictive",
        type_organisme=None,
        type_parcours=None,
    )
    return Cas(
        24,
        "orientation avec date_decision du 12/05/2021 et organisme seuls ; top 0 en janvier, 1 en février",
        {"p": (qui, claim)},
        (histoire(_revenus_variables(claim, qui, "2023-10", "2023-11"), suivi),),
        (_ecarte(FEVRIER, "aller_retour_revenus", date_debut_suivi=jour("2021-05-12")),),
        debut=jour("2023-10"),
    )


_RECITS: tuple[Callable[[], Cas], ...] = (
    _cas_1, _cas_2, _cas_3, _cas_4, _cas_5, _cas_6, _cas_7, _cas_8, _cas_9, _cas_10, _cas_11, _cas_12,
    _cas_13, _cas_14, _cas_15, _cas_16, _cas_17, _cas_18, _cas_19, _cas_20, _cas_21, _cas_22, _cas_23,
    _cas_24,
)  # fmt: skip
CAS: dict[int, Cas] = {cas.numero: cas for cas in (recit() for recit in _RECITS)}


def plan_cas(cas: Cas, regles: dict[str, str] | None = None) -> Plan:
    """What is delivered when the case is alone."""
    return Plan(
        mois=tuple(mois_entre(f"{cas.debut:%Y-%m}", f"{cas.fin:%Y-%m}")),
        organismes={code: _territoires(code, cas) for code in cas.organismes},
        emetteurs=UN_EMETTEUR,
        indispensables=cas.indispensables,
        receptions=cas.receptions,
        manquantes=cas.manquantes,
        quotidiens=False,
        collectifs=False,
        regles={**cas.regles, **(regles or {})},
        envois=cas.envois,
    )


def _territoires(organisme: str, cas: Cas) -> tuple[str, ...]:
    """Those that the organisme serves, among those that the case has."""
    presents = {code: ORGANISMES[code] for code in cas.organismes if code.startswith("CAF")}
    ouverts = {t for territoires in presents.values() for t in territoires}
    return tuple(t for t in ORGANISMES[organisme] if t in ouverts)


def ecrire_cas(numero: int, dossier: Path, regles: dict[str, str] | None = None) -> None:
    """A small working folder with one case and enough others, under the case's rules or these."""
    cas = CAS[numero]
    plan = plan_cas(cas, regles)
    with Atelier(dossier, plan) as atelier:
        for une in cas.histoires:
            atelier.ajouter(une)
        for organisme in cas.organismes:
            for une in figurants(organisme, cas.remplissage[organisme], plan.mois):
                atelier.ajouter(une)


def id_personne(numero: int, nom: str, cle: bytes) -> str:
    """The pseudonym of a case's person: cle_nir, else cle_dem (4.6)."""
    qui, claim = CAS[numero].personnes[nom]
    texte = f"nir:{qui.nir}" if qui.nir else _texte_dem(qui, claim)
    return hmac.new(cle, texte.encode(), "sha256").hexdigest()[:32]


def _texte_dem(qui: Personne, claim: Dossier) -> str:
    lettres = unicodedata.normalize("NFD", qui.prenom.upper())
    prenom = "".join(lettre for lettre in lettres if "A" <= lettre <= "Z")
    return f"dem:{claim.numero_demande}|{qui.date_naissance}|{prenom}"
