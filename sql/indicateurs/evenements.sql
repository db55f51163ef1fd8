-- Grain: one dated event of a known person (genre, detail), in the territoire of the nearest month known before it.
-- Source: 6-catalogue.
with

rendez_vous_connus as (select * from rendez_vous_connus),

suivis_personnes as (select * from suivis_personnes),

contrats_connus as (select * from contrats_connus),

prestations_connues as (select * from prestations_connues),

reprises_connues as (select * from reprises_connues),

inscriptions_connues as (select * from inscriptions_connues),

situations as (select * from situations),

faits as (
    select
        p,
        'rendez_vous_honore' as genre,
        type as detail,
        date_rdv as jour
    from rendez_vous_connus
    where presence = 'honore'
    union all
    select
        p,
        'orientation' as genre,
        type_parcours as detail,
        least(date_envoi_courrier, date_designation_referent) as jour
    from suivis_personnes
    union all
    select
        p,
        'contrat' as genre,
        type as detail,
        date_signature as jour
    from contrats_connus
    union all
    select
        p,
        'prestation' as genre,
        type as detail,
        date_debut as jour
    from prestations_connues
    union all
    select
        p,
        if(
            type_contrat = 'CDI' or duree_mois >= 6 or date_fin >= date_debut + interval 6 months,
            'emploi_durable', 'emploi_court'
        ) as genre,
        type_contrat as detail,
        date_debut as jour
    from reprises_connues
    union all
    select distinct
        p,
        'ppae' as genre,
        null as detail,
        date_signature_ppae as jour
    from inscriptions_connues
),

dates as (
    select
        *,
        cast(date_trunc('month', jour) as date) as mois,
        cast(12 * year(jour) + month(jour) as integer) as im
    from faits
    where p is not null and jour is not null
),

premieres_situations as (
    select
        p,
        arg_min(territoire, im) as territoire
    from situations
    group by p
)

select
    dates.*,
    coalesce(situations.territoire, premieres_situations.territoire) as territoire
from dates
inner join premieres_situations on dates.p = premieres_situations.p
asof left join situations
    on dates.p = situations.p and dates.im >= situations.im
