-- Grain: one person.
-- Source: 4-interface § 4.6: id_personne = the group's first delivered cle_nir (by date_reception, then
-- smallest), else its first cle_dem. p is its rank, for joins within one computation only.
with

identites as (select * from identites),

composantes as (select * from composantes),

groupes as (
    select
        composantes.racine,
        arg_min(
            identites.cle_nir, (identites.premiere_reception, identites.cle_nir)
        ) filter (where identites.cle_nir is not null) as nir,
        arg_min(
            identites.cle_dem, (identites.premiere_reception, identites.cle_dem)
        ) filter (where identites.cle_dem is not null) as dem,
        arg_min(identites.noeud, (identites.premiere_reception, identites.noeud)) as autre
    from identites
    inner join composantes on identites.noeud = composantes.noeud
    group by composantes.racine
),

nommes as (
    select
        racine,
        coalesce(nir, dem, left(autre, 32)) as id_personne
    from groupes
)

select
    racine,
    id_personne,
    cast(row_number() over (order by id_personne, racine) as integer) as p
from nommes
