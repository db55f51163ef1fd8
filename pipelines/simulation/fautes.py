"""Faults planted on purpose: one file for each line of 4.5, named after its fault."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from pipelines.erreurs import ErreurUsage
from pipelines.simulation.calendrier import dernier_jour, reception_usuelle
from pipelines.simulation.chroniques import Ligne
from pipelines.simulation.foyers import Foyer
from pipelines.simulation.matiere import MOIS_FAUTIF, Matiere
from pipelines.simulation.recits import figurants


def _quelques() -> list[Foyer]:
    return [h.foyers[0][1] for h in figurants("CAF671", 3, (MOIS_FAUTIF,))]


def _texte(matiere: Matiere, nom: str) -> tuple[Path, str]:
    chemin = matiere.flux(nom, _quelques())
    return chemin, chemin.read_text(encoding="windows-1252")


def _reecrire(chemin: Path, texte: str) -> None:
    chemin.write_bytes(texte.encode("windows-1252"))


# -- refused ---------------------------------------------------------------------------------------


def _contenu_non_reconnu(matiere: Matiere, nom: str) -> None:
    chemin = matiere.chemin(f"{nom}.xml", matiere.jour_table)
    chemin.write_text('<?xml version="1.0"?>\n<inventaire><objet/></inventaire>\n', encoding="utf-8")


def _table_non_reconnue(matiere: Matiere, nom: str) -> None:
    chemin = matiere.chemin(f"{nom}.csv", matiere.jour_table)
    chemin.write_text("reference;couleur\n1;bleu\n", encoding="utf-8")


def _xml_mal_forme(matiere: Matiere, nom: str) -> None:
    chemin, texte = _texte(matiere, f"{nom}.xml")
    _reecrire(chemin, texte.replace("</PRENOM>", "</PRENOMS>", 1))


def _xml_tronque(matiere: Matiere, nom: str) -> None:
    chemin, texte = _texte(matiere, f"{nom}.xml")
    _reecrire(chemin, texte[: len(texte) * 2 // 3])


def _xml_sans_transmission(matiere: Matiere, nom: str) -> None:
    chemin, texte = _texte(matiere, f"{nom}.xml")
    _reecrire(chemin, texte[: texte.index("<TransmissionFlux>")] + "</Racine>\n")


def _xml_entite(matiere: Matiere, nom: str) -> None:
    chemin, texte = _texte(matiere, f"{nom}.xml")
    dtd = '<!DOCTYPE Racine [<!ENTITY surnom "FICTIF">]>\n<Racine>'
    _reecrire(chemin, texte.replace("<Racine>", dtd, 1).replace(">FIGURANT<", ">&surnom;<", 1))


def _gzip_tronque(matiere: Matiere, nom: str) -> None:
    chemin = matiere.flux(f"{nom}.xml.gz", _quelques())
    chemin.write_bytes(chemin.read_bytes()[:-40])


def _aucune_ligne_valide(matiere: Matiere, nom: str) -> None:
    chemin, texte = _texte(matiere, f"{nom}.xml")
    _reecrire(chemin, texte.replace("<ETATDOSRSA>2<", "<ETATDOSRSA>9<"))


def _organisme_inconnu(matiere: Matiere, nom: str) -> None:
    chemin, texte = _texte(matiere, f"{nom}.xml")
    _reecrire(chemin, texte.replace("<NUMORG>671<", "<NUMORG>999<"))


def _date_reception_absente(matiere: Matiere, nom: str) -> None:
    matiere.flux(f"{nom}.xml", _quelques())
    matiere.receptions.pop()


def _reception_avant_creation(matiere: Matiere, nom: str) -> None:
    matiere.flux(f"{nom}.xml", _quelques(), recu_le=dernier_jour(MOIS_FAUTIF))


def _reception_future(matiere: Matiere, nom: str) -> None:
    matiere.flux(f"{nom}.xml", _quelques(), recu_le=date(2099, 1, 5))


def _csv(matiere: Matiere, nom: str, nombre: int = 40) -> tuple[Path, list[str]]:
    chemin = matiere.table(f"{nom}.csv", matiere.orientations[:nombre])
    return chemin, chemin.read_text(encoding="utf-8-sig").splitlines()


def _ecrire_lignes(chemin: Path, lignes: Sequence[str]) -> None:
    chemin.write_bytes("".join(ligne + "\r\n" for ligne in lignes).encode("utf-8-sig"))


def _colonne_manquante(matiere: Matiere, nom: str) -> None:
    chemin, lignes = _csv(matiere, nom)
    entete = lignes[0].replace("organisme_referent", "reserve_1").replace("type_organisme", "reserve_2")
    _ecrire_lignes(chemin, [entete, *lignes[1:]])


def _colonne_double(matiere: Matiere, nom: str) -> None:
    chemin, lignes = _csv(matiere, nom)
    _ecrire_lignes(chemin, [lignes[0].replace("motif_fin", "Date-décision"), *lignes[1:]])


def _octets_indechiffrables(matiere: Matiere, nom: str) -> None:
    chemin, lignes = _csv(matiere, nom)
    debut = "\r\n".join([*lignes[:3], ""]).encode("utf-8")
    chemin.write_bytes(debut + b"\x81\x8d\x8f\x90" + "\r\n".join(lignes[3:]).encode("utf-8"))


def _guillemet_ouvert(matiere: Matiere, nom: str) -> None:
    chemin, lignes = _csv(matiere, nom)
    valeurs = lignes[5].split(",")
    valeurs[4] = '"' + valeurs[4]
    _ecrire_lignes(chemin, [*lignes[:5], ",".join(valeurs), *lignes[6:]])


def _lignes_decalees(matiere: Matiere, nom: str) -> None:
    chemin, lignes = _csv(matiere, nom)
    _ecrire_lignes(chemin, [*lignes[:7], lignes[7] + ",en,trop", *lignes[8:]])


def _contrats_sans_type(matiere: Matiere, nom: str) -> None:
    chemin = matiere.table(f"{nom}.csv", matiere.lignes["contrats", "68"][:20], "contrats", "principal")
    chemin.write_bytes(chemin.read_bytes().replace(b";type;", b";reserve;", 1))


def _taux_rejet(matiere: Matiere, nom: str) -> None:
    lignes = matiere.orientations[:40]
    matiere.table(f"{nom}.csv", [*lignes[:30], *(_sans_date(ligne) for ligne in lignes[30:])])


def _sans_date(ligne: Ligne) -> Ligne:
    vides = ("date_decision", "date_envoi_courrier", "date_designation_referent", "organisme_referent")
    return ligne | dict.fromkeys(vides)


# -- suspecte --------------------------------------------------------------------------------------


def _compteur(matiere: Matiere, nom: str) -> None:
    matiere.flux(f"{nom}.xml.gz", matiere.foyers, matiere.suivant, annonces=len(matiere.foyers) + 3)


def _moins_de_98_pourcent(matiere: Matiere, nom: str) -> None:
    garde = matiere.foyers[: len(matiere.foyers) * 95 // 100]
    recu_le = reception_usuelle(matiere.mois) + timedelta(days=3)
    matiere.flux(f"{nom}.xml.gz", garde, matiere.mois, recu_le)


def _dossiers_en_chute(matiere: Matiere, nom: str) -> None:
    matiere.flux(f"{nom}.xml.gz", matiere.foyers[: len(matiere.foyers) * 8 // 10], matiere.suivant)


def _soumis_en_chute(matiere: Matiere, nom: str) -> None:
    matiere.flux(f"{nom}.xml.gz", _tops(matiere.foyers, 3, False), matiere.suivant)


def _tops_manquants(matiere: Matiere, nom: str) -> None:
    matiere.flux(f"{nom}.xml.gz", _tops(matiere.foyers, 20, None), matiere.suivant)


def _tops(foyers: list[Foyer], pas: int, top: bool | None) -> list[Foyer]:
    """One household out of ``pas`` gets this top."""
    return [f._replace(tops=(top,) * len(f.tops)) if k % pas == 0 else f for k, f in enumerate(foyers)]


def _identifiants_disparus(matiere: Matiere, nom: str) -> None:
    matiere.table(f"{nom}.csv", matiere.orientations[: len(matiere.orientations) // 2])


# -- set aside, warned -----------------------------------------------------------------------------


def _lignes_ecartees(matiere: Matiere, nom: str) -> None:
    """No key, no date nor organisme, a planned letter, an id with two contents: five rows."""
    a, b, c, d = matiere.orientations[:4]
    sans_cle = a | dict.fromkeys(("nir", "numero_demande_rsa", "matricule", "identifiant_france_travail"))
    prevue = c | {"date_envoi_courrier": matiere.jour_table + timedelta(days=20)}
    fautives = [sans_cle, _sans_date(b), prevue, d, d | {"type_parcours": None}]
    matiere.table(f"{nom}.csv", [*fautives, *matiere.orientations[4:]])


def _valeurs_illisibles(matiere: Matiere, nom: str) -> None:
    """Each value read as missing: NIR, dates, codes, an end before its start, a closure without date."""
    fautes: tuple[Ligne, ...] = (
        {"nir": "12345"},
        {"date_envoi_courrier": "31/02/2023"},
        {"date_designation_referent": "0020-03-01"},
        {"type_organisme": "agence"},
        {"date_fin": date(2001, 1, 1), "statut": "clos"},
        {"statut": "clos", "date_fin": None},
        {"accompagnement_global": "peut-être"},
    )
    lignes = matiere.orientations
    gatees = [ligne | faute for ligne, faute in zip(lignes, fautes, strict=False)]
    matiere.table(f"{nom}.csv", [*gatees, *lignes[len(gatees) :], lignes[-1]])


def _heures_illisibles(matiere: Matiere, nom: str) -> None:
    lignes = matiere.lignes["prestations", "67"][:12]
    gatees = [ligne | {"duree_heures": "deux jours"} for ligne in lignes[:3]]
    matiere.table(f"{nom}.csv", [*gatees, *lignes[3:]], "prestations", "solis-67")


def _trop_de_satisfaits(matiere: Matiere, nom: str) -> None:
    enquete: Ligne = {"date": matiere.mois, "public": "personnes", "nombre_reponses": 40}
    matiere.table(f"{nom}.csv", [enquete | {"nombre_satisfaits": 55}], "satisfaction", "principal")


def _motifs_inconnus(matiere: Matiere, nom: str) -> None:
    """Unknown motif, commune and prestation in a flux: read as missing."""
    foyers = _quelques()
    hors = replace(foyers[0].dossier, code_commune="ABCDE", nature_prestation="XYZ")
    suspendu = replace(foyers[1].droit, etat="4", motifs_suspension="ZZ", date_suspension=MOIS_FAUTIF)
    matiere.flux(
        f"{nom}.xml", [foyers[0]._replace(dossier=hors), foyers[1]._replace(droit=suspendu), foyers[2]]
    )


@dataclass(frozen=True)
class Faute:
    """A kind of fault, the rule that must see it, and how to make its file."""

    gravite: str
    regle: str
    ecrire: Callable[[Matiere, str], None]


FAUTES: dict[str, Faute] = {
    "contenu_non_reconnu": Faute("refus", "FIC-001", _contenu_non_reconnu),
    "table_non_reconnue": Faute("refus", "REC-001", _table_non_reconnue),
    "xml_mal_forme": Faute("refus", "FIC-002", _xml_mal_forme),
    "xml_tronque": Faute("refus", "FIC-003", _xml_tronque),
    "xml_sans_transmission": Faute("refus", "FIC-003", _xml_sans_transmission),
    "xml_entite": Faute("refus", "FIC-004", _xml_entite),
    "gzip_tronque": Faute("refus", "FIC-009", _gzip_tronque),
    "octets_indechiffrables": Faute("refus", "FIC-005", _octets_indechiffrables),
    "guillemet_ouvert": Faute("refus", "FIC-006", _guillemet_ouvert),
    "lignes_decalees": Faute("refus", "FIC-007", _lignes_decalees),
    "taux_rejet": Faute("refus", "FIC-014", _taux_rejet),
    "aucune_ligne_valide": Faute("refus", "CAF-001", _aucune_ligne_valide),
    "colonne_manquante": Faute("refus", "TAB-001", _colonne_manquante),
    "colonne_double": Faute("refus", "TAB-002", _colonne_double),
    "contrats_sans_type": Faute("refus", "TAB-001", _contrats_sans_type),
    "organisme_inconnu": Faute("refus", "REC-003", _organisme_inconnu),
    "date_reception_absente": Faute("refus", "REC-004", _date_reception_absente),
    "reception_avant_creation": Faute("refus", "REC-005", _reception_avant_creation),
    "reception_future": Faute("refus", "REC-006", _reception_future),
    "suspecte_compteur": Faute("suspecte", "LIV-001", _compteur),
    "suspecte_moins_de_98_pourcent": Faute("suspecte", "LIV-002", _moins_de_98_pourcent),
    "suspecte_dossiers_en_chute": Faute("suspecte", "LIV-003", _dossiers_en_chute),
    "suspecte_soumis_en_chute": Faute("suspecte", "LIV-004", _soumis_en_chute),
    "suspecte_tops_manquants": Faute("suspecte", "LIV-005", _tops_manquants),
    "suspecte_identifiants_disparus": Faute("suspecte", "LIV-006", _identifiants_disparus),
    "lignes_ecartees": Faute("rejet", "IDE-002", _lignes_ecartees),
    "valeurs_illisibles": Faute("avertissement", "TAB-101", _valeurs_illisibles),
    "heures_illisibles": Faute("avertissement", "TAB-103", _heures_illisibles),
    "trop_de_satisfaits": Faute("avertissement", "SAT-101", _trop_de_satisfaits),
    "codes_inconnus": Faute("avertissement", "CAF-101", _motifs_inconnus),
}


def verifier_noms(fautes: Sequence[str]) -> None:
    """Refuse a fault that does not exist, before anything is written."""
    inconnues = [nom for nom in fautes if nom not in FAUTES]
    if inconnues:
        raise ErreurUsage(
            f"Faute inconnue : {', '.join(inconnues)}.", f"Fautes possibles : {', '.join(sorted(FAUTES))}."
        )


def planter(matiere: Matiere, fautes: Sequence[str]) -> None:
    """Write the file of each named fault."""
    for nom in fautes:
        FAUTES[nom].ecrire(matiere, nom)
