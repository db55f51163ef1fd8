-- Grain: one file that counts, with its émetteur (France Travail: the one that the configuration implies; CAF and MSA:
-- the organisme).
-- Source: 4-interface § 4.5; 2-formats § 2.2.
with

fichiers_retenus as (select * from fichiers_retenus),

livraisons_recues as (select * from livraisons_recues),

receptions_caf as (select * from receptions_caf)

select
    source,
    emetteur,
    id_livraison,
    date_reception,
    mode
from fichiers_retenus
union all
select
    livraisons_recues.source,
    config_emetteurs.emetteur,
    livraisons_recues.id_livraison,
    livraisons_recues.date_reception,
    'flux' as mode
from livraisons_recues
inner join (
    select distinct
        source,
        emetteur
    from config_emetteurs
) as config_emetteurs on livraisons_recues.source = config_emetteurs.source
where livraisons_recues.source = 'france_travail'
union all
select
    'beneficiaires' as source,
    organisme as emetteur,
    id_livraison,
    date_reception,
    'flux' as mode
from receptions_caf
