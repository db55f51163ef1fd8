-- Grain: one job taken up, as last known, tied to a person (p null: to none that we know).
-- Source: 2-formats § 2.3, 4-interface § 4.6.
with

lignes_connues as (
    select * from lignes_connues
    where source = 'reprises_emploi'
),

reprises_emploi as (select * from entree_reprises_emploi)

select
    lignes_connues.emetteur,
    lignes_connues.p,
    reprises_emploi.id_reprise,
    reprises_emploi.date_debut,
    reprises_emploi.date_fin,
    reprises_emploi.type_contrat,
    reprises_emploi.duree_mois
from lignes_connues
inner join reprises_emploi
    on
        lignes_connues.id_livraison = reprises_emploi.id_livraison
        and lignes_connues.ligne = reprises_emploi.ligne
