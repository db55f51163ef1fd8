-- Grain: one person that one monthly figure does not count the same in both publications.
-- change: the person is a nouvel entrant of that month and territoire in both; what differs is its delay, its
-- orientation or its modalité. Otherwise it comes in, or leaves (two entries that prove to be one: one leaves).
-- Source: 4-interface § 4.2 (comparer).
with

appartenances as (select * from appartenances),

entrants_par_territoire as (select * from entrants_par_territoire),

indicateurs as (select * from deux_indicateurs),

comptes as (
    select
        code,
        axe,
        modalite,
        mesure,
        mois,
        territoire,
        personne,
        count(*) filter (where cote = 'avant') as compte_avant,
        count(*) filter (where cote = 'apres') as compte_apres
    from appartenances
    group by all
    having compte_avant <> compte_apres
),

presents as (
    select
        mois,
        territoire,
        personne
    from entrants_par_territoire
    group by mois, territoire, personne
    having count(distinct cote) = 2
),

disponibles as (
    select
        code,
        axe,
        mesure,
        debut as mois,
        territoire
    from indicateurs
    where type_periode = 'mois' and statut <> 'ND'
    group by all
    having count(distinct cote) = 2
)

select
    comptes.*,
    comptes.compte_apres - comptes.compte_avant as solde,
    disponibles.mois is null as devient_disponible,
    presents.personne is not null
    and disponibles.mois is not null
    and (comptes.code, comptes.axe) <> ('V2-1', '') as change
from comptes
left join presents
    on
        comptes.mois = presents.mois
        and comptes.territoire = presents.territoire
        and comptes.personne = presents.personne
left join disponibles
    on
        comptes.code = disponibles.code
        and comptes.axe = disponibles.axe
        and if(comptes.mesure = 'taux_base', 'taux', comptes.mesure) = disponibles.mesure
        and comptes.mois = disponibles.mois
        and comptes.territoire = disponibles.territoire
