-- Grain: one rendez-vous, as last known, tied to a person (p null: to none that we know).
-- Source: 2-formats § 2.3, 4-interface § 4.6.
with

lignes_connues as (
    select * from lignes_connues
    where source = 'rendez_vous'
),

rendez_vous as (select * from entree_rendez_vous)

select
    lignes_connues.emetteur,
    lignes_connues.p,
    rendez_vous.id_rdv,
    rendez_vous.date_rdv,
    rendez_vous.date_creation,
    rendez_vous.type,
    rendez_vous.presence
from lignes_connues
inner join rendez_vous
    on
        lignes_connues.id_livraison = rendez_vous.id_livraison
        and lignes_connues.ligne = rendez_vous.ligne
