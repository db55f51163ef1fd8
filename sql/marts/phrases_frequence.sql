-- Grain: one sentence per period and territoire: how often each organisme transmits.
-- Source: annexe 4, § 4 (« préciser en commentaire la fréquence avec laquelle la CAF transmet les données »).
with

periodes_mois as (select * from periodes_mois),

transmissions as (select * from transmissions),

organismes as (
    select
        periodes_mois.type_periode,
        periodes_mois.periode,
        transmissions.territoire,
        transmissions.organisme,
        count(*) as nombre,
        cast(round(median(transmissions.ecart_jours)) as bigint) as ecart
    from periodes_mois
    inner join transmissions on periodes_mois.mois = transmissions.mois
    group by all
)

select
    type_periode,
    periode,
    territoire,
    'Fréquence de transmission mesurée sur les dates de réception : '
    || string_agg(
        organisme || ' ' || nombre || if(nombre > 1, ' transmissions', ' transmission')
        || coalesce(', une tous les ' || ecart || ' jours (médiane)', ''),
        ' ; ' order by organisme
    ) || '.' as texte
from organismes
group by type_periode, periode, territoire
