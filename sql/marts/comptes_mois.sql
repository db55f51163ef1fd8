-- Grain: one (indicator, axe, modalite, mesure, month, territoire) that is a sum over months and is available:
-- zeros included, months not available left out.
-- Source: 3-rules § 3.4 (a figure over several months is their sum).
with

motifs_nd as (
    select * from motifs_nd
    where motif_nd is null
),

catalogue_mesures as (
    select * from catalogue_mesures
    where additive
),

transmissions as (select * from transmissions),

comptes_v2_1 as (select * from comptes_v2_1),

comptes_v2_2 as (select * from comptes_v2_2),

comptes_v2_2n as (select * from comptes_v2_2n),

comptes_q_1 as (
    select
        mois,
        territoire,
        '' as axe,
        '' as modalite,
        'nombre' as mesure,
        count(*) as compte
    from transmissions
    group by mois, territoire
),

comptes as (
    select
        'V2-1' as code,
        *
    from comptes_v2_1
    union all
    select
        'V2-2' as code,
        *
    from comptes_v2_2
    union all
    select
        'V2-2N' as code,
        *
    from comptes_v2_2n
    union all
    select
        'Q-1' as code,
        *
    from comptes_q_1
)

select
    motifs_nd.code,
    motifs_nd.axe,
    catalogue_mesures.modalite,
    catalogue_mesures.mesure,
    motifs_nd.mois,
    motifs_nd.territoire,
    coalesce(comptes.compte, 0) as compte,
    case when catalogue_mesures.mesure = 'taux' then coalesce(bases.compte, 0) end as base
from motifs_nd
inner join catalogue_mesures
    on motifs_nd.code = catalogue_mesures.code and motifs_nd.axe = catalogue_mesures.axe
left join comptes
    on
        motifs_nd.code = comptes.code
        and motifs_nd.mois = comptes.mois
        and motifs_nd.territoire = comptes.territoire
        and catalogue_mesures.axe = comptes.axe
        and catalogue_mesures.modalite = comptes.modalite
        and catalogue_mesures.mesure = comptes.mesure
left join comptes as bases
    on
        motifs_nd.code = bases.code
        and motifs_nd.mois = bases.mois
        and motifs_nd.territoire = bases.territoire
        and catalogue_mesures.axe = bases.axe
        and catalogue_mesures.modalite = bases.modalite
        and catalogue_mesures.mesure || '_base' = bases.mesure
