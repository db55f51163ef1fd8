"""``pilotage expliquer``: find the person, note the look-up, then tell what a calculation decided of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipelines.acces import Consultation, noter
from pipelines.affichage import dire, tableau
from pipelines.calcul.calculer import Calcul, calculer
from pipelines.calcul.questions import Lecteur, Ligne, verifier_mois
from pipelines.configuration import Configuration
from pipelines.erreurs import ErreurUsage
from pipelines.explication import phrases
from pipelines.explication.demande import Personne, Saisie, choisir, demander, par_id, par_saisie
from pipelines.explication.recit import lire_mois, raconter
from pipelines.publication.dossiers import publication_courante
from pipelines.publication.empreinte import LONGUEUR, decrire_entrees, empreinte

COMMANDE = "expliquer"


def expliquer(
    configuration: Configuration, id_personne: str | None, mois: date | None, arrete_au: date | None
) -> None:
    """Explain ``mois``, else list the person's months and explain its entries.

    Without ``id_personne`` it is asked for; by default, as of the current publication. Raises ErreurUsage
    for a person or a month unknown, ErreurPilotage when the look-up cannot be noted: nothing is then shown.
    """
    cherchee = id_personne or demander(configuration)
    courante = publication_courante(configuration.publications)
    jour = arrete_au or (_jour(courante) if courante else None)
    with calculer(configuration, jour) as calcul:
        lecteur = Lecteur(calcul.connexion)
        if mois:
            verifier_mois(lecteur, mois)
        personne = _trouver(configuration, calcul, cherchee, mois)
        _entete(configuration, calcul, courante, personne)
        if mois:
            _detailler(configuration, lecteur, personne, mois)
        else:
            _parcourir(configuration, lecteur, personne)


def _jour(publication: Path) -> date:
    return date.fromisoformat(publication.name.partition("_")[0])


def _trouver(
    configuration: Configuration, calcul: Calcul, cherchee: str | Saisie, mois: date | None
) -> Personne:
    """The person asked for; the look-up is noted before anything of it is shown, found or not."""
    lecteur = Lecteur(calcul.connexion)
    if isinstance(cherchee, str):
        commande, demande, personnes = COMMANDE, cherchee, par_id(lecteur, cherchee)
    else:
        commande, demande = f"{COMMANDE} --demander", cherchee.cle_nir or ""
        personnes = par_saisie(lecteur, cherchee, calcul.livraisons[0]["empreinte_cle"])
    if not personnes:
        noter(configuration.entrepot, Consultation(commande, demande, mois))
        raise ErreurUsage(
            f"Personne inconnue des livraisons reçues au {calcul.arrete_au:%d/%m/%Y}.",
            "Vérifiez l'identifiant, ou cherchez par NIR ou matricule avec --demander.",
        )
    if len(personnes) > 1:
        for possible in personnes:
            noter(configuration.entrepot, Consultation(f"{commande} (liste)", possible.id_personne))
    personne = choisir(personnes)
    noter(configuration.entrepot, Consultation(commande, personne.id_personne, mois))
    return personne


def _entete(configuration: Configuration, calcul: Calcul, courante: Path | None, personne: Personne) -> None:
    dire(f"Personne {personne.id_personne}")
    if personne.cause:
        dire(f"L'identifiant demandé est un ancien pseudonyme : {phrases.CAUSES_ALIAS[personne.cause]}.")
    dire(f"Calcul arrêté au {phrases.jour(calcul.arrete_au)}, {_rapport(configuration, calcul, courante)}.")


def _rapport(configuration: Configuration, calcul: Calcul, courante: Path | None) -> str:
    """How this calculation stands to what is published."""
    if courante is None:
        return "rien n'est encore publié"
    if calcul.arrete_au != _jour(courante):
        return f"et non au jour de la publication courante ({courante.name})"
    entrees = empreinte(decrire_entrees(configuration, calcul))[:LONGUEUR]
    if courante.name != f"{calcul.arrete_au}_{entrees}":
        return (
            f"mais des fichiers, des règles ou le programme ont changé depuis la publication courante"
            f" ({courante.name}) : ses chiffres peuvent différer"
        )
    return f"comme la publication courante ({courante.name})"


def _parcourir(configuration: Configuration, lecteur: Lecteur, personne: Personne) -> None:
    """The person's months, then each of its entries."""
    vus = lecteur.lire("mois", p=personne.p)
    if not vus:
        dire("\nAucun fichier mensuel en vigueur ne la montre.")
        return
    dire()
    tableau(("Mois", "Territoire", "Organisme", "État", "Top", "Décision", "Motif"), _lignes(vus))
    entrees = [vu["mois"] for vu in vus if vu["decision"] == "nouvel_entrant"]
    for mois in entrees:
        _detailler(configuration, lecteur, personne, mois)
    dire("\nAucune entrée." if not entrees else "")
    dire(f"Pour un autre mois : pilotage expliquer {personne.id_personne} --mois AAAA-MM")


def _lignes(vus: Sequence[Ligne]) -> list[list[str]]:
    return [
        [
            f"{vu['mois']:%Y-%m}",
            vu["territoire"] or "",
            vu["organisme"] or "",
            vu["etat_dossier"] or "",
            "" if vu["top_droits_devoirs"] is None else str(int(vu["top_droits_devoirs"])),
            phrases.DECISIONS[vu["decision"]] if vu["decision"] else "pas de ligne",
            vu["motif"] or "",
        ]
        for vu in vus
    ]


def _detailler(configuration: Configuration, lecteur: Lecteur, personne: Personne, mois: date) -> None:
    """One month, a numbered paragraph a step; the answer first."""
    vu = lire_mois(lecteur, personne.p, mois)
    ou = f", {_territoire(configuration, vu.decision['territoire'])}" if vu.decision else ""
    titre = f"{phrases.mois(mois)}{ou}"
    dire(f"\n{titre[0].upper()}{titre[1:]}")
    dire("─" * len(titre))
    if vu.decision:
        dire(f"{phrases.DECISIONS[vu.decision['decision']]} : {phrases.motif(vu.decision['motif'])}")
    for numero, paragraphe in enumerate(raconter(vu, configuration.regles), 1):
        dire(f"\n{numero}. {paragraphe.titre}")
        for ligne in paragraphe.lignes:
            dire(f"   {ligne}")


def _territoire(configuration: Configuration, code: str) -> str:
    libelles = {t.code: f"{t.libelle} ({t.code})" for t in configuration.territoires}
    return libelles.get(code, "hors de tout territoire (HORS)")
