"""What the report says of the publication before: which months are new, which moved, and why."""

from datetime import date

from pipelines.publication.chiffres_publies import TOTAL, Cle, Periode, Territoire
from pipelines.publication.comparaison.resultat import Changement, Comparaison, Ecart, Groupe, Valeur
from pipelines.publication.comparaison.vue import GroupeDit, Ligne
from pipelines.publication.rapport.choix import Choix
from pipelines.publication.rapport.evolutions import LIGNES_MAX, evolutions

E = "\N{NO-BREAK SPACE}"
ANNEE = Periode("annee", "2024", "2024-01-01", "2024-12-31", "2024", [f"2024-{m:02d}" for m in range(1, 13)])
CHOIX = Choix(
    ANNEE,
    ANNEE,
    tuple(Periode("mois", m, f"{m}-01", f"{m}-28", m, [m]) for m in ANNEE.mois),
    (Territoire("67", "Bas-Rhin"), Territoire("68", "Haut-Rhin"), Territoire(TOTAL, "Total")),
)
CHANGEMENT = Changement(
    id_livraison="abcd",
    source="beneficiaires",
    emetteur=None,
    organisme="CAF671",
    mois=date(2024, 3, 1),
    date_reception=date(2024, 4, 20),
    receptions=(date(2024, 4, 20),),
    presence="apres",
    nature="fichier_corrige",
)


def _valeur(nombre: float | None, statut: str = "stabilise") -> Valeur:
    return Valeur(nombre, None, None, statut, None, 1)


def _ligne(
    avant: float | None,
    apres: float,
    periode: str = "2024-03",
    code: str = "V2-1",
    statut: str = "stabilise",
    territoire: str = "67",
) -> Ligne:
    type_periode = "annee" if len(periode) == 4 else "mois"
    cle = Cle(code, "", "", "nombre", type_periode, periode, territoire)
    ecart = Ecart(
        cle, "entrées", None if avant is None else _valeur(avant, statut), _valeur(apres), groupes=_groupes()
    )
    dits = (GroupeDit("fichier_corrige", ("abcd",), "12", "", "", ""),)
    texte = "" if avant is None else str(int(avant))
    return Ligne(ecart, texte, str(int(apres)), "+12", (), dits if type_periode == "mois" else ())


def _groupes() -> tuple[Groupe, ...]:
    return (Groupe("fichier_corrige", 12, 0, 0, 0, 0, ("abcd",)),)


def _comparaison(*lignes: Ligne) -> Comparaison:
    return Comparaison(
        avant="2024-04-10_aaaa",
        apres="2024-05-10_bbbb",
        arrete_au_avant=date(2024, 4, 10),
        arrete_au_apres=date(2024, 5, 10),
        regles={"borne_delai": ("stricte", "inclusive")},
        empreintes=("sql",),
        livraisons=(CHANGEMENT,),
        ecarts=tuple(ligne.ecart for ligne in lignes),
    )


def test_le_resume_dit_les_mois_nouveaux_les_mois_qui_ont_bouge_et_pourquoi() -> None:
    lignes = [_ligne(100, 112), _ligne(None, 80, "2024-04")]
    resume = evolutions(_comparaison(*lignes), lignes, CHOIX).resume
    assert resume == (
        f"Depuis la publication arrêtée au 10{E}avril{E}2024, mois publiés pour la première fois : "
        f"avril{E}2024 ; mois déjà publiés qui ont bougé : mars{E}2024, causes : fichier corrigé."
    )


def test_rien_n_a_bouge_se_dit() -> None:
    assert "aucun mois déjà publié n’a bougé" in evolutions(_comparaison(), [], CHOIX).resume


def test_ce_dont_les_publications_sont_faites_est_compare() -> None:
    assert evolutions(_comparaison(), [], CHOIX).entrees == (
        f"Date d’arrêté : 10{E}avril{E}2024, puis 10{E}mai{E}2024.",
        "Fichier corrigé : CAF671 2024-03.",
        "Règle borne_delai : stricte, puis inclusive.",
        "A changé : règles de calcul (sql).",
    )


def test_un_mois_par_ligne_le_dernier_d_abord_avec_ses_causes() -> None:
    lignes = [_ligne(100, 112), _ligne(50, 62, "2024-05", "V2-2"), _ligne(150, 162, territoire=TOTAL)]
    (tableau,) = evolutions(_comparaison(*lignes), lignes, CHOIX).tableaux
    mai, mars = ([case.texte for case in ligne] for ligne in tableau.lignes)
    assert mai[0] == f"mai{E}2024"
    assert mars == [
        f"mars{E}2024",
        f"Bas-Rhin{E}(67)",
        "Nombre de nouveaux entrants",
        "100",
        "112",
        "+12",
        "fichier corrigé (12 entrées)",
    ]


def test_les_chiffres_cles_de_l_annee_ont_leur_tableau() -> None:
    lignes = [_ligne(1000, 1012, "2024", territoire=TOTAL)]
    (tableau,) = evolutions(_comparaison(*lignes), lignes, CHOIX).tableaux
    assert tableau.titre == f"Chiffres clés qui ont bougé, année{E}2024"
    assert [case.texte for case in tableau.lignes[0]][1:] == ["Ensemble", "1000", "1012", "+12"]


def test_ce_que_les_tableaux_ne_montrent_pas_est_dit() -> None:
    lignes = [_ligne(100, 112, f"2024-{1 + n % 9:02d}") for n in range(LIGNES_MAX + 2)]
    lignes += [_ligne(100, 100, statut="provisoire"), _ligne(100, 112, code="S-2")]
    trouvees = evolutions(_comparaison(*lignes), lignes, CHOIX)
    assert len(trouvees.tableaux[0].lignes) == LIGNES_MAX
    assert trouvees.suites == (
        "Lignes qui ne sont pas montrées ici : 2.",
        "Ont aussi bougé, en tout ou partie : S-2.",
        "Chiffres qui n’ont changé que de statut (provisoire, stabilisé) : 1.",
    )
