-- Grain: one sentence with a figure ({n}), for one indicator, period and territoire; axe, modalite and mesure
-- name the figure, so that an extract masks it as it masks the figure itself.
-- Source: annexe 4, § 4 (accompagnement global to be told from the others; absents au rendez-vous; target).
with

etats_periodes as (select * from etats_periodes),

valeurs_periodes as (select * from valeurs_periodes),

phrases as (
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

disponibles as (
    select
        code,
        type_periode,
        periode,
        territoire
    from etats_periodes
    where axe = '' and mois_calculables > 0
)

select
    phrases.code,
    disponibles.type_periode,
    disponibles.periode,
    disponibles.territoire,
    phrases.ordre,
    if(
        valeurs_periodes.valeur is null,
        replace(phrases.texte, '{n}', 'ND (' || etats_periodes.motif_nd || ')'),
        phrases.texte
    ) as texte,
    phrases.code_chiffre,
    phrases.axe,
    phrases.modalite,
    phrases.mesure,
    cast(valeurs_periodes.valeur as bigint) as nombre
from phrases
inner join disponibles on phrases.code = disponibles.code
inner join etats_periodes
    on
        phrases.code_chiffre = etats_periodes.code
        and phrases.axe = etats_periodes.axe
        and disponibles.type_periode = etats_periodes.type_periode
        and disponibles.periode = etats_periodes.periode
        and disponibles.territoire = etats_periodes.territoire
left join valeurs_periodes
    on
        phrases.code_chiffre = valeurs_periodes.code
        and phrases.axe = valeurs_periodes.axe
        and phrases.modalite = valeurs_periodes.modalite
        and phrases.mesure = valeurs_periodes.mesure
        and disponibles.type_periode = valeurs_periodes.type_periode
        and disponibles.periode = valeurs_periodes.periode
        and disponibles.territoire = valeurs_periodes.territoire
where
    valeurs_periodes.valeur > 0
    or (valeurs_periodes.valeur = 0 and phrases.dite <> 'non_nul')
    or (valeurs_periodes.valeur is null and phrases.dite = 'meme_nd')
