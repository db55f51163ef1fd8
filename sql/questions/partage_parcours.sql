-- Grain: one person and the parcours of its suivi of the latest start that is neither ended nor closed by a radiation,
-- sortie or suspension longue at the end of the month im.
select
    suivis_personnes.p,
    arg_max_null(
        suivis_personnes.type_parcours,
        (
            suivis_personnes.debut_suivi,
            suivis_personnes.id_orientation,
            suivis_personnes.emetteur,
            suivis_personnes.version
        )
    ) as type_parcours
from suivis_personnes
anti join ruptures
    on
        suivis_personnes.p = ruptures.p
        and ruptures.im_fin <= getvariable('im')
        and ruptures.date_rupture
        between suivis_personnes.debut_suivi and last_day(getvariable('mois'))
where
    suivis_personnes.debut_suivi <= last_day(getvariable('mois'))
    and coalesce(suivis_personnes.date_fin >= last_day(getvariable('mois')), true)
group by suivis_personnes.p
