-- Grain: one comment of the département, as last known.
-- Source: 2-formats § 2.3.
with

lignes_retenues as (
    select * from lignes_retenues
    where source = 'commentaires'
),

commentaires as (select * from entree_commentaires)

select
    commentaires.code,
    commentaires.debut,
    commentaires.fin,
    commentaires.territoire,
    commentaires.texte
from lignes_retenues
inner join commentaires
    on
        lignes_retenues.id_livraison = commentaires.id_livraison
        and lignes_retenues.ligne = commentaires.ligne
