-- Grain: one (code, period, territoire, axe, modalite, mesure): what the committee reads.
-- Source: annexe 4, § 4; 4-interface § 4.7. empreinte is known once the inputs are: the publication fills it.
with

chiffres as (select * from chiffres),

commentaires as (
    select
        code,
        type_periode,
        periode,
        territoire,
        string_agg(
            replace(texte, '{n}', coalesce(cast(nombre as varchar), '')), ' ' order by ordre, texte
        ) as commentaire
    from phrases
    group by code, type_periode, periode, territoire
)

select
    chiffres.code,
    catalogue_indicateurs.libelle,
    catalogue_indicateurs.volet,
    chiffres.type_periode,
    chiffres.periode,
    chiffres.debut,
    chiffres.fin,
    chiffres.territoire,
    chiffres.axe,
    chiffres.modalite,
    chiffres.mesure,
    if(chiffres.statut = 'partiel', null, chiffres.nombre) as valeur,
    chiffres.numerateur,
    chiffres.denominateur,
    chiffres.unite,
    chiffres.statut,
    chiffres.motif_nd,
    if(chiffres.statut = 'partiel', chiffres.nombre, null) as valeur_partielle,
    chiffres.mois_calculables,
    if(chiffres.tete, commentaires.commentaire, null) as commentaire,
    getvariable('arrete_au') as arrete_au,
    cast(null as varchar) as empreinte
from chiffres
inner join catalogue_indicateurs on chiffres.code = catalogue_indicateurs.code
left join commentaires
    on
        chiffres.code = commentaires.code
        and chiffres.type_periode = commentaires.type_periode
        and chiffres.periode = commentaires.periode
        and chiffres.territoire = commentaires.territoire
