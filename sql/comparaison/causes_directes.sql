-- Grain: one mouvement and each cause that may explain it, in the order of decision (ordre, then rang).
-- A person who comes in or leaves: what made the figure available, else what changed its presence. A person counted
-- among the entries of both: what changed the delay, the orientation or the rendez-vous, as the figure reads them.
-- Source: 4-interface § 4.2 (comparer).
with

mouvements as (select * from mouvements),

indices as (select * from indices),

indices_disponibilite as (select * from indices_disponibilite),

aspects as (select * from aspects),

indices_lus as (
    select
        mouvements.*,
        if(mouvements.change, list_position(aspects.aspects, indices.aspect), 0) as ordre,
        indices.rang,
        indices.cause,
        indices.id_livraison
    from mouvements
    inner join aspects
        on
            mouvements.code = aspects.code
            and mouvements.axe = aspects.axe
            and mouvements.mesure = aspects.mesure
    inner join indices
        on
            mouvements.personne = indices.personne
            and mouvements.mois = indices.mois
            and if(mouvements.change, list_contains(aspects.aspects, indices.aspect), indices.aspect = 'presence')
)

select
    mouvements.*,
    -1 as ordre,
    0 as rang,
    indices_disponibilite.cause,
    indices_disponibilite.id_livraison
from mouvements
inner join indices_disponibilite
    on
        mouvements.devient_disponible
        and mouvements.code = indices_disponibilite.code
        and mouvements.axe = indices_disponibilite.axe
        and if(mouvements.mesure = 'taux_base', 'taux', mouvements.mesure) = indices_disponibilite.mesure
        and mouvements.mois = indices_disponibilite.mois
        and mouvements.territoire = indices_disponibilite.territoire
union all
select * from indices_lus
