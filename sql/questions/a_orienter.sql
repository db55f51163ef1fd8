-- Grain: one entry that no orientation has ended, with the days left on the day au: 1 on the last day in time. The last
-- entry of each person only: an orientation made now ends that one.
with

dernieres_entrees as (
    select
        p,
        max(im) as im
    from entrees
    group by p
),

derniers_mois as (
    select
        organisme,
        max(im) as im
    from en_vigueur
    group by organisme
),

toujours_soumises as (
    select distinct situations.p
    from situations
    inner join derniers_mois
        on
            situations.organisme = derniers_mois.organisme
            and situations.im = derniers_mois.im
    where situations.soumis
)

select
    situations.numero_demande_rsa,
    situations.matricule,
    entrees.territoire,
    entrees.mois,
    entrees.date_reception_t0,
    entrees.echeance,
    entrees.echeance - getvariable('au') as jours_restants,
    entrees.decide_non_notifie,
    toujours_soumises.p is not null as toujours_soumise
from entrees
semi join dernieres_entrees
    on entrees.p = dernieres_entrees.p and entrees.im = dernieres_entrees.im
inner join situations
    on entrees.p = situations.p and entrees.im = situations.im
left join toujours_soumises on entrees.p = toujours_soumises.p
where entrees.date_orientation is null
order by
    entrees.echeance,
    situations.numero_demande_rsa,
    situations.matricule,
    situations.role,
    entrees.p
