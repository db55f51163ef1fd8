-- Grain: one row of the person p in the deliveries in force for the month im, the retained one first; then
-- those that do not count: the person has left the dossier, or the contract set the row aside (etat_dossier
-- null).
with

comptees as (
    select
        lignes_en_vigueur.*,
        situations.p is not null as retenue,
        false as partie
    from lignes_en_vigueur
    left join situations
        on
            lignes_en_vigueur.p = situations.p
            and lignes_en_vigueur.im = situations.im
            and lignes_en_vigueur.id_livraison = situations.id_livraison
            and lignes_en_vigueur.ligne = situations.ligne
    where lignes_en_vigueur.p = getvariable('p') and lignes_en_vigueur.im = getvariable('im')
),

parties as (
    select
        lignes.*,
        false as retenue,
        true as partie
    from lignes
    semi join en_vigueur
        on
            lignes.id_livraison = en_vigueur.id_livraison
            and lignes.organisme = en_vigueur.organisme
            and lignes.im = en_vigueur.im
    where
        lignes.p = getvariable('p')
        and lignes.im = getvariable('im')
        and lignes.date_fin_rattachement <= last_day(lignes.mois)
),

toutes as (
    select * from comptees
    union all
    select * from parties
    union all by name
    select
        p,
        im,
        id_livraison,
        ligne,
        false as retenue,
        false as partie
    from personnes_ecartees
    where p = getvariable('p') and im = getvariable('im')
)

select
    toutes.*,
    entree_livraisons.fichier,
    entree_livraisons.format,
    entree_livraisons.date_reception
from toutes
inner join entree_livraisons on toutes.id_livraison = entree_livraisons.id
order by
    toutes.retenue desc,
    toutes.etat_dossier nulls last,
    toutes.id_livraison,
    toutes.ligne
