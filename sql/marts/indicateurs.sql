-- Grain: one (code, period, territoire, axe, modalite, mesure): what the committee reads.
-- Source: annexe 4, § 4; 4-interface § 4.7. empreinte is known once the inputs are: the publication fills it.
with

catalogue_mesures as (select * from catalogue_mesures),

etats_periodes as (select * from etats_periodes),

valeurs_periodes as (select * from valeurs_periodes),

commentaires as (
    select
        code,
        type_periode,
        periode,
        territoire,
        string_agg(
            replace(texte, '{n}', coalesce(cast(nombre as varchar), '')), ' ' order by ordre, texte
        ) as commentaire
    from commentaires
    group by code, type_periode, periode, territoire
)

select
    etats_periodes.code,
    catalogue_indicateurs.libelle,
    catalogue_indicateurs.volet,
    etats_periodes.type_periode,
    etats_periodes.periode,
    etats_periodes.debut,
    etats_periodes.fin,
    etats_periodes.territoire,
    catalogue_mesures.axe,
    catalogue_mesures.modalite,
    catalogue_mesures.mesure,
    if(etats_periodes.statut in ('ND', 'partiel'), null, valeurs_periodes.valeur) as valeur,
    valeurs_periodes.numerateur,
    valeurs_periodes.denominateur,
    catalogue_mesures.unite,
    etats_periodes.statut,
    etats_periodes.motif_nd,
    if(etats_periodes.statut = 'partiel', valeurs_periodes.valeur, null) as valeur_partielle,
    etats_periodes.mois_calculables,
    if(
        catalogue_mesures.axe = '' and catalogue_mesures.mesure = 'nombre',
        commentaires.commentaire,
        null
    ) as commentaire,
    getvariable('arrete_au') as arrete_au,
    cast(null as varchar) as empreinte
from etats_periodes
inner join catalogue_mesures
    on etats_periodes.code = catalogue_mesures.code and etats_periodes.axe = catalogue_mesures.axe
inner join catalogue_indicateurs on etats_periodes.code = catalogue_indicateurs.code
left join valeurs_periodes
    on
        etats_periodes.code = valeurs_periodes.code
        and etats_periodes.type_periode = valeurs_periodes.type_periode
        and etats_periodes.periode = valeurs_periodes.periode
        and etats_periodes.territoire = valeurs_periodes.territoire
        and catalogue_mesures.axe = valeurs_periodes.axe
        and catalogue_mesures.modalite = valeurs_periodes.modalite
        and catalogue_mesures.mesure = valeurs_periodes.mesure
left join commentaires
    on
        etats_periodes.code = commentaires.code
        and etats_periodes.type_periode = commentaires.type_periode
        and etats_periodes.periode = commentaires.periode
        and etats_periodes.territoire = commentaires.territoire
