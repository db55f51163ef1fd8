"""Two publications of a told store: each difference has its cause, and the causes add up."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from comparees import comparer_magasins, ecart, groupes, publiee, sans, verifier_comptes
from conte import Conte, ligne_caf, ligne_rendez_vous, mois, numeroter
from ecriture import ecrire
from histoires import magasin_au_hasard
from naif_magasin import Livraison, Magasin

from pipelines.calcul.modeles import Modele, modeles
from pipelines.configuration import Regles
from pipelines.publication.comparaison.comparer import comparer_publiees

JANVIER, FEVRIER, MARS, AVRIL, JUIN = (mois(2024, n) for n in (1, 2, 3, 4, 6))
ORIENTATIONS = "ori-2024-07-10"


def conte(*entrants: str) -> Conte:
    """January to June 2024; each of ``entrants`` is soumis from March on, its file received on 5 April; a
    relevé of orientations on 1 June."""
    recit = Conte(debut=JANVIER, fin=JUIN, arrete_au=date(2024, 12, 31))
    for personne in entrants:
        recit.vu(personne, MARS, JUIN, date_demande=date(2024, 3, 4))
    recit.oriente("temoinCAF671", date(2024, 6, 1), date_decision=date(2019, 1, 7))
    return recit


def corrige(recit: Conte, *personnes: str, du: date = MARS, **colonnes: object) -> Livraison:
    """The same monthly file sent again, with these persons only."""
    autre = Conte(debut=recit.debut, fin=recit.fin)
    for personne in personnes:
        autre.vu(personne, du, date_demande=date(2024, 3, 4))
    livraison = autre.mensuel("CAF671", du, "-corrige", date_reception=date(2024, 7, 1), **colonnes)
    livraison.date_creation = date(2024, 7, 1)
    return livraison


def avec(magasin: Magasin, *livraisons: Livraison) -> Magasin:
    return replace(magasin, livraisons=[*magasin.livraisons, *livraisons])


@pytest.mark.parametrize("modele", modeles(couches=("comparaison",)).values(), ids=lambda m: m.nom)
def test_un_modele_de_la_comparaison_dit_son_grain_et_sa_source(modele: Modele) -> None:
    entete = re.match(r"(?:--[^\n]*\n)+", modele.texte)
    assert entete
    assert entete.group().startswith("-- Grain: one ")
    assert "-- Source: " in entete.group()
    assert len(modele.texte.splitlines()) <= 90


def test_la_meme_publication_ne_differe_en_rien(tmp_path: Path) -> None:
    magasin = conte("p").magasin()
    comparaison = comparer_magasins(magasin, magasin, tmp_path)
    assert comparaison.ecarts == comparaison.livraisons == ()
    assert not comparaison.methode_differe
    assert not comparaison.fichiers_different


def test_un_fichier_tardif_rend_deux_mois_disponibles(tmp_path: Path) -> None:
    magasin = conte("p", "q").magasin()
    comparaison = comparer_magasins(sans(magasin, f"CAF671-{MARS}"), magasin, tmp_path)
    mars = ecart(comparaison, "V2-1", "2024-03")
    assert (mars.avant.motif_nd, mars.apres.nombre) == ("livraison_manquante: CAF671 2024-03", 2)
    assert groupes(comparaison, "V2-1", "2024-03") == {"fichier_tardif": (2, 0, 0, 0)}
    assert mars.groupes[0].livraisons == (f"CAF671-{MARS}",)
    assert ecart(comparaison, "V2-1", "2024-04").apres.nombre == 0
    assert {p.cause for p in comparaison.personnes} == {"fichier_tardif"}


def test_un_fichier_corrige_fait_entrer_l_un_et_sortir_l_autre(tmp_path: Path) -> None:
    recit = conte("p", "q")
    magasin = recit.magasin()
    comparaison = comparer_magasins(magasin, avec(magasin, corrige(recit, "p", "r", "s")), tmp_path)
    assert groupes(comparaison, "V2-1", "2024-03") == {"fichier_corrige": (2, 1, 0, 0)}
    # q, absent in March, now enters in April: the same file says so
    assert groupes(comparaison, "V2-1", "2024-04") == {"fichier_corrige": (1, 0, 0, 0)}
    assert [x.nature for x in comparaison.livraisons] == ["fichier_corrige"]


def test_une_orientation_connue_depuis_est_un_gain_sans_changer_les_entrees(tmp_path: Path) -> None:
    recit = conte("p", "q")
    avant = recit.magasin()
    recit.oriente("p", date(2024, 7, 10), date_envoi_courrier=date(2024, 4, 8))
    comparaison = comparer_magasins(avant, recit.magasin(), tmp_path)
    assert groupes(comparaison, "V2-2", "2024-03") == {"orientations": (0, 0, 1, 0)}
    assert not [e for e in comparaison.ecarts if e.cle.code == "V2-1" and not e.statut_seul]
    (livraison,) = ecart(comparaison, "V2-2", "2024-03").groupes[0].livraisons
    assert livraison.startswith(ORIENTATIONS)


def test_un_suivi_plus_ancien_connu_depuis_ote_l_entree(tmp_path: Path) -> None:
    recit = conte("p", "q")
    avant = recit.magasin()
    recit.oriente("p", date(2024, 7, 10), date_decision=date(2023, 5, 2))
    comparaison = comparer_magasins(avant, recit.magasin(), tmp_path)
    assert groupes(comparaison, "V2-1", "2024-03") == {"orientations": (0, 1, 0, 0)}


def test_une_livraison_suspecte_acceptee(tmp_path: Path) -> None:
    recit = conte("p")
    suspecte = corrige(recit, "p", "q", dossiers_annonces=99, acceptation=True)
    comparaison = comparer_magasins(recit.magasin(), avec(recit.magasin(), suspecte), tmp_path)
    assert [x.nature for x in comparaison.livraisons] == ["suspecte_acceptee"]
    assert groupes(comparaison, "V2-1", "2024-03") == {"suspecte_acceptee": (1, 0, 0, 0)}


def test_une_livraison_suspecte_recue_alors_et_acceptee_depuis(tmp_path: Path) -> None:
    """Its rows count for T0 as soon as they are received; in force, for the persons that they alone show."""
    recit = conte("p")
    suspecte = corrige(recit, "p", "q", dossiers_annonces=99)
    suivante = corrige(recit, "p")
    suivante.id, suivante.date_reception = "suivante", date(2024, 7, 2)
    alors = avec(recit.magasin(), suspecte, suivante)
    depuis = avec(recit.magasin(), replace(suspecte, acceptation=True))
    comparaison = comparer_magasins(alors, depuis, tmp_path)
    assert {x.id_livraison: x.nature for x in comparaison.livraisons} == {
        suspecte.id: "suspecte_acceptee",
        "suivante": "fichier_corrige",
    }
    assert groupes(comparaison, "V2-1", "2024-03") == {"suspecte_acceptee": (1, 0, 0, 0)}


def test_une_personne_qui_change_d_identifiant_n_est_ni_perdue_ni_gagnee(tmp_path: Path) -> None:
    recit = conte("q")
    recit.vu("p", MARS, mois(2024, 5), date_demande=date(2024, 3, 4), cle_nir=None)
    recit.vu("p", JUIN, date_demande=date(2024, 3, 4))
    magasin = recit.magasin()
    comparaison = comparer_magasins(sans(magasin, f"CAF671-{JUIN}"), magasin, tmp_path)
    assert comparaison.personnes == ()
    assert not [e for e in comparaison.ecarts if e.cle.periode == "2024-03" and not e.statut_seul]


def test_deux_identifiants_reconnus_pour_une_seule_personne(tmp_path: Path) -> None:
    recit = conte()
    recit.vu("p", MARS, AVRIL, numero_demande_rsa="D1", date_demande=date(2024, 3, 4))
    recit.vu("p", MARS, AVRIL, numero_demande_rsa="D2", date_demande=date(2024, 3, 4), cle_nir=None)
    magasin = recit.magasin()
    lien = ligne_caf("p", JUIN, numero_demande_rsa="D2", etat_dossier="5", motif_cloture="RFD")
    quotidien = numeroter(Livraison("lien", "beneficiaires", date(2024, 7, 20), [lien], type_flux="I"))
    quotidien.date_creation, quotidien.heure_creation = date(2024, 7, 20), "06:00:00"
    comparaison = comparer_magasins(magasin, avec(magasin, quotidien), tmp_path)
    assert groupes(comparaison, "V2-1", "2024-03") == {"identite": (0, 1, 0, 0)}


def test_une_regle_changee_explique_tout_a_fichiers_egaux(tmp_path: Path) -> None:
    recit = conte("p", "q")
    recit.oriente("p", date(2024, 7, 10), date_envoi_courrier=date(2024, 4, 20))  # day 15 exactly
    magasin = recit.magasin()
    inclusive = replace(magasin, regles=Regles(borne_delai="inclusive"))
    comparaison = comparer_magasins(magasin, inclusive, tmp_path)
    assert comparaison.regles == {"borne_delai": ("stricte", "inclusive")}
    assert comparaison.empreintes == ()
    v2_2 = ecart(comparaison, "V2-2", "2024-03")
    assert (v2_2.effet_methode, v2_2.effet_fichiers) == (1, 0)
    assert groupes(comparaison, "V2-2", "2024-03") == {"methode": (0, 0, 1, 0)}


def regle_et_fichier(tmp_path: Path) -> tuple[Magasin, Magasin]:
    """Before: p oriented on day 15, to the day, q never. After: the day counts, and q's letter is known."""
    recit = conte("p", "q", "r")
    recit.oriente("p", date(2024, 6, 10), date_envoi_courrier=date(2024, 4, 20))
    avant = recit.magasin()
    recit.oriente("q", date(2024, 7, 10), date_envoi_courrier=date(2024, 4, 8))
    recit.oriente("p", date(2024, 7, 10), date_envoi_courrier=date(2024, 4, 20))
    return avant, replace(recit.magasin(), regles=Regles(borne_delai="inclusive"))


def test_une_regle_et_un_fichier_changes_ont_chacun_leur_effet_exact(tmp_path: Path) -> None:
    avant, apres = regle_et_fichier(tmp_path)
    comparaison = comparer_magasins(avant, apres, tmp_path)
    v2_2 = ecart(comparaison, "V2-2", "2024-03")
    assert (v2_2.difference, v2_2.effet_methode, v2_2.effet_fichiers) == (2, 1, 1)
    assert groupes(comparaison, "V2-2", "2024-03") == {
        "methode": (0, 0, 1, 0),
        "orientations": (0, 0, 1, 0),
    }
    assert comparaison.separation == ""


@pytest.mark.parametrize("perdue", ["livraison.json", "lectures/1/lignes.parquet"])
def test_une_livraison_perdue_empeche_de_separer_et_le_dit(tmp_path: Path, perdue: str) -> None:
    avant, apres = regle_et_fichier(tmp_path)
    une = publiee(ecrire(avant, tmp_path / "alors"), avant.arrete_au, tmp_path / "avant")
    configuration = ecrire(apres, tmp_path / "maintenant")
    autre = publiee(configuration, apres.arrete_au, tmp_path / "apres")
    (configuration.entrepot / "livraisons" / "beneficiaires" / f"CAF671-{AVRIL}" / perdue).unlink()
    comparaison = comparer_publiees(configuration, une, autre)
    assert "n'est plus dans l'entrepôt" in comparaison.separation
    verifier_comptes(comparaison)
    v2_2 = ecart(comparaison, "V2-2", "2024-03")
    assert (v2_2.effet_methode, v2_2.effet_fichiers) == (None, None)
    # nothing that p's own relevés say has changed: what is left is the rule
    assert sum(g.solde for g in v2_2.groupes) == 2
    assert v2_2.sans_cause == 0


def test_une_autre_configuration_installee_empeche_de_separer(tmp_path: Path) -> None:
    avant, apres = regle_et_fichier(tmp_path)
    une = publiee(ecrire(avant, tmp_path / "alors"), avant.arrete_au, tmp_path / "avant")
    configuration = ecrire(apres, tmp_path / "maintenant")
    autre = publiee(configuration, apres.arrete_au, tmp_path / "apres")
    comparaison = comparer_publiees(replace(configuration, seuil_secret=11), une, autre)
    assert "ne sont plus ceux de la seconde" in comparaison.separation
    verifier_comptes(comparaison)


def test_le_temps_seul_fait_echoir_les_delais(tmp_path: Path) -> None:
    recit = conte("p", "q")
    (releve,) = recit.autres
    releve.date_reception = date(2024, 4, 10)
    magasin = recit.magasin()
    confirme = replace(releve, confirmations=[date(2024, 7, 10)])
    apres = avec(sans(magasin, releve.id), confirme)
    comparaison = comparer_magasins(magasin, apres, tmp_path)
    assert [x.nature for x in comparaison.livraisons] == ["confirmation"]
    assert groupes(comparaison, "V2-2", "2024-03", "en_attente") == {"delai_ecoule": (0, 0, 0, 2)}
    taux = ecart(comparaison, "V2-2", "2024-03", "taux")
    assert (taux.avant.denominateur, taux.apres.denominateur) == (0, 2)
    assert [g.cause for g in taux.groupes_base] == ["delai_ecoule"]
    assert ecart(comparaison, "V2-1", "2024-03").statut_seul


def test_un_fichier_quotidien_recu_depuis_avance_le_t0(tmp_path: Path) -> None:
    recit = conte("p")
    recit.oriente("p", date(2024, 7, 10), date_envoi_courrier=date(2024, 4, 8))
    magasin = recit.magasin()
    quotidien = Livraison("jour", "beneficiaires", date(2024, 3, 20), [ligne_caf("p", MARS)], type_flux="I")
    quotidien.date_creation, quotidien.heure_creation = date(2024, 3, 20), "06:00:00"
    comparaison = comparer_magasins(magasin, avec(magasin, numeroter(quotidien)), tmp_path)
    assert groupes(comparaison, "V2-2", "2024-03") == {"fichier_quotidien": (0, 0, 0, 1)}


def test_un_rendez_vous_manque_connu_depuis(tmp_path: Path) -> None:
    recit = conte("p")
    recit.oriente("p", date(2024, 7, 10), date_envoi_courrier=date(2024, 4, 8))

    def releve(nom: str, jour: date, presence: str) -> Livraison:
        ligne = ligne_rendez_vous("p", date(2024, 5, 2), presence)
        return numeroter(Livraison(nom, "rendez_vous", jour, [ligne], emetteur="principal"))

    avant = avec(recit.magasin(), releve("prevu", date(2024, 4, 20), "prevu"))
    apres = avec(avant, releve("tenu", date(2024, 7, 9), "absent"))
    comparaison = comparer_magasins(avant, apres, tmp_path)
    assert groupes(comparaison, "V2-2N", "2024-03") == {"rendez_vous": (0, 0, 1, 0)}
    assert ecart(comparaison, "V2-2N", "2024-03").groupes[0].livraisons == ("tenu",)


def test_un_mois_suivant_ne_change_que_ce_qu_il_montre(tmp_path: Path) -> None:
    magasin = conte("p").magasin()
    comparaison = comparer_magasins(sans(magasin, f"CAF671-{JUIN}"), magasin, tmp_path)
    nouveaux = {e.cle.periode for e in comparaison.ecarts if e.avant is None}
    assert "2024-06" in nouveaux
    assert [x.nature for x in comparaison.livraisons] == ["mois_suivant"]
    assert comparaison.personnes == ()


def test_le_chiffre_d_une_annee_renvoie_aux_mois_qui_l_expliquent(tmp_path: Path) -> None:
    recit = conte("p", "q")
    magasin = recit.magasin()
    comparaison = comparer_magasins(magasin, avec(magasin, corrige(recit, "p", "r", "s")), tmp_path)
    annee = next(e for e in comparaison.ecarts if e.cle == ("V2-1", "", "", "nombre", "annee", "2024", "67"))
    assert annee.mois == ("2024-03", "2024-04")
    assert annee.difference == 2
    assert annee.tables == ("beneficiaires", "orientations")


def test_dans_l_autre_sens_les_signes_s_inversent(tmp_path: Path) -> None:
    recit = conte("p", "q")
    magasin = recit.magasin()
    corrigee = avec(magasin, corrige(recit, "p", "r", "s"))
    comparaison = comparer_magasins(corrigee, magasin, tmp_path)
    assert groupes(comparaison, "V2-1", "2024-03") == {"fichier_corrige": (1, 2, 0, 0)}
    assert [x.presence for x in comparaison.livraisons] == ["avant"]


@pytest.mark.parametrize("graine", [3, 111])
def test_des_histoires_au_hasard_sont_expliquees_au_compte_pres(tmp_path: Path, graine: int) -> None:
    magasin = magasin_au_hasard(graine)
    hasard = Random(graine)
    otees = hasard.sample([x.id for x in magasin.livraisons], len(magasin.livraisons) // 8)
    comparaison = comparer_magasins(sans(magasin, *otees), magasin, tmp_path)
    assert comparaison.personnes
    assert {x.id_livraison for x in comparaison.livraisons} == set(otees)
