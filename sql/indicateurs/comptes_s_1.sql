-- Grain: one (month M, territoire, mesure): of the entries of M (taux), of the persons soumis in M (taux_ensemble), how
-- many have no row in état 2, 3 or 4 twelve months later. Who is inconnue that month is left out.
-- Source: 6-catalogue (S-1); 3-rules § 3.2 (inconnue: set aside, or no row and the organisme of the last row before has
-- not delivered).
with

situations as (select * from situations),

entrees as (select * from entrees),

personnes_ecartees as (select * from personnes_ecartees),

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

cohortes as (
    select
        p,
        im,
        mois,
        territoire,
        im + 12 as im_suite
    from situations
    where soumis
),

derniers_organismes as (
    select
        cohortes.*,
        situations.organisme,
        situations.im = cohortes.im_suite as presente
    from cohortes
    asof inner join situations
        on cohortes.p = situations.p and cohortes.im_suite >= situations.im
),

suivies as (
    select
        derniers_organismes.mois,
        derniers_organismes.territoire,
        entrees.p is not null as entree,
        droits.p is null as sortie
    from derniers_organismes
    left join entrees
        on derniers_organismes.p = entrees.p and derniers_organismes.im = entrees.im
    left join droits
        on derniers_organismes.p = droits.p and derniers_organismes.im_suite = droits.im
    left join personnes_ecartees
        on
            derniers_organismes.p = personnes_ecartees.p
            and derniers_organismes.im_suite = personnes_ecartees.im
    left join calendrier_organismes
        on
            derniers_organismes.organisme = calendrier_organismes.organisme
            and derniers_organismes.im_suite = calendrier_organismes.im
    where
        droits.p is not null
        or (
            personnes_ecartees.p is null
            and (derniers_organismes.presente or calendrier_organismes.im is not null)
        )
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
