-- Grain: one (indicator, period, territoire) with its number of distinct persons, over the available months.
-- Source: 3-rules § 3.3 (unit: entrées; beside every annual figure, personnes distinctes).
with

periodes_mois as (select * from periodes_mois),

motifs_nd as (
    select * from motifs_nd
    where axe = '' and motif_nd is null
),

entrees_publiees as (select * from entrees_publiees)

select
    motifs_nd.code,
    periodes_mois.type_periode,
    periodes_mois.periode,
    motifs_nd.territoire,
    count(distinct entrees_publiees.id_personne) as personnes
from periodes_mois
inner join motifs_nd on periodes_mois.mois = motifs_nd.mois
left join entrees_publiees
    on
        motifs_nd.mois = entrees_publiees.mois
        and motifs_nd.territoire = entrees_publiees.territoire
        and (motifs_nd.code = 'V2-1' or entrees_publiees.dans_delai)
where motifs_nd.code in ('V2-1', 'V2-2')
group by all
