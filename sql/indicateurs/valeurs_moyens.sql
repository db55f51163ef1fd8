-- Grain: one (code, period): the means of volet 1, those of the year in which the period ends, for TOTAL.
-- Source: 6-catalogue (V1-1 to V1-3).
with

periodes as (select * from periodes),

moyens_connus as (select * from moyens_connus)

select
    unnest(['V1-1', 'V1-2', 'V1-3']) as code,
    '' as axe,
    '' as modalite,
    'nombre' as mesure,
    periodes.type_periode,
    periodes.periode,
    unnest([
        moyens_connus.etp_chefferie,
        moyens_connus.etp_numerique,
        cast(cast(moyens_connus.feuille_de_route as integer) as double)
    ]) as valeur
from periodes
inner join moyens_connus on strftime(periodes.fin, '%Y') = moyens_connus.annee
