-- Grain: one survey, as last known.
-- Source: 2-formats § 2.3.
with

lignes_retenues as (
    select * from lignes_retenues
    where source = 'satisfaction'
),

satisfaction as (select * from entree_satisfaction)

select
    satisfaction.date,
    satisfaction.public,
    satisfaction.nombre_reponses,
    satisfaction.nombre_satisfaits
from lignes_retenues
inner join satisfaction
    on
        lignes_retenues.id_livraison = satisfaction.id_livraison
        and lignes_retenues.ligne = satisfaction.ligne
