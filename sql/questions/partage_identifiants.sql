-- Grain: one person soumis and its identifiant France Travail: on its CAF/MSA row of the month, else on the row of its
-- last registration at France Travail. identites: the files of entrepot/restreint that hold them.
with

identites as (
    select
        parse_filename(filename, true) as id_livraison,
        ligne,
        identifiant_france_travail as identifiant
    from read_parquet(getvariable('identites'), filename = true, union_by_name = true)
    where identifiant_france_travail is not null
),

inscriptions as (
    select
        inscriptions_connues.p,
        arg_max(
            identites.identifiant,
            (inscriptions_connues.date_inscription, identites.identifiant)
        ) as identifiant
    from inscriptions_connues
    inner join identites
        on
            inscriptions_connues.id_livraison = identites.id_livraison
            and inscriptions_connues.ligne = identites.ligne
    group by inscriptions_connues.p
)

select
    partage_soumises.p,
    coalesce(
        identites.identifiant, inscriptions.identifiant
    ) as identifiant_france_travail
from partage_soumises
left join identites
    on
        partage_soumises.id_livraison = identites.id_livraison
        and partage_soumises.ligne = identites.ligne
left join inscriptions on partage_soumises.p = inscriptions.p
