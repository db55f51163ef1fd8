-- Grain: one (month M, territoire, mesure): of the entries of M (taux), of the persons soumis in M (taux_ensemble), how
-- many have no row in état 2, 3 or 4 twelve months later. Whose organisme did not deliver that month is left out.
-- Source: 6-catalogue (S-1).
with

situations as (
    select
        p,
        im,
        mois,
        territoire,
        organisme
    from situations
    where soumis
),

entrees as (select * from entrees),

calendrier_organismes as (
    select * from calendrier_organismes
    where livre
),

droits as (
    select distinct
        p,
        im
    from lignes_en_vigueur
    where etat_dossier in ('2', '3', '4')
),

suivies as (
    select
        situations.mois,
        situations.territoire,
        entrees.p is not null as entree,
        droits.p is null as sortie
    from situations
    left join entrees
        on situations.p = entrees.p and situations.im = entrees.im
    left join droits
        on situations.p = droits.p and situations.im + 12 = droits.im
    left join calendrier_organismes
        on
            situations.organisme = calendrier_organismes.organisme
            and situations.im + 12 = calendrier_organismes.im
    where droits.p is not null or calendrier_organismes.im is not null
)

select
    'S-1' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    unnest(['taux', 'taux_ensemble']) as mesure,
    unnest([count(*) filter (where entree and sortie), count(*) filter (where sortie)]) as compte,
    unnest([count(*) filter (where entree), count(*)]) as base
from suivies
group by mois, territoire
