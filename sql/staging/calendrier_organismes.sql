-- Grain: one organisme × month of the calendar: delivered or not; and is the month complete for every
-- indispensable organisme.
-- Source: 3-rules § 3.2 (inconnue), § 3.3 (sortie).
with

calendrier as (select * from calendrier),

en_vigueur as (select * from en_vigueur),

indispensables as (
    select distinct organisme
    from config_organismes
    where indispensable
),

organismes as (
    select organisme
    from config_organismes
    union
    select organisme
    from en_vigueur
),

manquants as (
    select
        calendrier.im,
        count(*) as nombre
    from calendrier
    cross join indispensables
    anti join en_vigueur
        on
            calendrier.im = en_vigueur.im
            and indispensables.organisme = en_vigueur.organisme
    group by calendrier.im
)

select
    organismes.organisme,
    calendrier.mois,
    calendrier.im,
    en_vigueur.id_livraison is not null as livre,
    coalesce(manquants.nombre, 0) = 0 as mois_complet
from calendrier
cross join organismes
left join en_vigueur
    on
        calendrier.im = en_vigueur.im
        and organismes.organisme = en_vigueur.organisme
left join manquants on calendrier.im = manquants.im
