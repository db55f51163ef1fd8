-- Grain: one (person, month) that came in or left the entries, with the cause of its own mouvement, else that of its
-- nearest earlier one: an entry counted in January makes that of March another one, or none.
-- Source: 3-rules § 3.3 (continuation), § 3.4 (an orientation belongs to one entry).
with

mouvements as (select * from mouvements),

causes_decisives as (select * from causes_decisives),

entrees_deplacees as (
    select
        mouvements.personne,
        mouvements.mois,
        any_value(causes_decisives.decisive) as decisive
    from mouvements
    left join causes_decisives using (code, axe, modalite, mesure, mois, territoire, personne)
    where
        mouvements.code = 'V2-1'
        and mouvements.axe = ''
        and mouvements.mesure = 'nombre'
        and mouvements.territoire <> 'TOTAL'
    group by mouvements.personne, mouvements.mois
)

select
    personne,
    mois,
    last_value(decisive ignore nulls) over (partition by personne order by mois) as decisive
from entrees_deplacees
