-- Grain: one (profil of needs, month of a published period, territoire) and why what needs it is not available (null:
-- it is); provisoire: an organisme that is not indispensable lacks in one of the months read, or orientations are late.
-- Source: 3-rules § 3.2 (calculable), § 3.3 (criterion 3 must be verifiable), 6-catalogue (reasons for ND).
with

periodes_mois as (select distinct mois from periodes_mois),

territoires as (select * from territoires),

completude as (select * from completude),

manques_hors_calendrier as (select * from manques_hors_calendrier),

manques_du_mois as (
    select
        mois,
        territoire,
        'livraison_manquante: ' || min(organisme) || ' ' || strftime(mois, '%Y-%m') as motif_nd
    from manques
    where indispensable
    group by mois, territoire
),

besoins_absents as (select * from besoins_absents),

besoins_en_retard as (select * from besoins_en_retard),

exigences as (
    select
        profil,
        bool_or(besoin = 'total_seulement') as total_seulement,
        bool_or(besoin = 'entrants') as entrants,
        bool_or(besoin in ('entrants', 'calculable')) as calculable,
        bool_or(besoin = 'complet') as complet,
        bool_or(besoin = 'suite_12_mois') as suite_12_mois
    from catalogue_besoins
    group by profil
)

select
    exigences.profil,
    periodes_mois.mois,
    territoires.territoire,
    case
        when exigences.total_seulement and territoires.territoire <> 'TOTAL' then 'sans_objet'
        else coalesce(
            if(exigences.calculable, coalesce(manques_hors_calendrier.motif_nd, completude.motif_nd), null),
            if(exigences.complet, coalesce(manques_hors_calendrier.motif_nd_mois, manques_du_mois.motif_nd), null),
            if(exigences.entrants, completude.motif_nd_criteres, null),
            besoins_absents.motif_nd,
            if(
                exigences.suite_12_mois and not coalesce(suites.calculable, false),
                'historique_insuffisant', null
            )
        )
    end as motif_nd,
    coalesce(exigences.calculable and completude.facultatif_manquant, false)
    or coalesce(exigences.complet and completude.hors is not null, false)
    or coalesce(exigences.suite_12_mois and suites.hors is not null, false)
    or coalesce(exigences.entrants and completude.orientations_en_retard, false)
    or besoins_en_retard.profil is not null as provisoire
from exigences
cross join periodes_mois
cross join territoires
left join completude
    on periodes_mois.mois = completude.mois and territoires.territoire = completude.territoire
left join completude as suites
    on
        suites.mois = periodes_mois.mois + interval 1 year
        and territoires.territoire = suites.territoire
left join manques_hors_calendrier
    on
        periodes_mois.mois = manques_hors_calendrier.mois
        and territoires.territoire = manques_hors_calendrier.territoire
left join manques_du_mois
    on
        periodes_mois.mois = manques_du_mois.mois
        and territoires.territoire = manques_du_mois.territoire
left join besoins_absents
    on
        exigences.profil = besoins_absents.profil
        and periodes_mois.mois = besoins_absents.mois
        and territoires.territoire = besoins_absents.territoire
left join besoins_en_retard
    on
        exigences.profil = besoins_en_retard.profil
        and periodes_mois.mois = besoins_en_retard.mois
        and territoires.territoire = besoins_en_retard.territoire
