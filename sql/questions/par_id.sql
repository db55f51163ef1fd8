-- Grain: one person that id names; cause: why, when id is an old one (null: it is the person's id today).
select
    p,
    null as cause
from personnes
where id_personne = getvariable('id')
union
select
    personnes.p,
    alias_personnes.cause
from alias_personnes
inner join personnes on alias_personnes.id_personne = personnes.id_personne
where
    alias_personnes.ancien_id = getvariable('id')
    and getvariable('id') not in (select id_personne from personnes)
order by all
