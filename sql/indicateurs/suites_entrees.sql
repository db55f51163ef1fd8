-- Grain: one nouvel entrant, with what followed from the start of its episode to its next entry: first rendez-vous,
-- first CER, first diagnostic and the first action after it.
-- Source: 6-catalogue (C-2, C-3, V3-M2, V3-M4): on the entrants' cohort, person by person.
with

entrees as (
    select
        p,
        im,
        debut_episode,
        coalesce(
            lead(debut_episode) over (partition by p order by im), date '9999-12-31'
        ) as debut_suivant
    from entrees
),

rendez_vous_connus as (select * from rendez_vous_connus),

contrats_connus as (select * from contrats_connus),

diagnostics_connus as (select * from diagnostics_connus),

prestations_connues as (select * from prestations_connues),

suites as (
    select
        p,
        case
            when presence = 'honore' then 'rendez_vous_honore'
        end as fait,
        date_rdv as jour
    from rendez_vous_connus
    union all
    select
        p,
        'rendez_vous_accompagnement' as fait,
        date_rdv as jour
    from rendez_vous_connus
    where type = 'accompagnement' and coalesce(presence <> 'annule', true)
    union all
    select
        p,
        'cer' as fait,
        date_signature as jour
    from contrats_connus
    where type = 'CER'
    union all
    select
        p,
        'diagnostic' as fait,
        date_diagnostic as jour
    from diagnostics_connus
),

premiers as (
    select
        entrees.p,
        entrees.im,
        entrees.debut_suivant,
        min(suites.jour) filter (where suites.fait = 'rendez_vous_honore') as premier_rdv_honore,
        min(suites.jour) filter (
            where suites.fait = 'rendez_vous_accompagnement'
        ) as premier_rdv_accompagnement,
        min(suites.jour) filter (where suites.fait = 'cer') as premier_cer,
        min(suites.jour) filter (where suites.fait = 'diagnostic') as premier_diagnostic
    from entrees
    left join suites
        on
            entrees.p = suites.p
            and entrees.debut_episode <= suites.jour
            and entrees.debut_suivant > suites.jour
    group by entrees.p, entrees.im, entrees.debut_suivant
)

select
    premiers.p,
    premiers.im,
    any_value(premiers.premier_rdv_honore) as premier_rdv_honore,
    any_value(premiers.premier_rdv_accompagnement) as premier_rdv_accompagnement,
    any_value(premiers.premier_cer) as premier_cer,
    any_value(premiers.premier_diagnostic) as premier_diagnostic,
    min(prestations_connues.date_debut) as premiere_action
from premiers
left join prestations_connues
    on
        premiers.p = prestations_connues.p
        and premiers.premier_diagnostic <= prestations_connues.date_debut
        and premiers.debut_suivant > prestations_connues.date_debut
group by premiers.p, premiers.im
