-- Grain: one figure declared elsewhere, as last known.
-- Source: 2-formats § 2.3.
with

lignes_retenues as (
    select * from lignes_retenues
    where source = 'valeurs_declarees'
),

valeurs_declarees as (select * from entree_valeurs_declarees)

select
    valeurs_declarees.code,
    valeurs_declarees.type_periode,
    valeurs_declarees.periode,
    valeurs_declarees.territoire,
    valeurs_declarees.valeur,
    valeurs_declarees.methode,
    valeurs_declarees.source
from lignes_retenues
inner join valeurs_declarees
    on
        lignes_retenues.id_livraison = valeurs_declarees.id_livraison
        and lignes_retenues.ligne = valeurs_declarees.ligne
