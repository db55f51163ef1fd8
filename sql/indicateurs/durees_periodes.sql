-- Grain: one duration × period that its month belongs to × territoire (its own, and TOTAL), where the figure made from
-- it is available.
-- Source: 3-rules § 3.4 (a figure over several months: its available months), § 3.5.
with

durees as (select * from durees),

periodes_mois as (select * from periodes_mois),

motifs_nd as (
    select * from motifs_nd
    where motif_nd is null
),

profils as (
    select distinct
        code,
        profil
    from catalogue_mesures
    where nature = 'directe'
),

avec_total as (
    select * from durees
    union all
    select * replace ('TOTAL' as territoire) from durees
)

select
    avec_total.code,
    avec_total.serie,
    periodes_mois.type_periode,
    periodes_mois.periode,
    avec_total.territoire,
    avec_total.jours,
    avec_total.observee
from avec_total
inner join profils on avec_total.code = profils.code
inner join motifs_nd
    on
        profils.profil = motifs_nd.profil
        and avec_total.mois = motifs_nd.mois
        and avec_total.territoire = motifs_nd.territoire
inner join periodes_mois on avec_total.mois = periodes_mois.mois
