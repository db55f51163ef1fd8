-- Grain: one row of a table about persons, as last known, with its month and whether it is tied to a known person. Of
-- orientations, one id.
-- Source: 6-catalogue (Q-4), 4-interface § 4.6.
with

versions_orientations as (
    select * from versions_orientations
    where version = 1
),

lignes_connues as (select * from lignes_connues),

dates as (
    select
        'rendez_vous' as source,
        id_livraison,
        ligne,
        date_rdv as jour
    from entree_rendez_vous
    union all
    select
        'contrats' as source,
        id_livraison,
        ligne,
        date_signature as jour
    from entree_contrats
    union all
    select
        'diagnostics' as source,
        id_livraison,
        ligne,
        date_diagnostic as jour
    from entree_diagnostics
    union all
    select
        'prestations' as source,
        id_livraison,
        ligne,
        date_debut as jour
    from entree_prestations
    union all
    select
        'participations' as source,
        id_livraison,
        ligne,
        date_entree as jour
    from entree_participations
    union all
    select
        'reprises_emploi' as source,
        id_livraison,
        ligne,
        date_debut as jour
    from entree_reprises_emploi
),

inscriptions_connues as (select * from inscriptions_connues),

rapprochees as (
    select
        'orientations' as source,
        debut_suivi as jour,
        p
    from versions_orientations
    union all
    select
        lignes_connues.source,
        dates.jour,
        lignes_connues.p
    from lignes_connues
    inner join dates using (source, id_livraison, ligne)
    union all
    select
        'france_travail' as source,
        date_inscription as jour,
        p
    from inscriptions_connues
)

select
    source,
    cast(date_trunc('month', jour) as date) as mois,
    p is not null as rapprochee
from rapprochees
where jour is not null
