-- Grain: one (person, month M): soumis at M−1 and not at M, in the territoire of M−1, with its situation at M. An
-- inconnue situation at M (no row, and the organisme of the last one has not delivered) is no exit.
-- Source: 6-catalogue (V3-M1b); 3-rules § 3.2 (inconnue).
with

situations as (select * from situations),

personnes_ecartees as (select * from personnes_ecartees),

calendrier_organismes as (
    select * from calendrier_organismes
    where livre
)

select
    avant.p,
    avant.im + 1 as im,
    cast(avant.mois + interval 1 month as date) as mois,
    avant.territoire,
    case
        when apres.p is null then 'absent'
        when apres.classe_etat = 'versable' then 'versable_non_soumis'
        else apres.classe_etat
    end as classe_sortie
from situations as avant
left join situations as apres
    on avant.p = apres.p and avant.im + 1 = apres.im
left join calendrier_organismes
    on
        avant.organisme = calendrier_organismes.organisme
        and avant.im + 1 = calendrier_organismes.im
left join personnes_ecartees
    on avant.p = personnes_ecartees.p and avant.im + 1 = personnes_ecartees.im
where
    avant.soumis
    and (apres.p is not null or calendrier_organismes.im is not null)
    and not coalesce(apres.soumis, false)
    and not coalesce(apres.inconnue, personnes_ecartees.p is not null)
