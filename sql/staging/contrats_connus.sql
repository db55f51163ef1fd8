-- Grain: one contract, as last known, tied to a person (p null: to none that we know).
-- Source: 2-formats § 2.3, 4-interface § 4.6.
with

lignes_connues as (
    select * from lignes_connues
    where source = 'contrats'
),

contrats as (select * from entree_contrats)

select
    lignes_connues.emetteur,
    lignes_connues.p,
    contrats.id_contrat,
    contrats.type,
    contrats.date_signature,
    contrats.date_fin,
    contrats.rang
from lignes_connues
inner join contrats
    on
        lignes_connues.id_livraison = contrats.id_livraison
        and lignes_connues.ligne = contrats.ligne
