-- Grain: one (code, axe, modalite, mesure, period, territoire): distinct persons over the available months.
-- Source: 3-rules § 3.3 (beside every annual figure, personnes distinctes).
with

personnes_comptees as (select * from personnes_comptees),

mesures_publiees as (
    select * from mesures_publiees
    where nature = 'distincte'
),

periodes_mois as (select * from periodes_mois),

motifs_nd as (
    select * from motifs_nd
    where motif_nd is null
),

avec_total as (
    select * from personnes_comptees
    union all
    select * replace ('TOTAL' as territoire) from personnes_comptees
)

select
    avec_total.code,
    avec_total.axe,
    avec_total.modalite,
    avec_total.mesure,
    periodes_mois.type_periode,
    periodes_mois.periode,
    avec_total.territoire,
    count(distinct avec_total.p) as compte
from avec_total
inner join mesures_publiees using (code, axe, modalite, mesure)
inner join motifs_nd
    on
        mesures_publiees.profil = motifs_nd.profil
        and avec_total.mois = motifs_nd.mois
        and avec_total.territoire = motifs_nd.territoire
inner join periodes_mois on avec_total.mois = periodes_mois.mois
group by all
