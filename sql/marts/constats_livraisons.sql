-- Grain: one rule × delivery × column: what reception, then the judgment of deliveries, have found.
-- Source: 4-interface § 4.5.
with

portees_livraisons as (select * from portees_livraisons),

parties_jugees as (select * from parties_jugees),

releves as (select * from releves),

releves_juges as (select * from releves_juges),

constats as (
    select
        id_livraison,
        regle,
        colonne as sujet,
        nombre
    from entree_avertissements
    union all
    select
        id_livraison,
        regle,
        colonne as sujet,
        nombre
    from entree_rejets_par_regle
    union all
    select
        id_livraison,
        unnest(motifs) as regle,
        organisme || ' ' || strftime(mois, '%Y-%m') as sujet,
        1 as nombre
    from parties_jugees
    union all
    select
        id_livraison,
        'PUB-002' as regle,
        organisme || ' ' || strftime(mois, '%Y-%m') as sujet,
        1 as nombre
    from parties_jugees
    where not retenue
    union all
    select
        releves.id_livraison,
        'LIV-006' as regle,
        releves.emetteur as sujet,
        1 as nombre
    from releves
    inner join releves_juges
        on
            releves_juges.suspect
            and releves.source = releves_juges.source
            and releves.emetteur = releves_juges.emetteur
            and releves.rang = releves_juges.rang
)

select
    constats.regle,
    portees_livraisons.source as origine,
    portees_livraisons.mois,
    portees_livraisons.territoire,
    constats.sujet,
    constats.nombre
from constats
inner join portees_livraisons on constats.id_livraison = portees_livraisons.id_livraison
