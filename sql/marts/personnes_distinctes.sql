-- Grain: one (indicator, period, territoire) with its number of distinct persons, over the available months: those
-- who entered (V2-1), those oriented in time (V2-2).
-- Source: 4-interface § 4.7 (variantes: personnes_distinctes).
with

periodes_mois as (select * from periodes_mois),

motifs_nd as (
    select * from motifs_nd
    where motif_nd is null
),

entrees_par_territoire as (select * from entrees_par_territoire),

tetes as (
    select
        code,
        profil
    from catalogue_mesures
    where tete and code in ('V2-1', 'V2-2')
)

select
    tetes.code,
    periodes_mois.type_periode,
    periodes_mois.periode,
    motifs_nd.territoire,
    count(distinct entrees_par_territoire.id_personne) as personnes
from tetes
inner join motifs_nd on tetes.profil = motifs_nd.profil
inner join periodes_mois on motifs_nd.mois = periodes_mois.mois
left join entrees_par_territoire
    on
        motifs_nd.mois = entrees_par_territoire.mois
        and motifs_nd.territoire = entrees_par_territoire.territoire
        and (tetes.code = 'V2-1' or entrees_par_territoire.dans_delai)
group by all
