-- Grain: one (indicator, axe, month of a published period, territoire) and why it is not available (null: it is).
-- Source: 3-rules § 3.2 (calculable), § 3.3 (criterion 3 must be verifiable), 6-catalogue (reasons for ND).
with

periodes_mois as (select distinct mois from periodes_mois),

territoires as (select * from territoires),

catalogue_mesures as (
    select distinct
        code,
        axe
    from catalogue_mesures
),

completude as (select * from completude),

manques_hors_calendrier as (select * from manques_hors_calendrier),

sources_absentes as (select * from sources_absentes),

besoins as (
    select b.*
    from (
        values
        ('V2-2', 'orientations'),
        ('V2-2N', 'orientations'),
        ('V2-2N', 'rendez_vous')
    ) as b (code, table_lue)
),

sources_requises as (
    select
        besoins.code,
        sources_absentes.mois,
        sources_absentes.territoire,
        min(besoins.table_lue) as table_lue
    from besoins
    inner join sources_absentes on besoins.table_lue = sources_absentes.table_lue
    group by all
),

colonnes_absentes as (select * from colonnes_absentes)

select
    catalogue_mesures.code,
    catalogue_mesures.axe,
    periodes_mois.mois,
    territoires.territoire,
    case
        when catalogue_mesures.code = 'Q-1' and completude.complet then null
        else coalesce(
            manques_hors_calendrier.motif_nd,
            completude.motif_nd,
            if(catalogue_mesures.code <> 'Q-1', completude.motif_nd_criteres, null),
            'source_absente: ' || sources_requises.table_lue,
            'colonne_absente: orientations.' || colonnes_absentes.axe
        )
    end as motif_nd,
    coalesce(completude.provisoire, false) as provisoire
from catalogue_mesures
cross join periodes_mois
cross join territoires
left join completude
    on periodes_mois.mois = completude.mois and territoires.territoire = completude.territoire
left join manques_hors_calendrier
    on
        periodes_mois.mois = manques_hors_calendrier.mois
        and territoires.territoire = manques_hors_calendrier.territoire
left join sources_requises
    on
        catalogue_mesures.code = sources_requises.code
        and periodes_mois.mois = sources_requises.mois
        and territoires.territoire = sources_requises.territoire
left join colonnes_absentes
    on
        catalogue_mesures.code = 'V2-2'
        and catalogue_mesures.axe = colonnes_absentes.axe
        and territoires.territoire = colonnes_absentes.territoire
