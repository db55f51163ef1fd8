-- Grain: one delivery received on or before arrete_au.
-- Source: 3-rules § 3.2 (en vigueur), § 3.7. A table that does not say when it was made counts as made
-- on the day it was received.
select
    id as id_livraison,
    source,
    emetteur,
    fichier,
    sha256,
    type_flux,
    date_reception,
    date_enregistrement,
    origine_date,
    date_creation,
    date_reference,
    coalesce(date_creation, date_reception)
    + coalesce(heure_creation, time '00:00:00') as creee_le,
    dossiers_annonces,
    dossiers_anomalie_annonces,
    coalesce(complementaire, false) as complementaire,
    acceptee,
    lignes,
    rejets,
    dossiers
from entree_livraisons
where date_reception <= getvariable('arrete_au')
