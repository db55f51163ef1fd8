-- Grain: one (organisme, mois) delivered: the delivery in force.
-- Source: 3-rules § 3.2: the latest complete, accepted monthly delivery; it replaces the others whole.
select
    organisme,
    mois,
    cast(12 * year(mois) + month(mois) as integer) as im,
    arg_max(id_livraison, rang) as id_livraison
from parties_jugees
where retenue
group by organisme, mois
