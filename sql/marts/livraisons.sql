-- Grain: one delivery × organisme × mois (CAF/MSA), one delivery (other tables).
-- Source: 4-interface § 4.7.
with

livraisons_recues as (select * from livraisons_recues),

parties as (select * from entree_parties),

avertissements as (
    select
        id_livraison,
        sum(nombre) as avertissements
    from entree_avertissements
    group by id_livraison
),

parties_jugees as (select * from parties_jugees),

en_vigueur as (select * from en_vigueur),

fichiers_retenus as (select * from fichiers_retenus),

releves as (select * from releves),

etats_releves as (
    select
        releves.id_livraison,
        case
            when not bool_or(fichiers_retenus.id_livraison is not null) then 'suspecte'
            when
                bool_or(fichiers_retenus.dernier and fichiers_retenus.suspect)
                then 'acceptee'
            when bool_or(fichiers_retenus.dernier or fichiers_retenus.mode = 'flux')
                then 'en_vigueur'  -- a flux adds to the earlier ones
            else 'remplacee'
        end as etat
    from releves
    left join fichiers_retenus
        on
            releves.id_livraison = fichiers_retenus.id_livraison
            and releves.rang = fichiers_retenus.rang
    group by releves.id_livraison
)

select
    livraisons_recues.id_livraison,
    livraisons_recues.source,
    livraisons_recues.emetteur,
    parties.organisme,
    coalesce(
        parties.mois,
        cast(date_trunc('month', livraisons_recues.date_reference) as date)
    ) as mois,
    livraisons_recues.type_flux,
    livraisons_recues.date_reception,
    cast(livraisons_recues.date_enregistrement[1:10] as date) as date_enregistrement,
    livraisons_recues.origine_date,
    livraisons_recues.date_creation,
    livraisons_recues.sha256,
    livraisons_recues.lignes,
    livraisons_recues.rejets,
    cast(coalesce(avertissements.avertissements, 0) as bigint) as avertissements,
    case
        when livraisons_recues.type_flux = 'I' then 'quotidienne'
        when livraisons_recues.complementaire then 'complementaire'
        when parties_jugees.id_livraison is not null
            then case
                when not parties_jugees.retenue then 'suspecte'
                when en_vigueur.id_livraison is null then 'remplacee'
                when len(parties_jugees.motifs) > 0 then 'acceptee'
                else 'en_vigueur'
            end
        when etats_releves.etat is not null then etats_releves.etat
        -- France Travail: each delivery adds to the earlier ones; a flux of 0 dossier: of no organisme, so that
        -- nothing replaces it
        else 'en_vigueur'
    end as etat
from livraisons_recues
left join parties on livraisons_recues.id_livraison = parties.id_livraison
left join avertissements
    on livraisons_recues.id_livraison = avertissements.id_livraison
left join parties_jugees
    on
        parties.id_livraison = parties_jugees.id_livraison
        and parties.organisme = parties_jugees.organisme
        and parties.mois = parties_jugees.mois
left join en_vigueur
    on
        parties.id_livraison = en_vigueur.id_livraison
        and parties.organisme = en_vigueur.organisme
        and parties.mois = en_vigueur.mois
left join etats_releves
    on livraisons_recues.id_livraison = etats_releves.id_livraison
