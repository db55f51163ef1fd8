-- Grain: one (code, month, territoire): of the persons soumis (base), how many are in accompagnement intensif (V3-M5),
-- how many have a contract in force at the month's end (S-2).
-- Source: 6-catalogue (V3-M5: at least heures_intensif hours a week; S-2).
with

situations as (
    select
        p,
        im,
        mois,
        territoire,
        last_day(mois) as dernier_jour
    from situations
    where soumis
),

heures_du_mois as (select * from heures_du_mois),

contrats_connus as (select * from contrats_connus),

contrats_en_vigueur as (
    select distinct
        situations.p,
        situations.im
    from situations
    inner join contrats_connus
        on
            situations.p = contrats_connus.p
            and situations.dernier_jour >= contrats_connus.date_signature
            and situations.dernier_jour <= coalesce(contrats_connus.date_fin, date '9999-12-31')
),

totaux as (
    select
        situations.mois,
        situations.territoire,
        count(*) as base,
        count(*) filter (
            where heures_du_mois.heures_semaine >= getvariable('heures_intensif')
        ) as intensif,
        count(contrats_en_vigueur.p) as contrats
    from situations
    left join heures_du_mois
        on situations.p = heures_du_mois.p and situations.im = heures_du_mois.im
    left join contrats_en_vigueur
        on situations.p = contrats_en_vigueur.p and situations.im = contrats_en_vigueur.im
    group by situations.mois, situations.territoire
)

select
    if(quoi = 'intensif', 'V3-M5', 'S-2') as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'taux' as mesure,
    compte,
    base
from totaux unpivot (compte for quoi in (intensif, contrats))
