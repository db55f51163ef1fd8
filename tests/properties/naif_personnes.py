"""4-interface § 4.6, naively: who is the same person."""

from typing import Any

from naif_magasin import Ligne, Livraison

Cles = ("cle_nir", "cle_dem", "cle_mat", "cle_ft")


class Personnes:
    """4.6: groups of keys, and the id of each group."""

    def __init__(self, lignes: list[tuple[Livraison, Ligne]]) -> None:
        self.parent: dict[Any, Any] = {}
        self.ambigus = self._nir_ambigus(lignes)
        for _, ligne in lignes:
            cles = self._cles_de_jointure(ligne)
            for cle in cles:
                self._unir(cles[0], cle)
        self.porteurs = self._porteurs(lignes)
        self.identifiants = self._identifiants(lignes)

    @staticmethod
    def _nir_ambigus(lignes: list[tuple[Livraison, Ligne]]) -> set[str]:
        """A cle_nir with two cle_naissance « joins nothing by NIR and is nobody's id, unless the two were
        never delivered in the same month under one numero_demande_rsa: then it is a correction »."""
        vus: dict[tuple[Any, ...], set[str]] = {}
        for livraison, ligne in lignes:
            if ligne["cle_nir"] and ligne["cle_naissance"] and ligne["numero_demande_rsa"]:
                cle = ligne["cle_nir"], livraison.id, ligne["mois"], ligne["numero_demande_rsa"]
                vus.setdefault(cle, set()).add(ligne["cle_naissance"])
        return {cle[0] for cle, naissances in vus.items() if len(naissances) > 1}

    def _cles_de_jointure(self, ligne: Ligne) -> list[tuple[str, str]]:
        """« the same cle_dem is one person whatever the NIR; the same cle_nir and cle_naissance is one
        person; cle_dem_precedente joins to that cle_dem »."""
        cles = [("dem", ligne["cle_dem"]), ("dem", ligne["cle_dem_precedente"])]
        if ligne["cle_nir"] not in self.ambigus:
            cles.append(("nir", ligne["cle_nir"]))
        connues = [cle for cle in cles if cle[1]]
        return connues or [("nir-ambigu", f"{ligne['cle_nir']}|{ligne['cle_naissance']}")]

    def _racine(self, cle: Any) -> Any:
        while self.parent.setdefault(cle, cle) != cle:
            cle = self.parent[cle]
        return cle

    def _unir(self, a: Any, b: Any) -> None:
        self.parent[self._racine(b)] = self._racine(a)

    def groupe(self, ligne: Ligne) -> Any:
        """The group of a CAF/MSA row."""
        return self._racine(self._cles_de_jointure(ligne)[0])

    def _porteurs(self, lignes: list[tuple[Livraison, Ligne]]) -> dict[tuple[str, str], set[Any]]:
        """To whom each key belongs."""
        porteurs: dict[tuple[str, str], set[Any]] = {}
        for _, ligne in lignes:
            for nom in Cles:
                if ligne.get(nom):
                    porteurs.setdefault((nom, ligne[nom]), set()).add(self.groupe(ligne))
            if ligne["cle_dem_precedente"]:
                porteurs.setdefault(("cle_dem", ligne["cle_dem_precedente"]), set()).add(self.groupe(ligne))
        return porteurs

    def _identifiants(self, lignes: list[tuple[Livraison, Ligne]]) -> dict[Any, str]:
        """« id_personne = the group's first delivered cle_nir (by date_reception, then smallest), else its
        first cle_dem »; an ambiguous NIR « is nobody's id »."""
        premiers: dict[Any, tuple[Any, ...]] = {}
        for livraison, ligne in lignes:
            nir = None if ligne["cle_nir"] in self.ambigus else ligne["cle_nir"]
            for rang, cle in ((0, nir), (1, ligne["cle_dem"])):
                if cle:
                    essai = (rang, livraison.date_reception, cle)
                    premiers[self.groupe(ligne)] = min(essai, premiers.get(self.groupe(ligne), essai))
        return {groupe: essai[2] for groupe, essai in premiers.items()}

    def de_ligne(self, ligne: Ligne) -> str | None:
        """The person of a CAF/MSA row."""
        return self.identifiants.get(self.groupe(ligne))

    def rapprocher(self, ligne: Ligne) -> str | None:
        """« tied by the first of cle_nir, cle_dem, cle_mat, cle_ft that belongs to exactly one person »."""
        for nom in Cles:
            groupes = self.porteurs.get((nom, ligne.get(nom) or ""), set())
            if len(groupes) == 1:
                return self.identifiants.get(next(iter(groupes)))
        return None
