-- Grain: one job begun in month M by a person soumis at M−1, in the territoire of M−1.
-- Source: 6-catalogue (V3-R1, V3-R2): durable: CDI or six months.
with

situations as (
    select
        p,
        territoire,
        im + 1 as im,
        cast(mois + interval 1 month as date) as mois
    from situations
    where soumis
),

evenements as (
    select * from evenements
    where genre in ('emploi_durable', 'emploi_court', 'emploi_sans_duree')
)

select
    situations.p,
    situations.mois,
    situations.territoire,
    evenements.genre = 'emploi_durable' as durable,
    coalesce(evenements.detail, 'inconnu') as type_contrat
from situations
inner join evenements
    on situations.p = evenements.p and situations.im = evenements.im
