-- Grain: one nouvel entrant (person, month) with its delay.
-- Source: 3-rules § 3.4, annexe 4 § 4 (V2-2). In 15 days: date_orientation < T0 + 15 days (borne_delai
-- stricte), ≤ (inclusive); in one month: the same on the calendar month.
with

decisions as (select * from decisions),

situations as (select * from situations),

receptions_t0 as (select * from receptions_t0),

orientations_entrees as (select * from orientations_entrees),

rdv_orientation as (select * from rdv_orientation),

observation as (select * from observation),

bornes as (
    select
        *,
        cast(getvariable('borne_delai') = 'inclusive' as integer) as jours_de_plus,
        date_reception_t0 + 15 + jours_de_plus as limite_15_jours,
        cast(
            date_reception_t0 + interval 1 month as date
        ) + jours_de_plus as limite_1_mois
    from receptions_t0
),

delais as (
    select
        decisions.p,
        decisions.im,
        decisions.mois,
        decisions.territoire,
        decisions.motif_inclusion,
        decisions.debut_episode,
        decisions.depuis_declencheur,
        bornes.date_reception_t0,
        bornes.source_t0,
        bornes.id_livraison_t0,
        orientations_entrees.* exclude (p, im, decide_non_notifie),
        coalesce(orientations_entrees.decide_non_notifie, false) as decide_non_notifie,
        orientations_entrees.date_orientation
        - bornes.date_reception_t0 as delai_jours,
        coalesce(
            orientations_entrees.date_orientation < bornes.limite_15_jours, false
        ) as oriente_15_jours,
        coalesce(
            orientations_entrees.date_orientation < bornes.limite_1_mois, false
        ) as oriente_1_mois,
        case
            when getvariable('seuil') = '1_mois' then bornes.limite_1_mois
            else bornes.limite_15_jours
        end as echeance,
        rdv_orientation.p is not null as absent_rdv_orientation
    from decisions
    inner join bornes on decisions.p = bornes.p and decisions.im = bornes.im
    left join orientations_entrees
        on
            decisions.p = orientations_entrees.p
            and decisions.im = orientations_entrees.im
    left join rdv_orientation
        on decisions.p = rdv_orientation.p and decisions.im = rdv_orientation.im
    where decisions.nouvel_entrant
)

select
    delais.*,
    coalesce(delais.delai_jours < 0, false) as anticipee,
    coalesce(observation.date_observation >= delais.echeance, false) as delai_echu,
    case
        when getvariable('seuil') = '1_mois' then delais.oriente_1_mois
        else delais.oriente_15_jours
    end as oriente_dans_delai,
    case
        when oriente_dans_delai then 'oriente_dans_delai'
        when delais.date_orientation is not null then 'oriente_hors_delai'
        when delai_echu then 'non_oriente'
        else 'en_attente'
    end as statut_orientation,
    coalesce(
        situations.date_ouverture_droit,
        case when delais.depuis_declencheur then delais.debut_episode end
    ) as date_ouverture_droit,
    situations.organisme,
    situations.role,
    situations.sexe,
    situations.mois_naissance
from delais
inner join situations
    on delais.p = situations.p and delais.im = situations.im
left join observation on delais.territoire = observation.territoire
