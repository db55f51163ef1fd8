-- Grain: one magnitude (quoi) that another can contradict, of a period and territoire: ours, by quarter for TOTAL, or
-- declared elsewhere.
-- Source: 6-catalogue (plausibility warnings).
with

trimestres as (
    select
        periode,
        debut,
        fin
    from periodes
    where type_periode = 'trimestre'
),

indicateurs as (
    select
        code,
        mesure,
        periode,
        valeur,
        numerateur,
        denominateur
    from indicateurs
    where type_periode = 'trimestre' and territoire = 'TOTAL' and axe = '' and statut <> 'ND'
),

premiers_faits as (select * from premiers_faits),

declarations_connues as (select * from declarations_connues),

calcules as (
    select
        if(code = 'V2-1', 'entrants', 'contrats_signes') as quoi,
        periode,
        valeur as nombre
    from indicateurs
    where code in ('V2-1', 'V3-M1c') and mesure = 'nombre'
    union all
    select
        unnest(['soumis', 'contrats_en_vigueur']) as quoi,
        periode,
        unnest([denominateur, numerateur]) as nombre
    from indicateurs
    where code = 'S-2'
    union all
    select
        premiers_faits.quoi,
        trimestres.periode,
        count(*) as nombre
    from premiers_faits
    inner join trimestres on premiers_faits.jour between trimestres.debut and trimestres.fin
    group by premiers_faits.quoi, trimestres.periode
)

select
    false as declaree,
    calcules.quoi,
    'trimestre' as type_periode,
    calcules.periode,
    trimestres.debut,
    'TOTAL' as territoire,
    cast(calcules.nombre as double) as nombre
from calcules
inner join trimestres on calcules.periode = trimestres.periode
where calcules.nombre is not null
union all
select
    true as declaree,
    case code
        when 'V2-1' then 'entrants'
        when 'C-2' then 'premiers_rdv'
        when 'C-3' then 'premiers_cer'
        when 'V3-M1c' then 'contrats_signes'
        when 'V3-M3' then 'soumis'
    end as quoi,
    type_periode,
    periode,
    null as debut,
    territoire,
    cast(valeur as double) as nombre
from declarations_connues
where code in ('V2-1', 'C-2', 'C-3', 'V3-M1c', 'V3-M3')
