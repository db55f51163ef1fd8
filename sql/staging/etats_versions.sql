-- Grain: one state of one orientation, with its version and the start of the suivi as then known.
-- Source: 3-rules § 3.3 (start of a suivi), § 3.6 (version). Each state is compared to the version in course: a
-- start later by more than correction_jours, another type_organisme, or another organisme_referent with a later
-- start opens a new version; a blank never differs. A state without any date starts when its version was first
-- seen, and is later only with another organisme.
with recursive

etats_orientations as (select * from etats_orientations),

compares as (
    select
        *,
        least(
            date_envoi_courrier, date_designation_referent, date_decision
        ) as debut_ecrit,
        coalesce(type_organisme <> lag(type_organisme) over suivi, false)
            as autre_type,
        coalesce(organisme_referent <> lag(organisme_referent) over suivi, false)
            as autre_organisme,
        row_number() over suivi as numero
    from etats_orientations
    window suivi as (partition by emetteur, id_orientation order by rang)
),

versions as (
    select
        emetteur,
        id_orientation,
        numero,
        1 as version,
        vu_du as version_vue_du,
        coalesce(debut_ecrit, vu_du) as debut
    from compares
    where numero = 1

    union all

    select
        emetteur,
        id_orientation,
        numero,
        version_courante + cast(ouvre as integer) as version,
        case when ouvre then vu_du else version_courante_vue_du end as version_vue_du,
        coalesce(
            debut_ecrit, case when ouvre then vu_du else version_courante_vue_du end
        ) as debut
    from (
        select
            compares.*,
            versions.version as version_courante,
            versions.version_vue_du as version_courante_vue_du,
            coalesce(
                compares.debut_ecrit,
                case
                    when compares.autre_organisme then compares.vu_du
                    else versions.debut
                end
            ) - versions.debut as jours_plus_tard,
            compares.autre_type
            or jours_plus_tard > getvariable('correction_jours')
            or (compares.autre_organisme and jours_plus_tard > 0) as ouvre
        from versions
        inner join compares
            on
                versions.emetteur = compares.emetteur
                and versions.id_orientation = compares.id_orientation
                and versions.numero + 1 = compares.numero
    ) as confrontes
)

select
    compares.* exclude (debut_ecrit, autre_type, autre_organisme, numero),
    versions.version,
    versions.debut
from compares
inner join versions
    on
        compares.emetteur = versions.emetteur
        and compares.id_orientation = versions.id_orientation
        and compares.numero = versions.numero
