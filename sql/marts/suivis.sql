-- Grain: one version of an orientation of a known person.
-- Source: 3-rules § 3.6, 4-interface § 4.7.
with

suivis_personnes as (select * from suivis_personnes),

personnes as (select * from personnes)

select
    personnes.id_personne,
    suivis_personnes.emetteur,
    suivis_personnes.id_orientation,
    suivis_personnes.version,
    suivis_personnes.debut_suivi,
    suivis_personnes.date_envoi_courrier,
    suivis_personnes.date_designation_referent,
    suivis_personnes.date_decision,
    suivis_personnes.date_fin,
    suivis_personnes.cause_fin,
    suivis_personnes.organisme_referent,
    suivis_personnes.type_organisme,
    suivis_personnes.type_parcours,
    suivis_personnes.accompagnement_global,
    suivis_personnes.vu_du,
    suivis_personnes.vu_au
from suivis_personnes
inner join personnes on suivis_personnes.p = personnes.p
