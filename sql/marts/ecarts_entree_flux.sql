-- Grain: one (month, territoire) with its number of entries whose suivi says another date of entry in the flux than T0.
-- Source: 2-formats § 2.3 (rdv-insertion: « Date d'entrée flux » is only compared with T0).
with

entrees as (
    select
        p,
        mois,
        territoire,
        debut_episode,
        date_reception_t0,
        coalesce(
            lead(debut_episode) over (partition by p order by im), date '9999-12-31'
        ) as debut_suivant
    from entrees
),

suivis_personnes as (select * from suivis_personnes)

select
    entrees.mois,
    entrees.territoire,
    count(distinct entrees.p) as nombre
from entrees
inner join suivis_personnes
    on
        entrees.p = suivis_personnes.p
        and entrees.debut_episode <= suivis_personnes.debut_suivi
        and entrees.debut_suivant > suivis_personnes.debut_suivi
where suivis_personnes.date_entree_flux <> entrees.date_reception_t0
group by entrees.mois, entrees.territoire
