-- Grain: one retour, with the month that it is compared to: the latest of the three before in which the
-- person is not inconnue; none: indetermine.
-- Source: 3-rules § 3.3 (candidate).
with

mois_precedents as (select * from mois_precedents)

select
    p,
    im,
    max(im_avant) filter (where not inconnue) as im_compare,
    arg_max(soumis, im_avant) filter (where not inconnue) as soumis_avant
from mois_precedents
group by p, im
