-- Grain: one (complete monthly delivery, organisme, mois), with the counts that judge it.
-- Source: 4-interface § 4.5 (suspecte). rang: order in which an organisme's deliveries are judged.
with

livraisons_recues as (select * from livraisons_recues),

parties as (select * from entree_parties),

lignes as (select * from lignes),

comptes as (
    select
        id_livraison,
        organisme,
        mois,
        count(*) filter (where etat_dossier = '2') as lignes_etat_2,
        count(*) filter (
            where etat_dossier = '2' and top_droits_devoirs is null
        ) as tops_manquants,
        count(*) filter (
            where
            list_contains(getvariable('etats_versables'), etat_dossier)
            and top_droits_devoirs
        ) as soumis
    from lignes
    group by id_livraison, organisme, mois
)

select
    parties.id_livraison,
    parties.organisme,
    parties.mois,
    parties.dossiers,
    coalesce(comptes.lignes_etat_2, 0) as lignes_etat_2,
    coalesce(comptes.tops_manquants, 0) as tops_manquants,
    coalesce(comptes.soumis, 0) as soumis,
    coalesce(
        livraisons_recues.dossiers not in (
            livraisons_recues.dossiers_annonces,
            livraisons_recues.dossiers_annonces
            + coalesce(livraisons_recues.dossiers_anomalie_annonces, 0)
        ),
        false
    ) as compte_faux,
    livraisons_recues.acceptee,
    row_number() over (
        partition by parties.organisme
        order by
            livraisons_recues.date_reception,
            livraisons_recues.creee_le,
            parties.mois,
            parties.id_livraison
    ) as rang
from parties
inner join livraisons_recues
    on
        parties.id_livraison = livraisons_recues.id_livraison
        and livraisons_recues.type_flux = 'M'
        and not livraisons_recues.complementaire
left join comptes
    on
        parties.id_livraison = comptes.id_livraison
        and parties.organisme = comptes.organisme
        and parties.mois = comptes.mois
