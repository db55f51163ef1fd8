-- Grain: one event of the person p dated before the episode of its candidature of the month im, that closes a
-- suivi or might have: with the first row that shows it when it is a closure.
with

episode as (
    select debut_episode
    from candidats
    where p = getvariable('p') and im = getvariable('im')
),

evenements as (
    select
        case
            when annulee then 'cloture_annulee'
            when continuite then 'cloture_continuite'
            else 'radiation'
        end as nature,
        date_cloture as jour,
        motif_cloture as motif,
        arg_min(id_livraison, (im, id_livraison, ligne)) as id_livraison,
        arg_min(ligne, (im, id_livraison, ligne)) as ligne
    from clotures
    where p = getvariable('p')
    group by all
    union all by name
    select
        nature,
        date_rupture as jour
    from ruptures
    where p = getvariable('p') and nature <> 'radiation' and im_fin <= getvariable('im')
)

select
    evenements.*,
    entree_livraisons.fichier,
    entree_livraisons.format,
    entree_livraisons.date_reception
from evenements
inner join episode on evenements.jour < episode.debut_episode
left join entree_livraisons
    on evenements.id_livraison = entree_livraisons.id
order by evenements.jour, evenements.nature, evenements.motif
