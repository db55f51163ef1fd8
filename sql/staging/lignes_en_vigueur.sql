-- Grain: one row of the deliveries in force for its (organisme, mois), complementary ones included where
-- the complete one lacks the dossier; a person who has left the dossier by the month's end gives none.
-- Source: 3-rules § 3.2 (en vigueur, situation).
with

lignes as (select * from lignes),

en_vigueur as (select * from en_vigueur),

livraisons_recues as (select * from livraisons_recues),

completes as (
    select lignes.*
    from lignes
    semi join en_vigueur
        on
            lignes.id_livraison = en_vigueur.id_livraison
            and lignes.organisme = en_vigueur.organisme
            and lignes.im = en_vigueur.im
),

complementaires as (
    select
        lignes.*,
        livraisons_recues.date_reception,
        livraisons_recues.creee_le
    from lignes
    inner join livraisons_recues
        on
            lignes.id_livraison = livraisons_recues.id_livraison
            and livraisons_recues.complementaire
            and livraisons_recues.type_flux = 'M'
    semi join en_vigueur
        on lignes.organisme = en_vigueur.organisme and lignes.im = en_vigueur.im
    anti join completes
        on
            lignes.organisme = completes.organisme
            and lignes.im = completes.im
            and lignes.numero_demande_rsa = completes.numero_demande_rsa
            and lignes.matricule is not distinct from completes.matricule
),

dernieres_complementaires as (
    select * exclude (date_reception, creee_le)
    from complementaires
    qualify rank() over (
        partition by organisme, im, numero_demande_rsa, matricule
        order by date_reception desc, creee_le desc, id_livraison desc
    ) = 1
),

reunies as (
    select * from completes
    union all
    select * from dernieres_complementaires
)

select *
from reunies
where date_fin_rattachement is null or date_fin_rattachement > last_day(mois)
