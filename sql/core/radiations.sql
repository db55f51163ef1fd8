-- Grain: one radiation (person, date), with the month of the first file that shows it.
-- Source: 3-rules § 3.3 (radiation).
with

clotures as (select * from clotures)

select
    p,
    date_cloture as date_rupture,
    min(im) as im_vue
from clotures
where not continuite and not annulee
group by p, date_cloture
