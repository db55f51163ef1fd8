-- Grain: the month im of the person p when it comes back without anybody having oriented it: is it the same
-- entry, and which.
select
    reentrees.im_precedent,
    precedents.mois as mois_precedent,
    reentrees.suivi_depuis,
    reentrees.rupture_depuis,
    continuations.p is not null as continue_entree,
    (
        select max(decisions.im)
        from decisions
        where decisions.p = getvariable('p') and decisions.im < getvariable('im') and decisions.nouvel_entrant
    ) as im_entree
from reentrees
inner join calendrier as precedents on reentrees.im_precedent = precedents.im
left join continuations
    on reentrees.p = continuations.p and reentrees.im = continuations.im
where reentrees.p = getvariable('p') and reentrees.im = getvariable('im')
