-- Grain: one delivery × organisme × mois (CAF/MSA), one delivery (other tables), that is not the same input of both
-- publications: only one has it, or it was accepted, confirmed, read again or dated anew since.
-- Source: 3-rules § 3.7 (inputs of a publication), 4-interface § 4.4 and 4.5.
with

entrees as (select * from deux_entrees),

livraisons as (
    select * from deux_livraisons
    qualify row_number() over (
        partition by id_livraison, organisme, mois order by cote
    ) = 1
),

mois_changes as (select * from mois_changes),

avant as (select * from entrees where cote = 'avant'),

apres as (select * from entrees where cote = 'apres'),

compares as (
    select
        id_livraison,
        coalesce(apres.source, avant.source) as source,
        coalesce(apres.emetteur, avant.emetteur) as emetteur,
        coalesce(apres.date_reception, avant.date_reception) as date_reception,
        list_filter(
            coalesce(apres.receptions, avant.receptions),
            lambda jour: avant.receptions is null
            or apres.receptions is null
            or not list_contains(avant.receptions, jour)
        ) as receptions,
        if(avant.cote is null, 'apres', if(apres.cote is null, 'avant', 'deux')) as presence,
        case
            when avant.cote is null or apres.cote is null then null
            when avant.acceptation is distinct from apres.acceptation then 'suspecte_acceptee'
            when avant.lecture is distinct from apres.lecture then 'relecture'
            when avant.date_reception <> apres.date_reception then 'reception_rectifiee'
            when avant.receptions <> apres.receptions then 'confirmation'
            else 'aucune'
        end as decision
    from avant
    full join apres using (id_livraison)
)

select
    compares.id_livraison,
    compares.source,
    compares.emetteur,
    livraisons.organisme,
    livraisons.mois,
    compares.date_reception,
    compares.receptions,
    compares.presence,
    case
        when compares.decision is not null then compares.decision
        when livraisons.etat = 'acceptee' then 'suspecte_acceptee'
        when compares.source = 'beneficiaires'
            then case
                when livraisons.type_flux = 'I' then 'fichier_quotidien'
                when livraisons.etat = 'complementaire' then 'fichier_complementaire'
                when mois_changes.id_livraison = compares.id_livraison then mois_changes.nature
                when compares.presence = 'avant' then 'fichier_corrige'
                else 'fichier_non_retenu'  -- received, but replaced since, or suspecte
            end
        when compares.source in ('orientations', 'rendez_vous') then compares.source
        else 'autre_table'
    end as nature
from compares
left join livraisons on compares.id_livraison = livraisons.id_livraison
left join mois_changes
    on livraisons.organisme = mois_changes.organisme and livraisons.mois = mois_changes.mois
where compares.decision is distinct from 'aucune'
