-- Grain: one diagnostic, as last known, tied to a person (p null: to none that we know).
-- Source: 2-formats § 2.3, 4-interface § 4.6.
with

lignes_connues as (
    select * from lignes_connues
    where source = 'diagnostics'
),

diagnostics as (select * from entree_diagnostics)

select
    lignes_connues.emetteur,
    lignes_connues.p,
    diagnostics.id_diagnostic,
    diagnostics.date_diagnostic,
    diagnostics.freins
from lignes_connues
inner join diagnostics
    on
        lignes_connues.id_livraison = diagnostics.id_livraison
        and lignes_connues.ligne = diagnostics.ligne
