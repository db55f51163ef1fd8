"""The pilotage.toml of a simulated département: two territoires, two CAF, one MSA, several editors."""

from collections.abc import Mapping

from pipelines.simulation.emetteurs import TERRITOIRES, Emetteur
from pipelines.simulation.plan import Plan

ENTETE = """\
# Département fictif, écrit par « pilotage simuler ». Aucune personne réelle.
[collectivite]
nom = "Collectivité fictive"

[chemins]
depot = "depot"
entrepot = "entrepot"
publications = "publications"

[confidentialite]
cle_fichier = "cle.txt"
seuil_secret = 5
"""
JALONS = """
[[jalons]]
code = "T-1"
debut = "2022-01-01"
fin = "2022-12-31"
libelle = "Résultat au 31.12.2022, sur la période du 01.01.2022 au 31.12.2022"

[[jalons]]
code = "T0"
debut = "2023-10-01"
fin = "2023-12-31"
libelle = "Résultat au 31.12.2023, sur la période du 01.10.2023 au 31.12.2023"

[[jalons]]
code = "T1"
debut = "2024-10-01"
fin = "2024-12-31"
libelle = "Résultat au 31.12.2024, sur la période du 01.10.2024 au 31.12.2024"
"""


def texte_toml(plan: Plan) -> str:
    """The whole configuration of a plan."""
    return (
        ENTETE
        + "".join(_territoire(code) for code in sorted({t for ts in plan.organismes.values() for t in ts}))
        + "".join(_organisme(code, plan) for code in plan.organismes)
        + _section_regles(plan.regles)
        + "".join(_source(e) for e in plan.emetteurs)
        + JALONS
    )


def _territoire(code: str) -> str:
    return f'\n[territoires.{code}]\nlibelle = "{TERRITOIRES[code]}"\ncommunes = ["{code}"]\n'


def _organisme(code: str, plan: Plan) -> str:
    territoires = ", ".join(f'"{t}"' for t in plan.organismes[code])
    suite = "" if code in plan.indispensables else "indispensable = false\n"
    return f'\n[[organismes]]\ncode = "{code}"\nterritoires = [{territoires}]\n{suite}'


def _section_regles(regles: Mapping[str, str]) -> str:
    if not regles:
        return ""
    return "\n[regles]\n" + "".join(f'{cle} = "{valeur}"\n' for cle, valeur in regles.items())


def _source(emetteur: Emetteur) -> str:
    """A source is only told when the defaults do not do."""
    if emetteur.nom == "principal" and emetteur.mode == "stock":
        return ""
    dialecte = emetteur.dialecte
    texte = f'\n[[sources.{emetteur.table}]]\nmode = "{emetteur.mode}"\n'
    if emetteur.nom != "principal":
        territoires = ", ".join(f'"{t}"' for t in emetteur.territoires)
        texte += f'emetteur = "{emetteur.nom}"\nterritoires = [{territoires}]\n'
    if dialecte.entetes:
        texte += f"colonnes = {_inverse(dialecte.entetes)}\n"
    if dialecte.valeurs:
        valeurs = ", ".join(f"{c} = {_inverse(v)}" for c, v in dialecte.valeurs.items())
        texte += f"valeurs = {{ {valeurs} }}\n"
    return texte


def _inverse(table: Mapping[str, str]) -> str:
    """An inline table from the editor's words to the contract's."""
    return "{ " + ", ".join(f'"{propre}" = "{contrat}"' for contrat, propre in table.items()) + " }"
