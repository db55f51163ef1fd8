-- Grain: one (mois, territoire), every month from the first to the last delivered.
-- Source: 4-interface § 4.7. Null where not calculable; presents, versables, soumis whenever the month itself
-- is complete; TOTAL adds the territoires and HORS.
with

completude as (select * from completude),

entonnoir as (select * from entonnoir),

avec_total as (
    select * from entonnoir
    union all
    select
        im,
        'TOTAL' as territoire,
        sum(presents) as presents,
        sum(versables) as versables,
        sum(soumis) as soumis,
        sum(candidats) as candidats,
        sum(nouveaux_entrants) as nouveaux_entrants,
        sum(ecartes) as ecartes,
        sum(indetermines) as indetermines
    from entonnoir
    group by im
)

select
    completude.mois,
    completude.territoire,
    completude.calculable,
    coalesce(completude.motif_nd, completude.motif_nd_criteres) as motif_nd,
    case
        when completude.complet then cast(coalesce(avec_total.presents, 0) as bigint)
    end as presents,
    case
        when completude.complet then cast(coalesce(avec_total.versables, 0) as bigint)
    end as versables,
    case
        when completude.complet then cast(coalesce(avec_total.soumis, 0) as bigint)
    end as soumis,
    case
        when completude.calculable
            then cast(coalesce(avec_total.candidats, 0) as bigint)
    end as candidats,
    case
        when completude.calculable and completude.criteres_verifiables
            then cast(coalesce(avec_total.nouveaux_entrants, 0) as bigint)
    end as nouveaux_entrants,
    case
        when completude.calculable and completude.criteres_verifiables
            then cast(coalesce(avec_total.ecartes, 0) as bigint)
    end as ecartes,
    case
        when completude.calculable
            then cast(coalesce(avec_total.indetermines, 0) as bigint)
    end as indetermines
from completude
left join avec_total
    on
        completude.im = avec_total.im
        and completude.territoire = avec_total.territoire
where completude.territoire <> 'HORS' or avec_total.presents is not null
