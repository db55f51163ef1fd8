-- Grain: one gap in the known situations of a person, between two months that have one: how many months in it
-- are known absences, how many of these are complete for every indispensable organisme, and the last month seen
-- (known or not) before the first of these.
-- Source: 3-rules § 3.2 (inconnue), § 3.3 (sortie): an inconnue month is no absence and ends none.
with

parcours as (select * from parcours),

calendrier_organismes as (select * from calendrier_organismes),

personnes_ecartees as (select * from personnes_ecartees),

bornes as (
    select
        p,
        rang_connu,
        min(im) as im_avant,
        max(im_suivant) as im_apres
    from parcours
    group by p, rang_connu
)

select
    parcours.p,
    bornes.im_avant,
    bornes.im_apres,
    count(*) as absences,
    min(calendrier_organismes.im) as premiere_absence,
    min(parcours.im) filter (
        where calendrier_organismes.mois_complet
    ) as im_vue_avant,
    count(*) filter (where calendrier_organismes.mois_complet) as absences_completes,
    min(calendrier_organismes.mois) filter (
        where calendrier_organismes.mois_complet
    ) as premier_mois_complet
from parcours
inner join bornes
    on parcours.p = bornes.p and parcours.rang_connu = bornes.rang_connu
inner join calendrier_organismes
    on
        calendrier_organismes.livre
        and parcours.organisme = calendrier_organismes.organisme
        and parcours.im < calendrier_organismes.im
        and parcours.im_suivant > calendrier_organismes.im
anti join personnes_ecartees
    on
        parcours.p = personnes_ecartees.p
        and calendrier_organismes.im = personnes_ecartees.im
where parcours.im_suivant > parcours.im + 1
group by parcours.p, bornes.im_avant, bornes.im_apres
