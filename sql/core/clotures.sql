-- Grain: one row of a person, in any monthly or daily delivery, that says the dossier is closed.
-- Source: 3-rules § 3.3 (radiation): dated date_cloture, else the last day of the file's month; annulled when
-- the same demande is open again in the first monthly delivery in force made after this one.
with

lignes as (select * from lignes),

lignes_en_vigueur as (select * from lignes_en_vigueur),

livraisons_recues as (select * from livraisons_recues),

en_vigueur as (select * from en_vigueur),

fermetures as (
    select
        lignes.p,
        lignes.im,
        lignes.organisme,
        lignes.id_livraison,
        lignes.ligne,
        lignes.motif_cloture,
        lignes.numero_demande_rsa,
        livraisons_recues.creee_le,
        coalesce(lignes.date_cloture, last_day(lignes.mois)) as date_cloture,
        coalesce(
            list_contains(getvariable('motifs_continuite'), lignes.motif_cloture),
            false
        ) as continuite
    from lignes
    inner join livraisons_recues
        on lignes.id_livraison = livraisons_recues.id_livraison
    where lignes.etat_dossier in ('5', '6')
),

faites_le as (
    select
        en_vigueur.organisme,
        en_vigueur.im,
        livraisons_recues.creee_le
    from en_vigueur
    inner join livraisons_recues
        on en_vigueur.id_livraison = livraisons_recues.id_livraison
),

suivies as (
    select
        fermetures.*,
        faites_le.im as im_suivante
    from fermetures
    asof left join faites_le
        on
            fermetures.organisme = faites_le.organisme
            and fermetures.creee_le < faites_le.creee_le
),

rouvertes as (
    select distinct
        suivies.p,
        suivies.organisme,
        suivies.numero_demande_rsa,
        suivies.im_suivante
    from suivies
    inner join lignes_en_vigueur
        on
            suivies.p = lignes_en_vigueur.p
            and suivies.organisme = lignes_en_vigueur.organisme
            and suivies.im_suivante = lignes_en_vigueur.im
            and suivies.numero_demande_rsa = lignes_en_vigueur.numero_demande_rsa
            and lignes_en_vigueur.etat_dossier in ('2', '3', '4')
)

select
    suivies.p,
    suivies.im,
    suivies.id_livraison,
    suivies.ligne,
    suivies.date_cloture,
    suivies.motif_cloture,
    suivies.continuite,
    rouvertes.p is not null as annulee
from suivies
left join rouvertes
    on
        suivies.p = rouvertes.p
        and suivies.organisme = rouvertes.organisme
        and suivies.numero_demande_rsa = rouvertes.numero_demande_rsa
        and suivies.im_suivante = rouvertes.im_suivante
