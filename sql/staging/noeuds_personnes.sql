-- Grain: one noeud (the key that rows are joined by) and its person.
-- Source: 4-interface § 4.6.
with

composantes as (select * from composantes),

personnes as (select * from personnes)

select
    composantes.noeud,
    personnes.p
from composantes
inner join personnes on composantes.racine = personnes.racine
