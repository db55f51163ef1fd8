-- Grain: one (rule, month, territoire) with its number of situations that somebody must look at: outside every
-- territoire, or without top.
-- Source: 4-interface § 4.3 (HORS), 3-rules § 3.2 (inconnue).
with

situations as (select * from situations),

comptees as (
    select
        mois,
        territoire,
        count(*) filter (where territoire = 'HORS') as hors,
        count(*) filter (
            where classe_etat = 'versable' and top_droits_devoirs is null
        ) as sans_top
    from situations
    group by mois, territoire
)

select
    if(quoi = 'hors', 'PUB-001', 'PUB-007') as regle,
    mois,
    territoire,
    nombre
from comptees unpivot (nombre for quoi in (hors, sans_top))
