-- Grain: one nouvel entrant who missed the rendez-vous d'orientation: absent or excusé at least once, never
-- honoured, from the episode's start to date_observation and before the next entry.
-- Source: 3-rules § 3.4, annexe 4 § 4 (« ne se présentent pas au rendez-vous d'orientation »).
with

decisions as (select * from decisions),

observation as (select * from observation),

rendez_vous_connus as (select * from rendez_vous_connus),

episodes as (
    select
        p,
        im,
        territoire,
        debut_episode,
        lead(debut_episode) over (partition by p order by im) as debut_suivant
    from decisions
    where nouvel_entrant
)

select
    episodes.p,
    episodes.im
from episodes
inner join observation on episodes.territoire = observation.territoire
inner join rendez_vous_connus
    on
        rendez_vous_connus.type = 'orientation'
        and episodes.p = rendez_vous_connus.p
        and episodes.debut_episode <= rendez_vous_connus.date_rdv
        and observation.date_observation >= rendez_vous_connus.date_rdv
        and coalesce(episodes.debut_suivant, date '9999-12-31')
        > rendez_vous_connus.date_rdv
group by episodes.p, episodes.im
having
    bool_or(rendez_vous_connus.presence in ('absent', 'excuse'))
    and not bool_or(rendez_vous_connus.presence = 'honore')
