-- Grain: one (month, territoire) with its number of entries oriented, but absent at the rendez-vous d'orientation.
-- Source: annexe 4, § 4 (« préciser également le nombre de BRSA orientés mais qui ne se présentent pas »).
with

entrees_publiees as (select * from entrees_publiees)

select
    'V2-2N' as code,
    mois,
    territoire,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    count(*) as compte
from entrees_publiees
where date_orientation is not null and absent_rdv_orientation
group by mois, territoire
