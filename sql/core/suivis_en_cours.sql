-- Grain: one candidate who has a suivi en cours at debut_episode, with the suivi of the latest start.
-- Source: 3-rules § 3.3 (en cours): started before, not ended, and no radiation, sortie or suspension longue
-- of the person since its start.
with

suivis_examines as (select * from suivis_examines),

ruptures_suivis as (select * from ruptures_suivis)

select
    suivis_examines.p,
    suivis_examines.im,
    suivis_examines.debut_episode,
    suivis_examines.emetteur,
    suivis_examines.id_orientation,
    suivis_examines.version,
    suivis_examines.debut_suivi,
    suivis_examines.statut
from suivis_examines
anti join ruptures_suivis
    on
        ruptures_suivis.ferme
        and suivis_examines.p = ruptures_suivis.p
        and suivis_examines.im = ruptures_suivis.im
        and suivis_examines.emetteur = ruptures_suivis.emetteur
        and suivis_examines.id_orientation = ruptures_suivis.id_orientation
        and suivis_examines.version = ruptures_suivis.version
where
    suivis_examines.commence
    and not suivis_examines.termine
    and list_contains(getvariable('criteres'), 3)
qualify row_number() over (
    partition by suivis_examines.p, suivis_examines.im
    order by
        suivis_examines.debut_suivi desc,
        suivis_examines.id_orientation desc,
        suivis_examines.emetteur,
        suivis_examines.version desc
) = 1
