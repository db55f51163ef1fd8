-- Grain: one month to which the month im of the person p is compared: the months before up to the latest
-- known one (or all three); only the month before when the person was soumis then. organisme_manquant: whose
-- file is missing; without a row, the file in which it would stand.
with

precedents as (
    select
        im_avant,
        inconnue,
        organisme_manquant
    from mois_precedents
    where p = getvariable('p') and im = getvariable('im')
    union all
    select
        veille.im as im_avant,
        false as inconnue,
        null as organisme_manquant
    from situations
    inner join situations as veille
        on
            veille.soumis
            and situations.p = veille.p
            and situations.im - 1 = veille.im
    where situations.soumis and situations.p = getvariable('p') and situations.im = getvariable('im')
),

retenu as (
    select
        case
            when count(*) = 0 then getvariable('im') - 1
            else coalesce(min(im_compare), 0)
        end as im_compare
    from comparaisons
    where p = getvariable('p') and im = getvariable('im')
),

vus as (
    select
        precedents.*,
        precedents.im_avant = retenu.im_compare as retenu,
        situations.* exclude (p, mois, im, inconnue, id_livraison, ligne),
        coalesce(
            situations.id_livraison,
            personnes_ecartees.id_livraison,
            en_vigueur.id_livraison
        ) as id_livraison,
        coalesce(situations.ligne, personnes_ecartees.ligne) as ligne,
        personnes_ecartees.p is not null as ecartee,
        courante.organisme as organisme_attendu
    from precedents
    cross join retenu
    inner join situations as courante on courante.p = getvariable('p') and courante.im = getvariable('im')
    left join situations
        on situations.p = getvariable('p') and precedents.im_avant = situations.im
    left join personnes_ecartees
        on
            personnes_ecartees.p = getvariable('p')
            and precedents.im_avant = personnes_ecartees.im
    left join en_vigueur
        on
            courante.organisme = en_vigueur.organisme
            and precedents.im_avant = en_vigueur.im
    where precedents.im_avant >= retenu.im_compare
)

select
    vus.*,
    make_date(
        cast((vus.im_avant - 1) // 12 as bigint),
        cast((vus.im_avant - 1) % 12 + 1 as bigint),
        1
    ) as mois,
    entree_livraisons.fichier,
    entree_livraisons.format,
    entree_livraisons.date_reception
from vus
left join entree_livraisons on vus.id_livraison = entree_livraisons.id
order by vus.im_avant desc
