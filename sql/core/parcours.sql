-- Grain: one (person who came back, month with a situation), and the gap after it. rang_connu: the same for a known
-- month and the inconnus that follow it.
-- Source: 3-rules § 3.3 (sortie, suspension longue). Who came back: was once a candidate; or was soumis after a month
-- without being so, even if that return could not be judged (V2-3 and V3-M3 read the suivis of whoever is soumis); or is
-- soumis while suspended, where etats_versables says so: a suspension longue still ends the suivis.
with

situations as (select * from situations),

candidats as (select * from candidats),

revenues as (
    select p
    from candidats
    union
    select p
    from situations
    group by p
    having
        count(*) filter (where soumis) < max(im) filter (where soumis) - min(im) + 1
        or bool_or(soumis and etat_dossier in ('3', '4'))
),

parcours as (
    select situations.*
    from situations
    semi join revenues on situations.p = revenues.p
)

select
    p,
    mois,
    im,
    organisme,
    etat_dossier,
    date_suspension,
    inconnue,
    etat_dossier in ('3', '4')
    and not (
        etat_dossier = '4'
        and coalesce(top_droits_devoirs, false)
        and coalesce(motifs_suspension = '05', false)
    ) as suspendue,
    lead(im) over (partition by p order by im) as im_suivant,
    sum(cast(not inconnue as integer)) over (
        partition by p order by im
    ) as rang_connu
from parcours
