-- Grain: one sentence of comment on one indicator, period and territoire, in the order of reading; {n} stands
-- for nombre, which an extract may have to mask. generale: the same sentence for any period.
-- Source: annexe 4, § 4 (comments asked for).
with

phrases_chiffrees as (select * from phrases_chiffrees),

phrases_frequence as (select * from phrases_frequence),

phrases_hors as (select * from phrases_hors),

phrases_reserves as (select * from phrases_reserves),

phrases_declarees as (select * from phrases_declarees)

select
    code,
    type_periode,
    periode,
    territoire,
    ordre,
    texte,
    nombre,
    false as generale,
    code_chiffre,
    axe,
    modalite,
    mesure
from phrases_chiffrees
union all
select
    unnest(['V2-2', 'Q-1']) as code,
    type_periode,
    periode,
    territoire,
    10 as ordre,
    texte,
    null as nombre,
    false as generale,
    null as code_chiffre,
    null as axe,
    null as modalite,
    null as mesure
from phrases_frequence
union all
select
    unnest(['V2-1', 'V2-2', 'V2-2N']) as code,
    type_periode,
    periode,
    territoire,
    70 as ordre,
    texte,
    null as nombre,
    false as generale,
    null as code_chiffre,
    null as axe,
    null as modalite,
    null as mesure
from phrases_hors
union all
select
    code,
    type_periode,
    periode,
    territoire,
    ordre,
    texte,
    nombre,
    generale,
    null as code_chiffre,
    null as axe,
    null as modalite,
    null as mesure
from phrases_reserves
union all
select
    code,
    type_periode,
    periode,
    territoire,
    ordre,
    texte,
    nombre,
    false as generale,
    null as code_chiffre,
    null as axe,
    null as modalite,
    null as mesure
from phrases_declarees
