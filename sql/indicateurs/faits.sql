-- Grain: one dated fact about a person (p null: of nobody that we know): genre, detail, day.
-- Source: 6-catalogue.
with

rendez_vous_connus as (select * from rendez_vous_connus),

suivis_personnes as (select * from suivis_personnes),

contrats_connus as (select * from contrats_connus),

prestations_connues as (select * from prestations_connues),

reprises_connues as (select * from reprises_connues),

inscriptions_recues as (select * from inscriptions_recues)

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
    case
        when
            type_contrat = 'CDI'
            or duree_mois >= 6
            or date_fin + 1 >= date_debut + interval 6 months  -- from 1 January to 30 June: six months
            then 'emploi_durable'
        when duree_mois is not null or date_fin is not null then 'emploi_court'
        else 'emploi_sans_duree'
    end as genre,
    type_contrat as detail,
    date_debut as jour
from reprises_connues
union all
select distinct
    p,
    'ppae' as genre,
    null as detail,
    date_signature_ppae as jour  -- each that was ever told: a file shows the last PPAE only
from inscriptions_recues
