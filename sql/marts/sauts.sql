-- Grain: one (indicator, month, territoire) whose figure moved by more than half since the month before.
-- Source: 6-catalogue (plausibility warnings). Below suspecte_minimum, half is chance.
with

mensuels as (
    select
        code,
        debut as mois,
        territoire,
        valeur,
        lag(valeur) over (partition by code, territoire order by debut) as precedente
    from indicateurs
    where
        type_periode = 'mois'
        and axe = ''
        and mesure = 'nombre'
        and code in ('V2-1', 'V2-2')
)

select
    code,
    mois,
    territoire,
    cast(abs(valeur - precedente) as bigint) as nombre
from mensuels
where
    greatest(valeur, precedente) >= getvariable('suspecte_minimum')
    and abs(valeur - precedente) > 0.5 * precedente
