-- Grain: one participation in an action, as last known, tied to a person (p null: to none that we know).
-- Source: 2-formats § 2.3, 4-interface § 4.6.
with

lignes_connues as (
    select * from lignes_connues
    where source = 'participations'
),

participations as (select * from entree_participations)

select
    lignes_connues.emetteur,
    lignes_connues.p,
    participations.id_participation,
    participations.code_action,
    participations.date_entree,
    participations.date_sortie
from lignes_connues
inner join participations
    on
        lignes_connues.id_livraison = participations.id_livraison
        and lignes_connues.ligne = participations.ligne
