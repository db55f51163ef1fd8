-- Grain: the entry of the person p in the month im: T0 and the row that says it, the end of the delay.
select
    entrees.* exclude (p, im),
    receptions_t0.ligne_t0 as ligne,
    entree_livraisons.id as id_livraison,
    entree_livraisons.fichier,
    entree_livraisons.format,
    entree_livraisons.date_reception,
    observation.date_observation
from entrees
inner join receptions_t0
    on entrees.p = receptions_t0.p and entrees.im = receptions_t0.im
inner join entree_livraisons
    on entrees.id_livraison_t0 = entree_livraisons.id
left join observation on entrees.territoire = observation.territoire
where entrees.p = getvariable('p') and entrees.im = getvariable('im')
