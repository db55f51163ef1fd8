-- Grain: one entry counted under another reading of the rules × territoire of publication.
-- Source: 3-rules (introduction: the other reading stays computable), 4-interface § 4.7 (variantes). The readings
-- that change who enters, or what ends a delay, are computed by the same models in another schema.
with

entrees as (
    select
        'sans_critere_3' as variante,
        mois,
        territoire,
        oriente_15_jours,
        oriente_1_mois
    from variante_sans_critere_3.entrees
    union all
    select
        'etats_2_3_4' as variante,
        mois,
        territoire,
        oriente_15_jours,
        oriente_1_mois
    from variante_etats_2_3_4.entrees
    union all
    select
        'reentrees_comptees' as variante,
        mois,
        territoire,
        oriente_15_jours,
        oriente_1_mois
    from variante_reentrees_comptees.entrees
    union all
    select
        'date_fin_courrier' as variante,
        mois,
        territoire,
        oriente_15_jours,
        oriente_1_mois
    from variante_date_fin_courrier.entrees
    union all
    select
        'date_fin_referent' as variante,
        mois,
        territoire,
        oriente_15_jours,
        oriente_1_mois
    from variante_date_fin_referent.entrees
),

jugees as (
    select
        variante,
        mois,
        territoire,
        if(getvariable('seuil') = '1_mois', oriente_1_mois, oriente_15_jours) as dans_delai
    from entrees
)

select * from jugees
union all
select * replace ('TOTAL' as territoire) from jugees
