-- Grain: one person whose rows stood under two ids in one publication, and stand under one in the other.
-- Source: 4-interface § 4.6.
with

mouvements as (
    select distinct
        personne,
        mois
    from mouvements
),

personnes_reliees as (select * from personnes_reliees),

identites as (
    select
        personnes_reliees.personne,
        count(distinct personnes_reliees.id_personne) filter (where deux_situations_mensuelles.cote = 'avant')
            as avant,
        count(distinct personnes_reliees.id_personne) filter (where deux_situations_mensuelles.cote = 'apres')
            as apres
    from deux_situations_mensuelles
    inner join personnes_reliees
        on deux_situations_mensuelles.id_personne = personnes_reliees.id_personne
    group by personnes_reliees.personne
    having avant <> apres and avant > 0 and apres > 0
)

select
    mouvements.personne,
    mouvements.mois,
    40 as rang,
    'identite' as cause,
    null as id_livraison
from mouvements
inner join identites on mouvements.personne = identites.personne
