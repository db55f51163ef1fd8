-- Grain: one year of means (volet 1), as last known; told by two émetteurs, as the first in alphabetical order says.
-- Source: 2-formats § 2.3.
with

lignes_retenues as (
    select * from lignes_retenues
    where source = 'volet1'
),

volet1 as (select * from entree_volet1)

select
    volet1.annee,
    volet1.etp_chefferie,
    volet1.rattachement,
    volet1.etp_numerique,
    volet1.feuille_de_route
from lignes_retenues
inner join volet1
    on
        lignes_retenues.id_livraison = volet1.id_livraison
        and lignes_retenues.ligne = volet1.ligne
qualify row_number() over (partition by volet1.annee order by lignes_retenues.emetteur) = 1
