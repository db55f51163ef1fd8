-- Grain: one nouvel entrant, with what V2-2 headlines.
-- Source: annexe 4, § 4 (nouveaux entrants; orientés en 15 jours et moins). dans_delai: 15 days, or one month where 15
-- days cannot be had (parameter seuil).
with

nouveaux_entrants as (select * from nouveaux_entrants)

select
    mois,
    territoire,
    id_personne,
    motif_inclusion,
    sexe,
    tranche_age,
    type_parcours,
    type_organisme,
    case when accompagnement_global then 'O' when not accompagnement_global then 'N' end
        as accompagnement_global,
    date_reception_t0,
    date_orientation,
    delai_jours,
    oriente_15_jours,
    oriente_1_mois,
    anticipee,
    delai_echu,
    statut_orientation,
    absent_rdv_orientation,
    if(getvariable('seuil') = '1_mois', oriente_1_mois, oriente_15_jours) as dans_delai
from nouveaux_entrants
