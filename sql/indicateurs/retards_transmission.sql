-- Grain: one (territoire, organisme, month): days from the month's end to the reception of its first complete monthly
-- flux.
-- Source: 6-catalogue (Q-2).
with

parties as (select * from entree_parties),

livraisons_recues as (
    select * from livraisons_recues
    where type_flux = 'M' and not complementaire
),

attendus as (select * from attendus),

premieres as (
    select
        parties.organisme,
        parties.mois,
        min(livraisons_recues.date_reception) as date_reception
    from parties
    inner join livraisons_recues on parties.id_livraison = livraisons_recues.id_livraison
    group by parties.organisme, parties.mois
)

select
    attendus.territoire,
    premieres.organisme,
    premieres.mois,
    premieres.date_reception - last_day(premieres.mois) as retard_jours
from premieres
inner join attendus on premieres.organisme = attendus.organisme
