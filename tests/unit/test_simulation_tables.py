"""The tables of the CD and of France Travail, as simulated: coherent, whole, accepted as they stand."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from contracts.tables import TABLES
from pipelines.configuration import charger
from pipelines.reception.recevoir import verifier
from pipelines.simulation import simuler
from pipelines.simulation.calendrier import apres, mois_suivant
from pipelines.simulation.chroniques import Fiche, Histoire, Ligne
from pipelines.simulation.collectifs import collectifs
from pipelines.simulation.ecriture_tables import Valeur
from pipelines.simulation.emetteurs import COLONNES, EMETTEURS, Emetteur
from pipelines.simulation.emploi import DURABLE
from pipelines.simulation.generateur import histoires, mois_simules
from pipelines.simulation.livraisons_tables import LivraisonsTables, jour_tables

MOIS = mois_simules(14)
Qui = tuple[Valeur, ...]


@pytest.fixture(scope="module")
def departement() -> list[Histoire]:
    return list(histoires(600, MOIS, 11))


def _qui(ligne: Ligne) -> Qui:
    return ligne.get("nom") or ligne.get("nom_naissance"), ligne["prenom"], ligne["date_naissance"]


def _par_personne(histoire: Histoire, table: str) -> dict[Qui, list[Ligne]]:
    """The rows of each person, as they stand in the end, in the order they were written."""
    personnes: dict[Qui, list[Ligne]] = defaultdict(list)
    for fiche in histoire.fiches.get(table, []):
        personnes[_qui(fiche.derniere)].append(fiche.derniere)
    return personnes


def _jour(ligne: Ligne, colonne: str) -> date:
    jour = ligne[colonne]
    assert isinstance(jour, date)
    return jour


def _lignes(departement: list[Histoire], table: str) -> Iterator[Ligne]:
    for une in departement:
        yield from (fiche.derniere for fiche in une.fiches.get(table, []))


@pytest.mark.parametrize(
    ("table", "colonne", "nature"),
    [
        ("rendez_vous", "date_rdv", "orientation"),
        ("rendez_vous", "date_rdv", "diagnostic"),
        ("rendez_vous", "date_rdv", "accompagnement"),
        ("diagnostics", "date_diagnostic", None),
        ("contrats", "date_signature", None),
        ("prestations", "date_debut", None),
        ("participations", "date_entree", None),
    ],
)
def test_nothing_is_done_with_somebody_before_a_letter_tells_her_orientation(
    departement: list[Histoire], table: str, colonne: str, nature: str | None
) -> None:
    vues = 0
    for une in departement:
        lettres: dict[Qui, date] = {}
        for fiche in une.fiches.get("orientations", []):
            premiere = fiche.versions[0][1]
            if premiere["date_envoi_courrier"]:
                lettres.setdefault(_qui(premiere), _jour(premiere, "date_envoi_courrier"))
        for qui, lignes in _par_personne(une, table).items():
            for ligne in lignes:
                if nature in (None, ligne.get("type")):
                    vues += 1
                    assert lettres[qui] <= _jour(ligne, colonne)
    assert vues > 50


def test_a_diagnostic_precedes_the_first_prestation_and_the_actions(departement: list[Histoire]) -> None:
    for une in departement:
        diagnostics = _par_personne(une, "diagnostics")
        for table, colonne in (("prestations", "date_debut"), ("participations", "date_entree")):
            for qui, lignes in _par_personne(une, table).items():
                premier = min(_jour(ligne, "date_diagnostic") for ligne in diagnostics[qui])
                assert premier < min(_jour(ligne, colonne) for ligne in lignes)


def test_an_action_answers_a_frein_and_some_people_take_part_in_two(departement: list[Histoire]) -> None:
    freins = {"FA-MOBILITE": "mobilite", "FA-GARDE": "garde_enfant", "FA-NUMERIQUE": "numerique"}
    deux = 0
    for une in departement:
        diagnostics = _par_personne(une, "diagnostics")
        for qui, lignes in _par_personne(une, "participations").items():
            dits = {f for d in diagnostics[qui] for f in str(d["freins"]).split("+")}
            codes = {str(ligne["code_action"]) for ligne in lignes}
            assert {freins[code] for code in codes} <= dits
            deux += len(codes) > 1
    assert deux >= 5


def test_contracts_of_a_person_are_numbered_and_follow_one_another(departement: list[Histoire]) -> None:
    renouveles = 0
    for une in departement:
        for lignes in _par_personne(une, "contrats").values():
            for avant, apres_ in pairwise(lignes):
                assert int(str(apres_["rang"])) > int(str(avant["rang"]))
                assert _jour(apres_, "date_signature") > _jour(avant, "date_signature")
                renouveles += 1
    assert renouveles > 50
    assert {ligne["type"] for ligne in _lignes(departement, "contrats")} == {
        "CER", "PPAE", "contrat_engagement",
    }  # fmt: skip


def test_a_ppae_is_signed_by_somebody_registered(departement: list[Histoire]) -> None:
    for une in departement:
        inscriptions = _par_personne(une, "france_travail")
        for qui, lignes in _par_personne(une, "contrats").items():
            for ligne in lignes:
                if ligne["type"] == "PPAE":
                    jour = _jour(ligne, "date_signature")
                    assert any(_jour(i, "date_inscription") <= jour for i in inscriptions[qui])


def test_registrations_of_a_person_end_before_the_next_one(departement: list[Histoire]) -> None:
    fins = defaultdict(int)
    for une in departement:
        for lignes in _par_personne(une, "france_travail").values():
            for ligne, suivante in zip(lignes, [*lignes[1:], None], strict=True):
                fin = ligne.get("date_cessation") or ligne.get("date_radiation")
                for colonne in ("date_cessation", "date_radiation"):
                    if ligne.get(colonne):
                        assert _jour(ligne, "date_inscription") <= _jour(ligne, colonne)
                        fins[colonne] += 1
                if suivante is not None:
                    assert isinstance(fin, date)
                    assert fin <= _jour(suivante, "date_inscription")
    assert set(fins) == {"date_cessation", "date_radiation"}


def test_a_job_comes_after_a_registration_and_lasts_what_it_says(departement: list[Histoire]) -> None:
    types = set()
    for une in departement:
        inscriptions = _par_personne(une, "france_travail")
        for qui, lignes in _par_personne(une, "reprises_emploi").items():
            for ligne in lignes:
                debut, duree = _jour(ligne, "date_debut"), ligne["duree_mois"]
                types.add(ligne["type_contrat"])
                assert any(_jour(i, "date_inscription") <= debut for i in inscriptions[qui])
                assert (ligne["date_fin"] is None) == (duree is None)
                assert (duree is None) == (ligne["type_contrat"] in ("CDI", "independant"))
                if isinstance(duree, int):
                    assert debut < _jour(ligne, "date_fin") < apres(debut, duree)
    assert {"CDI", "CDD", "interim", "CDDI"} <= types


def test_a_durable_job_is_often_followed_by_a_month_that_is_not_soumis(departement: list[Histoire]) -> None:
    suivis = sortis = 0
    for une in departement:
        soumis = {
            (p.nom, p.prenom, p.date_naissance, mois)
            for mois, foyer in une.foyers
            for p, top in zip(foyer.personnes, foyer.tops, strict=True)
            if foyer.droit.etat == "2" and top
        }
        for ligne in _lignes([une], "reprises_emploi"):
            duree, debut = ligne["duree_mois"], _jour(ligne, "date_debut").replace(day=1)
            if debut < mois_suivant(MOIS[-1], -2) and (duree is None or int(str(duree)) >= DURABLE):
                suivis += 1
                apres_ = [mois_suivant(debut, k) for k in range(3)]
                sortis += not all((*_qui(ligne), mois) in soumis for mois in apres_)
    assert suivis > 10
    assert sortis >= 0.9 * suivis


def test_versions_of_a_row_are_in_order_and_keep_its_id(departement: list[Histoire]) -> None:
    for une in departement:
        for table, fiches in une.fiches.items():
            cle = TABLES[table].cle or "identifiant_france_travail"
            for fiche in fiches:
                jours = [jour for jour, _ in fiche.versions]
                assert jours == sorted(jours)
                assert len({ligne.get(cle) for _, ligne in fiche.versions}) == 1


def test_ids_of_a_table_are_never_shared(departement: list[Histoire]) -> None:
    for table in ("orientations", "rendez_vous", "contrats", "diagnostics", "prestations", "reprises_emploi"):
        cle = TABLES[table].cle
        assert cle is not None
        ids = [ligne[cle] for ligne in _lignes(departement, table)]
        assert len(ids) == len(set(ids)) > 20


def _exports(emetteur: Emetteur, fiche: Fiche, dossier: Path) -> dict[str, list[str]]:
    """The rows of each file that an émetteur delivers of one row id."""

    def livrer(nom: str, _recu_le: date, sous: str) -> Path:
        return dossier / sous / nom

    livraisons = LivraisonsTables((emetteur,), MOIS, livrer, compresse=False, en_csv=True)
    livraisons.ajouter({emetteur.table: [fiche]}, "67")
    livraisons.fermer()
    fichiers = sorted(dossier.rglob("*.csv"))
    return {f.stem[-10:]: f.read_text(encoding="utf-8").splitlines()[1:] for f in fichiers}


def _fiche(*versions: tuple[date, str]) -> Fiche:
    return Fiche([(jour, {"code_action": code}) for jour, code in versions])


def test_a_stock_holds_every_row_as_it_is_that_day(tmp_path: Path) -> None:
    jours = [jour_tables(m) for m in MOIS]
    fiche = _fiche((jours[1], "AVANT"), (mois_suivant(jours[2]), "ENTRE"), (jours[3], "APRES"))
    exports = _exports(Emetteur("participations"), fiche, tmp_path)
    assert list(exports) == [f"{jour}" for jour in jours[1:]]
    dits = [lignes[0].strip(";") for lignes in exports.values()]
    assert dits == ["AVANT"] * 2 + ["APRES"] * (len(jours) - 3)


def test_a_flux_holds_what_is_new_since_the_last_one(tmp_path: Path) -> None:
    jours = [jour_tables(m) for m in MOIS if m.month in (3, 6, 9, 12)]
    fiche = _fiche((jours[0], "AVANT"), (mois_suivant(jours[0]), "ENTRE"), (jours[1], "APRES"))
    emetteur = Emetteur("participations", mode="flux", apres=(3, 6, 9, 12))
    exports = _exports(emetteur, fiche, tmp_path)
    assert {jour: [ligne.strip(";") for ligne in lignes] for jour, lignes in exports.items()} == {
        f"{jours[0]}": ["AVANT"],
        f"{jours[1]}": ["APRES"],
    }


def test_columns_are_those_of_the_contracts() -> None:
    assert set(COLONNES) == set(TABLES) - {"beneficiaires"}
    for table, colonnes in COLONNES.items():
        assert set(colonnes) <= set(TABLES[table].colonnes)


def test_one_emetteur_lacks_one_optional_column() -> None:
    absentes = {(e.table, e.nom): e.sans for e in EMETTEURS if e.sans}
    assert absentes == {("prestations", "iodas-68"): ("duree_heures",)}


@pytest.mark.parametrize("format_", ["xml", "csv"])
def test_every_table_is_delivered_and_accepted_whole(format_: str, tmp_path: Path) -> None:
    simuler(tmp_path, dossiers=70, mois=13, graine=5, format=format_)
    assert {f.name for f in (tmp_path / "depot").iterdir()} == set(TABLES) - {"beneficiaires"} | {"caf_msa"}
    configuration = charger(tmp_path / "pilotage.toml")
    bilan = verifier([configuration.depot], configuration)
    assert bilan.code == 0
    assert {resultat.source for resultat in bilan.resultats} == set(TABLES)
    assert [r.fichier for r in bilan.resultats if r.statut != "recue" or r.rejets or r.avertissements] == []


def test_a_short_simulation_has_the_tables_that_name_nobody(tmp_path: Path) -> None:
    simuler(tmp_path, dossiers=5, mois=1)
    assert {f.name for f in (tmp_path / "depot").iterdir()} >= {
        "parcours_types", "volet1", "satisfaction", "valeurs_declarees", "commentaires",
    }  # fmt: skip


def test_parcours_bear_the_names_that_orientations_use_and_one_that_they_do_not() -> None:
    parcours = collectifs(MOIS, {"67": 50, "68": 30})["parcours_types"]
    noms = [str(fiche.derniere["nom"]) for fiche in parcours]
    assert noms[:3] == ["Professionnel", "Socio-professionnel", "Social"]
    assert len(noms) == 4


def test_surveys_never_have_more_satisfied_than_answers() -> None:
    for dossiers in ({"67": 1}, {"67": 24_000, "68": 16_000}):
        for fiche in collectifs(mois_simules(60), dossiers)["satisfaction"]:
            ligne = fiche.derniere
            assert 0 < int(str(ligne["nombre_satisfaits"])) <= int(str(ligne["nombre_reponses"]))
