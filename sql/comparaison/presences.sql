-- Grain: one (person that a figure no longer counts the same, month, organisme) of which one of the two publications
-- has a situation.
-- Source: 3-rules § 3.2 (situation).
with

situations_par_personne as (select * from situations_par_personne)

select distinct
    personne,
    mois,
    situation.organisme
from situations_par_personne
