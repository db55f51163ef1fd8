-- Grain: one candidate (person, month), with the start of its episode.
-- Source: 3-rules § 3.3 (candidate, debut_episode). The episode starts on the first day of M, or at the event
-- that opened it (declencheur) when no earlier right of the person stands between the two.
with

retours as (select * from retours),

comparaisons as (select * from comparaisons),

premiers_mois as (select * from premiers_mois),

lignes_en_vigueur as (select * from lignes_en_vigueur),

candidats as (
    select
        retours.*,
        comparaisons.im_compare,
        greatest(
            retours.date_demande,
            retours.date_rattachement,
            retours.date_arrivee_mutation
        ) as declencheur,
        cast(12 * year(declencheur) + month(declencheur) as integer) as im_declencheur
    from retours
    inner join comparaisons
        on retours.p = comparaisons.p and retours.im = comparaisons.im
    where not comparaisons.soumis_avant
),

droits_entre_deux as (
    select distinct
        candidats.p,
        candidats.im
    from candidats
    inner join lignes_en_vigueur
        on
            candidats.p = lignes_en_vigueur.p
            and lignes_en_vigueur.etat_dossier in ('2', '3', '4')
            and lignes_en_vigueur.im
            between candidats.im_declencheur and candidats.im - 1
)

select
    candidats.*,
    coalesce(
        candidats.declencheur < candidats.mois
        and candidats.declencheur >= premiers_mois.premier_mois
        and droits_entre_deux.p is null,
        false
    ) as depuis_declencheur,
    case
        when depuis_declencheur then candidats.declencheur
        else candidats.mois
    end as debut_episode
from candidats
left join premiers_mois on candidats.organisme = premiers_mois.organisme
left join droits_entre_deux
    on
        candidats.p = droits_entre_deux.p
        and candidats.im = droits_entre_deux.im
