-- Grain: one (code, period, territoire, axe, modalite, mesure): a cell of what is published, and whether its figure can
-- be available.
-- Source: 4-interface § 4.7; 6-catalogue (sans_objet: a period in which the indicator has no sense).
with

mesures_publiees as (select * from mesures_publiees),

etats_periodes as (select * from etats_periodes),

sensees as (
    select
        catalogue_periodes.code,
        catalogue_periodes.type_periode,
        catalogue_indicateurs.au
    from catalogue_periodes
    inner join catalogue_indicateurs on catalogue_periodes.code = catalogue_indicateurs.code
)

select
    mesures_publiees.*,
    etats_periodes.* exclude (profil, statut, motif_nd, mois_calculables),
    sensees.code is not null
    and coalesce(strftime(etats_periodes.fin, '%m-%d') = sensees.au, true) as a_un_sens,
    if(a_un_sens, etats_periodes.statut, 'ND') as statut,
    if(a_un_sens, etats_periodes.motif_nd, 'sans_objet') as motif_nd,
    if(a_un_sens, etats_periodes.mois_calculables, 0) as mois_calculables
from mesures_publiees
inner join etats_periodes on mesures_publiees.profil = etats_periodes.profil
left join sensees
    on
        mesures_publiees.code = sensees.code
        and etats_periodes.type_periode = sensees.type_periode
where mesures_publiees.axe = '' or sensees.code is not null
