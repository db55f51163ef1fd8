-- Grain: one territoire whose orientations have never been received for the last month: nobody's entry is known there.
select territoire
from completude
where
    im = (select max(im) from calendrier)
    and not criteres_verifiables
    and territoire not in ('HORS', 'TOTAL')
order by territoire
