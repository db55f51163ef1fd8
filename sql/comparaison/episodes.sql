-- Grain: one (person, month) that is a candidate in one of the two publications, with the start of its episode and
-- what is decided of it in each.
-- Source: 3-rules § 3.3 (debut_episode).
with

entrants as (select * from entrants),

personnes_reliees as (select * from personnes_reliees),

ecartes as (
    select
        deux_entrees_ecartees.*,
        coalesce(personnes_reliees.personne, deux_entrees_ecartees.id_personne) as personne
    from deux_entrees_ecartees
    left join personnes_reliees
        on deux_entrees_ecartees.id_personne = personnes_reliees.id_personne
),

candidats as (
    select
        cote,
        personne,
        mois,
        debut_episode,
        'entrant' as decision
    from entrants
    union all
    select
        cote,
        personne,
        mois,
        debut_episode,
        if(motif_exclusion = 'entree_deja_comptee', 'continuation', 'suivi') as decision
    from ecartes
)

select
    personne,
    mois,
    min(debut_episode) as premier_debut,
    max(debut_episode) as dernier_debut,
    coalesce(min(decision) filter (where cote = 'avant'), 'aucune') as decision_avant,
    coalesce(min(decision) filter (where cote = 'apres'), 'aucune') as decision_apres
from candidats
group by personne, mois
