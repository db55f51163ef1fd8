-- Grain: one (indicator, variante, period, territoire): the figure under another reading, and by how much it
-- differs from the published one. Null as soon as one month is not available.
-- Source: 4-interface § 4.7 (variantes).
with

periodes_mois as (select * from periodes_mois),

variantes_mois as (select * from variantes_mois),

personnes_distinctes as (select * from personnes_distinctes),

indicateurs as (
    select * from indicateurs
    where axe = '' and mesure = 'nombre'
),

sommes as (
    select
        variantes_mois.code,
        variantes_mois.variante,
        periodes_mois.type_periode,
        periodes_mois.periode,
        variantes_mois.territoire,
        if(count(variantes_mois.compte) = count(*), sum(variantes_mois.compte), null) as valeur
    from periodes_mois
    inner join variantes_mois on periodes_mois.mois = variantes_mois.mois
    group by all
),

distinctes as (
    select
        indicateurs.code,
        'personnes_distinctes' as variante,
        indicateurs.type_periode,
        indicateurs.periode,
        indicateurs.territoire,
        if(indicateurs.valeur is null, null, personnes_distinctes.personnes) as valeur
    from indicateurs
    left join personnes_distinctes using (code, type_periode, periode, territoire)
    where indicateurs.code in ('V2-1', 'V2-2')
),

toutes as (
    select * from sommes
    union all
    select * from distinctes
)

select
    toutes.code,
    toutes.variante,
    toutes.type_periode,
    toutes.periode,
    toutes.territoire,
    cast(toutes.valeur as double) as valeur,
    cast(toutes.valeur as double) - indicateurs.valeur as ecart
from toutes
inner join indicateurs using (code, type_periode, periode, territoire)
