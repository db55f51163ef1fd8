-- Grain: one state of one orientation, with its start and whether it opens a new version.
-- Source: 3-rules § 3.3 (start of a suivi), § 3.6 (version). The start is the earliest of the three dates;
-- without any, the first day the orientation was seen with this organisme, and it is never « later ».
with

etats_orientations as (select * from etats_orientations),

comparees as (
    select
        *,
        least(
            date_envoi_courrier, date_designation_referent, date_decision
        ) as debut_ecrit,
        coalesce(type_organisme <> lag(type_organisme) over suivi, false)
            as autre_type,
        coalesce(organisme_referent <> lag(organisme_referent) over suivi, false)
            as autre_organisme
    from etats_orientations
    window suivi as (partition by emetteur, id_orientation order by rang)
),

series as (
    select
        *,
        count(*) filter (where autre_type or autre_organisme) over (
            partition by emetteur, id_orientation order by rang
        ) as serie
    from comparees
),

datees as (
    select
        *,
        coalesce(
            debut_ecrit,
            min(vu_du) over (partition by emetteur, id_orientation, serie)
        ) as debut
    from series
)

select
    * exclude (debut_ecrit, autre_type, autre_organisme, serie, debut),
    rang = min(rang) over (partition by emetteur, id_orientation)
    or autre_type
    or (
        autre_organisme
        and (debut_ecrit is null or debut > lag(debut) over suivi)
    )
    or (
        debut_ecrit is not null
        and debut > lag(debut) over suivi + getvariable('correction_jours')
    ) as ouvre_version
from datees
window suivi as (partition by emetteur, id_orientation order by rang)
