-- Grain: one (kind of key, key) that belongs to exactly one person.
-- Source: 4-interface § 4.6: what ties the rows of the CD and of France Travail.
with

identites as (select * from identites),

noeuds_personnes as (select * from noeuds_personnes),

cles as (
    select
        noeuds_personnes.p,
        'dem' as sorte,
        identites.cle_dem_precedente as cle
    from identites
    inner join noeuds_personnes on identites.noeud = noeuds_personnes.noeud
    where identites.cle_dem_precedente is not null

    union all by name

    unpivot (
        select
            noeuds_personnes.p,
            identites.cle_nir_livree as nir,
            identites.cle_dem as dem,
            identites.cle_mat as mat,
            identites.cle_ft as ft
        from identites
        inner join noeuds_personnes on identites.noeud = noeuds_personnes.noeud
    ) on nir, dem, mat, ft into name sorte value cle
)

select
    sorte,
    cle,
    min(p) as p
from cles
group by sorte, cle
having min(p) = max(p)
