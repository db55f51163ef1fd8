-- Grain: one (code, period, territoire, axe, modalite, mesure): a figure, what it is made of, its statut. Where nothing
-- was counted and all is available, a count is 0, a rate or a median has no object (null).
-- Source: 4-interface § 4.7; 6-catalogue (sans_objet: a period in which the indicator has no sense).
with

mesures_publiees as (select * from mesures_publiees),

etats_periodes as (select * from etats_periodes),

valeurs_periodes as (select * from valeurs_periodes),

sensees as (
    select
        catalogue_periodes.code,
        catalogue_periodes.type_periode,
        catalogue_indicateurs.au
    from catalogue_periodes
    inner join catalogue_indicateurs on catalogue_periodes.code = catalogue_indicateurs.code
),

juges as (
    select
        mesures_publiees.*,
        etats_periodes.* exclude (profil, statut, motif_nd),
        sensees.code is not null
        and coalesce(strftime(etats_periodes.fin, '%m-%d') = sensees.au, true) as a_un_sens,
        if(a_un_sens, etats_periodes.statut, 'ND') as statut,
        if(a_un_sens, etats_periodes.motif_nd, 'sans_objet') as motif_nd
    from mesures_publiees
    inner join etats_periodes on mesures_publiees.profil = etats_periodes.profil
    left join sensees
        on
            mesures_publiees.code = sensees.code
            and etats_periodes.type_periode = sensees.type_periode
    where mesures_publiees.axe = '' or sensees.code is not null
)

select
    juges.code,
    juges.axe,
    juges.modalite,
    juges.mesure,
    juges.nature,
    juges.tete,
    juges.unite,
    juges.type_periode,
    juges.periode,
    juges.debut,
    juges.fin,
    juges.territoire,
    juges.statut,
    juges.motif_nd,
    juges.mois_total,
    if(juges.a_un_sens, juges.mois_calculables, 0) as mois_calculables,
    case
        when juges.statut = 'ND' then null
        when juges.nature in ('somme', 'stock', 'distincte') then coalesce(valeurs_periodes.valeur, 0)
        else valeurs_periodes.valeur
    end as nombre,
    case
        when juges.statut = 'ND' then null
        when juges.nature in ('taux', 'taux_stock') then coalesce(valeurs_periodes.numerateur, 0)
    end as numerateur,
    case
        when juges.statut = 'ND' then null
        when juges.nature in ('taux', 'taux_stock') then coalesce(valeurs_periodes.denominateur, 0)
        else valeurs_periodes.denominateur
    end as denominateur
from juges
left join valeurs_periodes using (code, axe, modalite, mesure, type_periode, periode, territoire)
