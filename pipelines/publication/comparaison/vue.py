"""The figures that differ as they are read: texts, exact for the service, masked for anyone else."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.affichage import nombre
from pipelines.publication.chiffres_publies import TOTAL, Cle
from pipelines.publication.comparaison.masquage import PART, Compte, Masque
from pipelines.publication.comparaison.resultat import COMPTES, Comparaison, Ecart, Groupe, Valeur
from pipelines.publication.secret import MASQUE

ND = "ND"
MOINS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class GroupeDit:
    """One cause of a figure: its deliveries, and how many persons, « s » where masked, empty where none."""

    cause: str
    livraisons: tuple[str, ...]
    entrees: str
    sorties: str
    gains: str
    pertes: str


@dataclass(frozen=True)
class Ligne:
    """One figure that differs; ``effets``: of the method, then of the files, where both may have moved it."""

    ecart: Ecart
    avant: str
    apres: str
    difference: str
    effets: tuple[str, ...]
    groupes: tuple[GroupeDit, ...]
    groupes_base: tuple[GroupeDit, ...] = ()


def exacte(comparaison: Comparaison) -> Iterator[Ligne]:
    """Every figure that differs, for the service itself."""
    for ecart in comparaison.ecarts:
        yield Ligne(
            ecart,
            _valeur(ecart.avant, ecart.unite),
            _valeur(ecart.apres, ecart.unite),
            _signe(ecart.difference, ecart.unite),
            tuple(_signe(effet, ecart.unite) for effet in _effets(comparaison, ecart)),
            _dits(ecart.groupes),
            _dits(ecart.groupes_base),
        )


def masquee(
    comparaison: Comparaison, avant: Mapping[Cle, str], apres: Mapping[Cle, str], seuil: int
) -> Iterator[Ligne]:
    """The figures that the publications show outside the service; ``avant`` and ``apres`` are their cells
    (``extraits.lire_chiffres``). The causes of a total are those of its territoires; those of a rate, of its
    counts."""
    ecarts = {e.cle: e for e in comparaison.ecarts if e.cle in avant or e.cle in apres}
    masque = Masque(avant, apres, seuil, ecarts)
    for cle, ecart in ecarts.items():
        montre = masque.montre(cle)
        entier = cle.territoire != TOTAL and ecart.unite != PART
        yield Ligne(
            ecart,
            _cellule(avant, ecart.avant, cle) if montre or masque.apres_masquee(cle) else MASQUE,
            _cellule(apres, ecart.apres, cle),
            _signe(ecart.difference, ecart.unite) if montre else MASQUE,
            tuple(
                _signe(effet, ecart.unite) if masque.montre_effets(cle) else MASQUE
                for effet in _effets(comparaison, ecart)
            ),
            _dits(ecart.groupes, masque.caches(ecart)) if entier else (),
        )


def _cellule(cellules: Mapping[Cle, str], valeur: Valeur | None, cle: Cle) -> str:
    return "" if valeur is None else cellules.get(cle, MASQUE)


def _effets(comparaison: Comparaison, ecart: Ecart) -> tuple[float | None, ...]:
    """Told only where both the method and the files may have moved the figure, and were told apart."""
    if comparaison.methode_differe and comparaison.fichiers_different and not comparaison.separation:
        return ecart.effet_methode, ecart.effet_fichiers
    return ()


def _dits(groupes: Sequence[Groupe], caches: Collection[Compte] = ()) -> tuple[GroupeDit, ...]:
    return tuple(
        GroupeDit(g.cause, g.livraisons, *(_compte(g, rang, nom, caches) for nom in COMPTES))
        for rang, g in enumerate(groupes)
    )


def _compte(groupe: Groupe, rang: int, nom: str, caches: Collection[Compte]) -> str:
    compte: int = getattr(groupe, nom)
    if (rang, nom) in caches:
        return MASQUE
    return nombre(compte) if compte else ""


def _valeur(valeur: Valeur | None, unite: str) -> str:
    """« 7 812 », « 45,3 % », « ND », « ND (partiel : 7 812) »; nothing where the figure is not published."""
    if valeur is None:
        return ""
    if valeur.statut == "ND":
        return ND
    texte = _nombre(valeur.nombre, unite)
    return f"{ND} (partiel : {texte})" if valeur.statut == "partiel" else texte


def _nombre(valeur: float | None, unite: str) -> str:
    if valeur is not None and unite == PART:
        return f"{nombre(100 * valeur, 1)} %"
    return nombre(valeur, 0 if valeur is None or valeur == int(valeur) else 1)


def _signe(difference: float | None, unite: str) -> str:
    """« +12 », « −3 », « +1,5 pt »; « = » when only what stands beside the value differs."""
    if difference is None:
        return ""
    if difference == 0:
        return "="
    texte = f"{nombre(abs(100 * difference), 1)} pt" if unite == PART else _nombre(abs(difference), unite)
    return f"{'+' if difference > 0 else MOINS}{texte}"
