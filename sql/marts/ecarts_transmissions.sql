-- Grain: one (period, territoire) with the median number of days between two transmissions of one organisme.
-- Source: annexe 4, § 4 (frequency of transmission), 6-catalogue (Q-1).
with

periodes_mois as (select * from periodes_mois),

motifs_nd as (
    select * from motifs_nd
    where code = 'Q-1' and motif_nd is null
),

transmissions as (select * from transmissions)

select
    periodes_mois.type_periode,
    periodes_mois.periode,
    motifs_nd.territoire,
    median(transmissions.ecart_jours) as ecart_median
from periodes_mois
inner join motifs_nd on periodes_mois.mois = motifs_nd.mois
inner join transmissions
    on motifs_nd.mois = transmissions.mois and motifs_nd.territoire = transmissions.territoire
group by all
