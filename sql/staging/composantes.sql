-- Grain: one noeud (key) and the smallest noeud of the person it belongs to.
-- Source: 4-interface § 4.6. Two keys are one person when a row bears both, or names one as the
-- demande that preceded the other (delivered itself or not); this goes on until nothing more joins.
with recursive

identites as (select * from identites),

noeuds as (
    select noeud
    from identites
    union
    select cle_nir
    from identites
    where cle_nir is not null
    union
    select cle_dem_precedente
    from identites
    where cle_dem_precedente is not null
),

paires as (
    select distinct
        noeud as a,
        cle_nir as b
    from identites
    where cle_nir is not null and cle_nir <> noeud
    union
    select distinct
        noeud as a,
        cle_dem_precedente as b
    from identites
    where cle_dem_precedente is not null and cle_dem_precedente <> noeud
),

aretes as (
    select
        a,
        b
    from paires
    union
    select
        b as a,
        a as b
    from paires
),

composantes(noeud, racine) using key (noeud) as (
    select
        noeud,
        noeud as racine
    from noeuds

    union

    select
        aretes.b as noeud,
        min(composantes.racine) as racine
    from composantes
    inner join aretes on composantes.noeud = aretes.a
    inner join recurring.composantes as connues on aretes.b = connues.noeud
    where composantes.racine < connues.racine
    group by aretes.b
)

select
    noeud,
    racine
from composantes
