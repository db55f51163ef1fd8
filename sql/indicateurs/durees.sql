-- Grain: one duration in days of an entry of month M: observed, or (observee false) known to be at least that.
-- Source: 3-rules § 3.5; 6-catalogue (F1-2, V3-M2, V3-M4). serie: from what it is counted, '' for the headline.
with

entrees as (select * from entrees),

suites_entrees as (select * from suites_entrees),

observation as (select * from observation),

bornees as (
    select
        entrees.mois,
        entrees.territoire,
        entrees.date_reception_t0,
        entrees.date_ouverture_droit,
        entrees.date_orientation is not null as observee,
        coalesce(entrees.date_orientation, observation.date_observation) as date_fin,
        suites_entrees.premier_rdv_honore,
        suites_entrees.premier_diagnostic,
        suites_entrees.premiere_action
    from entrees
    inner join suites_entrees
        on entrees.p = suites_entrees.p and entrees.im = suites_entrees.im
    left join observation on entrees.territoire = observation.territoire
),

toutes as (
    select
        'F1-2' as code,
        '' as serie,
        mois,
        territoire,
        date_fin - date_reception_t0 as jours,
        observee
    from bornees
    union all
    select
        'F1-2' as code,
        'ouverture' as serie,
        mois,
        territoire,
        date_fin - date_ouverture_droit as jours,
        observee
    from bornees
    union all
    select
        'V3-M2' as code,
        '' as serie,
        mois,
        territoire,
        premier_rdv_honore - date_ouverture_droit as jours,
        true as observee
    from bornees
    union all
    select
        'V3-M4' as code,
        '' as serie,
        mois,
        territoire,
        premiere_action - premier_diagnostic as jours,
        true as observee
    from bornees
)

select *
from toutes
where jours is not null
