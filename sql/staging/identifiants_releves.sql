-- Grain: one set of relevés (of one table and émetteur) that hold the same ids, with how many ids.
-- Few sets cover all ids, which makes any two relevés cheap to compare.
-- Source: 4-interface § 4.5 (more than 5 % of a CD stock's ids vanished).
with

releves as (select * from releves),

lignes_nominatives as (select * from lignes_nominatives),

identifiants as (
    select
        id_livraison,
        id_orientation as identifiant
    from entree_orientations
    union all
    select
        id_livraison,
        identifiant
    from lignes_nominatives
),

presences as (
    select
        releves.source,
        releves.emetteur,
        identifiants.identifiant,
        list(distinct releves.rang order by releves.rang) as rangs
    from releves
    inner join identifiants on releves.id_livraison = identifiants.id_livraison
    group by releves.source, releves.emetteur, identifiants.identifiant
)

select
    source,
    emetteur,
    rangs,
    count(*) as nombre
from presences
group by source, emetteur, rangs
