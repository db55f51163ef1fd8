-- Grain: one published period: every month, quarter, half-year, year and jalon that meets the delivered months.
-- Source: 3-rules § 3.4 (a row stands for every period), 4-interface § 4.7.
with

calendrier as (select * from calendrier),

civiles as (
    select
        'mois' as type_periode,
        strftime(mois, '%Y-%m') as periode,
        mois as debut,
        1 as duree
    from calendrier
    union
    select
        'trimestre' as type_periode,
        year(mois) || '-T' || quarter(mois) as periode,
        cast(date_trunc('quarter', mois) as date) as debut,
        3 as duree
    from calendrier
    union
    select
        'semestre' as type_periode,
        year(mois) || '-S' || if(month(mois) <= 6, 1, 2) as periode,
        make_date(year(mois), if(month(mois) <= 6, 1, 7), 1) as debut,
        6 as duree
    from calendrier
    union
    select
        'annee' as type_periode,
        strftime(mois, '%Y') as periode,
        cast(date_trunc('year', mois) as date) as debut,
        12 as duree
    from calendrier
),

jalons as (
    select
        config_jalons.code,
        config_jalons.debut,
        config_jalons.fin,
        config_jalons.libelle
    from config_jalons
    semi join calendrier
        on
            config_jalons.fin >= calendrier.mois
            and config_jalons.debut <= last_day(calendrier.mois)
)

select
    type_periode,
    periode,
    debut,
    cast(debut + to_months(duree) - interval 1 day as date) as fin,
    periode as libelle
from civiles
union all
select
    'jalon' as type_periode,
    code as periode,
    debut,
    fin,
    libelle
from jalons
