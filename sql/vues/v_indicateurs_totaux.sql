-- Grain: one (code, mesure, period, territoire), the whole only; what has no meaning for a period is left out.
-- Source: 4-interface § 4.7, table indicateurs.
select
    code,
    libelle,
    mesure,
    type_periode,
    periode,
    debut,
    fin,
    territoire,
    valeur,
    numerateur,
    denominateur,
    unite,
    statut,
    motif_nd,
    valeur_partielle,
    mois_calculables,
    commentaire
from indicateurs
where axe = '' and motif_nd is distinct from 'sans_objet'
