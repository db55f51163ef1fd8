-- Grain: one (month of a published period that precedes the first delivered month or follows the last,
-- territoire), and why nothing can be said of it: of what needs M and M−1 (motif_nd), of what needs M alone
-- (motif_nd_mois).
-- Source: 3-rules § 3.2 (M needs M and M−1), 4-interface § 4.7 (the earliest missing month, then the first code).
with

periodes_mois as (select * from periodes_mois),

calendrier as (select * from calendrier),

territoires as (select * from territoires),

attendus as (select * from attendus),

manques as (select * from manques),

mois_absents as (
    select distinct periodes_mois.mois
    from periodes_mois
    anti join calendrier on periodes_mois.mois = calendrier.mois
),

mois_utiles as (
    select
        mois,
        unnest([cast(mois - interval 1 month as date), mois]) as mois_utile
    from mois_absents
),

absences as (
    select
        mois_utiles.mois,
        attendus.territoire,
        attendus.organisme,
        mois_utiles.mois_utile
    from mois_utiles
    anti join calendrier on mois_utiles.mois_utile = calendrier.mois
    cross join attendus
    where attendus.indispensable
    union all
    select
        mois_utiles.mois,
        manques.territoire,
        manques.organisme,
        mois_utiles.mois_utile
    from mois_utiles
    inner join manques
        on mois_utiles.mois_utile = manques.mois and manques.indispensable
),

premieres as (
    select
        mois,
        territoire,
        arg_min(
            organisme || ' ' || strftime(mois_utile, '%Y-%m'), (mois_utile, organisme)
        ) as livraison,
        arg_min(organisme || ' ' || strftime(mois, '%Y-%m'), organisme) filter (
            where mois_utile = mois
        ) as livraison_du_mois
    from absences
    group by mois, territoire
)

select
    mois_absents.mois,
    territoires.territoire,
    'livraison_manquante: '
    || coalesce(premieres.livraison, strftime(mois_absents.mois, '%Y-%m')) as motif_nd,
    'livraison_manquante: '
    || coalesce(premieres.livraison_du_mois, strftime(mois_absents.mois, '%Y-%m')) as motif_nd_mois
from mois_absents
cross join territoires
left join premieres
    on mois_absents.mois = premieres.mois and territoires.territoire = premieres.territoire
