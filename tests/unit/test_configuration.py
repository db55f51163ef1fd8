"""``pilotage.toml`` is understood whole or refused with the name of the key at fault."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.configuration import Configuration, Regles, charger
from pipelines.erreurs import ErreurUsage

MINIMALE = """
[collectivite]
nom = "Collectivité d'exemple"
[chemins]
depot = "depot"
entrepot = "entrepot"
publications = "publications"
[confidentialite]
cle_fichier = "../cle.txt"
[territoires.67]
libelle = "Bas-Rhin"
communes = ["67"]
[territoires.68]
libelle = "Haut-Rhin"
communes = ["68", "6701"]
[[organismes]]
code = "CAF671"
territoires = ["67"]
"""


@pytest.fixture(autouse=True)
def sans_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PILOTAGE_CLE", raising=False)


def ecrire(dossier: Path, texte: str) -> Path:
    fichier = dossier / "pilotage.toml"
    fichier.write_text(texte, encoding="utf-8")
    return fichier


def lire(dossier: Path, texte: str) -> Configuration:
    return charger(ecrire(dossier, texte))


def refus(dossier: Path, texte: str) -> str:
    with pytest.raises(ErreurUsage) as erreur:
        lire(dossier, texte)
    assert erreur.value.code == 2
    assert erreur.value.conseil
    return erreur.value.message


def test_le_minimum_prend_les_valeurs_par_defaut(tmp_path: Path) -> None:
    configuration = lire(tmp_path, MINIMALE)
    assert configuration.regles == Regles()
    assert configuration.seuil_secret == 5
    assert configuration.depot == tmp_path / "depot"
    assert configuration.cle_fichier == tmp_path.parent / "cle.txt"
    assert [t.code for t in configuration.territoires] == ["67", "68"]
    assert configuration.organismes[0].indispensable is True
    assert configuration.emetteurs("orientations")[0].emetteur == "principal"


def test_chaque_section_est_lue(tmp_path: Path) -> None:
    configuration = lire(
        tmp_path,
        MINIMALE
        + """
[regles]
borne_delai = "inclusive"
criteres = [1, 2]
etats_versables = ["2", "3", "4"]
[qualite]
taux_rejet_max_cd = 0.05
[[sources.orientations]]
emetteur = "iodas-67"
territoires = ["67"]
mode = "flux"
colonnes = { "Date envoie du courrier" = "date_envoi_courrier" }
valeurs = { type_parcours = { "Social" = "social" } }
debut = "2024-01-01"
[[jalons]]
code = "T1"
debut = "2024-10-01"
fin = 2024-12-31
libelle = "Résultat au 31.12.2024"
""",
    )
    assert configuration.regles.borne_delai == "inclusive"
    assert configuration.regles.criteres == (1, 2)
    assert configuration.regles.etats_versables == ("2", "3", "4")
    assert configuration.qualite.taux_rejet_max_cd == 0.05
    source = configuration.emetteurs("orientations")[0]
    assert (source.emetteur, source.mode, source.debut) == ("iodas-67", "flux", date(2024, 1, 1))
    assert source.valeurs == {"type_parcours": {"Social": "social"}}
    assert configuration.jalons[0].fin == date(2024, 12, 31)


def test_la_configuration_est_cherchee_vers_le_haut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ecrire(tmp_path, MINIMALE)
    (tmp_path / "depot" / "orientations").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "depot" / "orientations")
    assert charger().dossier == tmp_path


def test_la_marque_du_bloc_notes_ne_gene_pas(tmp_path: Path) -> None:
    assert lire(tmp_path, "\ufeff" + MINIMALE).nom == "Collectivité d'exemple"


def test_la_variable_remplace_le_fichier_de_cle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOTAGE_CLE", "00" * 32)
    sans = MINIMALE.replace('[confidentialite]\ncle_fichier = "../cle.txt"\n', "")
    assert lire(tmp_path, sans).cle_fichier is None


def test_un_fichier_absent_est_refuse(tmp_path: Path) -> None:
    with pytest.raises(ErreurUsage, match="introuvable"):
        charger(tmp_path / "rien.toml")


def test_un_toml_illisible_dit_ou(tmp_path: Path) -> None:
    assert "ligne 2" in refus(tmp_path, "[collectivite]\nnom = = 1\n")


@pytest.mark.parametrize("section", ["collectivite", "chemins", "confidentialite"])
def test_une_section_manquante_est_nommee(tmp_path: Path, section: str) -> None:
    debut = MINIMALE.index(f"[{section}]")
    fin = MINIMALE.index("\n[", debut)
    assert section in refus(tmp_path, MINIMALE[:debut] + MINIMALE[fin:])


@pytest.mark.parametrize(
    ("depuis", "nom"), [("[territoires.67]", "territoires"), ("[[organismes]]", "organismes")]
)
def test_les_territoires_et_les_organismes_sont_obligatoires(tmp_path: Path, depuis: str, nom: str) -> None:
    assert nom in refus(tmp_path, MINIMALE[: MINIMALE.index(depuis)])


@pytest.mark.parametrize(
    ("ajout", "nom"),
    [
        ("[regle]\nseuil = '15_jours'\n", "regle"),
        ("[regles]\nbornes = 'stricte'\n", "regles.bornes"),
        ("[regles]\nborne_delai = 'large'\n", "regles.borne_delai"),
        ("[regles]\ncriteres = [2]\n", "regles.criteres"),
        ("[regles]\nsuspension_mois = '12'\n", "regles.suspension_mois"),
        ("[regles]\nsuspension_mois = true\n", "regles.suspension_mois"),
        ("[regles]\netats_versables = ['7']\n", "regles.etats_versables"),
        ("[qualite]\ntaux_rejet_max = 12\n", "qualite.taux_rejet_max"),
        ("[[organismes]]\ncode = 'CAF671'\nterritoires = ['67']\n", "organismes[2].code"),
        ("[[organismes]]\ncode = 'MSA680'\nterritoires = ['35']\n", "organismes[2].territoires"),
        ("[[organismes]]\ncode = 'MSA680'\nterritoires = ['67']\nindispensable = 'non'\n", "indispensable"),
        ("[territoires.TOTAL]\nlibelle = 'x'\ncommunes = ['99']\n", "territoires.TOTAL"),
        ("[territoires.69]\nlibelle = 'x'\ncommunes = ['67']\n", "territoires.69.communes"),
        ("[[sources.orientation]]\nemetteur = 'a'\n", "sources.orientation"),
        ("[[sources.orientations]]\nmode = 'tout'\n", "sources.orientations[1].mode"),
        ("[[sources.orientations]]\nemetteur = '../x'\n", "sources.orientations[1].emetteur"),
        ("[[sources.orientations]]\ncolonnes = { a = 'date_envoie' }\n", "date_envoie"),
        (
            "[[sources.orientations]]\nvaleurs = { type_parcours = { Soc = 'sociale' } }\n",
            "sources.orientations[1].valeurs.type_parcours",
        ),
        ("[sources.orientations]\nemetteur = 'a'\n", "[[sources.orientations]]"),
        ("[[sources.orientations]]\n[[sources.orientations]]\n", "sources.orientations[2].emetteur"),
        (
            "[[jalons]]\ncode = 'T1'\ndebut = '31/12/2024'\nfin = '2024-12-31'\nlibelle = 'x'\n",
            "jalons[1].debut",
        ),
        (
            "[[jalons]]\ncode = 'T1'\ndebut = '2024-12-31'\nfin = '2024-12-01'\nlibelle = 'x'\n",
            "jalons[1].fin",
        ),
        ("[[jalons]]\ncode = 'T1'\ndebut = '2024-12-31'\nfin = '2024-12-31'\n", "jalons[1].libelle"),
    ],
)
def test_toute_cle_fautive_est_refusee_par_son_nom(tmp_path: Path, ajout: str, nom: str) -> None:
    assert nom in refus(tmp_path, MINIMALE + ajout)


@pytest.mark.parametrize("place", ["depot", "depot/entrepot", "."])
def test_les_dossiers_ne_sont_pas_les_uns_dans_les_autres(tmp_path: Path, place: str) -> None:
    assert "chemins." in refus(tmp_path, MINIMALE.replace('entrepot = "entrepot"', f'entrepot = "{place}"'))
