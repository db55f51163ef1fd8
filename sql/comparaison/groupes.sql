-- Grain: one monthly figure × cause: how many persons came in, left, or are now counted otherwise (gains, pertes).
-- entrees − sorties + gains − pertes, over the causes, is the difference of the figure.
-- Source: 4-interface § 4.2 (comparer).
with

causes as (select * from causes)

select
    code,
    axe,
    modalite,
    mesure,
    mois,
    territoire,
    cause,
    coalesce(sum(solde) filter (where solde > 0 and not change), 0)::bigint as entrees,
    coalesce(-sum(solde) filter (where solde < 0 and not change), 0)::bigint as sorties,
    coalesce(sum(solde) filter (where solde > 0 and change), 0)::bigint as gains,
    coalesce(-sum(solde) filter (where solde < 0 and change), 0)::bigint as pertes,
    count(*) filter (where autres_causes > 0) as autres_causes,
    coalesce(list(distinct id_livraison order by id_livraison) filter (where id_livraison is not null), [])
        as livraisons
from causes
group by all
