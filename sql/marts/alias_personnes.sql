-- Grain: one key that was once an id_personne, and the id of the same person today.
-- Source: 4-interface § 4.6. A key was an id when it was the first to be delivered among those of its rows:
-- a demande first seen without NIR, a NIR first seen before its demande was tied to an older one.
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
)

select distinct
    left(anciens.ancien_id, 32) as ancien_id,
    personnes.id_personne,
    anciens.cause
from anciens
inner join noeuds_personnes on anciens.noeud = noeuds_personnes.noeud
inner join personnes on noeuds_personnes.p = personnes.p
where left(anciens.ancien_id, 32) <> personnes.id_personne
