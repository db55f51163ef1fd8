-- Une personne n'est candidate qu'une fois par mois.
with

decisions as (
    select
        mois,
        id_personne
    from nouveaux_entrants
    union all
    select
        mois,
        id_personne
    from entrees_ecartees
)

select
    mois,
    id_personne
from decisions
group by mois, id_personne
having count(*) > 1
