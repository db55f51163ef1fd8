"""What the report says in words: months, reasons, periods, the names of coded values."""

from datetime import date

import pytest

from contracts.catalogue import axes
from pipelines.configuration import Regles
from pipelines.publication.rapport import mots
from pipelines.publication.rapport.choix import AXES_PARCOURS, MOTIF
from pipelines.publication.rapport.methode import SENS

E = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("motif", "phrase"),
    [
        (
            "livraison_manquante: CAF671 2024-03",
            f"Le fichier de mars{E}2024 de la CAF{E}671 n’a pas été reçu.",
        ),
        (
            "livraison_manquante: MSA680 2023-08",
            f"Le fichier d’août{E}2023 de la MSA{E}680 n’a pas été reçu.",
        ),
        (
            "source_absente: rendez_vous",
            f"La table «{E}rendez_vous{E}» n’a jamais été reçue pour ce territoire.",
        ),
        (
            "colonne_absente: orientations.type_parcours",
            f"La table «{E}orientations{E}» reçue n’a pas de colonne «{E}type_parcours{E}».",
        ),
        ("une_autre_raison", "une_autre_raison"),
    ],
)
def test_une_raison_est_une_phrase(motif: str, phrase: str) -> None:
    assert mots.raison(motif) == phrase


def test_chaque_raison_du_catalogue_est_dite() -> None:
    for motif in ("premier_mois", "historique_insuffisant", "sans_objet"):
        assert mots.raison(motif).endswith(".")


def test_un_commentaire_perd_ses_codes_et_ses_mois_chiffres() -> None:
    assert mots.en_clair("Partiel : 11 mois sur 12 (livraison_manquante: CAF671 2024-03).") == (
        f"Partiel : 11 mois sur 12 (le fichier de mars{E}2024 de la CAF{E}671 n’a pas été reçu)."
    )
    assert mots.en_clair("Hors MSA680 : 2024-04, 2024-05.") == f"Hors MSA680 : avril{E}2024, mai{E}2024."
    assert "historique_insuffisant" not in mots.en_clair("Non disponible (historique_insuffisant).")
    assert mots.en_clair("Absents : ND (source_absente: rendez_vous).").count("«") == 1


@pytest.mark.parametrize(
    ("debut", "fin", "nom"),
    [
        (date(2024, 3, 1), date(2024, 3, 31), f"mars{E}2024"),
        (date(2024, 10, 1), date(2024, 12, 31), f"octobre à décembre{E}2024"),
        (date(2023, 10, 1), date(2024, 3, 31), f"octobre{E}2023 à mars{E}2024"),
        (date(2024, 1, 1), date(2024, 12, 31), f"année{E}2024"),
    ],
)
def test_une_periode_se_dit_par_ses_mois(debut: date, fin: date, nom: str) -> None:
    assert mots.periode_en_lettres(debut, fin) == nom


def test_des_mois_qui_se_suivent_se_disent_par_le_premier_et_le_dernier() -> None:
    mois = ["2024-07", "2023-12", "2024-03", "2024-05", "2024-06", "2024-01"]
    assert mots.mois_en_liste(mois) == (
        f"décembre{E}2023 à janvier{E}2024, mars{E}2024, mai à juillet{E}2024"
    )


@pytest.mark.parametrize("axe", [MOTIF, *AXES_PARCOURS])
def test_chaque_modalite_montree_a_un_nom(axe: str) -> None:
    assert set(axes()[axe].modalites) <= mots.MODALITES.keys()


def test_chaque_regle_est_expliquee() -> None:
    assert SENS.keys() == vars(Regles()).keys()
