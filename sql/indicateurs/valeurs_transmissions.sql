-- Grain: one (code, mesure, period, territoire): median gap between two transmissions of one organisme (Q-1), mean
-- delay of transmission (Q-2).
-- Source: annexe 4, § 4 (frequency of transmission), 6-catalogue (Q-1, Q-2).
with

periodes_mois as (select * from periodes_mois),

motifs_nd as (
    select
        catalogue_mesures.code,
        motifs_nd.mois,
        motifs_nd.territoire
    from motifs_nd
    inner join catalogue_mesures
        on
            catalogue_mesures.nature = 'directe'
            and catalogue_mesures.code in ('Q-1', 'Q-2')
            and motifs_nd.profil = catalogue_mesures.profil
    where motifs_nd.motif_nd is null
),

transmissions as (select * from transmissions),

retards_transmission as (select * from retards_transmission),

mesurees as (
    select
        'Q-1' as code,
        mois,
        territoire,
        ecart_jours as jours
    from transmissions
    union all
    select
        'Q-2' as code,
        mois,
        territoire,
        retard_jours as jours
    from retards_transmission
)

select
    mesurees.code,
    if(mesurees.code = 'Q-1', 'mediane', 'moyenne') as mesure,
    periodes_mois.type_periode,
    periodes_mois.periode,
    motifs_nd.territoire,
    if(mesurees.code = 'Q-1', median(mesurees.jours), avg(mesurees.jours)) as valeur,
    count(mesurees.jours) as effectif
from periodes_mois
inner join motifs_nd on periodes_mois.mois = motifs_nd.mois
inner join mesurees
    on
        motifs_nd.code = mesurees.code
        and motifs_nd.mois = mesurees.mois
        and motifs_nd.territoire = mesurees.territoire
group by mesurees.code, periodes_mois.type_periode, periodes_mois.periode, motifs_nd.territoire
