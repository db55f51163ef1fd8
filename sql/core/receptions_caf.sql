-- Grain: one (organisme, mois, delivery) of the CAF or MSA, monthly or daily.
-- Source: 3-rules § 3.4 (T0; the measured frequency of transmission).
with

livraisons_recues as (select * from livraisons_recues),

parties as (select * from entree_parties)

select
    parties.organisme,
    parties.mois,
    cast(12 * year(parties.mois) + month(parties.mois) as integer) as im,
    livraisons_recues.id_livraison,
    livraisons_recues.type_flux,
    livraisons_recues.complementaire,
    livraisons_recues.date_reception,
    livraisons_recues.creee_le
from parties
inner join livraisons_recues
    on parties.id_livraison = livraisons_recues.id_livraison
