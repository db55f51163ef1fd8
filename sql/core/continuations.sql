-- Grain: one candidate who continues an entry already counted: nobody has oriented this person since.
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
        lag(candidats.debut_episode) over personne as debut_precedent,
        lag(suivis_en_cours.p is not null) over personne as suivi_precedent
    from candidats
    left join suivis_en_cours
        on candidats.p = suivis_en_cours.p and candidats.im = suivis_en_cours.im
    window personne as (partition by candidats.p order by candidats.im)
),

possibles as (
    select *
    from precedes
    where
        getvariable('reentree_non_orientee') = 'continuation'
        and list_contains(getvariable('criteres'), 3)
        and not suivi_en_cours
        and not suivi_precedent
)

select
    possibles.p,
    possibles.im
from possibles
anti join suivis_personnes
    on
        possibles.p = suivis_personnes.p
        and possibles.debut_precedent <= suivis_personnes.debut_suivi
        and possibles.debut_episode > suivis_personnes.debut_suivi
anti join ruptures
    on
        possibles.p = ruptures.p
        and possibles.im >= ruptures.im_fin
        and possibles.debut_precedent <= ruptures.date_rupture
        and possibles.debut_episode > ruptures.date_rupture
