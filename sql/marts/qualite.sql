-- Grain: one rule × source × month × territoire × subject, with how many cases and what to read.
-- Source: 4-interface § 4.5 and 4.7. The message names columns, organismes and émetteurs, never a value.
with

constats_livraisons as (select * from constats_livraisons),

constats_calcul as (select * from constats_calcul),

catalogue_regles as (select * from catalogue_regles),

constats as (
    select * from constats_livraisons
    union all
    select * from constats_calcul
)

select
    constats.regle,
    catalogue_regles.gravite,
    constats.origine as source,
    constats.mois,
    constats.territoire,
    cast(sum(constats.nombre) as bigint) as nombre,
    catalogue_regles.texte || coalesce(' (' || constats.sujet || ')', '') as message
from constats
inner join catalogue_regles on constats.regle = catalogue_regles.regle
where constats.nombre > 0
group by all
