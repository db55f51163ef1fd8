-- Grain: one (code, month, territoire, axe, modalite, mesure): a count, and for a rate what it is over (base). TOTAL
-- adds the territoires and HORS; Q-1 says its own, since an organisme may serve two territoires.
-- Source: 4-interface § 4.3 (TOTAL), 6-catalogue.
with

comptes_v2_1 as (select * from comptes_v2_1),

comptes_v2_2 as (select * from comptes_v2_2),

comptes_v2_2n as (select * from comptes_v2_2n),

comptes_v2_3 as (select * from comptes_v2_3),

comptes_f1_1 as (select * from comptes_f1_1),

comptes_fa_3 as (select * from comptes_fa_3),

comptes_calpae as (select * from comptes_calpae),

comptes_inscrits as (select * from comptes_inscrits),

comptes_sortants as (select * from comptes_sortants),

comptes_evenements as (select * from comptes_evenements),

comptes_parcours as (select * from comptes_parcours),

comptes_soumis as (select * from comptes_soumis),

comptes_emploi as (select * from comptes_emploi),

comptes_satisfaction as (select * from comptes_satisfaction),

comptes_s_1 as (select * from comptes_s_1),

comptes_durees as (select * from comptes_durees),

comptes_q_3 as (select * from comptes_q_3),

comptes_q_4 as (select * from comptes_q_4),

comptes_q_5 as (select * from comptes_q_5),

transmissions as (select * from transmissions),

toutes as (
    select * from comptes_v2_1
    union all by name
    select * from comptes_v2_2
    union all by name
    select * from comptes_v2_2n
    union all by name
    select * from comptes_v2_3
    union all by name
    select * from comptes_f1_1
    union all by name
    select * from comptes_fa_3
    union all by name
    select * from comptes_calpae
    union all by name
    select * from comptes_inscrits
    union all by name
    select * from comptes_sortants
    union all by name
    select * from comptes_evenements
    union all by name
    select * from comptes_parcours
    union all by name
    select * from comptes_soumis
    union all by name
    select * from comptes_emploi
    union all by name
    select * from comptes_satisfaction
    union all by name
    select * from comptes_s_1
    union all by name
    select * from comptes_durees
    union all by name
    select * from comptes_q_3
    union all by name
    select * from comptes_q_4
    union all by name
    select * from comptes_q_5
)

select
    code,
    mois,
    territoire,
    axe,
    modalite,
    mesure,
    compte,
    base
from toutes
where territoire <> 'TOTAL'
union all
select
    code,
    mois,
    'TOTAL' as territoire,
    axe,
    modalite,
    mesure,
    cast(sum(compte) as bigint) as compte,
    cast(sum(base) as bigint) as base
from toutes
group by code, mois, axe, modalite, mesure
union all
select
    'Q-1' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    count(*) as compte,
    null as base
from transmissions
group by mois, territoire
