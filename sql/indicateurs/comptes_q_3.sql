-- Grain: one (month, territoire, table received): rows set aside (compte) among the rows read (base). '' : CAF/MSA.
-- Source: 6-catalogue (Q-3). A file that serves several territoires counts for TOTAL only.
with

livraisons_recues as (select * from livraisons_recues),

portees_livraisons as (select * from portees_livraisons)

select
    'Q-3' as code,
    portees_livraisons.mois,
    portees_livraisons.territoire,
    if(livraisons_recues.source = 'beneficiaires', '', 'source') as axe,
    if(livraisons_recues.source = 'beneficiaires', '', livraisons_recues.source) as modalite,
    'taux' as mesure,
    cast(sum(livraisons_recues.rejets) as bigint) as compte,
    cast(sum(livraisons_recues.rejets + livraisons_recues.lignes) as bigint) as base
from livraisons_recues
inner join portees_livraisons
    on livraisons_recues.id_livraison = portees_livraisons.id_livraison
group by portees_livraisons.mois, portees_livraisons.territoire, livraisons_recues.source
