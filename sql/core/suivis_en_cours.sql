-- Grain: one candidate who has a suivi en cours at debut_episode, with the suivi of the latest start.
-- Source: 3-rules § 3.3 (en cours): started before, not ended, and no radiation, sortie or suspension longue
-- of the person since its start.
with

candidats as (select * from candidats),

suivis_personnes as (select * from suivis_personnes),

ruptures as (select * from ruptures),

anterieurs as (
    select
        candidats.p,
        candidats.im,
        candidats.debut_episode,
        suivis_personnes.emetteur,
        suivis_personnes.id_orientation,
        suivis_personnes.version,
        suivis_personnes.debut_suivi,
        suivis_personnes.statut
    from candidats
    inner join suivis_personnes
        on
            candidats.p = suivis_personnes.p
            and candidats.debut_episode > suivis_personnes.debut_suivi
            and candidats.debut_episode
            <= coalesce(suivis_personnes.date_fin, date '9999-12-31')
    where list_contains(getvariable('criteres'), 3)
),

rompus as (
    select distinct
        anterieurs.p,
        anterieurs.im,
        anterieurs.emetteur,
        anterieurs.id_orientation,
        anterieurs.version
    from anterieurs
    inner join ruptures
        on
            anterieurs.p = ruptures.p
            and anterieurs.im >= ruptures.im_fin
            and anterieurs.debut_episode > ruptures.date_rupture
            and (
                anterieurs.debut_suivi < ruptures.date_rupture
                or (
                    anterieurs.debut_suivi = ruptures.date_rupture
                    and ruptures.nature <> 'suspension_longue'
                )
            )
)

select anterieurs.*
from anterieurs
anti join rompus
    on
        anterieurs.p = rompus.p
        and anterieurs.im = rompus.im
        and anterieurs.emetteur = rompus.emetteur
        and anterieurs.id_orientation = rompus.id_orientation
        and anterieurs.version = rompus.version
qualify row_number() over (
    partition by anterieurs.p, anterieurs.im
    order by
        anterieurs.debut_suivi desc,
        anterieurs.id_orientation desc,
        anterieurs.emetteur,
        anterieurs.version desc
) = 1
