-- Grain: one (candidate, suivi started and not ended, rupture known by then and dated before debut_episode): does
-- the rupture close the suivi, which it does unless it precedes the suivi's start.
-- Source: 3-rules § 3.3 (en cours). On the very day of the start a radiation or a sortie closes; a suspension
-- longue does not, which must begin after the suivi.
with

suivis_examines as (select * from suivis_examines),

ruptures as (select * from ruptures)

select
    suivis_examines.p,
    suivis_examines.im,
    suivis_examines.emetteur,
    suivis_examines.id_orientation,
    suivis_examines.version,
    ruptures.nature,
    ruptures.date_rupture,
    suivis_examines.debut_suivi < ruptures.date_rupture
    or (
        suivis_examines.debut_suivi = ruptures.date_rupture
        and ruptures.nature <> 'suspension_longue'
    ) as ferme
from suivis_examines
inner join ruptures
    on
        suivis_examines.p = ruptures.p
        and suivis_examines.im >= ruptures.im_fin
        and suivis_examines.debut_episode > ruptures.date_rupture
where suivis_examines.commence and not suivis_examines.termine
