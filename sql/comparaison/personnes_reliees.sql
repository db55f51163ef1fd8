-- Grain: one id that an alias ties to another, and the name of that person in both publications.
-- Source: 4-interface § 4.6: an id that changed is never reported as one person lost and one gained.
with recursive

alias as (select * from deux_alias_personnes),

aretes as (
    select
        ancien_id as a,
        id_personne as b
    from alias
    union
    select
        id_personne as a,
        ancien_id as b
    from alias
),

composantes(id_personne, personne) using key (id_personne) as (
    select distinct
        a as id_personne,
        a as personne
    from aretes

    union

    select
        aretes.b as id_personne,
        min(composantes.personne) as personne
    from composantes
    inner join aretes on composantes.id_personne = aretes.a
    inner join recurring.composantes as connues on aretes.b = connues.id_personne
    where composantes.personne < connues.personne
    group by aretes.b
)

select
    id_personne,
    personne
from composantes
