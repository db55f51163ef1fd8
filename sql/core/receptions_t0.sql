-- Grain: one nouvel entrant and its T0: the day the département was first told that it is soumis.
-- Source: 3-rules § 3.4, annexe 4 § 4 (« date de réception de la notification CAF/MSA par le département »).
with

decisions as (
    select
        p,
        im
    from decisions
    where nouvel_entrant
),

lignes as (
    select
        lignes.p,
        lignes.im,
        lignes.organisme,
        lignes.id_livraison,
        lignes.ligne
    from lignes
    semi join decisions on lignes.p = decisions.p
    where
        list_contains(getvariable('etats_versables'), lignes.etat_dossier)
        and lignes.top_droits_devoirs
        and (
            lignes.date_fin_rattachement is null
            or lignes.date_fin_rattachement > last_day(lignes.mois)
        )
),

livraisons_recues as (select * from livraisons_recues),

fenetres_quotidiennes as (select * from fenetres_quotidiennes),

notifications as (
    select
        decisions.p,
        decisions.im,
        livraisons_recues.date_reception,
        livraisons_recues.creee_le,
        'mensuel' as source,
        lignes.id_livraison,
        lignes.ligne
    from decisions
    inner join lignes
        on decisions.p = lignes.p and decisions.im = lignes.im
    inner join livraisons_recues
        on
            livraisons_recues.type_flux = 'M'
            and lignes.id_livraison = livraisons_recues.id_livraison
    union all
    select
        decisions.p,
        decisions.im,
        fenetres_quotidiennes.date_reception,
        fenetres_quotidiennes.creee_le,
        'quotidien' as source,
        lignes.id_livraison,
        lignes.ligne
    from decisions
    inner join lignes on decisions.p = lignes.p
    inner join fenetres_quotidiennes
        on
            decisions.im = fenetres_quotidiennes.im
            and lignes.id_livraison = fenetres_quotidiennes.id_livraison
            and lignes.organisme = fenetres_quotidiennes.organisme
)

select
    p,
    im,
    date_reception as date_reception_t0,
    source as source_t0,
    id_livraison as id_livraison_t0,
    ligne as ligne_t0
from notifications
qualify row_number() over (
    partition by p, im order by date_reception, creee_le, id_livraison, ligne
) = 1
