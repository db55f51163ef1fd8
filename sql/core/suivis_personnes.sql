-- Grain: one suivi (version of an orientation) of a known person.
-- Source: 3-rules § 3.6: a version ends the day before the next one starts; the same suivi from two émetteurs
-- (person, start, type_organisme) counts once, as the first émetteur in alphabetical order says it.
with

versions_orientations as (select * from versions_orientations),

versions as (
    select
        * exclude (fin_declaree, clos_sans_date, veille_version_suivante),
        least(fin_declaree, veille_version_suivante) as date_fin,
        case
            when veille_version_suivante < coalesce(fin_declaree, date '9999-12-31')
                then 'reorientation'
            when clos_sans_date then 'clos_sans_date'
            when fin_declaree is not null then 'date_fin'
        end as cause_fin
    from versions_orientations
    where p is not null
)

select *
from versions
qualify
    emetteur = min(emetteur) over (
        partition by p, debut_suivi, type_organisme
    )
