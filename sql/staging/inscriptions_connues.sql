-- Grain: one registration (person, date_inscription) at France Travail, as the last delivery that speaks of it says.
-- Source: 2-formats § 2.2. Each delivery adds to the earlier ones: a registration ends by its own dates only.
with

inscriptions_recues as (select * from inscriptions_recues)

select
    p,
    coalesce(cle_ft, cle_nir, cle_dem, cle_mat) as cle,
    id_livraison,
    ligne,
    date_inscription,
    least(date_cessation, date_radiation) as date_sortie,
    code_parcours,
    structure
from inscriptions_recues
qualify row_number() over (
    partition by coalesce(cast(p as varchar), cle_ft, cle_nir, cle_dem, cle_mat), date_inscription
    order by date_reception desc, creee_le desc, id_livraison desc, ligne desc
) = 1
