-- Grain: one organisme expected × month of the calendar: the monthly files received for it, and what is missing.
-- Source: 4-interface § 4.7 (livraisons), 3-rules § 3.2 (en vigueur). complement: a file that only adds dossiers.
with

calendrier as (select * from calendrier),

organismes as (
    select
        organisme,
        indispensable
    from attendus
    where territoire = 'TOTAL'
),

mensuelles as (
    select * from livraisons
    where type_flux = 'M' and etat <> 'complementaire'
),

receptions as (
    select
        organisme,
        mois,
        count(*) as fichiers,
        min(date_reception) as premiere_reception,
        max(date_reception) filter (
            where etat in ('en_vigueur', 'acceptee')
        ) as reception_en_vigueur
    from mensuelles
    group by organisme, mois
)

select
    organismes.organisme,
    organismes.indispensable,
    calendrier.mois,
    coalesce(receptions.fichiers, 0) as fichiers,
    receptions.premiere_reception,
    receptions.reception_en_vigueur,
    receptions.premiere_reception - calendrier.dernier_jour as retard_jours,
    case
        when receptions.reception_en_vigueur is not null then 'recu'
        when receptions.fichiers > 0 then 'suspect'
        else 'manquant'
    end as etat
from calendrier
cross join organismes
left join receptions
    on
        calendrier.mois = receptions.mois
        and organismes.organisme = receptions.organisme
