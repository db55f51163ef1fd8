-- Grain: one (territoire, mois, organisme expected) without a delivery in force, with the number of persons
-- in the organisme's last month received before.
-- Source: 3-rules § 3.2 (calculable).
with

attendus as (select * from attendus),

calendrier_organismes as (select * from calendrier_organismes),

lignes_en_vigueur as (select * from lignes_en_vigueur),

effectifs as (
    select
        organisme,
        im,
        count(distinct p) as personnes
    from lignes_en_vigueur
    group by organisme, im
),

manques as (
    select
        attendus.territoire,
        attendus.organisme,
        attendus.indispensable,
        calendrier_organismes.mois,
        calendrier_organismes.im
    from attendus
    inner join calendrier_organismes
        on attendus.organisme = calendrier_organismes.organisme
    where not calendrier_organismes.livre
)

select
    manques.*,
    coalesce(effectifs.personnes, 0) as personnes_avant
from manques
asof left join effectifs
    on
        manques.organisme = effectifs.organisme
        and manques.im > effectifs.im
