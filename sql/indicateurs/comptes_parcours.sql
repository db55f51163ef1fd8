-- Grain: one (month, territoire, parcours of the suivi en cours at the month's end) with its number of persons soumis;
-- '' : all.
-- Source: 6-catalogue (V3-M3).
with

situations as (
    select
        p,
        im,
        mois,
        territoire
    from situations
    where soumis
),

suivis_du_mois as (
    select * from suivis_du_mois
    where rang = 1
),

parcours as (
    select
        situations.mois,
        situations.territoire,
        if(
            suivis_du_mois.p is null, 'sans_suivi', coalesce(suivis_du_mois.type_parcours, 'inconnu')
        ) as modalite,
        count(*) as compte
    from situations
    left join suivis_du_mois
        on situations.p = suivis_du_mois.p and situations.im = suivis_du_mois.im
    group by all
)

select
    'V3-M3' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    cast(sum(compte) as bigint) as compte
from parcours
group by mois, territoire
union all
select
    'V3-M3' as code,
    mois,
    territoire,
    'parcours_accompagnement' as axe,
    modalite,
    'nombre' as mesure,
    compte
from parcours
