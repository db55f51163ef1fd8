-- Grain: one state of one orientation: relevés of its émetteur that follow one another and say the same; with
-- its person where exactly one is tied.
-- Source: 3-rules § 3.6, 4-interface § 4.6: the first of cle_nir, cle_dem, cle_mat, cle_ft that belongs to
-- one person.
with

contenus_orientations as (select * from contenus_orientations),

fichiers_retenus as (select * from fichiers_retenus),

identifiants_contradictoires as (
    select * from identifiants_contradictoires
    where source = 'orientations'
),

cles_personnes as (select * from cles_personnes),

releves as (
    select distinct
        emetteur,
        rang,
        date_reception
    from fichiers_retenus
    where source = 'orientations'
),

numerotes as (
    select
        *,
        row_number() over (
            order by
                emetteur, id_orientation, rangs, date_envoi_courrier,
                date_designation_referent, date_decision, date_fin,
                organisme_referent, type_organisme, type_parcours, statut,
                accompagnement_global, motif_fin, cle_nir, cle_dem, cle_mat, cle_ft
        ) as contenu,
        count(*) over (partition by emetteur, id_orientation) as contenus
    from contenus_orientations
),

occurrences as (
    select
        contenu,
        emetteur,
        id_orientation,
        unnest(rangs) as rang
    from numerotes
    where contenus > 1
),

une_par_releve as (
    select *
    from occurrences
    anti join identifiants_contradictoires
        on
            occurrences.emetteur = identifiants_contradictoires.emetteur
            and occurrences.rang = identifiants_contradictoires.rang
            and occurrences.id_orientation
            = identifiants_contradictoires.identifiant
),

changements as (
    select
        *,
        contenu is distinct from lag(contenu) over (
            partition by emetteur, id_orientation order by rang
        ) as change
    from une_par_releve
),

series as (
    select
        *,
        count(*) filter (where change) over (
            partition by emetteur, id_orientation order by rang
        ) as serie
    from changements
),

etats as (
    select
        contenu,
        min(rang) as rang,
        max(rang) as dernier_rang
    from series
    group by contenu, emetteur, id_orientation, serie
    union all
    select
        contenu,
        list_min(rangs) as rang,
        list_max(rangs) as dernier_rang
    from numerotes
    where contenus = 1
)

select
    numerotes.* exclude (
        contenu, contenus, rangs, cle_nir, cle_dem, cle_mat, cle_ft, cle_naissance
    ),
    etats.rang,
    premiers.date_reception as vu_du,
    derniers.date_reception as vu_au,
    coalesce(par_nir.p, par_dem.p, par_mat.p, par_ft.p) as p,
    len(list_distinct([par_nir.p, par_dem.p, par_mat.p, par_ft.p]))
    > 1 as cles_contradictoires
from etats
inner join numerotes on etats.contenu = numerotes.contenu
inner join releves as premiers
    on numerotes.emetteur = premiers.emetteur and etats.rang = premiers.rang
inner join releves as derniers
    on
        numerotes.emetteur = derniers.emetteur
        and etats.dernier_rang = derniers.rang
left join cles_personnes as par_nir
    on par_nir.sorte = 'nir' and numerotes.cle_nir = par_nir.cle
left join cles_personnes as par_dem
    on par_dem.sorte = 'dem' and numerotes.cle_dem = par_dem.cle
left join cles_personnes as par_mat
    on par_mat.sorte = 'mat' and numerotes.cle_mat = par_mat.cle
left join cles_personnes as par_ft
    on par_ft.sorte = 'ft' and numerotes.cle_ft = par_ft.cle
