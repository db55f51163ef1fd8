-- Grain: one reason, read in the orientations, why a person's entry is counted or not (presence: a candidate of both
-- publications, excluded for a suivi in one of them), or why its orientation changed (orientation).
-- Source: 3-rules § 3.3 (criterion 3), § 3.4 (fin).
with

episodes as (select * from episodes),

suivis_compares as (select * from suivis_compares)

select
    episodes.personne,
    episodes.mois,
    'presence' as aspect,
    if(suivis_compares.nature in ('identite', 'methode'), 1, 0) as rang,
    suivis_compares.nature as cause,
    suivis_compares.id_livraison
from episodes
inner join suivis_compares
    on
        episodes.personne = suivis_compares.personne
        and episodes.dernier_debut > suivis_compares.premier_debut
where
    episodes.decision_avant <> episodes.decision_apres
    and 'suivi' in (episodes.decision_avant, episodes.decision_apres)
    and 'aucune' not in (episodes.decision_avant, episodes.decision_apres)
union all
select
    episodes.personne,
    episodes.mois,
    'orientation' as aspect,
    if(suivis_compares.nature in ('identite', 'methode'), 1, 0) as rang,
    suivis_compares.nature as cause,
    suivis_compares.id_livraison
from episodes
inner join suivis_compares
    on
        episodes.personne = suivis_compares.personne
        and episodes.premier_debut <= suivis_compares.dernier_debut
