-- Grain: one prestation, as last known, tied to a person (p null: to none that we know).
-- Source: 2-formats § 2.3, 4-interface § 4.6.
with

lignes_connues as (
    select * from lignes_connues
    where source = 'prestations'
),

prestations as (select * from entree_prestations)

select
    lignes_connues.emetteur,
    lignes_connues.p,
    prestations.id_prestation,
    prestations.type,
    prestations.mode,
    prestations.date_debut,
    prestations.date_fin,
    prestations.duree_heures
from lignes_connues
inner join prestations
    on
        lignes_connues.id_livraison = prestations.id_livraison
        and lignes_connues.ligne = prestations.ligne
