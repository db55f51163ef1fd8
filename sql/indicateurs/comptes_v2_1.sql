-- Grain: one (month, territoire, axe, modalite) with its number of entries; both '' for the whole.
-- Source: annexe 4, § 4, « nombre de nouveaux entrants ». FA-1 and V3-M1a say the same number again.
with

entrees_publiees as (select * from entrees_publiees),

repartitions as (
    select
        mois,
        territoire,
        axe,
        coalesce(modalite, 'inconnu') as modalite
    from entrees_publiees unpivot include nulls (
        modalite for axe in (motif_inclusion, sexe, tranche_age)
    )
)

select
    unnest(['V2-1', 'FA-1', 'V3-M1a']) as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    count(*) as compte
from entrees_publiees
group by mois, territoire
union all
select
    'V2-1' as code,
    mois,
    territoire,
    axe,
    modalite,
    'nombre' as mesure,
    count(*) as compte
from repartitions
group by mois, territoire, axe, modalite
