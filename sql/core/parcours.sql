-- Grain: one (person who is once a candidate, month with a situation), and the gap after it. rang_connu: the
-- same for a known month and the inconnus that follow it.
-- Source: 3-rules § 3.3 (sortie, suspension longue).
with

situations as (select * from situations),

candidats as (select * from candidats),

parcours as (
    select situations.*
    from situations
    semi join candidats on situations.p = candidats.p
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
