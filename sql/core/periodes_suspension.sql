-- Grain: one run of months suspended without interruption, with the month in which it ends: the first known
-- month after it. An inconnue month neither breaks nor lengthens a run.
-- Source: 3-rules § 3.3 (suspension longue).
with

parcours as (select * from parcours),

absences as (select * from absences),

connues as (
    select
        parcours.*,
        absences.premiere_absence,
        lag(parcours.suspendue) over personne as suspendue_avant,
        lag(absences.p is not null) over personne as absente_avant,
        lead(parcours.im) over personne as im_connu_suivant
    from parcours
    left join absences
        on parcours.p = absences.p and parcours.im = absences.im_avant
    where not parcours.inconnue
    window personne as (partition by parcours.p order by parcours.im)
),

numerotees as (
    select
        *,
        count(*) filter (
            where suspendue is distinct from suspendue_avant or absente_avant
        ) over (partition by p order by im) as numero
    from connues
)

select
    p,
    min(im) as im_debut,
    min(mois) as premier_mois,
    arg_max_null(date_suspension, im) as date_suspension,
    arg_max_null(coalesce(premiere_absence, im_connu_suivant), im) as im_fin
from numerotees
where suspendue
group by p, numero
having im_fin is not null
