"""A store that shows a difference, made as small as possible while it still shows one."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from naif_magasin import Ligne, Livraison, Magasin

T = TypeVar("T", bound=Hashable)


def personne_de(ligne: Ligne) -> str:
    """Whose row it is, in words (histoires gives everyone a name)."""
    return str(ligne["cle_mat"] or ligne["cle_naissance"]).split(":")[1]


def sans(elements: list[T], essai: Callable[[list[T]], bool]) -> list[T]:
    """The fewest of these elements for which the trial still fails, by halves then one by one."""
    taille = max(1, len(elements) // 2)
    while elements:
        for debut in range(0, len(elements), taille):
            reste = elements[:debut] + elements[debut + taille :]
            if essai(reste):
                return sans(reste, essai)
        if taille == 1:
            break
        taille //= 2
    return elements


def avec_personnes(magasin: Magasin, noms: Iterable[str]) -> Magasin:
    """The store of these people alone, witnesses kept."""
    gardes = set(noms)

    def garder(lignes: list[Ligne]) -> list[Ligne]:
        return [x for x in lignes if personne_de(x) in gardes or personne_de(x).startswith("temoin")]

    livraisons = [replace(d, rows=garder(d.rows), rejets=garder(d.rejets)) for d in magasin.livraisons]
    return replace(magasin, livraisons=livraisons)


def avec_livraisons(magasin: Magasin, identifiants: Iterable[str]) -> Magasin:
    """The store of these deliveries alone."""
    gardes = set(identifiants)
    return replace(magasin, livraisons=[d for d in magasin.livraisons if d.id in gardes])


def reduire(magasin: Magasin, differe: Callable[[Magasin], bool]) -> Magasin:
    """Fewer people, then fewer deliveries."""
    lignes = [x for d in magasin.livraisons for x in d.rows + d.rejets]
    noms = sorted({personne_de(x) for x in lignes if not personne_de(x).startswith("temoin")})
    magasin = avec_personnes(magasin, sans(noms, lambda reste: differe(avec_personnes(magasin, reste))))
    identifiants = [d.id for d in magasin.livraisons]
    gardes = sans(identifiants, lambda reste: differe(avec_livraisons(magasin, reste)))
    return avec_livraisons(magasin, gardes)


def raconter(livraison: Livraison) -> str:
    """A delivery in a few lines, what is missing left out."""
    lignes = [{c: str(v) for c, v in x.items() if v is not None} for x in livraison.rows + livraison.rejets]
    return f"{livraison.id} reçue le {livraison.date_reception}\n" + "\n".join(f"  {x}" for x in lignes)
