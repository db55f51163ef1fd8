-- Grain: one (period, territoire, class of delay) with its number of entries, over the available months; zeros
-- included.
-- Source: 3-rules § 3.4 (delai_jours, from T0). A class ends where oriente_15_jours and oriente_1_mois do, so that
-- the classes add up to V2-1, and the first ones to V2-2, under any borne_delai.
with

periodes_mois as (select * from periodes_mois),

disponibles as (
    select
        motifs_nd.mois,
        motifs_nd.territoire
    from catalogue_mesures
    inner join motifs_nd on catalogue_mesures.profil = motifs_nd.profil
    where
        catalogue_mesures.tete
        and catalogue_mesures.code = 'V2-1'
        and motifs_nd.motif_nd is null
),

entrees_par_territoire as (select * from entrees_par_territoire),

classes as (
    select *
    from (
        values
        ('avant', 1),
        ('0_1', 2),
        ('2_7', 3),
        ('8_15', 4),
        ('15_mois', 5),
        ('mois_60', 6),
        ('61_90', 7),
        ('91', 8),
        ('non_oriente', 9),
        ('en_attente', 10)
    ) as c (classe, ordre)
),

classees as (
    select
        mois,
        territoire,
        case
            when date_orientation is null
                then if(delai_echu, 'non_oriente', 'en_attente')
            when delai_jours < 0 then 'avant'
            when delai_jours <= 1 then '0_1'
            when delai_jours <= 7 then '2_7'
            when oriente_15_jours then '8_15'
            when oriente_1_mois then '15_mois'
            when delai_jours <= 60 then 'mois_60'
            when delai_jours <= 90 then '61_90'
            else '91'
        end as classe
    from entrees_par_territoire
)

select
    periodes_mois.type_periode,
    periodes_mois.periode,
    disponibles.territoire,
    classes.classe,
    classes.ordre,
    count(classees.classe) as nombre
from periodes_mois
inner join disponibles on periodes_mois.mois = disponibles.mois
cross join classes
left join classees
    on
        disponibles.mois = classees.mois
        and disponibles.territoire = classees.territoire
        and classes.classe = classees.classe
group by all
