-- Grain: one reason why an entry of both publications no longer has the same delay, orientation or rendez-vous:
-- which of these (aspect) changed, and the delivery that says so, where the row itself names it.
-- Source: 3-rules § 3.4 (T0; date_observation; rendez-vous d'orientation).
with

entrants as (select * from entrants),

livraisons_changees as (select * from livraisons_changees),

par_livraison as (
    select
        id_livraison,
        min(nature) as nature
    from livraisons_changees
    group by id_livraison
),

-- no row says which relevé showed the rendez-vous: it is named when there is only one
rendez_vous as (
    select
        min(nature) as nature,
        if(count(*) = 1, min(id_livraison), null) as id_livraison
    from livraisons_changees
    where source = 'rendez_vous'
),

compares as (
    select
        personne,
        mois,
        max(entrants) filter (where cote = 'avant') as avant,
        max(entrants) filter (where cote = 'apres') as apres
    from entrants
    group by personne, mois
    having count(distinct cote) = 2
)

select
    compares.personne,
    compares.mois,
    't0' as aspect,
    0 as rang,
    coalesce(nouvelle.nature, ancienne.nature) as cause,
    coalesce(nouvelle.id_livraison, ancienne.id_livraison) as id_livraison
from compares
left join par_livraison as nouvelle on compares.apres.id_livraison_t0 = nouvelle.id_livraison
left join par_livraison as ancienne on compares.avant.id_livraison_t0 = ancienne.id_livraison
where
    compares.avant.date_reception_t0 <> compares.apres.date_reception_t0
    and coalesce(nouvelle.nature, ancienne.nature) is not null
union all
select
    personne,
    mois,
    'echeance' as aspect,
    0 as rang,
    'delai_ecoule' as cause,
    null as id_livraison
from compares
where
    avant.delai_echu <> apres.delai_echu
    and avant.date_reception_t0 = apres.date_reception_t0
union all
select
    compares.personne,
    compares.mois,
    'rendez_vous' as aspect,
    0 as rang,
    coalesce(rendez_vous.nature, 'delai_ecoule') as cause,
    rendez_vous.id_livraison
from compares
cross join rendez_vous
where compares.avant.absent_rdv_orientation <> compares.apres.absent_rdv_orientation
