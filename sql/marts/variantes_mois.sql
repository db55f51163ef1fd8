-- Grain: one (indicator, variante, month of a published period, territoire): its count, null where not available, or
-- where nobody ever gave what the variante reads.
-- Source: 3-rules § 3.3 (without any orientation, sans_critere_3 is still published).
with

motifs_nd as (
    select
        catalogue_mesures.code,
        motifs_nd.mois,
        motifs_nd.territoire,
        motifs_nd.motif_nd
    from motifs_nd
    inner join catalogue_mesures
        on catalogue_mesures.tete and motifs_nd.profil = catalogue_mesures.profil
),

completude as (select * from completude),

comptes_variantes as (select * from comptes_variantes),

tops_entrants as (
    select
        mois,
        count(top_entrant) > 0 as connus
    from situations
    where soumis
    group by mois
),

dates_connues as (
    select
        count(date_envoi_courrier) > 0 as courrier,
        count(date_designation_referent) > 0 as referent
    from suivis_personnes
),

lectures as (
    select l.*
    from (
        values
        ('V2-1', 'sans_critere_3'),
        ('V2-2', 'sans_critere_3'),
        ('V2-1', 'etats_2_3_4'),
        ('V2-2', 'etats_2_3_4'),
        ('V2-1', 'reentrees_comptees'),
        ('V2-2', 'reentrees_comptees'),
        ('V2-2', 'date_fin_courrier'),
        ('V2-2', 'date_fin_referent'),
        ('V2-2', 'borne_inclusive'),
        ('V2-2', 'seuil_1_mois'),
        ('V2-2', 'seuil_15_jours'),
        ('V2-1', 'entrants_selon_caf')
    ) as l (code, variante)
    where l.variante <> 'seuil_15_jours' or getvariable('seuil') = '1_mois'
)

select
    lectures.code,
    lectures.variante,
    motifs_nd.mois,
    motifs_nd.territoire,
    case
        when lectures.variante = 'entrants_selon_caf' and not coalesce(tops_entrants.connus, true)
            then null
        when lectures.variante = 'date_fin_courrier' and not dates_connues.courrier then null
        when lectures.variante = 'date_fin_referent' and not dates_connues.referent then null
        when
            motifs_nd.motif_nd is null
            or (
                completude.calculable
                and lectures.code = 'V2-1'
                and lectures.variante in ('sans_critere_3', 'entrants_selon_caf')
            )
            then coalesce(comptes_variantes.compte, 0)
    end as compte
from lectures
inner join motifs_nd on lectures.code = motifs_nd.code
cross join dates_connues
left join completude
    on motifs_nd.mois = completude.mois and motifs_nd.territoire = completude.territoire
left join tops_entrants on motifs_nd.mois = tops_entrants.mois
left join comptes_variantes
    on
        lectures.code = comptes_variantes.code
        and lectures.variante = comptes_variantes.variante
        and motifs_nd.mois = comptes_variantes.mois
        and motifs_nd.territoire = comptes_variantes.territoire
