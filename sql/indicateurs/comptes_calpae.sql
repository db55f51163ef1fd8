-- Grain: one (code, month, territoire, mesure) with its number of entries.
-- Source: 6-catalogue (C-2, C-3, C-4): two weeks: at most 14 days after the orientation; two months: before T0 + 2 months.
with

entrees as (select * from entrees),

suites_entrees as (select * from suites_entrees),

totaux as (
    select
        entrees.mois,
        entrees.territoire,
        count(suites_entrees.premier_rdv_accompagnement) as rdv,
        count(*) filter (
            where suites_entrees.premier_rdv_accompagnement - entrees.date_orientation <= 14
        ) as rdv_deux_semaines,
        count(suites_entrees.premier_cer) as cer,
        count(*) filter (
            where suites_entrees.premier_cer < entrees.date_reception_t0 + interval 2 months
        ) as cer_deux_mois,
        count(*) filter (
            where entrees.date_orientation is not null and entrees.accompagnement_global
        ) as accompagnement_global
    from entrees
    inner join suites_entrees
        on entrees.p = suites_entrees.p and entrees.im = suites_entrees.im
    group by entrees.mois, entrees.territoire
),

noms as (
    select n.*
    from (
        values
        ('rdv', 'C-2', 'nombre'),
        ('rdv_deux_semaines', 'C-2', 'deux_semaines'),
        ('cer', 'C-3', 'nombre'),
        ('cer_deux_mois', 'C-3', 'deux_mois'),
        ('accompagnement_global', 'C-4', 'nombre')
    ) as n (quoi, code, mesure)
),

decomptes as (
    select
        mois,
        territoire,
        quoi,
        compte
    from totaux unpivot (
        compte for quoi in (rdv, rdv_deux_semaines, cer, cer_deux_mois, accompagnement_global)
    )
)

select
    noms.code,
    decomptes.mois,
    decomptes.territoire,
    '' as axe,
    '' as modalite,
    noms.mesure,
    decomptes.compte
from decomptes
inner join noms on decomptes.quoi = noms.quoi
