-- Grain: one entry of one of the two publications (cote), with its person under one name for both.
-- Source: 4-interface § 4.6 and 4.7.
with

nouveaux_entrants as (select * from deux_nouveaux_entrants),

personnes_reliees as (select * from personnes_reliees)

select
    nouveaux_entrants.*,
    coalesce(personnes_reliees.personne, nouveaux_entrants.id_personne) as personne
from nouveaux_entrants
left join personnes_reliees
    on nouveaux_entrants.id_personne = personnes_reliees.id_personne
