-- Grain: one sentence with a figure ({n}), for one indicator, period and territoire; axe, modalite and mesure
-- name the figure, so that an extract masks it as it masks the figure itself.
-- Source: annexe 4, § 4 (accompagnement global to be told from the others; absents au rendez-vous; target).
with

chiffres as (select * from chiffres),

modeles as (
    select p.*
    from (
        values
        ('V2-1', 20, 'V2-1', '', '', 'personnes_distinctes', 'toujours', 'Personnes distinctes : {n}.'),
        ('V2-2', 20, 'V2-2', 'accompagnement_global', 'O', 'nombre', 'meme_nd',
        'Orientés dans le délai en accompagnement global : {n}.'),
        ('V2-2', 21, 'V2-2', 'accompagnement_global', 'N', 'nombre', 'toujours',
        'Autres orientations dans le délai : {n}.'),
        ('V2-2', 22, 'V2-2', 'accompagnement_global', 'inconnu', 'nombre', 'non_nul',
        'Accompagnement global non renseigné : {n}.'),
        ('V2-2', 30, 'V2-2N', '', '', 'nombre', 'meme_nd',
        'Orientés qui ne se sont pas présentés au rendez-vous d''orientation : {n}.'),
        ('V2-2', 40, 'V2-2', '', '', 'en_attente', 'non_nul', 'En attente, délai non écoulé : {n}.'),
        ('V2-2', 50, 'V2-2', '', '', 'un_jour', 'toujours', 'Orientés en 1 jour ou moins : {n}.')
    ) as p (code, ordre, code_chiffre, axe, modalite, mesure, dite, texte)
),

commentes as (
    select
        code,
        type_periode,
        periode,
        territoire
    from chiffres
    where tete and mois_calculables > 0
)

select
    modeles.code,
    commentes.type_periode,
    commentes.periode,
    commentes.territoire,
    modeles.ordre,
    if(
        chiffres.nombre is null,
        replace(modeles.texte, '{n}', 'ND (' || chiffres.motif_nd || ')'),
        modeles.texte
    ) as texte,
    modeles.code_chiffre,
    modeles.axe,
    modeles.modalite,
    modeles.mesure,
    cast(chiffres.nombre as bigint) as nombre
from modeles
inner join commentes on modeles.code = commentes.code
inner join chiffres
    on
        modeles.code_chiffre = chiffres.code
        and modeles.axe = chiffres.axe
        and modeles.modalite = chiffres.modalite
        and modeles.mesure = chiffres.mesure
        and commentes.type_periode = chiffres.type_periode
        and commentes.periode = chiffres.periode
        and commentes.territoire = chiffres.territoire
where
    chiffres.nombre > 0
    or (chiffres.nombre = 0 and modeles.dite <> 'non_nul')
    or (chiffres.nombre is null and modeles.dite = 'meme_nd')
