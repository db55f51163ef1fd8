-- Grain: one file of one relevé. A relevé is what one émetteur of a CD table said on one day: all its
-- files of that date_reception, a confirmation (the same content received again) being said anew.
-- Source: 2-formats § 2.3, 4-interface § 4.4 and 4.5. rang: order of the relevés of an émetteur.
with

receptions as (
    select
        entree_receptions.id_livraison,
        entree_livraisons.source,
        entree_livraisons.emetteur,
        entree_receptions.date_reception,
        entree_livraisons.acceptee
    from entree_receptions
    inner join entree_livraisons
        on entree_receptions.id_livraison = entree_livraisons.id
    where
        entree_livraisons.emetteur is not null
        and entree_receptions.date_reception <= getvariable('arrete_au')
)

select
    source,
    emetteur,
    date_reception,
    id_livraison,
    bool_or(acceptee) over (
        partition by source, emetteur, date_reception
    ) as acceptee,
    dense_rank() over (
        partition by source, emetteur order by date_reception
    ) as rang
from receptions
