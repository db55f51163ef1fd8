-- Grain: one person who came in or left the entries of a month and territoire (V2-1), or is now, or no longer,
-- oriented in time (V2-2), with the cause and the delivery.
-- Source: 4-interface § 4.2 (comparer).
with

causes as (select * from causes),

entrants as (select * from entrants),

noms as (
    select
        personne,
        mois,
        territoire,
        arg_max(id_personne, cote = 'apres') as id_personne
    from entrants
    group by personne, mois, territoire
)

select
    causes.code,
    causes.mois,
    causes.territoire,
    noms.id_personne,
    causes.solde,
    causes.change,
    causes.cause,
    causes.id_livraison,
    causes.autres_causes
from causes
inner join noms
    on
        causes.personne = noms.personne
        and causes.mois = noms.mois
        and causes.territoire = noms.territoire
where causes.axe = '' and causes.mesure = 'nombre' and causes.territoire <> 'TOTAL'
