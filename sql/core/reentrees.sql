-- Grain: one candidate without suivi en cours whose previous candidature had none either, with the first
-- orientation and the first rupture since that one.
-- Source: 3-rules § 3.3 (continuation).
with

candidats as (select * from candidats),

suivis_en_cours as (select * from suivis_en_cours),

suivis_personnes as (select * from suivis_personnes),

ruptures as (select * from ruptures),

precedes as (
    select
        candidats.p,
        candidats.im,
        candidats.debut_episode,
        suivis_en_cours.p is not null as suivi_en_cours,
        lag(candidats.im) over personne as im_precedent,
        lag(candidats.debut_episode) over personne as debut_precedent,
        lag(suivis_en_cours.p is not null) over personne as suivi_precedent
    from candidats
    left join suivis_en_cours
        on candidats.p = suivis_en_cours.p and candidats.im = suivis_en_cours.im
    window personne as (partition by candidats.p order by candidats.im)
),

possibles as (
    select * exclude (suivi_en_cours, suivi_precedent)
    from precedes
    where not suivi_en_cours and not suivi_precedent
),

orientations as (
    select
        possibles.p,
        possibles.im,
        min(suivis_personnes.debut_suivi) as suivi_depuis
    from possibles
    inner join suivis_personnes
        on
            possibles.p = suivis_personnes.p
            and possibles.debut_precedent <= suivis_personnes.debut_suivi
            and possibles.debut_episode > suivis_personnes.debut_suivi
    group by possibles.p, possibles.im
),

fermetures as (
    select
        possibles.p,
        possibles.im,
        min(ruptures.date_rupture) as rupture_depuis
    from possibles
    inner join ruptures
        on
            possibles.p = ruptures.p
            and possibles.im >= ruptures.im_fin
            and possibles.debut_precedent <= ruptures.date_rupture
            and possibles.debut_episode > ruptures.date_rupture
    group by possibles.p, possibles.im
)

select
    possibles.p,
    possibles.im,
    possibles.im_precedent,
    orientations.suivi_depuis,
    fermetures.rupture_depuis
from possibles
left join orientations
    on possibles.p = orientations.p and possibles.im = orientations.im
left join fermetures
    on possibles.p = fermetures.p and possibles.im = fermetures.im
