-- Grain: one version of an orientation that the two publications do not know alike, for a person that a figure no
-- longer counts the same, with the relevé that says so. identite: no relevé of its émetteur changed, the orientation
-- is now tied to another person.
-- Source: 3-rules § 3.6, 4-interface § 4.6.
with

mouvements as (select * from mouvements),

personnes_reliees as (select * from personnes_reliees),

livraisons_changees as (
    select
        emetteur,
        id_livraison,
        nature,
        unnest(if(len(receptions) = 0, [date_reception], receptions)) as jour
    from livraisons_changees
    where source = 'orientations'
),

suivis as (
    select
        deux_suivis.* exclude (id_personne, vu_au),
        coalesce(personnes_reliees.personne, deux_suivis.id_personne) as personne
    from deux_suivis
    left join personnes_reliees on deux_suivis.id_personne = personnes_reliees.id_personne
    semi join mouvements
        on coalesce(personnes_reliees.personne, deux_suivis.id_personne) = mouvements.personne
),

differents as (
    select
        * exclude (cote),
        any_value(cote) as cote
    from suivis
    group by all
    having count(distinct cote) = 1
),

versions as (
    select
        personne,
        emetteur,
        id_orientation,
        version,
        min(debut_suivi) as premier_debut,
        max(debut_suivi) as dernier_debut,
        coalesce(max(vu_du) filter (where cote = 'apres'), max(vu_du)) as vu_du
    from differents
    group by personne, emetteur, id_orientation, version
)

-- the relevé of the day that first shows the version; a correction says no day: it is named when there is only one
select
    versions.* exclude (vu_du),
    coalesce(
        arg_max(livraisons_changees.nature, livraisons_changees.jour = versions.vu_du),
        if(getvariable('methode_differe'), 'methode', 'identite')
    ) as nature,
    coalesce(
        min(livraisons_changees.id_livraison) filter (where livraisons_changees.jour = versions.vu_du),
        if(count(distinct livraisons_changees.id_livraison) = 1, min(livraisons_changees.id_livraison), null)
    ) as id_livraison
from versions
left join livraisons_changees on versions.emetteur = livraisons_changees.emetteur
group by all
