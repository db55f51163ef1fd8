-- Grain: one daily delivery of an organisme and the month for whose entries it may give T0: made after the
-- first monthly delivery for M−1 and not after the first for M.
-- Source: 3-rules § 3.4 (T0).
with

receptions_caf as (select * from receptions_caf),

premieres as (
    select
        organisme,
        im,
        min(creee_le) as creee_le
    from receptions_caf
    where type_flux = 'M' and not complementaire
    group by organisme, im
)

select
    quotidiennes.id_livraison,
    quotidiennes.organisme,
    quotidiennes.date_reception,
    quotidiennes.creee_le,
    courantes.im
from receptions_caf as quotidiennes
inner join premieres as courantes
    on
        quotidiennes.organisme = courantes.organisme
        and quotidiennes.creee_le <= courantes.creee_le
inner join premieres as precedentes
    on
        courantes.organisme = precedentes.organisme
        and courantes.im = precedentes.im + 1
        and quotidiennes.creee_le > precedentes.creee_le
where quotidiennes.type_flux = 'I'
