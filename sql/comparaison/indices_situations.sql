-- Grain: one reason, read in the CAF/MSA files, why a person no longer is, or now is, an entry of a month.
-- Source: 3-rules § 3.3 (candidate: the month M, then the three before; ruptures: the other months). The smallest
-- rang is the decisive one.
with

mouvements as (
    select distinct
        personne,
        mois
    from mouvements
),

situations_comparees as (select * from situations_comparees),

lignes_changees as (
    select
        mouvements.personne,
        mouvements.mois,
        datediff('month', situations_comparees.mois, mouvements.mois) as recul,
        situations_comparees.* exclude (personne, mois)
    from mouvements
    inner join situations_comparees on mouvements.personne = situations_comparees.personne
)

select
    personne,
    mois,
    case
        when recul between 0 and 3 and autre_soumission then 10 + recul
        when recul = 0 and autre_territoire then 10
        when recul between 0 and 3 and autre_etat then 20 + recul
        when recul > 3 then 50 + recul
        when recul < 0 and clos then 1000 - recul
    end as rang,
    nature as cause,
    id_livraison
from lignes_changees
where rang is not null
