-- Grain: one (candidate, suivi of the person): has it started, has it ended at debut_episode.
-- Source: 3-rules § 3.3 (en cours).
with

candidats as (select * from candidats),

suivis_personnes as (select * from suivis_personnes)

select
    candidats.p,
    candidats.im,
    candidats.debut_episode,
    suivis_personnes.emetteur,
    suivis_personnes.id_orientation,
    suivis_personnes.version,
    suivis_personnes.debut_suivi,
    suivis_personnes.statut,
    candidats.debut_episode > suivis_personnes.debut_suivi as commence,
    coalesce(candidats.debut_episode > suivis_personnes.date_fin, false) as termine
from candidats
inner join suivis_personnes on candidats.p = suivis_personnes.p
