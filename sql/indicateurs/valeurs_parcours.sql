-- Grain: one (axe, modalite, mesure, period) of V2-A: the parcours as last delivered, for TOTAL; the use of their places
-- at the period's end, when type_parcours names them. A sum of which one term is not told is not told.
-- Source: 6-catalogue (V2-A).
with

periodes as (select * from periodes),

parcours_connus as (select * from parcours_connus),

suivis_du_mois as (
    select * from suivis_du_mois
    where rang = 1
),

occupations as (
    select
        im,
        type_parcours,
        count(*) as occupees
    from suivis_du_mois
    where type_parcours is not null
    group by im, type_parcours
),

parcours as (
    select
        nom,
        places_financees as places,
        cout_unitaire as cout,
        replace(replace(lower(nom), '-', '_'), ' ', '_') as type_parcours
    from parcours_connus
),

reparties as (
    select
        periodes.type_periode,
        periodes.periode,
        parcours.nom,
        unnest(['places_financees', 'cout_unitaire', 'places_occupees']) as mesure,
        unnest([
            cast(parcours.places as double), cast(parcours.cout as double),
            case
                when
                    parcours.type_parcours in ('professionnel', 'socio_professionnel', 'social')
                    then coalesce(cast(occupations.occupees as double), 0)
            end
        ]) as valeur
    from periodes
    cross join parcours
    left join occupations
        on
            parcours.type_parcours = occupations.type_parcours
            and 12 * year(periodes.fin) + month(periodes.fin) = occupations.im
),

ensembles as (
    select
        unnest(['nombre', 'places_financees', 'cout_total']) as mesure,
        unnest([
            count(*),
            if(count(places) = count(*), coalesce(sum(places), 0), null),
            if(count(cout * places) = count(*), coalesce(sum(cout * places), 0), null)
        ]) as valeur
    from parcours
)

select
    'V2-A' as code,
    'parcours' as axe,
    nom as modalite,
    mesure,
    type_periode,
    periode,
    valeur
from reparties
union all
select
    'V2-A' as code,
    '' as axe,
    '' as modalite,
    ensembles.mesure,
    periodes.type_periode,
    periodes.periode,
    cast(ensembles.valeur as double) as valeur
from periodes
cross join ensembles
