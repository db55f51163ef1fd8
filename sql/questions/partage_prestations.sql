-- Grain: one person and its prestations since its entry in progress (all that are known, without one): type:start.
select
    prestations_connues.p,
    string_agg(
        concat_ws(
            ':',
            prestations_connues.type,
            strftime(prestations_connues.date_debut, '%Y-%m-%d')
        ),
        '+'
        order by
            prestations_connues.date_debut,
            prestations_connues.type,
            prestations_connues.id_prestation
    ) as prestations
from prestations_connues
left join partage_entrees on prestations_connues.p = partage_entrees.p
where
    prestations_connues.p is not null
    and prestations_connues.date_debut
    >= coalesce(partage_entrees.debut_episode, date '0001-01-01')
group by prestations_connues.p
