-- Grain: one (indicator, variante, month, territoire) with its number of entries, where there are any.
-- Source: 4-interface § 4.7 (variantes).
with

entrees_par_territoire as (select * from entrees_par_territoire),

entrees_variantes as (select * from entrees_variantes),

situations as (select * from situations),

selon_caf as (
    select
        mois,
        territoire,
        count(*) as compte
    from situations
    where soumis and top_entrant
    group by mois, territoire
)

select
    'V2-1' as code,
    variante,
    mois,
    territoire,
    count(*) as compte
from entrees_variantes
group by variante, mois, territoire
union all
select
    'V2-2' as code,
    variante,
    mois,
    territoire,
    count(*) filter (where dans_delai) as compte
from entrees_variantes
group by variante, mois, territoire
union all
select
    'V2-2' as code,
    'borne_inclusive' as variante,
    mois,
    territoire,
    count(*) as compte
from entrees_par_territoire
where
    date_orientation
    <= date_reception_t0
    + if(getvariable('seuil') = '1_mois', interval 1 month, interval 15 days)
group by mois, territoire
union all
select
    'V2-2' as code,
    'seuil_1_mois' as variante,
    mois,
    territoire,
    count(*) as compte
from entrees_par_territoire
where oriente_1_mois
group by mois, territoire
union all
select
    'V2-2' as code,
    'seuil_15_jours' as variante,
    mois,
    territoire,
    count(*) as compte
from entrees_par_territoire
where oriente_15_jours
group by mois, territoire
union all
select
    'V2-1' as code,
    'entrants_selon_caf' as variante,
    mois,
    territoire,
    compte
from selon_caf
union all
select
    'V2-1' as code,
    'entrants_selon_caf' as variante,
    mois,
    'TOTAL' as territoire,
    cast(sum(compte) as bigint) as compte
from selon_caf
group by mois
