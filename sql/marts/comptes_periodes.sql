-- Grain: one (indicator, axe, modalite, mesure, period, territoire) that is counted month by month: the sum of its
-- available months; of a stock, the period's last month.
-- Source: 3-rules § 3.4 (a figure over several months is their sum).
with

periodes_mois as (select * from periodes_mois),

comptes_mensuels as (select * from comptes_mensuels),

mesures_publiees as (select * from mesures_publiees),

motifs_nd as (
    select * from motifs_nd
    where motif_nd is null
),

disponibles as (
    select
        comptes_mensuels.*,
        catalogue_profils.dernier_mois
    from comptes_mensuels
    inner join mesures_publiees using (code, axe, modalite, mesure)
    inner join catalogue_profils on mesures_publiees.profil = catalogue_profils.profil
    inner join motifs_nd
        on
            mesures_publiees.profil = motifs_nd.profil
            and comptes_mensuels.mois = motifs_nd.mois
            and comptes_mensuels.territoire = motifs_nd.territoire
)

select
    disponibles.code,
    disponibles.axe,
    disponibles.modalite,
    disponibles.mesure,
    periodes_mois.type_periode,
    periodes_mois.periode,
    disponibles.territoire,
    cast(sum(disponibles.compte) as bigint) as compte,
    cast(sum(disponibles.base) as bigint) as base
from disponibles
inner join periodes_mois
    on
        disponibles.mois = periodes_mois.mois
        and (
            not disponibles.dernier_mois
            or periodes_mois.mois = date_trunc('month', periodes_mois.fin)
        )
group by all
