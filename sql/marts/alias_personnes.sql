-- Grain: one key that was once an id_personne, and the id of the same person today.
-- Source: 4-interface § 4.6. A key was an id when it was the first to be delivered among those of its rows:
-- a demande first seen without NIR, a NIR first seen before its demande was tied to an older one, a NIR that
-- only one demande bore before it was found to be nobody's.
with

identites as (select * from identites),

noeuds_personnes as (select * from noeuds_personnes),

personnes as (select * from personnes),

cles as (
    select
        noeud,
        min(premiere_reception) as premiere_reception,
        min(premiere_reception) filter (where cle_nir is not null) as premier_nir_le,
        arg_min(cle_nir, (premiere_reception, cle_nir)) filter (
            where cle_nir is not null
        ) as premier_nir
    from identites
    group by noeud
),

premiers_porteurs as (
    select
        cle_nir_livree as ancien_id,
        min(noeud) as noeud
    from identites
    where cle_nir is null and cle_nir_livree is not null
    group by cle_nir_livree, premiere_reception
    having min(noeud) = max(noeud)
    qualify
        premiere_reception = min(premiere_reception) over (
            partition by cle_nir_livree
        )
),

anciens as (
    select
        noeud,
        noeud as ancien_id,
        'nir_connu_ensuite' as cause
    from cles
    where premier_nir_le is null or premier_nir_le > premiere_reception
    union
    select
        noeud,
        premier_nir as ancien_id,
        'nir_remplace_ou_demande_rattachee' as cause
    from cles
    where premier_nir is not null
    union
    select
        noeud,
        ancien_id,
        'nir_devenu_ambigu' as cause
    from premiers_porteurs
)

select distinct
    left(anciens.ancien_id, 32) as ancien_id,
    personnes.id_personne,
    anciens.cause
from anciens
inner join noeuds_personnes on anciens.noeud = noeuds_personnes.noeud
inner join personnes on noeuds_personnes.p = personnes.p
where left(anciens.ancien_id, 32) <> personnes.id_personne
