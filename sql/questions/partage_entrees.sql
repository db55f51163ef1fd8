-- Grain: one person and its entry in progress at the end of the month im: the last one, if no radiation, sortie or
-- suspension longue has followed it.
select
    entrees.p,
    entrees.debut_episode,
    entrees.date_reception_t0,
    entrees.date_ouverture_droit,
    a_l_entree.date_ouverture_droit is not null as ouverture_livree
from entrees
inner join situations as a_l_entree
    on entrees.p = a_l_entree.p and entrees.im = a_l_entree.im
anti join ruptures
    on
        entrees.p = ruptures.p
        and ruptures.im_fin <= getvariable('im')
        and ruptures.date_rupture
        between entrees.debut_episode and last_day(getvariable('mois'))
where entrees.im <= getvariable('im')
qualify entrees.im = max(entrees.im) over (partition by entrees.p)
