-- Grain: one entry: a nouvel entrant (person, month).
-- Source: annexe 4 § 4, 4-interface § 4.7.
with

entrees as (select * from entrees),

personnes as (select * from personnes)

select
    entrees.mois,
    entrees.territoire,
    personnes.id_personne,
    entrees.organisme,
    entrees.role,
    entrees.sexe,
    tranche_age(entrees.mois_naissance, entrees.mois) as tranche_age,
    entrees.motif_inclusion,
    entrees.debut_episode,
    entrees.date_ouverture_droit,
    entrees.date_reception_t0,
    entrees.source_t0,
    entrees.id_livraison_t0,
    entrees.date_orientation,
    entrees.source_date_orientation,
    entrees.delai_jours,
    entrees.anticipee,
    entrees.oriente_15_jours,
    entrees.oriente_1_mois,
    entrees.delai_echu,
    entrees.statut_orientation,
    entrees.decide_non_notifie,
    entrees.type_parcours,
    entrees.type_organisme,
    entrees.organisme_referent,
    entrees.accompagnement_global,
    entrees.absent_rdv_orientation
from entrees
inner join personnes on entrees.p = personnes.p
