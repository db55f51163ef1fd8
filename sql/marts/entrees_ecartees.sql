-- Grain: one candidate not counted, and why.
-- Source: 3-rules § 3.3 (motif_exclusion), 4-interface § 4.7.
with

decisions as (select * from decisions),

personnes as (select * from personnes)

select
    decisions.mois,
    decisions.territoire,
    personnes.id_personne,
    decisions.motif_exclusion,
    decisions.debut_episode,
    decisions.debut_suivi as date_debut_suivi,
    decisions.statut_suivi
from decisions
inner join personnes on decisions.p = personnes.p
where not decisions.nouvel_entrant
