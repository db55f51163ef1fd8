"""The deliveries that would block a publication: only the models that say so are run."""

from pipelines.calcul import entrees, modeles
from pipelines.calcul.calculer import ouvrir, preparer
from pipelines.configuration import Configuration
from pipelines.erreurs import PublicationBloquee

MODELE = "livraisons_bloquantes"


def suspectes(configuration: Configuration) -> list[tuple[str, str, str, str]]:
    """For each: id, organisme or émetteur, mois (empty for a table), rules."""
    livraisons = entrees.registre(configuration.entrepot)
    entrees.verifier_cle_unique(livraisons)
    arrete_au = entrees.arrete_au_par_defaut(livraisons)
    catalogue = modeles.modeles()
    utiles = modeles.amont(catalogue, [MODELE])
    with ouvrir(configuration.entrepot, livraisons) as connexion:
        preparer(connexion, configuration, livraisons, arrete_au)
        modeles.executer(connexion, [m for m in modeles.ordre(catalogue) if m.nom in utiles])
        return connexion.execute(
            "select id_livraison, qui, coalesce(strftime(mois, '%Y-%m'), ''), motifs "
            f"from {MODELE} order by all"
        ).fetchall()


def attend_une_decision(configuration: Configuration, id_livraison: str) -> bool:
    """Whether this delivery blocks the next publication; True too when that cannot be told."""
    try:
        return id_livraison in {identifiant for identifiant, *_ in suspectes(configuration)}
    except PublicationBloquee:
        return True
