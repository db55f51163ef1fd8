-- Grain: one suivi en cours of a person soumis in a month, on its last day; rang 1: the one of the latest start.
-- Source: 3-rules § 3.3 (en cours), read on the last day of the month; 6-catalogue (V2-3, V3-M3).
with

situations as (
    select
        p,
        im,
        last_day(mois) as dernier_jour
    from situations
    where soumis
),

suivis_personnes as (select * from suivis_personnes),

ruptures as (select * from ruptures),

commences as (
    select
        situations.p,
        situations.im,
        situations.dernier_jour,
        suivis_personnes.emetteur,
        suivis_personnes.id_orientation,
        suivis_personnes.version,
        suivis_personnes.debut_suivi,
        suivis_personnes.type_organisme,
        suivis_personnes.type_parcours,
        suivis_personnes.organisme_referent
    from situations
    inner join suivis_personnes
        on
            situations.p = suivis_personnes.p
            and situations.dernier_jour >= suivis_personnes.debut_suivi
            and situations.dernier_jour
            <= coalesce(suivis_personnes.date_fin, date '9999-12-31')
),

rompus as (
    select distinct
        commences.p,
        commences.im,
        commences.emetteur,
        commences.id_orientation,
        commences.version
    from commences
    inner join ruptures
        on
            commences.p = ruptures.p
            and commences.im >= ruptures.im_fin
            and commences.dernier_jour >= ruptures.date_rupture
            and (
                commences.debut_suivi < ruptures.date_rupture
                or (
                    commences.debut_suivi = ruptures.date_rupture
                    and ruptures.nature <> 'suspension_longue'
                )
            )
)

select
    commences.*,
    row_number() over (
        partition by commences.p, commences.im
        order by
            commences.debut_suivi desc,
            commences.id_orientation desc,
            commences.emetteur,
            commences.version desc
    ) as rang
from commences
anti join rompus
    on
        commences.p = rompus.p
        and commences.im = rompus.im
        and commences.emetteur = rompus.emetteur
        and commences.id_orientation = rompus.id_orientation
        and commences.version = rompus.version
