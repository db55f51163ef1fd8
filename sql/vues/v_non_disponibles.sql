-- Grain: one (code, mesure, territoire, type of period, statut, reason) that leaves a figure of the whole
-- unavailable or partial, and the periods that it touches.
-- Source: 4-interface § 4.7, table indicateurs.
select
    code,
    libelle,
    mesure,
    territoire,
    type_periode,
    statut,
    motif_nd,
    count(*) as periodes,
    min(debut) as debut,
    max(fin) as fin
from indicateurs
where axe = '' and statut in ('ND', 'partiel') and motif_nd != 'sans_objet'
group by code, libelle, mesure, territoire, type_periode, statut, motif_nd
