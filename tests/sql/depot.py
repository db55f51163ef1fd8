"""A small store told file by file, in the tables that the first models read."""

from datetime import date, datetime
from typing import Any

Ligne = dict[str, Any]


def mois(annee: int, rang: int) -> date:
    """A month, as the store holds it; ``rang`` may pass 12."""
    return date(annee + (rang - 1) // 12, (rang - 1) % 12 + 1, 1)


def personne(nom: str, **autres: Any) -> Ligne:
    """The keys of a fictional person, alone in a dossier that bears the same name."""
    return {"cle_nir": f"nir-{nom}", "cle_dem": f"dem-{nom}", "cle_naissance": f"nai-{nom}"} | autres


class Depot:
    """What was received so far: CAF/MSA files and relevés of the CD."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Ligne]] = {}

    def caf(
        self,
        identifiant: str,
        du_mois: date,
        lignes: list[Ligne],
        recu_le: date | None = None,
        cree_le: datetime | None = None,
        organisme: str = "CAF671",
        **livraison: Any,
    ) -> "Depot":
        """One CAF/MSA file; by default monthly, received on the 5th of the next month, one dossier a row."""
        recu = recu_le or mois(du_mois.year, du_mois.month + 1).replace(day=5)
        creation = cree_le or datetime.combine(recu, datetime.min.time())
        dossiers = livraison.pop("dossiers", len(lignes))
        self._ajouter(
            "entree_livraisons",
            {
                "id": identifiant,
                "source": "beneficiaires",
                "type_flux": "M",
                "date_reception": recu,
                "date_creation": creation.date(),
                "heure_creation": creation.time(),
                "dossiers": dossiers,
                "complementaire": False,
                "acceptee": False,
            }
            | livraison,
        )
        self._ajouter("entree_receptions", {"id_livraison": identifiant, "date_reception": recu})
        partie = {"id_livraison": identifiant, "organisme": organisme, "mois": du_mois, "dossiers": dossiers}
        self._ajouter("entree_parties", partie)
        for rang, ligne in enumerate(lignes):
            defaut = {
                "ligne": rang,
                "dossier": rang,
                "organisme": organisme,
                "mois": du_mois,
                "numero_demande_rsa": ligne.get("cle_dem"),
                "role": "DEM",
                "etat_dossier": "2",
                "top_droits_devoirs": True,
                "code_commune": "67482",
            }
            self._ajouter("entree_beneficiaires", {"id_livraison": identifiant} | defaut | ligne)
        return self

    def cd(
        self,
        identifiant: str,
        recu_le: date,
        lignes: list[Ligne],
        emetteur: str = "principal",
        source: str = "orientations",
        confirme_le: tuple[date, ...] = (),
        acceptee: bool = False,
    ) -> "Depot":
        """One file of a table of the CD, and the days on which the same content came again."""
        self._ajouter(
            "entree_livraisons",
            {
                "id": identifiant,
                "source": source,
                "emetteur": emetteur,
                "date_reception": recu_le,
                "acceptee": acceptee,
            },
        )
        for jour in (recu_le, *confirme_le):
            self._ajouter("entree_receptions", {"id_livraison": identifiant, "date_reception": jour})
        for rang, ligne in enumerate(lignes):
            self._ajouter(f"entree_{source}", {"id_livraison": identifiant, "ligne": rang} | ligne)
        return self

    def _ajouter(self, table: str, ligne: Ligne) -> None:
        self.tables.setdefault(table, []).append(ligne)
