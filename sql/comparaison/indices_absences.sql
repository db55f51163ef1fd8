-- Grain: one reason, read in a file where the person is not, why it no longer is, or now is, an entry of a month.
-- Source: 3-rules § 3.2 (inconnue: rang 30), § 3.3 (sortie: months complete for every indispensable organisme in which
-- p, seen before, has no row: rang 60; never seen before in store, oldest month in store: rang 500).
with

mouvements as (
    select distinct
        personne,
        mois
    from mouvements
),

presences as (select * from presences),

-- files that one of the two publications lacked
mois_changes as (
    select * from mois_changes
    where nature in ('fichier_tardif', 'suspecte_acceptee')
),

absences as (
    select
        mouvements.personne,
        mouvements.mois,
        mois_changes.mois as mois_absent,
        mois_changes.organisme,
        mois_changes.nature as cause,
        mois_changes.id_livraison,
        datediff('month', mois_changes.mois, mouvements.mois) as recul
    from mouvements
    inner join mois_changes on mouvements.mois > mois_changes.mois
    anti join presences
        on mouvements.personne = presences.personne and mois_changes.mois = presences.mois
),

passes as (
    select
        absences.personne,
        absences.mois,
        absences.recul,
        absences.cause,
        absences.id_livraison,
        coalesce(bool_or(presences.organisme = absences.organisme), false) as son_organisme,
        coalesce(bool_or(presences.mois < absences.mois_absent), false) as vue_avant
    from absences
    left join presences on absences.personne = presences.personne
    group by all
)

select
    personne,
    mois,
    case
        when son_organisme and recul <= 3 then 30 + recul
        when vue_avant then 60 + recul
        when son_organisme then 500 + recul
    end as rang,
    cause,
    id_livraison
from passes
where rang is not null
