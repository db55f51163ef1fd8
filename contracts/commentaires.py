"""The table `commentaires`: what the département wants read under its figures."""

from contracts.definitions import Table

COMMENTAIRES = Table(
    nom="commentaires",
    description="Commentaires du département, imprimés sous les chiffres qu'ils couvrent.",
    colonnes=("id_commentaire", "code", "debut", "fin", "territoire", "texte"),
    requises=(("texte",), ("debut",), ("code",)),
    cle="id_commentaire",
    empreinte=("code", "debut", "fin", "territoire", "texte"),
    dates=("debut", "fin"),
    nominative=False,
    ordres=((("debut",), "fin", "TAB-108"),),
)
