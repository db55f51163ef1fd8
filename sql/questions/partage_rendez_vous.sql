-- Grain: one person and its rendez-vous, cancelled ones apart, since its entry in progress (all that are known, without
-- one). date_rdv_orientation: the first honoured, else the first.
with

rendez_vous as (
    select rendez_vous_connus.*
    from rendez_vous_connus
    left join partage_entrees on rendez_vous_connus.p = partage_entrees.p
    where
        rendez_vous_connus.presence is distinct from 'annule'
        and rendez_vous_connus.date_rdv
        >= coalesce(partage_entrees.debut_episode, date '0001-01-01')
)

select
    p,
    list_aggregate(
        list_sort(list(distinct strftime(date_rdv, '%Y-%m-%d'))), 'string_agg', '+'
    ) as dates_rdv,
    arg_min(
        date_rdv, (presence is distinct from 'honore', date_rdv)
    ) filter (where type = 'orientation') as date_rdv_orientation
from rendez_vous
where p is not null
group by p
