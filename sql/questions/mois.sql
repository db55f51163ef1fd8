-- Grain: one month of the calendar from the first in which the person p was seen: its row, if any, and what
-- was decided.
select
    calendrier.mois,
    calendrier.im,
    situations.territoire,
    situations.organisme,
    situations.etat_dossier,
    situations.top_droits_devoirs,
    situations_mensuelles.decision,
    situations_mensuelles.motif
from calendrier
inner join personnes on personnes.p = getvariable('p')
left join situations
    on calendrier.im = situations.im and personnes.p = situations.p
left join situations_mensuelles
    on
        situations.mois = situations_mensuelles.mois
        and situations.territoire = situations_mensuelles.territoire
        and personnes.id_personne = situations_mensuelles.id_personne
where calendrier.im >= (select min(im) from situations where p = getvariable('p'))
order by calendrier.im
