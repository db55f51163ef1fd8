"""Person keys: the columns that say who a row is about (2-formats, 2.3; the pseudonyms are in 4.6)."""

# Each key needs all of its columns; the pseudonym it gives bears the name on the left.
CLES: dict[str, tuple[str, ...]] = {
    "cle_nir": ("nir",),
    "cle_dem": ("numero_demande_rsa", "date_naissance", "prenom"),
    "cle_mat": ("matricule", "date_naissance", "prenom"),
    "cle_ft": ("identifiant_france_travail", "date_naissance"),
}

CLES_PERSONNE: tuple[str, ...] = tuple(colonnes[0] for colonnes in CLES.values())

# What tells a person in a table of the CD or of France Travail, whatever the rest of the row says.
COLONNES_PERSONNE: tuple[str, ...] = (
    "nir",
    "numero_demande_rsa",
    "matricule",
    "identifiant_france_travail",
    "nom",
    "nom_naissance",
    "prenom",
    "date_naissance",
)
