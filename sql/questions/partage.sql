-- Grain: one person soumis in the month im, with what the département shares of it. Source: 6-catalogue (nine items),
-- 3-rules § 3.5 (date_ouverture_droit: DTODRSA, else declencheur).
select
    partage_identifiants.identifiant_france_travail,
    partage_soumises.numero_demande_rsa,
    coalesce(
        partage_soumises.date_ouverture_droit, partage_entrees.date_ouverture_droit
    ) as date_ouverture_droit,
    case
        when
            partage_soumises.date_ouverture_droit is not null
            or partage_entrees.ouverture_livree
            then 'DTODRSA'
        when partage_entrees.date_ouverture_droit is not null then 'declencheur'
    end as source_date_ouverture_droit,
    partage_entrees.date_reception_t0,
    partage_entrees.debut_episode as date_entree_dispositif,
    partage_rendez_vous.date_rdv_orientation,
    partage_parcours.type_parcours,
    partage_rendez_vous.dates_rdv,
    partage_prestations.prestations,
    partage_freins.freins
from partage_soumises
inner join partage_identifiants on partage_soumises.p = partage_identifiants.p
left join partage_entrees on partage_soumises.p = partage_entrees.p
left join partage_rendez_vous on partage_soumises.p = partage_rendez_vous.p
left join partage_parcours on partage_soumises.p = partage_parcours.p
left join partage_prestations on partage_soumises.p = partage_prestations.p
left join partage_freins on partage_soumises.p = partage_freins.p
order by
    partage_soumises.numero_demande_rsa,
    partage_soumises.role desc,
    partage_identifiants.identifiant_france_travail,
    partage_soumises.p
