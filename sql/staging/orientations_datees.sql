-- Grain: one row of orientations in one relevé, with its start and whether it opens a new version.
-- Source: 3-rules § 3.3 (start of a suivi), § 3.6 (version). The start is the earliest of the three dates;
-- without any, the first day the orientation was seen with this organisme, and it is never « later ».
with

orientations_livrees as (select * from orientations_livrees),

une_par_releve as (
    select
        *,
        least(
            date_envoi_courrier, date_designation_referent, date_decision
        ) as debut_ecrit
    from orientations_livrees
    qualify row_number() over (
        partition by emetteur, id_orientation, rang
        order by
            date_envoi_courrier, date_designation_referent,
            date_decision, organisme_referent, type_organisme
    ) = 1
),

comparees as (
    select
        *,
        coalesce(type_organisme <> lag(type_organisme) over suivi, false)
            as autre_type,
        coalesce(organisme_referent <> lag(organisme_referent) over suivi, false)
            as autre_organisme
    from une_par_releve
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
        * exclude (debut_ecrit),
        debut_ecrit is not null as debut_connu,
        coalesce(
            debut_ecrit,
            min(date_reception) over (
                partition by emetteur, id_orientation, serie
            )
        ) as debut
    from series
)

select
    *,
    rang = min(rang) over (partition by emetteur, id_orientation)
    or autre_type
    or (
        autre_organisme
        and (not debut_connu or debut > lag(debut) over suivi)
    )
    or (
        debut_connu
        and debut > lag(debut) over suivi + getvariable('correction_jours')
    ) as ouvre_version
from datees
window suivi as (partition by emetteur, id_orientation order by rang)
