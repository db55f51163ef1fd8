-- Grain: one (code, period, territoire, axe, modalite, mesure): a figure, what it is made of, its statut. Where nothing
-- was counted and all is available, a count is 0, a rate or a median has no object (null), a declaration that was not
-- made (the year, the cell) is not available.
-- Source: 4-interface § 4.7; 6-catalogue.
with

cellules as (select * from cellules),

valeurs_periodes as (select * from valeurs_periodes),

declarations as (
    select
        profil,
        'source_absente: ' || arg_max(besoin, rang) filter (where sorte = 'table') as sans_ligne,
        'colonne_absente: ' || arg_max(besoin, rang) filter (where sorte = 'colonne') as sans_valeur
    from catalogue_besoins
    group by profil
),

valorisees as (
    select
        cellules.* exclude (statut, motif_nd),
        valeurs_periodes.valeur,
        valeurs_periodes.numerateur,
        valeurs_periodes.denominateur,
        cellules.nature = 'declaree' and cellules.statut <> 'ND' and valeurs_periodes.valeur is null
            as non_declaree,
        if(non_declaree, 'ND', cellules.statut) as statut,
        case
            when not non_declaree then cellules.motif_nd
            when valeurs_periodes.code is null then declarations.sans_ligne
            else declarations.sans_valeur
        end as motif_nd
    from cellules
    inner join declarations on cellules.profil = declarations.profil
    left join valeurs_periodes using (code, axe, modalite, mesure, type_periode, periode, territoire)
)

select
    code,
    axe,
    modalite,
    mesure,
    nature,
    tete,
    unite,
    type_periode,
    periode,
    debut,
    fin,
    territoire,
    statut,
    motif_nd,
    mois_total,
    if(non_declaree, 0, mois_calculables) as mois_calculables,
    case
        when statut = 'ND' then null
        when nature in ('somme', 'stock', 'distincte') then coalesce(valeur, 0)
        else valeur
    end as nombre,
    case
        when statut = 'ND' then null
        when nature in ('taux', 'taux_stock') then coalesce(numerateur, 0)
    end as numerateur,
    case
        when statut = 'ND' then null
        when nature in ('taux', 'taux_stock') then coalesce(denominateur, 0)
        else denominateur
    end as denominateur
from valorisees
